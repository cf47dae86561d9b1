import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { CHAIN_ROWS } from '../rows/rows.js';
import { inTransaction } from './transaction.js';

const ROWS_PER_FETCH = 20_000;

export interface IndexChecksum {
  /** Height at which it was taken, −1 for an empty index. */
  readonly height: number;
  /** SHA-256, hexadecimal. Equal on every node at the same height, and before and after a rebuild. */
  readonly checksum: string;
}

/**
 * SHA-256 over the names of the chain-derived tables and the SHA-256 of every row's text, tables in a fixed order, rows by
 * primary key, in one snapshot. Reads everything: for tests and operators, not for requests.
 */
export async function checksum(dataSource: DataSource): Promise<IndexChecksum> {
  return inTransaction(
    dataSource,
    async (runner) => {
      // The text of a row must not depend on how this server or session is set.
      await runner.query(`SET LOCAL TimeZone = 'UTC'`);
      await runner.query(`SET LOCAL DateStyle = 'ISO, YMD'`);
      await runner.query('SET LOCAL statement_timeout = 0');
      const [cursor] = (await runner.query('SELECT height::text, block_hash FROM indexer_cursor')) as [{ height: string; block_hash: string }];
      const hash = createHash('sha256').update(`${cursor.height} ${cursor.block_hash}\n`);
      for (const target of CHAIN_ROWS) {
        const { tableName, primaryColumns, columns } = dataSource.getMetadata(target);
        const list = columns.map((column) => `"${column.databaseName}"`).join(', ');
        const order = primaryColumns.map((column) => `"${column.databaseName}"`).join(', ');
        hash.update(`${tableName}\n`);
        await runner.query(
          `DECLARE checksum_rows NO SCROLL CURSOR FOR
             SELECT encode(sha256(convert_to(ROW(${list})::text, 'UTF8')), 'hex') AS h FROM "${tableName}" ORDER BY ${order}`,
        );
        for (;;) {
          const rows = (await runner.query(`FETCH ${ROWS_PER_FETCH} FROM checksum_rows`)) as { h: string }[];
          for (const row of rows) hash.update(row.h);
          if (rows.length < ROWS_PER_FETCH) break;
        }
        await runner.query('CLOSE checksum_rows');
      }
      return { height: Number(cursor.height), checksum: hash.digest('hex') };
    },
    'REPEATABLE READ',
  );
}
