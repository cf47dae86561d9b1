import { Entity } from 'typeorm';
import { KeyText, Text, Whole } from './columns.js';

/** An item or lot as the ledger's state has it at the indexed height. */
@Entity('item')
export class ItemRow {
  @KeyText('item_pkey') itemKey!: string;
  @Text() kind!: string;
  @Text({ nullable: true }) owner!: string | null;
  @Text({ nullable: true }) custodian!: string | null;
  @Text({ nullable: true }) container!: string | null;
  @Text({ nullable: true }) lot!: string | null;
  @Text() status!: string;
  /** May have expired meanwhile: nothing is written when that happens. */
  @Text({ nullable: true }) openTransfer!: string | null;
  @Whole() historyCount!: number;
  @Text() historyDigest!: string;
}
