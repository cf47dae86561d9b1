import { Entity, Index } from 'typeorm';
import { KeyText, Text, Whole } from './columns.js';

@Index('transfer_height_idx', ['offerHeight', 'id'])
@Entity('transfer')
export class TransferRow {
  @KeyText('transfer_pkey') id!: string;
  /** As the ledger's state has it: an offer that has expired is still `offered` here. */
  @Text() state!: string;
  @Text() sender!: string;
  @Text() receiver!: string;
  /** ownership, custody or both */
  @Text() transfers!: string;
  @Text({ nullable: true }) reference!: string | null;
  @Whole({ nullable: true }) expiresAfterHeight!: number | null;
  @Whole() offerHeight!: number;
  @Text({ nullable: true }) answerEntryId!: string | null;
}
