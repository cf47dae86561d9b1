import { Entity, Index } from 'typeorm';
import { KeyText, Small } from './columns.js';

/** An item or lot that a recall calls back. */
@Index('recall_item_recall_idx', ['recall', 'ordinal'])
@Entity('recall_item')
export class RecallItemRow {
  @KeyText('recall_item_pkey') itemKey!: string;
  @KeyText('recall_item_pkey') recall!: string;
  /** Place in the entry's list. */
  @Small() ordinal!: number;
}
