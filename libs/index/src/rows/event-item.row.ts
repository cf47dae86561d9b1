import { Entity, Index } from 'typeorm';
import { Decimal, Flag, KeySmall, KeyText, KeyWhole, Text } from './columns.js';

/** An item or lot that an event concerns. */
@Index('event_item_moves_idx', ['itemKey', 'position'], { where: 'moves' })
@Index('event_item_number_idx', ['number'], { where: 'number IS NOT NULL' })
@Index('event_item_amount_idx', ['unit', 'amount'], { where: 'amount IS NOT NULL' })
@Entity('event_item')
export class EventItemRow {
  @KeyText('event_item_pkey') itemKey!: string;
  @Index('event_item_position_idx') @KeyWhole('event_item_pkey') position!: number;
  /** Place among the event's items: the same lot may stand in one event twice. */
  @KeySmall('event_item_pkey') ordinal!: number;
  /** epc, parent, child, input, output; `transferred` in Lading's transfers, `recalled` in its recalls */
  @Text() role!: string;
  /** From one of the event's quantity lists: a class or lot, not one thing. */
  @Flag() byQuantity!: boolean;
  /** Decimal text as written. */
  @Text({ nullable: true }) quantity!: string | null;
  /** The quantity as a number; null also for more digits than `plainDecimal` takes. */
  @Decimal({ nullable: true }) number!: string | null;
  @Text({ nullable: true }) uom!: string | null;
  /** Amounts of the same unit can be compared (`ComparableMeasure`). */
  @Text({ nullable: true }) unit!: string | null;
  @Decimal({ nullable: true }) amount!: string | null;
  /** The event puts this item into the parent (or attaches it) or takes it out, and its author may say so. */
  @Flag() moves!: boolean;
}
