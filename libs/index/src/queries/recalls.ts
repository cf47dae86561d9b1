import type { DataSource } from 'typeorm';
import type { At, Page, PageRequest, RecallDto, RecallFilter, RecallSummaryDto } from '../queries.types.js';
import { list, one } from './answers.js';
import { entryReferenceById } from './sql-fragments.js';

const COLUMNS = `r.id, CASE WHEN r.closed_by IS NULL THEN 'open' ELSE 'closed' END AS state, r.opened_by AS "openedBy", r.title, r.reason,
  r.class, json_build_object('from', r.window_from, 'to', r.window_to) AS window, r.instructions, r.item_count AS "itemCount",
  (SELECT coalesce(json_agg(DISTINCT a.author), '[]'::json) FROM recall_acknowledgement a WHERE a.recall = r.id) AS "acknowledgedBy",
  ${entryReferenceById('r.id')} AS opened, ${entryReferenceById('r.closed_by')} AS closed, r.closing_note AS "closingNote"`;

/** Newest first. */
export async function recalls(dataSource: DataSource, filter: RecallFilter, page: PageRequest | undefined): Promise<Page<RecallSummaryDto>> {
  type Sorted = RecallSummaryDto & { readonly position: number };
  const found = await list<Sorted>(dataSource, {
    sql: `SELECT ${COLUMNS}, r.position FROM recall r
          WHERE ($1::bigint IS NULL OR r.position < $1)
            AND ($3::text IS NULL OR (r.closed_by IS NULL) = ($3 = 'open'))
            AND ($4::text IS NULL OR r.opened_by = $4)
            AND ($5::text IS NULL OR r.id IN (SELECT recall FROM recall_item WHERE item_key = $5))
          ORDER BY r.position DESC LIMIT $2`,
    parameters: [filter.state ?? null, filter.openedBy ?? null, filter.item ?? null],
    sortKey: ['number'],
    sortValues: (row) => [row.position],
    page,
  });
  return { ...found, items: found.items.map(({ position: _, ...summary }) => summary) };
}

export function recall(dataSource: DataSource, id: string): Promise<At<RecallDto> | undefined> {
  return one(
    dataSource,
    `SELECT ${COLUMNS},
       (SELECT coalesce(json_agg(ri.item_key ORDER BY ri.ordinal), '[]'::json) FROM recall_item ri WHERE ri.recall = r.id) AS items,
       (SELECT coalesce(json_agg(x), '[]'::json) FROM (
          SELECT DISTINCT ON (a.author) a.author AS organization, ${entryReferenceById('a.entry_id')} AS entry,
            count(*) OVER (PARTITION BY a.author) AS count, a.note, a.quantities
          FROM recall_acknowledgement a WHERE a.recall = r.id ORDER BY a.author, a.position DESC) x) AS acknowledgements
     FROM recall r WHERE r.id = $1`,
    [id],
  );
}
