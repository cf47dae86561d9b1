import type { EntityTarget, QueryRunner } from 'typeorm';
import { AssociationRow } from '../rows/association.row.js';
import { ContainmentRow } from '../rows/containment.row.js';
import type { Batch } from './collect-batch.js';
import { containmentIntervals, type PackingChange } from './containment-intervals.js';
import { storable } from './storable.js';
import { writeRows } from './write-rows.js';

/**
 * Marks the events that error declarations of the batch take back: the declaration comes later on the chain, from the same author, with
 * the same eventID.
 * @returns containers whose packing that changes
 */
export async function supersedeEvents(runner: QueryRunner, batch: Batch): Promise<readonly string[]> {
  const declarations = batch.events.filter((event) => event.isErrorDeclaration);
  if (declarations.length === 0) return [];
  const [superseded] = (await runner.query(
    `UPDATE event e SET superseded_by = n.id
     FROM event d JOIN entry n ON n.height = d.height AND n.index = d.index
     WHERE d.position = ANY ($1::bigint[]) AND e.event_id = d.event_id AND e.author = d.author
       AND NOT e.is_error_declaration AND e.position < d.position
     RETURNING e.parent`,
    [declarations.map((event) => event.position)],
  )) as [{ parent: string | null }[], number];
  return superseded.flatMap(({ parent }) => (parent === null ? [] : [parent]));
}

/** Stays of children with parents: the type of the events that tell of them, and the table. */
export interface Stays {
  readonly eventType: 'AggregationEvent' | 'AssociationEvent';
  readonly target: EntityTarget<ContainmentRow | AssociationRow>;
  readonly table: string;
}

export const STAYS: readonly Stays[] = [
  { eventType: 'AggregationEvent', target: ContainmentRow, table: 'containment' },
  { eventType: 'AssociationEvent', target: AssociationRow, table: 'association' },
];

/**
 * Works out anew when the children that the batch concerns were in (or at) which parents. From all their events of that type, not from
 * what is there: an event may be about a time before others that are indexed already.
 */
export async function writeStays(runner: QueryRunner, stays: Stays, batch: Batch, reopened: readonly string[]): Promise<void> {
  const events = new Set(batch.events.filter((event) => event.type === stays.eventType).map((event) => event.position));
  const children = new Set<string>();
  for (const item of batch.eventItems) if (item.moves && events.has(item.position)) children.add(storable(item.itemKey));
  const emptied = batch.events.filter((event) => event.unpacksAll && event.type === stays.eventType);
  if (emptied.length > 0 || reopened.length > 0) {
    for (const child of await childrenAffected(runner, stays, emptied, reopened)) children.add(child);
  }
  const keys = [...children];
  for (let from = 0; from < keys.length; from += CHILDREN_PER_STATEMENT_MAX) {
    await rewriteIntervals(runner, stays, keys.slice(from, from + CHILDREN_PER_STATEMENT_MAX));
  }
}

/** Keeps each statement well under the statement timeout. */
const CHILDREN_PER_STATEMENT_MAX = 5_000;

async function rewriteIntervals(runner: QueryRunner, stays: Stays, keys: readonly string[]): Promise<void> {
  const changes = new Map<string, PackingChange[]>(keys.map((key) => [key, []]));
  for (const change of await packingChanges(runner, stays, keys)) changes.get(change.child)?.push(change);
  await runner.query(`DELETE FROM ${stays.table} WHERE child = ANY ($1::text[])`, [keys]);
  await writeRows(runner, stays.target, [...changes.values()].flatMap(containmentIntervals));
}

/** Children of parents that were emptied, unless they had left before; all children, where an event was taken back. */
async function childrenAffected(
  runner: QueryRunner,
  { table }: Stays,
  emptied: readonly { readonly parent: string | null; readonly eventTime: Date }[],
  reopened: readonly string[],
): Promise<readonly string[]> {
  const rows = (await runner.query(
    `SELECT n.child FROM ${table} n JOIN unnest($1::text[], $2::timestamptz[]) AS x (parent, time)
       ON n.parent = x.parent AND (n.to_time IS NULL OR n.to_time >= x.time)
     UNION SELECT child FROM ${table} WHERE parent = ANY ($3::text[])`,
    [emptied.map((event) => event.parent), emptied.map((event) => event.eventTime), reopened],
  )) as { child: string }[];
  return rows.map((row) => row.child);
}

/** An association does not end another: a sensor may be registered for a pallet and for the place where it hangs. */
async function packingChanges(runner: QueryRunner, { eventType }: Stays, children: readonly string[]): Promise<readonly PackingChange[]> {
  const rows = (await runner.query(
    `WITH own AS (
       SELECT i.item_key AS child, e.parent, e.event_time, e.position, e.action = 'ADD' AS is_added, i.by_quantity, i.quantity, i.uom
       FROM event_item i JOIN event e ON e.position = i.position
       WHERE i.item_key = ANY ($1::text[]) AND i.moves AND e.type = $2 AND e.superseded_by IS NULL
     )
     SELECT * FROM own
     UNION ALL
     SELECT o.child, e.parent, e.event_time, e.position, false, o.by_quantity, NULL, NULL
     FROM (SELECT DISTINCT child, parent, by_quantity FROM own WHERE is_added) o
     JOIN event e ON e.parent = o.parent AND e.unpacks_all AND e.type = $2 AND e.superseded_by IS NULL`,
    [children, eventType],
  )) as {
    child: string;
    parent: string;
    event_time: Date;
    position: string;
    is_added: boolean;
    by_quantity: boolean;
    quantity: string | null;
    uom: string | null;
  }[];
  return rows.map((row) => ({
    child: row.child,
    parent: row.parent,
    time: row.event_time,
    position: Number(row.position),
    isAdded: row.is_added,
    byQuantity: row.by_quantity || eventType === 'AssociationEvent',
    quantity: row.quantity,
    uom: row.uom,
  }));
}
