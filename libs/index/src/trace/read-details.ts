import type { QueryRunner } from 'typeorm';
import { disputed, findingsWhere, isoTime } from '../queries/sql-fragments.js';
import type { TraceEventDto, TraceNodeDto } from './trace.types.js';

export type NodeDetail = Omit<TraceNodeDto, 'kind' | 'place' | 'depth'>;
export type EventDetail = Omit<TraceEventDto, 'items'> & { readonly ms: number };

export interface Details {
  readonly nodes: readonly NodeDetail[];
  readonly events: readonly EventDetail[];
}

/** What the answer says of each node (and of the lots that they belong to) and event. Keys without a record are of classes and lots that no event has named. */
export async function readDetails(runner: QueryRunner, keys: readonly string[], positions: readonly number[], withSources: boolean): Promise<Details> {
  const [row] = (await runner.query(DETAILS, [keys, positions, withSources])) as [Details];
  return row;
}

const SOURCE_BYTES_MAX = 16 * 1024 * 1024;

const DETAILS = `
  SELECT
    (SELECT coalesce(json_agg(x), '[]'::json) FROM (
       SELECT i.item_key AS id, i.status, i.owner, i.custodian, i.container, i.lot, i.product,
         CASE WHEN i.quantity_value IS NOT NULL THEN json_build_object('value', i.quantity_value, 'uom', i.quantity_uom) END AS quantity
       FROM item i
       WHERE i.item_key IN (SELECT unnest($1::text[]) UNION SELECT m.lot FROM item m WHERE m.item_key = ANY ($1::text[]))) x) AS nodes,
    (SELECT coalesce(json_agg(x), '[]'::json) FROM (
       SELECT e.position, e.kind, e.event_id AS "eventId", e.type, e.action, e.is_error_declaration AS "isErrorDeclaration",
         e.superseded_by AS "supersededBy", ${isoTime('e.event_time')} AS "eventTime", e.time_zone_offset AS "eventTimeZoneOffset",
         e.biz_step AS "bizStep", e.disposition, e.read_point AS "readPoint", e.biz_location AS "bizLocation", e.event_index AS "eventIndex",
         n.id AS "entryId", e.author, e.height, e.index, ${isoTime('e.record_time')} AS "blockTime", ${disputed('n')} AS disputed,
         ${findingsWhere('f.position = e.position')} AS findings, CASE WHEN $3::boolean AND sum(octet_length(e.raw)) OVER () <= ${SOURCE_BYTES_MAX}
           THEN json_build_object('raw', e.raw, 'namespaces', coalesce(e.namespaces, '{}'), 'contexts', coalesce(e.contexts, '[]')) END AS source,
         (extract(epoch FROM e.event_time) * 1000)::bigint AS ms
       FROM event e JOIN entry n ON n.height = e.height AND n.index = e.index
       WHERE e.position = ANY ($2::bigint[])
       ORDER BY e.event_time, e.position) x) AS events`;
