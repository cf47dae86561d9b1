import { Entity } from 'typeorm';
import { Json, KeyText, Text, Time } from './columns.js';

/** An invitation that this organisation gave out; the ticket itself is not kept. */
@Entity('invitation')
export class InvitationRow {
  @KeyText('invitation_pkey') id!: string;
  @Text() name!: string;
  @Json() roles!: readonly string[];
  @Time() createdAt!: Date;
  @Time() expiresAt!: Date;
  @Time({ nullable: true }) revokedAt!: Date | null;
}
