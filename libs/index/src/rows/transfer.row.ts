import { Entity, Index } from 'typeorm';
import { Json, KeyText, Text, Whole } from './columns.js';

@Index('transfer_offered_idx', ['offeredHeight', 'id'])
@Index('transfer_sender_idx', ['sender', 'offeredHeight', 'id'])
@Index('transfer_receiver_idx', ['receiver', 'offeredHeight', 'id'])
@Entity('transfer')
export class TransferRow {
  /** Entry id of the offer. */
  @KeyText('transfer_pkey') id!: string;
  /** As the ledger's state has it: an offer that has expired is still `offered` here. */
  @Text() state!: string;
  @Text() sender!: string;
  @Text() receiver!: string;
  /** ownership, custody or both */
  @Text() transfers!: string;
  @Json() items!: readonly string[];
  @Json() content!: readonly string[];
  @Json() accepted!: readonly string[];
  @Text({ nullable: true }) reference!: string | null;
  @Whole() offeredHeight!: number;
  @Whole() expiresAfterHeight!: number;
  @Text({ nullable: true }) answeredBy!: string | null;
}
