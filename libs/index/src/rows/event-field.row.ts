import { Entity, Index } from 'typeorm';
import { Decimal, Flag, KeySmall, KeyWhole, Text, Time } from './columns.js';

/**
 * One value of a field that EPCIS queries ask for and that has no column of its own: extensions, ILMD, sensor data, business transactions,
 * parties, error declarations. See `SearchableField` of libs/trace.
 */
@Index('event_field_text_idx', ['local', 'text'])
@Index('event_field_number_idx', ['local', 'unit', 'number'], { where: 'number IS NOT NULL' })
@Index('event_field_time_idx', ['local', 'time'], { where: 'time IS NOT NULL' })
@Index('event_field_reference_idx', ['text'], { where: `scope IN ('bizTransaction', 'source', 'destination')` })
@Entity('event_field')
export class EventFieldRow {
  @KeyWhole('event_field_pkey') position!: number;
  /** Place among the event's fields. */
  @KeySmall('event_field_pkey') ordinal!: number;
  @Text() scope!: string;
  /** Within another extension field. */
  @Flag() isInner!: boolean;
  /** As the author wrote it. */
  @Text() prefix!: string;
  @Text() namespace!: string;
  @Text() local!: string;
  @Text({ nullable: true }) text!: string | null;
  @Decimal({ nullable: true }) number!: string | null;
  @Time({ nullable: true }) time!: Date | null;
  /** Of a measurement: numbers of the same unit can be compared (`ComparableMeasure`). */
  @Text({ nullable: true }) unit!: string | null;
}
