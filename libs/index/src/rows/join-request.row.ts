import { Entity, Index } from 'typeorm';
import { Json, KeyText, Text, Time } from './columns.js';

/** What an invited organisation asked for. One per invitation: that makes a ticket good for one use. */
@Entity('join_request')
@Index('join_request_invitation_id_key', ['invitationId'], { unique: true })
export class JoinRequestRow {
  @KeyText('join_request_pkey') id!: string;
  @Text() invitationId!: string;
  /** The body of the request without its ticket. */
  @Json() request!: object;
  @Time() filedAt!: Date;
  @Time({ nullable: true }) rejectedAt!: Date | null;
}
