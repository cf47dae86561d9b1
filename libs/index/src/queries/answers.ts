import type { DataSource } from 'typeorm';
import { storable } from '../projection/storable.js';
import type { At, Page, PageRequest } from '../queries.types.js';
import { decodePageCursor, encodePageCursor, pageLimit, type SortKey, type SortValues } from './page-cursor.js';

type Parameter = string | number | boolean | null;

/**
 * Runs one statement whose rows are the answer, and reads the indexed height with it: one statement is one snapshot, also on a
 * replica. PostgreSQL builds the JSON, so that numbers, nesting and times come in the form that the API sends. Within `sql`,
 * `c.height` is the height of the answer.
 */
export async function answer<T>(dataSource: DataSource, sql: string, parameters: readonly Parameter[]): Promise<{ rows: readonly T[]; height: number }> {
  const runner = dataSource.createQueryRunner('slave');
  try {
    const [row] = (await runner.query(
      `SELECT c.height, (SELECT coalesce(json_agg(t), '[]'::json) FROM (${sql}) t) AS rows FROM indexer_cursor c`,
      parameters.map((value) => (typeof value === 'string' ? storable(value) : value)),
    )) as [{ height: string; rows: readonly T[] }];
    return { rows: row.rows, height: Number(row.height) };
  } finally {
    await runner.release();
  }
}

export async function one<T>(dataSource: DataSource, sql: string, parameters: readonly Parameter[]): Promise<At<T> | undefined> {
  const { rows, height } = await answer<T>(dataSource, sql, parameters);
  const [first] = rows;
  return first === undefined ? undefined : { ...first, asOf: { height } };
}

export interface ListQuery<T> {
  /** `$1`… are the values of the sort key after which the page begins (null on the first page), then the limit, then `parameters`. */
  readonly sql: string;
  readonly parameters?: readonly Parameter[];
  readonly sortKey: SortKey;
  readonly sortValues: (row: T) => SortValues;
  readonly page: PageRequest | undefined;
}

export async function list<T>(dataSource: DataSource, query: ListQuery<T>): Promise<Page<T>> {
  const limit = pageLimit(query.page?.limit);
  const after = decodePageCursor(query.page?.cursor, query.sortKey) ?? query.sortKey.map(() => null);
  // One row more than asked for tells whether there is a next page.
  const { rows, height } = await answer<T>(dataSource, query.sql, [...after, limit + 1, ...(query.parameters ?? [])]);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > limit && last !== undefined ? encodePageCursor(query.sortValues(last)) : null,
    asOf: { height },
  };
}
