import { Entity, Index } from 'typeorm';
import { Flag, Json, KeyText, Text, Time, Whole } from './columns.js';

/** A WebAuthn credential of a person. */
@Entity('passkey')
export class PasskeyRow {
  /** Credential id, base64url. */
  @KeyText('passkey_pkey') id!: string;
  @Index('passkey_person_idx') @Text() personId!: string;
  /** COSE key, base64url. */
  @Text() publicKey!: string;
  /** The authenticator's signature counter, 0 where it has none. */
  @Whole() counter!: number;
  @Json() transports!: readonly string[];
  @Text() name!: string;
  /** The key cannot leave its device (WebAuthn flag BE = 0). */
  @Flag() isDeviceBound!: boolean;
  @Flag() isBackedUp!: boolean;
  @Time() createdAt!: Date;
  @Time({ nullable: true }) lastUsedAt!: Date | null;
}
