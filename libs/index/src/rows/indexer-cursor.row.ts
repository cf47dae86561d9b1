import { Check, Entity, PrimaryColumn } from 'typeorm';
import { Text, Whole } from './columns.js';

/** One row: how far the chain is indexed. Written in the transaction of the rows it vouches for. */
@Check('indexer_cursor_id_check', 'id = 1')
@Entity('indexer_cursor')
export class IndexerCursorRow {
  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'indexer_cursor_pkey' }) id!: number;
  /** −1 before the first block. */
  @Whole() height!: number;
  /** Hash of that block, so that an index is never continued from another chain. */
  @Text() blockHash!: string;
}
