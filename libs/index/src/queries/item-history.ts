import type { DataSource } from 'typeorm';
import type { At, HistoryEventDto, ItemHistoryDto, PageRequest } from '../queries.types.js';
import { one } from './answers.js';
import { decodePageCursor, encodePageCursor } from './page-cursor.js';
import { disputed, findingsWhere, isoTime } from './sql-fragments.js';

const EVENTS_PER_PAGE_MAX = 1_000;
const CONTAINERS_MAX = 1_000;
const NESTING_MAX = 16;
const PAGE_BYTES_MAX = 8 * 1024 * 1024;

interface Found {
  readonly events: readonly (HistoryEventDto & { readonly sort: readonly [number, number] })[];
  readonly hasMore: boolean;
  readonly truncated: boolean;
}

/**
 * Every event that names the item, and those of the containers it was in, and of what those were in, while it was inside. An event that
 * only changes what else a container holds says nothing about the item and is left out; siblings are never followed.
 */
export async function itemHistory(dataSource: DataSource, canonicalId: string, page: PageRequest = {}): Promise<At<ItemHistoryDto> | undefined> {
  const [afterMs, afterPosition] = decodePageCursor(page.cursor, ['number', 'number']) ?? [];
  const limit = Math.min(Math.max(page.limit ?? EVENTS_PER_PAGE_MAX, 1), EVENTS_PER_PAGE_MAX);
  const found = await one<Found>(dataSource, HISTORY, [canonicalId, afterMs ?? null, afterPosition ?? null, limit]);
  if (found === undefined) return undefined;
  const last = found.events.at(-1);
  return {
    item: canonicalId,
    events: found.events.map(({ sort: _, ...event }) => event),
    nextCursor: found.hasMore && last !== undefined ? encodePageCursor(last.sort) : null,
    truncated: found.truncated,
    asOf: found.asOf,
  };
}

/**
 * (time, position) is the order of events, and intervals are half-open in it: the event that packs is inside, the one that
 * unpacks is not, unless it names no children (then it is the only one that tells of the unpacking). `inside` starts with the item itself,
 * in itself for ever.
 */
const HISTORY = `
  WITH RECURSIVE inside (container, from_time, from_position, to_time, to_position, path) AS (
    SELECT $1::text COLLATE "C", '-infinity'::timestamptz, -1::bigint, 'infinity'::timestamptz, 0::bigint, ARRAY[$1::text COLLATE "C"]
    UNION ALL
    SELECT n.parent, later.t, later.p, earlier.t, earlier.p, i.path || n.parent
    FROM inside i
    JOIN containment n ON n.child = i.container
    CROSS JOIN LATERAL (SELECT coalesce(n.to_time, 'infinity') AS t, coalesce(n.to_position, 0) AS p) ends
    CROSS JOIN LATERAL (
      SELECT * FROM (VALUES (n.from_time, n.from_position), (i.from_time, i.from_position)) v (t, p) ORDER BY t DESC, p DESC LIMIT 1) later
    CROSS JOIN LATERAL (
      SELECT * FROM (VALUES (ends.t, ends.p), (i.to_time, i.to_position)) v (t, p) ORDER BY t, p LIMIT 1) earlier
    WHERE (later.t, later.p) < (earlier.t, earlier.p) AND n.parent <> ALL (i.path) AND cardinality(i.path) <= ${NESTING_MAX}
  ),
  containers AS MATERIALIZED (SELECT *, cardinality(path) - 1 AS depth FROM inside LIMIT ${CONTAINERS_MAX + 1}),
  concerned AS (
    SELECT ei.position, ei.role, n.container, n.depth
    FROM containers n
    JOIN event_item ei ON ei.item_key = n.container
    JOIN event e ON e.position = ei.position
    WHERE n.depth = 0
       OR ((e.event_time, e.position) >= (n.from_time, n.from_position)
           AND ((e.event_time, e.position) < (n.to_time, n.to_position) OR (e.unpacks_all AND e.position = n.to_position))
           AND (e.unpacks_all OR NOT (ei.role = 'parent' AND e.type = 'AggregationEvent' AND e.action IN ('ADD', 'DELETE'))))
  ),
  nearest AS (SELECT position, min(depth) AS depth FROM concerned GROUP BY position),
  found AS (
    SELECT position, nearest.depth, min(container) AS container, array_agg(DISTINCT role ORDER BY role) AS roles
    FROM concerned JOIN nearest USING (position, depth)
    GROUP BY position, nearest.depth
  ),
  ordered AS (
    SELECT position, found.depth, found.container, found.roles
    FROM found JOIN event e USING (position)
    WHERE $2::float8 IS NULL OR (e.event_time, position) > (to_timestamp($2 / 1000), $3::bigint)
    ORDER BY e.event_time, position
    LIMIT $4::integer + 1
  ),
  sized AS (
    SELECT e.*, ordered.depth, ordered.container, ordered.roles,
      row_number() OVER w AS number, sum(octet_length(e.raw)) OVER w AS bytes
    FROM ordered JOIN event e USING (position)
    WINDOW w AS (ORDER BY e.event_time, e.position)
  ),
  shown AS (SELECT * FROM sized WHERE number <= $4 AND (number = 1 OR bytes <= ${PAGE_BYTES_MAX}))
  SELECT
    (SELECT coalesce(json_agg(x), '[]'::json) FROM (
       SELECT e.kind, e.event_id AS "eventId", e.type, e.action, e.is_error_declaration AS "isErrorDeclaration",
         e.superseded_by AS "supersededBy", ${isoTime('e.event_time')} AS "eventTime", e.time_zone_offset AS "eventTimeZoneOffset",
         e.biz_step AS "bizStep", e.disposition, e.read_point AS "readPoint", e.biz_location AS "bizLocation", e.roles,
         CASE WHEN e.depth > 0 THEN e.container END AS "inheritedFrom", e.event_index AS "eventIndex",
         n.id AS "entryId", e.author, e.height, e.index, ${isoTime('e.record_time')} AS "blockTime", ${disputed('n')} AS disputed,
         ${findingsWhere('f.item_key = e.container AND f.position = e.position')} AS findings, e.raw AS json,
         json_build_array((extract(epoch FROM e.event_time) * 1000)::bigint, e.position) AS sort
       FROM shown e JOIN entry n ON n.height = e.height AND n.index = e.index
       ORDER BY e.event_time, e.position) x) AS events,
    (SELECT count(*) FROM ordered) > (SELECT count(*) FROM shown) AS "hasMore",
    (SELECT count(*) FROM containers) > ${CONTAINERS_MAX} AS truncated
  FROM item WHERE item_key = $1`;
