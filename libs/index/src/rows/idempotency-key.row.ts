import { Entity, Index } from 'typeorm';
import { Json, KeyText, Small, Text, Time } from './columns.js';

@Entity('idempotency_key')
export class IdempotencyKeyRow {
  @KeyText('idempotency_key_pkey') key!: string;
  /** SHA-256 of method, path and body. */
  @Text() requestHash!: string;
  /** HTTP status of the answer; null while the request is being carried out. */
  @Small({ nullable: true }) status!: number | null;
  @Json({ nullable: true }) headers!: Readonly<Record<string, string>> | null;
  @Text({ nullable: true }) body!: string | null;
  @Index('idempotency_key_created_idx') @Time() createdAt!: Date;
}
