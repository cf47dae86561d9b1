import type { QueryRunner } from 'typeorm';
import type { Moment } from './moments.js';

/** A node to be expanded, and for when. */
export interface Visit {
  readonly item: string;
  readonly way: 'up' | 'down';
  /**
   * Down: the item was reached as the container (or assembly) of something. Then it is its events that count, not what else it holds,
   * nor what else is of its kind.
   */
  readonly isHost: boolean;
  /** The item asked about: its members (serials of a lot; lots and serials of a class) are looked for in both ways. */
  readonly isRoot: boolean;
  /** Its lots and serials are those whose keys begin with its own and a slash. */
  readonly isClass: boolean;
  /** Down: the span is [from, to). Up: events after the time of `from` (they were read before) until the time of `to`; contents at `to`. */
  readonly from: Moment;
  readonly to: Moment;
}

/** A transformation that a visit leads into. */
export interface OwnRow {
  /** Place of the visit in the level, from 0. */
  readonly n: number;
  readonly transformation: string;
}

/** What went into a transformation, or came out. */
export interface PartRow {
  readonly transformation: string;
  readonly item: string;
  readonly role: 'input' | 'output';
  readonly position: number;
  readonly ms: number;
  readonly byQuantity: boolean;
  readonly quantity: string | null;
  readonly uom: string | null;
}

export interface StayRow {
  readonly n: number;
  readonly kind: 'containment' | 'association';
  readonly child: string;
  readonly parent: string;
  readonly fromMs: number;
  readonly fromPosition: number;
  readonly toMs: number | null;
  readonly toPosition: number | null;
}

export interface MemberRow {
  readonly n: number;
  readonly member: string;
  readonly of: string;
}

/** An event that concerns the item of a visit. */
export interface ConcernRow {
  readonly n: number;
  readonly position: number;
  readonly role: string;
  /** The event would lead further, had it not been taken back. */
  readonly isCut: boolean;
}

export interface Level {
  readonly own: readonly OwnRow[];
  readonly parts: readonly PartRow[];
  readonly stays: readonly StayRow[];
  readonly members: readonly MemberRow[];
  readonly concerns: readonly ConcernRow[];
}

/** Rows of each kind that a level may have: more means that something was left out. */
export interface LevelBounds {
  readonly rows: number;
  readonly concerns: number;
}

/** Everything that one step from the visited nodes leads to, in one statement. One row more than the bounds tells that there is more. */
export async function readLevel(runner: QueryRunner, visits: readonly Visit[], bounds: LevelBounds): Promise<Level> {
  const [row] = (await runner.query(LEVEL, [
    visits.map((visit) => visit.item),
    visits.map((visit) => visit.way === 'up'),
    visits.map((visit) => visit.isHost),
    visits.map((visit) => visit.isRoot),
    visits.map((visit) => visit.isClass),
    visits.map((visit) => timeText(visit.from.ms)),
    visits.map((visit) => visit.from.position),
    visits.map((visit) => timeText(visit.to.ms)),
    visits.map((visit) => visit.to.position),
    bounds.rows + 1,
    bounds.concerns + 1,
  ])) as [Level];
  return row;
}

function timeText(ms: number): string {
  if (Number.isFinite(ms)) return new Date(ms).toISOString();
  return ms > 0 ? 'infinity' : '-infinity';
}

