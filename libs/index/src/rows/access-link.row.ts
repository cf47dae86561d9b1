import { Entity, Index } from 'typeorm';
import { KeyText, Text, Time } from './columns.js';

/** A link that lets somebody enrol a passkey, once. */
@Index('access_link_token_idx', ['tokenHash'], { unique: true })
@Entity('access_link')
export class AccessLinkRow {
  @KeyText('access_link_pkey') id!: string;
  /** SHA-256 of the token, hexadecimal. */
  @Text() tokenHash!: string;
  /** first-admin, invitation, recovery */
  @Text() kind!: string;
  /** Of the person who will exist, or exists. */
  @Text() personId!: string;
  /** Null where the person gives it. */
  @Text({ nullable: true }) name!: string | null;
  @Text() role!: string;
  @Time() createdAt!: Date;
  @Time() expiresAt!: Date;
  /** Used or withdrawn. */
  @Time({ nullable: true }) endedAt!: Date | null;
}
