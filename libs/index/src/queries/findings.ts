import type { DataSource } from 'typeorm';
import type { FindingDto, FindingFilter, Page, PageRequest } from '../queries.types.js';
import { list } from './answers.js';
import { FINDING_COLUMNS, FINDING_TABLES } from './sql-fragments.js';

/** Of all items, newest first. */
export async function findingList(dataSource: DataSource, filter: FindingFilter, page: PageRequest | undefined): Promise<Page<FindingDto>> {
  type Sorted = FindingDto & { readonly sort: readonly [number, number] };
  const found = await list<Sorted>(dataSource, {
    sql: `SELECT ${FINDING_COLUMNS}, json_build_array(f.position, f.ordinal) AS sort FROM ${FINDING_TABLES}
          WHERE ($1::bigint IS NULL OR (f.position, f.ordinal) < ($1, $2::integer))
            AND ($4::text IS NULL OR f.code = $4)
            AND ($5::text IS NULL OR f.item_key = $5)
            AND ($6::text IS NULL OR f.author = $6)
          ORDER BY f.position DESC, f.ordinal DESC LIMIT $3`,
    parameters: [filter.code ?? null, filter.item ?? null, filter.author ?? null],
    sortKey: ['number', 'number'],
    sortValues: (row) => row.sort,
    page,
  });
  return { ...found, items: found.items.map(({ sort: _, ...finding }) => finding) };
}
