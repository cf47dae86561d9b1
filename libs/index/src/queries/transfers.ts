import type { DataSource } from 'typeorm';
import type { At, Page, PageRequest, TransferDto, TransferFilter } from '../queries.types.js';
import { list, one } from './answers.js';
import { disputed, entryReferenceById, TRANSFER_STATE } from './sql-fragments.js';

const COLUMNS = `t.id, ${TRANSFER_STATE} AS state, t.sender AS "from", t.receiver AS "to", t.transfers, t.items, t.content, t.accepted,
  t.reference, t.expires_after_height AS "expiresAfterHeight", t.id AS "entryId",
  ${entryReferenceById('t.id')} AS offered, ${entryReferenceById('t.answered_by')} AS answered,
  (SELECT e.raw::json ->> 'reason' FROM entry n JOIN event e ON e.height = n.height AND e.index = n.index WHERE n.id = t.answered_by) AS reason`;

/** Newest first. */
export function transfers(dataSource: DataSource, filter: TransferFilter, page: PageRequest | undefined): Promise<Page<TransferDto>> {
  return list(dataSource, {
    sql: `SELECT ${COLUMNS} FROM transfer t
          WHERE ($1::bigint IS NULL OR (t.offered_height, t.id) < ($1, $2::text))
            AND ($4::text IS NULL OR ${TRANSFER_STATE} = $4)
            AND ($5::text IS NULL OR t.sender = $5)
            AND ($6::text IS NULL OR t.receiver = $6)
            AND ($7::text IS NULL OR t.sender = $7 OR t.receiver = $7)
            AND ($8::boolean IS NOT TRUE OR t.state IN ('rejected', 'partially_accepted')
              OR EXISTS (SELECT FROM entry se WHERE se.id IN (t.id, t.answered_by) AND ${disputed('se')}))
          ORDER BY t.offered_height DESC, t.id DESC LIMIT $3`,
    parameters: [filter.state ?? null, filter.from ?? null, filter.to ?? null, filter.party ?? null, filter.disputed ?? null],
    sortKey: ['number', 'string'],
    sortValues: (row) => [row.offered.height, row.id],
    page,
  });
}

export function transfer(dataSource: DataSource, id: string): Promise<At<TransferDto> | undefined> {
  return one(dataSource, `SELECT ${COLUMNS} FROM transfer t WHERE t.id = $1`, [id]);
}
