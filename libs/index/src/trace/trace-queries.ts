import type { DataSource, QueryRunner } from 'typeorm';
import { storable } from '../projection/storable.js';
import type { At } from '../queries.types.js';
import { edgesOf, timeText } from './edges.js';
import { Places } from './places.js';
import { readDetails, type Details, type NodeDetail } from './read-details.js';
import type { MembershipEdgeDto, TombstoneDto, TraceDto, TraceEdgeDto, TraceEventDto, TraceNodeDto, TraceReads, TraceRequest } from './trace.types.js';
import { kindOf, walk, type Walk } from './walk.js';

export const TRACE_DEPTH_DEFAULT = 10;
export const TRACE_DEPTH_MAX = 50;
export const TRACE_NODES_DEFAULT = 1_000;
export const TRACE_NODES_MAX = 10_000;

/** Follows items through transformations, containers and lots; the rules are those of docs/reference/trace.md. */
export class TraceQueries implements TraceReads {
  constructor(private readonly dataSource: DataSource) {}

  async trace(canonicalId: string, request: TraceRequest): Promise<At<TraceDto> | undefined> {
    const item = storable(canonicalId);
    const { unknown, ...found } = await this.traceAll([item], request);
    return unknown.length > 0 ? undefined : { item, ...found };
  }

  /** As `trace`, from several items at once. `unknown`: those of them that the ledger knows neither as such nor by their members. */
  async traceAll(items: readonly string[], request: TraceRequest): Promise<At<Omit<TraceDto, 'item'> & { readonly unknown: readonly string[] }>> {
    return inSnapshot(this.dataSource, async (runner, height) => {
      const found = await walk(runner, {
        items,
        ways: request.direction === 'both' ? ['up', 'down'] : [request.direction],
        atMs: request.atMs,
        depth: within(request.depth ?? TRACE_DEPTH_DEFAULT, 0, TRACE_DEPTH_MAX),
        limit: within(request.limit ?? TRACE_NODES_DEFAULT, 1, TRACE_NODES_MAX),
      });
      const { edges, cut } = edgesOf(found);
      const classes = [...found.nodes.keys()].flatMap((key) => classOf(key) ?? []);
      const positions = new Set([...found.concerns.keys(), ...edges.flatMap(eventsOf)]);
      const keys = new Set([...found.nodes.keys(), ...classes]);
      const details = await readDetails(runner, [...keys], [...positions], request.withSources ?? false);
      const graph = graphOf(found, edges, details);
      const tombstones = [...found.tombstones, ...cut, ...unknownItems(found, graph.nodes)];
      return {
        unknown: withoutRecord(items, found, details),
        direction: request.direction,
        at: request.atMs === undefined ? null : timeText(request.atMs),
        ...graph,
        tombstones: sortTombstones(tombstones),
        truncated: tombstones.some(({ reason }) => reason === 'depth' || reason === 'limit'),
        asOf: { height },
      };
    });
  }
}

/** Of a class or lot that no event has named there may be lots and serials all the same. */
function withoutRecord(items: readonly string[], found: Walk, details: Details): readonly string[] {
  const known = new Set([...details.nodes.map((node) => node.id), ...found.members.map((edge) => edge.of)]);
  return items.filter((item) => !known.has(item));
}

function within(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}

/**
 * For the transaction: every step is lookups by key, thousands of them. The planner, which cannot know how few rows each finds, would
 * rather read whole tables.
 */
const LOOKUPS_ONLY = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin'].map((name) => `set_config('${name}', 'off', true)`).join(', ');

/** Several statements that see the same height; on a read replica where there is one. */
async function inSnapshot<T>(dataSource: DataSource, ask: (runner: QueryRunner, height: number) => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner('slave');
  try {
    await runner.startTransaction('REPEATABLE READ');
    try {
      const [cursor] = (await runner.query(`SELECT height, ${LOOKUPS_ONLY} FROM indexer_cursor`)) as [{ height: string }];
      return await ask(runner, Number(cursor.height));
    } finally {
      // Nothing was written; a lost connection has ended the transaction already.
      await runner.rollbackTransaction().catch(() => undefined);
    }
  } finally {
    await runner.release();
  }
}

