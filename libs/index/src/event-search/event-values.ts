import type { DataSource } from 'typeorm';
import { answer, list } from '../queries/answers.js';
import type { Page, PageRequest } from '../queries.types.js';
import type { EventResource } from './event-search.types.js';

interface ValueSource {
  readonly column: string;
  /** Tables, with a condition that leaves only EPCIS events. */
  readonly from: string;
  /** The vocabulary in which organisations describe such values, whether or not an event has them. */
  readonly vocabulary?: 'BusinessStep' | 'BusinessLocation' | 'ReadPoint' | 'Disposition';
}

const EVENTS = 'event e WHERE e.type IS NOT NULL';

const SOURCES: Readonly<Record<EventResource, ValueSource>> = {
  eventTypes: { column: 'e.type', from: EVENTS },
  bizSteps: { column: 'e.biz_step', from: EVENTS, vocabulary: 'BusinessStep' },
  bizLocations: { column: 'e.biz_location', from: EVENTS, vocabulary: 'BusinessLocation' },
  readPoints: { column: 'e.read_point', from: EVENTS, vocabulary: 'ReadPoint' },
  dispositions: { column: 'e.disposition', from: EVENTS, vocabulary: 'Disposition' },
  epcs: {
    column: 'i.item_key',
    from: 'event_item i JOIN event e ON e.position = i.position WHERE e.type IS NOT NULL AND NOT i.by_quantity',
  },
};

/** The columns and tables that the values of a resource stand in. */
function placesOf({ column, from, vocabulary }: ValueSource): readonly { readonly column: string; readonly from: string }[] {
  const described = `vocabulary_element v WHERE v.vocabulary = '${vocabulary}' AND v.end_position IS NULL`;
  return [{ column, from }, ...(vocabulary === undefined ? [] : [{ column: 'v.key', from: described }])];
}

/**
 * Jumps from each value to the next in the index, instead of reading all events for a handful of values.
 */
export async function eventValues(dataSource: DataSource, resource: EventResource, page: PageRequest | undefined): Promise<Page<string>> {
  const places = placesOf(SOURCES[resource]);
  const next = (after: string): string => {
    const firsts = places.map(({ column, from }) => `(SELECT ${column} AS value FROM ${from} AND ${column} > ${after} ORDER BY ${column} LIMIT 1)`);
    return `SELECT n.value FROM (${firsts.join(' UNION ALL ')}) n ORDER BY n.value LIMIT 1`;
  };
  const found = await list<{ value: string }>(dataSource, {
    sql: `WITH RECURSIVE known (value) AS (
            (${next(`coalesce($1::text, '') COLLATE "C"`)})
            UNION ALL
            SELECT following.value FROM known CROSS JOIN LATERAL (${next('known.value')}) following
          ) SELECT value FROM known LIMIT $2`,
    sortKey: ['string'],
    sortValues: (row) => [row.value],
    page,
  });
  return { ...found, items: found.items.map((row) => row.value) };
}

export async function eventValueExists(dataSource: DataSource, resource: EventResource, value: string): Promise<boolean> {
  const found = placesOf(SOURCES[resource]).map(({ column, from }) => `(SELECT true AS found FROM ${from} AND ${column} = $1::text LIMIT 1)`);
  const { rows } = await answer(dataSource, found.join(' UNION ALL '), [value]);
  return rows.length > 0;
}