const milliseconds = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::bigint`;

const jsonRows = (select: string): string => `(SELECT coalesce(json_agg(x), '[]'::json) FROM (${select}) x)`;

const stays = (table: string): string => `
  SELECT w.n, '${table}' AS kind, s.child, s.parent, ${milliseconds('s.from_time')} AS "fromMs", s.from_position AS "fromPosition",
    ${milliseconds('s.to_time')} AS "toMs", s.to_position AS "toPosition"
  FROM w JOIN ${table} s ON s.parent = w.item
  WHERE w.up AND (s.from_time, s.from_position) <= (w.to_time, w.to_position)
    AND (s.to_time IS NULL OR (s.to_time, s.to_position) > (w.to_time, w.to_position))
  UNION ALL
  SELECT w.n, '${table}', s.child, s.parent, ${milliseconds('s.from_time')}, s.from_position, ${milliseconds('s.to_time')}, s.to_position
  FROM w JOIN ${table} s ON s.child = w.item
  WHERE NOT w.up AND (s.from_time, s.from_position) < (w.to_time, w.to_position)
    AND (s.to_time IS NULL OR (s.to_time, s.to_position) > (w.from_time, w.from_position))`;

/** Up: at the same moment counts as before, whatever the order of recording. */
const WITHIN = `CASE WHEN w.up THEN e.event_time > w.from_time AND e.event_time <= w.to_time
  ELSE (e.event_time, e.position) >= (w.from_time, w.from_position) AND (e.event_time, e.position) < (w.to_time, w.to_position) END`;

const PACKING = `e.type IN ('AggregationEvent', 'AssociationEvent') AND e.action IN ('ADD', 'DELETE')`;

/** Every table is entered by item key (or by position from there), so that each part is an index lookup per visited item. */
const LEVEL = `
  WITH w AS MATERIALIZED (
    SELECT v.*, (v.number - 1)::integer AS n
    FROM unnest($1::text[], $2::boolean[], $3::boolean[], $4::boolean[], $5::boolean[], $6::timestamptz[], $7::bigint[], $8::timestamptz[], $9::bigint[])
      WITH ORDINALITY AS v (item, up, is_host, is_root, is_class, from_time, from_position, to_time, to_position, number)
  ),
  own AS MATERIALIZED (
    SELECT DISTINCT w.n, l.transformation
    FROM w
    JOIN lineage l ON l.item_key = w.item AND l.role = CASE WHEN w.up THEN 'output' ELSE 'input' END
    JOIN event e ON e.position = l.position
    WHERE e.superseded_by IS NULL AND ${WITHIN}
    ORDER BY w.n, l.transformation LIMIT $10
  )
  SELECT
    ${jsonRows('SELECT * FROM own ORDER BY n, transformation')} AS own,
    ${jsonRows(`SELECT l.transformation, l.item_key AS item, l.role, l.position, ${milliseconds('e.event_time')} AS ms,
         l.by_quantity AS "byQuantity", l.quantity, l.uom
       FROM (SELECT DISTINCT transformation FROM own) o
       JOIN lineage l ON l.transformation = o.transformation
       JOIN event e ON e.position = l.position
       WHERE e.superseded_by IS NULL
       ORDER BY l.transformation, l.position, l.ordinal LIMIT $10`)} AS parts,
    ${jsonRows(`SELECT * FROM (${stays('containment')} UNION ALL ${stays('association')}) s
       ORDER BY n, kind, child, parent, "fromMs", "fromPosition" LIMIT $10`)} AS stays,
    ${jsonRows(`SELECT * FROM (
         SELECT w.n, i.item_key AS member, i.lot AS of FROM w JOIN item i ON i.item_key = w.item WHERE w.up AND i.lot IS NOT NULL
         UNION ALL
         SELECT w.n, i.item_key, i.lot FROM w JOIN item i ON i.lot = w.item WHERE (w.is_root OR NOT w.up) AND NOT w.is_host
         UNION ALL
         SELECT w.n, i.item_key, w.item FROM w JOIN item i ON i.item_key > w.item || '/' AND i.item_key < w.item || '0'
         WHERE w.is_root AND w.is_class
       ) m ORDER BY n, member LIMIT $10`)} AS members,
    ${jsonRows(`SELECT w.n, ei.position, ei.role,
         e.superseded_by IS NOT NULL AND (
           e.type = 'TransformationEvent' AND ei.role = CASE WHEN w.up THEN 'output' ELSE 'input' END
           OR ${PACKING} AND e.action = 'ADD' AND ei.role = CASE WHEN w.up THEN 'parent' ELSE 'child' END) AS "isCut"
       FROM w
       JOIN event_item ei ON ei.item_key = w.item
       JOIN event e ON e.position = ei.position
       WHERE (${WITHIN} OR w.is_host AND e.unpacks_all AND e.position = w.to_position)
         AND (NOT w.is_host OR e.unpacks_all OR NOT (ei.role = 'parent' AND ${PACKING}))
       ORDER BY w.n, ei.position, ei.ordinal LIMIT $11`)} AS concerns`;
