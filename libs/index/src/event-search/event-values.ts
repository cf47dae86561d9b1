import type { DataSource } from 'typeorm';
import { answer, list } from '../queries/answers.js';
import type { Page, PageRequest } from '../queries.types.js';
import type { EventResource } from './event-search.types.js';

interface ValueSource {
  readonly column: string;
  /** Tables, with a condition that leaves only EPCIS events. */
  readonly from: string;
}

const EVENTS = 'event e WHERE e.type IS NOT NULL';

const SOURCES: Readonly<Record<EventResource, ValueSource>> = {
  eventTypes: { column: 'e.type', from: EVENTS },
  bizSteps: { column: 'e.biz_step', from: EVENTS },
  bizLocations: { column: 'e.biz_location', from: EVENTS },
  readPoints: { column: 'e.read_point', from: EVENTS },
  dispositions: { column: 'e.disposition', from: EVENTS },
  epcs: {
    column: 'i.item_key',
    from: 'event_item i JOIN event e ON e.position = i.position WHERE e.type IS NOT NULL AND NOT i.by_quantity',
  },
};

/**
 * Jumps from each value to the next in the index, instead of reading all events for a handful of values.
 */
export async function eventValues(dataSource: DataSource, resource: EventResource, page: PageRequest | undefined): Promise<Page<string>> {
  const { column, from } = SOURCES[resource];
  const next = (after: string): string => `SELECT ${column} AS value FROM ${from} AND ${column} > ${after} ORDER BY ${column} LIMIT 1`;
  const found = await list<{ value: string }>(dataSource, {
    sql: `WITH RECURSIVE v (value) AS (
            (${next(`coalesce($1::text, '') COLLATE "C"`)})
            UNION ALL
            SELECT following.value FROM v CROSS JOIN LATERAL (${next('v.value')}) following
          ) SELECT value FROM v LIMIT $2`,
    sortKey: ['string'],
    sortValues: (row) => [row.value],
    page,
  });
  return { ...found, items: found.items.map((row) => row.value) };
}

export async function eventValueExists(dataSource: DataSource, resource: EventResource, value: string): Promise<boolean> {
  const { column, from } = SOURCES[resource];
  const { rows } = await answer(dataSource, `SELECT true AS found FROM ${from} AND ${column} = $1::text LIMIT 1`, [value]);
  return rows.length > 0;
}
