import type { DataSource } from 'typeorm';
import { CHAIN_ROWS } from '../rows/rows.js';
import { lockCursor, moveCursor } from './index-cursor.js';
import { inTransaction } from './transaction.js';

/**
 * Empties every table that follows from the chain, in one transaction; the organisation's own records stay. A running indexer
 * then begins again at height 0.
 */
export async function dropIndex(dataSource: DataSource): Promise<void> {
  await inTransaction(dataSource, async (runner) => {
    // In the order in which the projection takes its locks.
    await lockCursor(runner);
    const tables = CHAIN_ROWS.map((target) => `"${dataSource.getMetadata(target).tableName}"`);
    await runner.query(`TRUNCATE ${tables.join(', ')}`);
    await moveCursor(runner, { height: -1, blockHash: '' });
  });
}
