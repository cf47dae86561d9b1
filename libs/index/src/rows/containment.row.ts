import { Entity, Index } from 'typeorm';
import { KeyText, KeyWhole, Time, Whole } from './columns.js';

/** `child` was inside `parent` from one event to another, in the order of (event time, position). Open: `to…` null. */
@Entity('containment')
export class ContainmentRow {
  @KeyText('containment_pkey') child!: string;
  @Index('containment_parent_idx') @KeyText('containment_pkey') parent!: string;
  @KeyWhole('containment_pkey') fromPosition!: number;
  @Time() fromTime!: Date;
  @Whole({ nullable: true }) toPosition!: number | null;
  @Time({ nullable: true }) toTime!: Date | null;
}
