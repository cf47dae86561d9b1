import { Entity, Index } from 'typeorm';
import { KeyWhole, Text, Time } from './columns.js';

/** One administrative act. Rows are only ever added; a trigger refuses everything else. */
@Index('audit_event_action_idx', ['action', 'seq'])
@Index('audit_event_actor_idx', ['actorId', 'seq'])
@Entity('audit_event')
export class AuditEventRow {
  /** 1, 2, 3, … without gaps. */
  @KeyWhole('audit_event_pkey') seq!: number;
  @Index('audit_event_time_idx') @Time() time!: Date;
  @Text() actorKind!: string;
  @Text({ nullable: true }) actorId!: string | null;
  @Text({ nullable: true }) actorName!: string | null;
  @Text() action!: string;
  @Text({ nullable: true }) target!: string | null;
  /** JSON text, as it was hashed. */
  @Text() details!: string;
  @Text({ nullable: true }) requestId!: string | null;
  @Text({ nullable: true }) address!: string | null;
  @Text() previousHash!: string;
  @Text() hash!: string;
}
