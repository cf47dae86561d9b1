import { Entity, Index } from 'typeorm';
import type { Repair } from '#trace';
import type { CaptureErrorDto, CapturedEventDto } from '../queries.types.js';
import { Flag, Json, KeyText, Text, Time } from './columns.js';

@Index('capture_job_created_idx', ['createdAt', 'id'])
@Entity('capture_job')
export class CaptureJobRow {
  @KeyText('capture_job_pkey') id!: string;
  @Time() createdAt!: Date;
  @Time({ nullable: true }) finishedAt!: Date | null;
  @Flag() success!: boolean;
  /** rollback or proceed */
  @Text() errorBehaviour!: string;
  @Json() errors!: readonly CaptureErrorDto[];
  /** Both null unless the document was captured in repair mode. */
  @Text({ nullable: true }) originalSha256!: string | null;
  @Json({ nullable: true }) repairs!: readonly Repair[] | null;
  /** What was recorded; null while running. */
  @Json({ nullable: true }) events!: readonly CapturedEventDto[] | null;
}
