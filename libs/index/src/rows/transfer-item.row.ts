import { Entity, Index } from 'typeorm';
import { Flag, KeyText, Small } from './columns.js';

/** An item that a transfer hands over. */
@Entity('transfer_item')
export class TransferItemRow {
  @KeyText('transfer_item_pkey') itemKey!: string;
  @Index('transfer_item_transfer_idx') @KeyText('transfer_item_pkey') transferId!: string;
  @Small() ordinal!: number;
  /** Named in the offer; the others were inside one that was. */
  @Flag() named!: boolean;
}
