import { Entity, Index } from 'typeorm';
import { KeyText, Text, Whole } from './columns.js';

/** An item, lot or class as the ledger's state has it at the indexed height. */
@Entity('item')
export class ItemRow {
  @KeyText('item_pkey') itemKey!: string;
  @Text() status!: string;
  @Text({ nullable: true }) owner!: string | null;
  @Text({ nullable: true }) custodian!: string | null;
  @Text({ nullable: true }) container!: string | null;
  @Index('item_lot_idx', { where: 'lot IS NOT NULL' }) @Text({ nullable: true }) lot!: string | null;
  /** GTIN-14 */
  @Text({ nullable: true }) product!: string | null;
  @Text({ nullable: true }) quantityValue!: string | null;
  @Text({ nullable: true }) quantityUom!: string | null;
  /** Transfer ids. The offers may have expired meanwhile: nothing is written when that happens. */
  @Text({ nullable: true }) ownershipOffer!: string | null;
  @Text({ nullable: true }) custodyOffer!: string | null;
  @Whole() historyCount!: number;
  @Text() historyDigest!: string;
}
