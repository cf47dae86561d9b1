import { Entity, Index, JoinColumn, ManyToOne } from 'typeorm';
import { Flag, Json, KeyText, Small, Text, Time, Whole } from './columns.js';
import { NamedQueryRow } from './named-query.row.js';

/** A subscription to a named query: who is told, when, and how far it has come. */
@Index('subscription_query_name_idx', ['queryName', 'id'])
@Entity('subscription')
export class SubscriptionRow {
  @KeyText('subscription_pkey') id!: string;
  @Text() queryName!: string;
  @ManyToOne(() => NamedQueryRow, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'query_name', foreignKeyConstraintName: 'subscription_query_name_fkey' })
  query?: NamedQueryRow;
  @Text() dest!: string;
  /** Secret: never answered, never logged. */
  @Text({ nullable: true }) signatureToken!: string | null;
  @Text() epcFormat!: string;
  /** Null: as soon as an event matches. */
  @Json({ nullable: true }) schedule!: Readonly<Record<string, string>> | null;
  @Flag() reportIfEmpty!: boolean;
  @Time() initialRecordTime!: Date;
  @Time() createdAt!: Date;
  /** Events before it stand in deliveries already. */
  @Whole() position!: number;
  /** Events of one delivery at most. */
  @Small() pageSize!: number;
  @Time({ nullable: true }) nextRunAt!: Date | null;
  /** What the last run of the schedule has to deliver: events up to this height, that is before this position. */
  @Whole({ nullable: true }) runHeight!: number | null;
  @Whole({ nullable: true }) runUntil!: number | null;
  /** The run has to tell that it found nothing, unless it finds something. */
  @Flag() owesReport!: boolean;
  @Time({ nullable: true }) lastRunAt!: Date | null;
  @Time({ nullable: true }) lastNotifiedAt!: Date | null;
  /** Nothing is sent any more until somebody asks for a replay. */
  @Time({ nullable: true }) failedAt!: Date | null;
  @Time({ nullable: true }) retryAt!: Date | null;
  @Text({ nullable: true }) lastError!: string | null;
  /** The process that works on it, until when. */
  @Text({ nullable: true }) lease!: string | null;
  @Time({ nullable: true }) leasedUntil!: Date | null;
}
