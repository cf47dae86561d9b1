import { Entity, Index } from 'typeorm';
import { KeyText, Small, Text, Whole } from './columns.js';

/** A recall, as the entry that opened it says, and what closed it. */
@Entity('recall')
export class RecallRow {
  /** Entry id of its opening. */
  @KeyText('recall_pkey') id!: string;
  /** Of the opening on the chain; see `eventPosition`. */
  @Index('recall_position_idx') @Whole() position!: number;
  @Text() openedBy!: string;
  @Text() title!: string;
  @Text() reason!: string;
  @Text({ nullable: true }) class!: string | null;
  /** RFC 3339, as written. */
  @Text({ nullable: true }) windowFrom!: string | null;
  @Text({ nullable: true }) windowTo!: string | null;
  @Text({ nullable: true }) instructions!: string | null;
  @Small() itemCount!: number;
  /** Entry that closed it. */
  @Text({ nullable: true }) closedBy!: string | null;
  @Text({ nullable: true }) closingNote!: string | null;
}
