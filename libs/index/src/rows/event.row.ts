import { Entity, Index } from 'typeorm';
import { Flag, Json, KeyWhole, Small, Text, Time, Whole } from './columns.js';

/** An EPCIS event, or an act of Lading's own (then the EPCIS columns are null and the time is the block's). */
@Index('event_unpacks_all_idx', ['parent'], { where: 'unpacks_all' })
@Index('event_time_idx', ['eventTime', 'position'], { where: 'type IS NOT NULL' })
@Index('event_declaration_idx', ['eventTime', 'position'], { where: 'is_error_declaration' })
@Index('event_type_idx', ['type'], { where: 'type IS NOT NULL' })
@Index('event_biz_step_idx', ['bizStep'], { where: 'biz_step IS NOT NULL' })
@Index('event_disposition_idx', ['disposition'], { where: 'disposition IS NOT NULL' })
@Index('event_read_point_idx', ['readPoint'], { where: 'read_point IS NOT NULL' })
@Index('event_biz_location_idx', ['bizLocation'], { where: 'biz_location IS NOT NULL' })
@Entity('event')
export class EventRow {
  /** Number of the event on the chain; see `eventPosition`. */
  @KeyWhole('event_pkey') position!: number;
  @Whole() height!: number;
  @Small() index!: number;
  @Small() eventIndex!: number;
  /** Entry kind. */
  @Text() kind!: string;
  @Text() author!: string;
  /** Time of the block. */
  @Time() recordTime!: Date;
  @Index('event_event_id_idx') @Text({ nullable: true }) eventId!: string | null;
  @Flag() isErrorDeclaration!: boolean;
  @Text({ nullable: true }) type!: string | null;
  @Text({ nullable: true }) action!: string | null;
  @Time() eventTime!: Date;
  @Text({ nullable: true }) timeZoneOffset!: string | null;
  @Text({ nullable: true }) bizStep!: string | null;
  @Text({ nullable: true }) disposition!: string | null;
  @Text({ nullable: true }) readPoint!: string | null;
  @Text({ nullable: true }) bizLocation!: string | null;
  @Text({ nullable: true }) parent!: string | null;
  /** An unpacking (or dissociation) that names no children: everything leaves the parent, and the author may say so. */
  @Flag() unpacksAll!: boolean;
  /** Entry whose error declaration took the event back. */
  @Text({ nullable: true }) supersededBy!: string | null;
  /** What the prefixes that the event uses stand for, as its document declared them. */
  @Json({ nullable: true }) namespaces!: Readonly<Record<string, string>> | null;
  /** Contexts beside the standard's that its document names by URI. */
  @Json({ nullable: true }) contexts!: readonly string[] | null;
  /** JSON exactly as its author wrote it. */
  @Text() raw!: string;
}
