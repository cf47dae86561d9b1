import type { DataSource } from 'typeorm';
import type { CommittedBlock } from '#node';
import { ProjectionError } from '../index-errors.js';
import { countKeyUsage } from '../organizations/count-key-usage.js';
import { BlockRow } from '../rows/block.row.js';
import { EntryRow } from '../rows/entry.row.js';
import { EventFieldRow } from '../rows/event-field.row.js';
import { EventItemRow } from '../rows/event-item.row.js';
import { EventRow } from '../rows/event.row.js';
import { FindingRow } from '../rows/finding.row.js';
import { LineageRow } from '../rows/lineage.row.js';
import { collectBatch } from './collect-batch.js';
import { lockCursor, moveCursor, type IndexCursor } from './index-cursor.js';
import { inTransaction } from './transaction.js';
import { STAYS, supersedeEvents, writeStays } from './write-stays.js';
import { writeRows } from './write-rows.js';
import { writeState } from './write-state.js';

/**
 * Writes consecutive blocks and the height reached in one transaction: either all of it is in the index or nothing. Heights that are
 * indexed already are skipped, so repeating a call is harmless.
 *
 * @returns the height of the index afterwards
 * @throws ProjectionError `INDEX_GAP` when blocks are missing before these, `INDEX_OTHER_CHAIN` when they do not follow what is indexed
 */
export async function project(dataSource: DataSource, blocks: readonly CommittedBlock[]): Promise<number> {
  return inTransaction(dataSource, async (runner) => {
    const cursor = await lockCursor(runner);
    const fresh = blocksAfter(cursor, blocks);
    const last = fresh.at(-1);
    if (last === undefined) return cursor.height;

    const batch = collectBatch(fresh);
    await writeRows(runner, BlockRow, batch.blocks);
    await writeRows(runner, EntryRow, batch.entries);
    await writeRows(runner, EventRow, batch.events);
    await writeRows(runner, EventItemRow, batch.eventItems);
    await writeRows(runner, EventFieldRow, batch.eventFields);
    await writeRows(runner, LineageRow, batch.lineage);
    await writeRows(runner, FindingRow, batch.findings);
    await batch.recalls.write(runner);
    await batch.governance.write(runner);
    await countKeyUsage(runner, batch.entries);
    await batch.vocabularies.write(runner);
    const reopened = await supersedeEvents(runner, batch);
    for (const stays of STAYS) await writeStays(runner, stays, batch, reopened);
    await writeState(runner, batch);
    await moveCursor(runner, { height: last.block.header.height, blockHash: last.block.hash });
    return last.block.header.height;
  });
}

function blocksAfter(cursor: IndexCursor, blocks: readonly CommittedBlock[]): readonly CommittedBlock[] {
  let { height, blockHash } = cursor;
  const fresh: CommittedBlock[] = [];
  for (const committed of blocks) {
    const { hash, header } = committed.block;
    if (header.height > height + 1) throw new ProjectionError('INDEX_GAP', { indexedHeight: height, height: header.height });
    const isOtherChain = header.height === height ? hash !== blockHash : header.height > height && height >= 0 && header.parentHash !== blockHash;
    if (isOtherChain) throw new ProjectionError('INDEX_OTHER_CHAIN', { indexedHeight: height, height: header.height });
    if (header.height <= height) continue;
    fresh.push(committed);
    height = header.height;
    blockHash = hash;
  }
  return fresh;
}