/** Nodes and edges with the lots and classes that they belong to, and the events. */
function graphOf(found: Walk, edges: readonly TraceEdgeDto[], details: Details): Pick<TraceDto, 'nodes' | 'edges' | 'events'> {
  const byKey = new Map(details.nodes.map((node) => [node.id, node]));
  const memberships = membershipsOf(found, byKey);
  const ids = new Set([...found.nodes.keys(), ...memberships.map((edge) => edge.of)]);
  const parents = new Set(found.stays.filter((stay) => stay.kind === 'containment').map((stay) => stay.parent));
  const places = new Places(found, details.events);
  const nodes = [...ids].map((id): TraceNodeDto => {
    const depth = found.nodes.get(id);
    return {
      ...(byKey.get(id) ?? nobodysItem(id)),
      kind: nodeKind(id, parents),
      place: places.last(id),
      depth: { up: depth?.up ?? null, down: depth?.down ?? null },
    };
  });
  const events = details.events.map(({ ms: _, ...event }): TraceEventDto => ({ ...event, items: itemsOf(found, event.position) }));
  return { nodes: nodes.sort(byDistance), edges: [...edges, ...memberships].sort(byKindAndEnds), events };
}

function nobodysItem(id: string): NodeDetail {
  return { id, status: 'unknown', owner: null, custodian: null, container: null, lot: null, product: null, quantity: null };
}

/** Serial numbers of a lot, and lots and serials of a class. */
function membershipsOf(found: Walk, byKey: ReadonlyMap<string, NodeDetail>): readonly MembershipEdgeDto[] {
  const edges = new Map<string, MembershipEdgeDto>();
  const add = (member: string, of: string): unknown => edges.set(`${member} ${of}`, { kind: 'memberOf', member, of });
  for (const id of found.nodes.keys()) {
    const lot = byKey.get(id)?.lot ?? null;
    if (lot !== null) add(id, lot);
  }
  for (const id of [...found.nodes.keys(), ...[...edges.values()].map((edge) => edge.of)]) {
    const itsClass = classOf(id);
    if (itsClass !== undefined) add(id, itsClass);
  }
  return [...edges.values()];
}

/** The class that a lot's or serial's key begins with. */
function classOf(key: string): string | undefined {
  const [, itsClass] = /^(https:\/\/id\.gs1\.org\/(?:01|8006)\/[0-9]+)\//.exec(key) ?? [];
  return itsClass;
}

function nodeKind(id: string, parents: ReadonlySet<string>): TraceNodeDto['kind'] {
  const kind = kindOf(id);
  if (kind === 'lot' || kind === 'class') return kind;
  return parents.has(id) || id.startsWith('https://id.gs1.org/00/') ? 'container' : 'item';
}

function itemsOf(found: Walk, position: number): TraceEventDto['items'] {
  const items = [...(found.concerns.get(position) ?? [])].map(([item, roles]) => ({ item, roles: [...roles].sort(byText) }));
  return items.sort((a, b) => byText(a.item, b.item));
}

function eventsOf(edge: TraceEdgeDto): readonly number[] {
  if (edge.kind === 'transformation') return edge.events;
  if (edge.kind === 'memberOf') return [];
  return edge.to === null ? [edge.from.event] : [edge.from.event, edge.to.event];
}

/** Upstream, what nobody commissioned is where knowledge ends. */
function unknownItems(found: Walk, nodes: readonly TraceNodeDto[]): readonly TombstoneDto[] {
  const made = new Set(found.followed.filter(({ way }) => way === 'up').map(({ item }) => item));
  return nodes
    .filter((node) => node.depth.up !== null && node.status === 'unknown' && !made.has(node.id))
    .map((node) => ({ item: node.id, direction: 'up', reason: 'unknown-item', event: null }));
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function byDistance(a: TraceNodeDto, b: TraceNodeDto): number {
  return distance(a) - distance(b) || byText(a.id, b.id);
}

function distance({ depth }: TraceNodeDto): number {
  return Math.min(depth.up ?? TRACE_DEPTH_MAX + 1, depth.down ?? TRACE_DEPTH_MAX + 1);
}

function byKindAndEnds(a: TraceEdgeDto, b: TraceEdgeDto): number {
  return byText(endsOf(a), endsOf(b));
}

function endsOf(edge: TraceEdgeDto): string {
  switch (edge.kind) {
    case 'transformation':
      return `${edge.kind} ${edge.output} ${edge.input} ${edge.events.join()}`;
    case 'memberOf':
      return `${edge.kind} ${edge.of} ${edge.member}`;
    default:
      return `${edge.kind} ${edge.parent} ${edge.child} ${edge.from.time} ${edge.from.event}`;
  }
}

function sortTombstones(tombstones: readonly TombstoneDto[]): readonly TombstoneDto[] {
  const textOf = ({ item, direction, reason, event }: TombstoneDto): string => `${item} ${direction} ${reason} ${event}`;
  const known = new Map(tombstones.map((tombstone) => [textOf(tombstone), tombstone]));
  return [...known].sort(([a], [b]) => byText(a, b)).map(([, tombstone]) => tombstone);
}
