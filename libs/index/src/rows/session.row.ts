import { Entity, Index } from 'typeorm';
import { KeyText, Text, Time } from './columns.js';

/** A person who is signed in. */
@Index('session_token_idx', ['tokenHash'], { unique: true })
@Entity('session')
export class SessionRow {
  /** Names the session in lists; nobody can sign in with it. */
  @KeyText('session_pkey') id!: string;
  /** SHA-256 of the cookie's token, hexadecimal. */
  @Text() tokenHash!: string;
  @Index('session_person_idx') @Text() personId!: string;
  @Time() createdAt!: Date;
  @Time() lastSeenAt!: Date;
  @Time() expiresAt!: Date;
  @Text({ nullable: true }) address!: string | null;
  @Text({ nullable: true }) userAgent!: string | null;
}
