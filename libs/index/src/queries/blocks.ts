import type { DataSource } from 'typeorm';
import type { At, BlockDto, EntryDto, Page, PageRequest } from '../queries.types.js';
import { POSITIONS_PER_ENTRY } from '../projection/event-position.js';
import { list, one } from './answers.js';
import { encodePageCursor } from './page-cursor.js';
import { entryReferenceColumns, findingsWhere, isoTime } from './sql-fragments.js';

const BLOCK_COLUMNS = `b.height, b.hash, b.parent_hash AS "parentHash", ${isoTime('b.time')} AS time, b.proposer,
  b.entry_count AS "entryCount", b.size_bytes AS "sizeBytes", b.entries_root AS "entriesRoot", b.log_size AS "logSize",
  b.log_root AS "logRoot", b.state_root AS "stateRoot"`;

const ENTRY_COLUMNS = `${entryReferenceColumns('n', 'b.time')}, n.kind, n.subject,
  n.key_id AS "keyId", n.content_type AS "contentType", n.content_hash AS "contentHash", n.size_bytes AS "sizeBytes",
  ${findingsWhere(`f.position BETWEEN n.log_index * ${POSITIONS_PER_ENTRY} AND (n.log_index + 1) * ${POSITIONS_PER_ENTRY} - 1`)} AS findings`;

/** Newest first. A cursor of an earlier page goes before `before`. */
export function blocks(dataSource: DataSource, { before, cursor, limit }: PageRequest & { readonly before?: number } = {}): Promise<Page<BlockDto>> {
  const from = cursor ?? (before === undefined ? undefined : encodePageCursor([before]));
  return list(dataSource, {
    sql: `SELECT ${BLOCK_COLUMNS} FROM block b WHERE $1::bigint IS NULL OR b.height < $1 ORDER BY b.height DESC LIMIT $2`,
    sortKey: ['number'],
    sortValues: (row) => [row.height],
    page: { ...(limit === undefined ? {} : { limit }), ...(from === undefined ? {} : { cursor: from }) },
  });
}

export function block(dataSource: DataSource, height: number): Promise<At<BlockDto> | undefined> {
  return one(dataSource, `SELECT ${BLOCK_COLUMNS} FROM block b WHERE b.height = $1::bigint`, [height]);
}

export function entriesOfBlock(dataSource: DataSource, height: number, page: PageRequest | undefined): Promise<Page<EntryDto>> {
  return list(dataSource, {
    sql: `SELECT ${ENTRY_COLUMNS} FROM entry n JOIN block b ON b.height = n.height
          WHERE n.height = $3::bigint AND ($1::integer IS NULL OR n.index > $1) ORDER BY n.index LIMIT $2`,
    parameters: [height],
    sortKey: ['number'],
    sortValues: (row) => [row.index],
    page,
  });
}

export function entry(dataSource: DataSource, entryId: string): Promise<At<EntryDto> | undefined> {
  return one(dataSource, `SELECT ${ENTRY_COLUMNS} FROM entry n JOIN block b ON b.height = n.height WHERE n.id = $1`, [entryId]);
}
