import { Entity, Index } from 'typeorm';
import { Flag, KeyWhole, Small, Text, Time, Whole } from './columns.js';

/** An EPCIS event, or an act of Lading's own (then the EPCIS columns are null and the time is the block's). */
@Index('event_unpacks_all_idx', ['parent'], { where: 'unpacks_all' })
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
  /** JSON exactly as its author wrote it. */
  @Text() raw!: string;
}
