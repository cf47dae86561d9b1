import { Entity, Index } from 'typeorm';
import { Json, KeyText, Text, Whole } from './columns.js';

/** A proposal as the state has it, and what its opening entry says to people. */
@Index('proposal_opened_idx', ['openedHeight', 'id'])
@Entity('proposal')
export class ProposalRow {
  /** Entry id of its opening. */
  @KeyText('proposal_pkey') id!: string;
  @Text() kind!: string;
  /** The organisation that it names; null where it names a key or parameters. */
  @Text({ nullable: true }) about!: string | null;
  /** Bytes in it as hexadecimal text. */
  @Json() action!: object;
  /** As written; an open one that has expired is told by the height of the answer. */
  @Text() state!: string;
  @Text() openedBy!: string;
  @Whole() openedHeight!: number;
  @Whole() expiresAt!: number;
  @Whole({ nullable: true }) effectHeight!: number | null;
  @Whole({ nullable: true }) decidedHeight!: number | null;
  @Json({ nullable: true }) decidedTally!: object | null;
  @Text({ nullable: true }) failure!: string | null;
}
