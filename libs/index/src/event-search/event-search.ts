import { failure, success, type Result } from '#codec';
import type { DataSource } from 'typeorm';
import type { EventQuery } from '#trace';
import { IndexQueryError } from '../index-errors.js';
import { answer } from '../queries/answers.js';
import type { SortValues } from '../queries/page-cursor.js';
import type { AsOf, Page, PageRequest } from '../queries.types.js';
import { encodeSearchCursor } from './event-order.js';
import type { EventPage, EventPageRequest, EventResource, EventSearchErrorCode, EventSearches, FoundEvent } from './event-search.types.js';
import { eventValueExists, eventValues } from './event-values.js';
import { FOUND_EVENT_COLUMNS, FOUND_EVENT_TABLES, searchStatement, type SearchStatement } from './search-events.js';

/** PostgreSQL's code for a statement that ran into the statement timeout. */
const QUERY_CANCELED = '57014';
/** An event and its error declaration are two; nobody needs more than a few by one id. */
const EVENTS_BY_ID_MAX = 100;

/** EPCIS queries over the index. */
export class EventSearch implements EventSearches {
  constructor(private readonly dataSource: DataSource) {}

  async search(query: EventQuery, page: EventPageRequest): Promise<Result<EventPage, EventSearchErrorCode>> {
    const statement = searchStatement(query, page.perPage, page.after);
    const rows = await this.#run(statement);
    if (rows === undefined) {
      return failure('EPCIS_QUERY_TOO_COMPLEX', 'the database did not finish this query in time; narrow it by time, item or place');
    }
    const [first] = rows as [FoundRow, ...FoundRow[]];
    if (query.maxEventCount !== undefined && Number(first.counted) > query.maxEventCount) {
      return failure('EPCIS_QUERY_TOO_LARGE', `more than ${query.maxEventCount} events match`);
    }
    const asOf = { height: Number(first.asOf) };
    // A replica, or an index that is being rebuilt: what it lacks would be missing from the pages.
    if (statement.cursor !== undefined && asOf.height < statement.cursor.asOfHeight) {
      throw new IndexQueryError('INDEX_BEHIND', `the index is at height ${asOf.height}, the page before at ${statement.cursor.asOfHeight}`);
    }
    const events = rows.flatMap((row) => (row.position === null ? [] : [foundEvent(row)]));
    const returned = (statement.cursor?.returned ?? 0) + events.length;
    const last = rows.at(-1);
    const isCut = returned >= (query.eventCountLimit ?? Infinity);
    const nextCursor =
      first.hasMore && !isCut && last !== undefined
        ? encodeSearchCursor({ asOfHeight: asOf.height, returned, sortValues: sortValuesOf(last, statement) })
        : null;
    return success({ events, nextCursor, asOf });
  }

  async eventsById(eventId: string): Promise<{ readonly events: readonly FoundEvent[]; readonly asOf: AsOf }> {
    const { rows, height } = await answer<FoundEvent>(
      this.dataSource,
      `SELECT ${FOUND_EVENT_COLUMNS} FROM ${FOUND_EVENT_TABLES}
       WHERE e.event_id = $1 AND e.type IS NOT NULL ORDER BY e.position LIMIT ${EVENTS_BY_ID_MAX}`,
      [eventId],
    );
    return { events: rows, asOf: { height } };
  }

  values(resource: EventResource, page?: PageRequest): Promise<Page<string>> {
    return eventValues(this.dataSource, resource, page);
  }

  exists(resource: EventResource, value: string): Promise<boolean> {
    return eventValueExists(this.dataSource, resource, value);
  }

  /** @returns undefined when the database gave up */
  async #run({ sql, values }: SearchStatement): Promise<FoundRow[] | undefined> {
    const runner = this.dataSource.createQueryRunner('slave');
    try {
      return (await runner.query(sql, values)) as FoundRow[];
    } catch (error) {
      if (codeOf(error) === QUERY_CANCELED) return undefined;
      throw error;
    } finally {
      await runner.release();
    }
  }
}

/** `bigint` comes as text. Nulls from `position` on: the page is empty. */
type FoundRow = Omit<FoundEvent, 'height' | 'position'> & {
  readonly asOf: string;
  readonly counted: string | null;
  readonly hasMore: boolean;
  readonly height: string;
  readonly position: string | null;
} & Readonly<Record<`o${number}`, string>>;

function foundEvent(row: FoundRow): FoundEvent {
  const { raw, namespaces, contexts, eventId, recordTime, entryId, eventIndex, author, disputed, isErrorDeclaration, supersededBy } = row;
  const place = { entryId, eventIndex, author, disputed, height: Number(row.height), position: Number(row.position) };
  return { raw, namespaces, contexts, eventId, recordTime, ...place, isErrorDeclaration, supersededBy };
}

function sortValuesOf(row: FoundRow, { plan }: SearchStatement): SortValues {
  return plan.columns.map(({ kind }, i) => {
    const value = row[`o${i}`] as string;
    return kind === 'number' ? Number(value) : value;
  });
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'driverError' in error ? (error.driverError as { code?: unknown }).code : undefined;
}
