import { Entity, Index } from 'typeorm';
import { Flag, KeySmall, KeyText, KeyWhole, Text } from './columns.js';

/** An item, lot or class that went into a transformation or came out of it. */
@Entity('lineage')
export class LineageRow {
  @KeyText('lineage_pkey') itemKey!: string;
  @KeyWhole('lineage_pkey') position!: number;
  /** Place among the event's items. */
  @KeySmall('lineage_pkey') ordinal!: number;
  /** input or output */
  @Text() role!: string;
  /** Joins the recordings of one transformation; see `transformationKey`. */
  @Index('lineage_transformation_idx') @Text() transformation!: string;
  @Flag() byQuantity!: boolean;
  /** Decimal text as written. */
  @Text({ nullable: true }) quantity!: string | null;
  @Text({ nullable: true }) uom!: string | null;
}
