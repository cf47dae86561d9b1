import { Entity } from 'typeorm';
import { KeySmall, KeyText, KeyWhole, Text } from './columns.js';

/** An item or lot that an event concerns. */
@Entity('event_item')
export class EventItemRow {
  @KeyText('event_item_pkey') itemKey!: string;
  @KeyWhole('event_item_pkey') position!: number;
  /** Place among the event's items: the same lot may stand in one event twice. */
  @KeySmall('event_item_pkey') ordinal!: number;
  /** epc, parent, child, input or output */
  @Text() role!: string;
  /** Decimal text as written. */
  @Text({ nullable: true }) quantity!: string | null;
  @Text({ nullable: true }) uom!: string | null;
}
