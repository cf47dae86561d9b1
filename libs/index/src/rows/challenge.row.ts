import { Entity, Index } from 'typeorm';
import { KeyText, Text, Time } from './columns.js';

/** A WebAuthn challenge that was given out and not answered yet. */
@Entity('challenge')
export class ChallengeRow {
  /** base64url */
  @KeyText('challenge_pkey') value!: string;
  /** What an answer may be used for: sign-in, or one link, session or request. */
  @Text() boundTo!: string;
  @Index('challenge_expires_idx') @Time() expiresAt!: Date;
}
