import type { DataSource, QueryRunner } from 'typeorm';

/** How far the index has come: the last block in it. */
export interface IndexCursor {
  /** −1 before the first block. */
  readonly height: number;
  /** Empty before the first block. */
  readonly blockHash: string;
}

export async function readCursor(dataSource: DataSource): Promise<IndexCursor> {
  return fromRows(await dataSource.query('SELECT height, block_hash FROM indexer_cursor'));
}

/** Reads it and keeps everyone else from moving it until the transaction ends. */
export async function lockCursor(runner: QueryRunner): Promise<IndexCursor> {
  return fromRows(await runner.query('SELECT height, block_hash FROM indexer_cursor FOR UPDATE'));
}

export async function moveCursor(runner: QueryRunner, to: IndexCursor): Promise<void> {
  await runner.query('UPDATE indexer_cursor SET height = $1, block_hash = $2', [to.height, to.blockHash]);
}

function fromRows(rows: unknown): IndexCursor {
  const [row] = rows as [{ height: string; block_hash: string }];
  return { height: Number(row.height), blockHash: row.block_hash };
}
