import type { EventQuery } from '#trace';
import { POSITIONS_PER_ENTRY } from '../projection/event-position.js';
import { disputed, isoTime } from '../queries/sql-fragments.js';
import { decodeSearchCursor, sortPlan, type SearchCursor, type SortPlan } from './event-order.js';
import { condition } from './predicates/condition.js';
import { StatementParameters } from './statement-parameters.js';

/** Events of one page together, unless a single one is larger. */
const PAGE_BYTES_MAX = 8 * 1024 * 1024;
const PER_PAGE_MAX = 1_000;

/** A `FoundEvent`, for aliases e (event) and n (its entry). */
export const FOUND_EVENT_COLUMNS = `e.raw, coalesce(e.namespaces, '{}') AS namespaces, coalesce(e.contexts, '[]') AS contexts, e.event_id AS "eventId",
  ${isoTime('e.record_time')} AS "recordTime", n.id AS "entryId", ${disputed('n')} AS disputed, e.event_index AS "eventIndex", e.author, e.height,
  e.is_error_declaration AS "isErrorDeclaration", e.superseded_by AS "supersededBy", e.position`;
export const FOUND_EVENT_TABLES = 'event e JOIN entry n ON n.height = e.height AND n.index = e.index';

export interface SearchStatement {
  readonly sql: string;
  readonly values: StatementParameters['values'];
  readonly plan: SortPlan;
  readonly cursor: SearchCursor | undefined;
}

/**
 * One statement for a page and all that is known about it: `asOf` height, whether there is more, on the first page how many events match
 * (up to one more than allowed). A page without events is one row of nulls.
 *
 * @throws IndexQueryError INDEX_BAD_CURSOR
 */
export function searchStatement(query: EventQuery, perPage: number, after: string | undefined): SearchStatement {
  const parameters = new StatementParameters();
  const plan = sortPlan(query.order, parameters);
  const cursor = decodeSearchCursor(after, plan);
  // Acts of Lading's own are no EPCIS events. Blocks after the first page's height do not exist for this search; the first page sees none
  // anyway, and a condition that all events meet would only mislead the planner.
  const conditions = [
    'e.type IS NOT NULL',
    ...(cursor === undefined ? [] : ['e.position < (SELECT position FROM pinned)']),
    ...query.predicates.map((predicate) => condition(predicate, parameters)),
  ].join(' AND ');
  const asOf = parameters.add(cursor?.asOfHeight ?? null, 'bigint');
  const counted =
    query.maxEventCount === undefined || cursor !== undefined
      ? 'NULL'
      : `(SELECT count(*) FROM (SELECT FROM event e WHERE ${conditions} LIMIT ${parameters.add(query.maxEventCount + 1, 'bigint')}) x)`;
  const size = pageSize(query, perPage, cursor);
  const limit = parameters.add(size, 'bigint');
  const order = plan.columns.map((_, i) => `s${i} ${query.order.direction}`).join(', ');
  const sql = `
    WITH bounds AS (SELECT least(c.height, ${asOf}) AS height FROM indexer_cursor c),
    pinned AS (SELECT b.log_size * ${POSITIONS_PER_ENTRY} AS position FROM block b JOIN bounds USING (height)),
    matched AS (
      SELECT e.position, ${plan.columns.map(({ sql: column }, i) => `${column} AS s${i}`).join(', ')},
        ${plan.columns.map(({ output }, i) => `${output} AS o${i}`).join(', ')}
      FROM event e ${plan.join}
      WHERE ${conditions}${cursor === undefined ? '' : ` AND ${behind(cursor, query, plan, parameters)}`}
      ORDER BY ${order} LIMIT ${limit} + 1
    ),
    sized AS (
      SELECT m.*, row_number() OVER w AS number, sum(octet_length(e.raw)) OVER w AS bytes
      FROM matched m JOIN event e USING (position) WINDOW w AS (ORDER BY ${order} ROWS UNBOUNDED PRECEDING)
    ),
    shown AS (SELECT * FROM sized WHERE number <= ${limit} AND (number = 1 OR bytes <= ${PAGE_BYTES_MAX})),
    page AS (SELECT bounds.height AS as_of, ${counted} AS counted, (SELECT count(*) FROM matched) > (SELECT count(*) FROM shown) AS has_more FROM bounds)
    SELECT page.as_of AS "asOf", page.counted, page.has_more AS "hasMore", found.*
    FROM page LEFT JOIN (
      SELECT ${plan.columns.map((_, i) => `shown.o${i}`).join(', ')}, shown.number, ${FOUND_EVENT_COLUMNS}
      FROM shown JOIN event e USING (position) JOIN entry n ON n.height = e.height AND n.index = e.index
    ) found ON true
    ORDER BY found.number`;
  return { sql, values: parameters.values, plan, cursor };
}

function pageSize(query: EventQuery, perPage: number, cursor: SearchCursor | undefined): number {
  const left = query.eventCountLimit === undefined ? PER_PAGE_MAX : query.eventCountLimit - (cursor?.returned ?? 0);
  return Math.max(1, Math.min(perPage, PER_PAGE_MAX, left));
}

function behind(cursor: SearchCursor, query: EventQuery, plan: SortPlan, parameters: StatementParameters): string {
  const values = plan.columns.map((column, i) => column.input(cursor.sortValues[i] as number | string, parameters));
  const columns = plan.columns.map((column) => column.sql);
  return `(${columns.join(', ')}) ${query.order.direction === 'ASC' ? '>' : '<'} (${values.join(', ')})`;
}
