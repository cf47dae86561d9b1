import type { EventOrder } from '#trace';
import { decodePageCursor, encodePageCursor, type SortValues } from '../queries/page-cursor.js';
import { nameCondition } from './predicates/field-conditions.js';
import type { StatementParameters } from './statement-parameters.js';

/** How a statement sorts events, so that no two are equal and a page can begin behind any. */
export interface SortPlan {
  /** To be joined to `event e`; empty when `e` has all columns. */
  readonly join: string;
  /** What is sorted by, the position last; as it goes into the cursor. */
  readonly columns: readonly SortColumn[];
}

interface SortColumn {
  readonly sql: string;
  /** As JSON can hold it. */
  readonly output: string;
  readonly kind: 'number' | 'string';
  /** The place of a cursor's value in a statement. */
  readonly input: (value: number | string, parameters: StatementParameters) => string;
}

const POSITION: SortColumn = {
  sql: 'e.position',
  output: 'e.position',
  kind: 'number',
  input: (value, parameters) => parameters.add(value, 'bigint'),
};

const EVENT_TIME: SortColumn = {
  sql: 'e.event_time',
  output: '(extract(epoch FROM e.event_time) * 1000)::bigint',
  kind: 'number',
  input: (value, parameters) => parameters.time(value as number),
};

export function sortPlan({ by, direction }: EventOrder, parameters: StatementParameters): SortPlan {
  if (by.field === 'eventTime') return { join: '', columns: [EVENT_TIME, POSITION] };
  // Record times increase with the position.
  if (by.field === 'recordTime') return { join: '', columns: [POSITION] };
  // By number or time where the field is one, then by text; what has neither comes last.
  const last = direction === 'ASC' ? 'Infinity' : '-Infinity';
  return {
    join: `CROSS JOIN LATERAL (
      SELECT coalesce(min(f.number), extract(epoch FROM min(f.time)), '${last}'::numeric) AS number, coalesce(min(f.text), '') AS text
      FROM event_field f WHERE f.position = e.position AND f.scope = 'event' AND NOT f.is_inner AND ${nameCondition(by.name, parameters)}) k`,
    columns: [
      { sql: 'k.number', output: 'k.number::text', kind: 'string', input: (value, to) => to.add(value, 'numeric') },
      { sql: 'k.text', output: 'k.text', kind: 'string', input: (value, to) => `${to.add(value, 'text')} COLLATE "C"` },
      POSITION,
    ],
  };
}

/** Where a search stands after a page. */
export interface SearchCursor {
  readonly asOfHeight: number;
  /** Events in the pages before. */
  readonly returned: number;
  readonly sortValues: SortValues;
}

export function encodeSearchCursor({ asOfHeight, returned, sortValues }: SearchCursor): string {
  return encodePageCursor([asOfHeight, returned, ...sortValues]);
}

/** @throws IndexQueryError INDEX_BAD_CURSOR */
export function decodeSearchCursor(cursor: string | undefined, plan: SortPlan): SearchCursor | undefined {
  const values = decodePageCursor(cursor, ['number', 'number', ...plan.columns.map((column) => column.kind)]);
  if (values === undefined) return undefined;
  const [asOfHeight, returned, ...sortValues] = values;
  return { asOfHeight: asOfHeight as number, returned: returned as number, sortValues };
}
