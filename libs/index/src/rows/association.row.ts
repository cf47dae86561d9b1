import { Entity, Index } from 'typeorm';
import { KeyText, KeyWhole, Time, Whole } from './columns.js';

/** `child` was attached to `parent` (EPCIS AssociationEvent) from one event to another, as `containment` has it for packing. */
@Entity('association')
export class AssociationRow {
  @KeyText('association_pkey') child!: string;
  @Index('association_parent_idx') @KeyText('association_pkey') parent!: string;
  @KeyWhole('association_pkey') fromPosition!: number;
  @Time() fromTime!: Date;
  @Whole({ nullable: true }) toPosition!: number | null;
  @Time({ nullable: true }) toTime!: Date | null;
}
