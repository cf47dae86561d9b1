import { Entity, Index } from 'typeorm';
import { KeyText, Time } from './columns.js';

/** A nonce of a signed request that was let in. */
@Entity('signature_nonce')
export class SignatureNonceRow {
  @KeyText('signature_nonce_pkey') keyId!: string;
  @KeyText('signature_nonce_pkey') nonce!: string;
  /** After this the signature is too old anyway. */
  @Index('signature_nonce_expires_idx') @Time() expiresAt!: Date;
}
