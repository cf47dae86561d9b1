import { Entity, Index } from 'typeorm';
import { KeyText, Text, Time } from './columns.js';

/** A key of a service account. */
@Entity('service_key')
export class ServiceKeyRow {
  @KeyText('service_key_pkey') id!: string;
  @Index('service_key_account_idx') @Text() accountId!: string;
  /** secret, ed25519 */
  @Text() kind!: string;
  /** SHA-256 of the secret, or the public key; hexadecimal. */
  @Text() material!: string;
  @Time() createdAt!: Date;
  @Time() expiresAt!: Date;
  @Time({ nullable: true }) lastUsedAt!: Date | null;
  @Time({ nullable: true }) revokedAt!: Date | null;
}
