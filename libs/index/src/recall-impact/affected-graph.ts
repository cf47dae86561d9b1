import type { TraceDto, TransformationEdgeDto } from '../trace/trace.types.js';
import type { AffectedItemDto, RecallImpactRequest } from './recall-impact.types.js';
import { sharesOf } from './shares.js';

export interface Affected {
  readonly as: AffectedItemDto['as'];
  readonly depth: number;
  /** Millionths, undefined = not known. */
  readonly share: bigint | undefined;
}

type Graph = Pick<TraceDto, 'nodes' | 'edges' | 'events'>;

interface Step {
  readonly to: string;
  readonly as: AffectedItemDto['as'];
}

/**
 * What of a downstream trace is affected by a recall. Siblings in a container are not: a container carries, and only what it is itself
 * made into follows from it.
 */
export function affectedOf(graph: Graph, request: RecallImpactRequest): ReadonlyMap<string, Affected> {
  const { transformations, memberships, carriers } = linksOf(graph, request);
  const steps = new Map<string, Step[]>();
  const link = (from: string, step: Step): void => {
    const known = steps.get(from);
    if (known === undefined) steps.set(from, [step]);
    else known.push(step);
  };
  for (const { input, output } of transformations) link(input, { to: output, as: 'product' });
  for (const [lot, serial] of memberships) link(lot, { to: serial, as: 'member' });
  for (const [child, parent] of carriers) link(child, { to: parent, as: 'carrier' });

  const known = new Set(graph.nodes.map((node) => node.id));
  const reached = new Map<string, Omit<Affected, 'share'>>();
  for (const id of request.items) if (known.has(id)) reached.set(id, { as: 'target', depth: 0 });
  for (const [from, { as: fromAs, depth }] of reached) {
    for (const { to, as } of steps.get(from) ?? []) {
      // What holds a container, or is a serial of one, carries too.
      const before = reached.get(to);
      const isCarried = fromAs === 'carrier' && as !== 'product';
      if (before === undefined) reached.set(to, { as: isCarried ? 'carrier' : as, depth: depth + 1 });
      else if (before.as === 'carrier' && as !== 'carrier' && !isCarried) {
        // Carried before it was known to be affected itself: look at it once more as that.
        reached.delete(to);
        reached.set(to, { as, depth: before.depth });
      }
    }
  }
  return withShares(reached, transformations, memberships);
}

function withShares(
  reached: ReadonlyMap<string, Omit<Affected, 'share'>>,
  transformations: readonly TransformationEdgeDto[],
  memberships: readonly (readonly [string, string])[],
): ReadonlyMap<string, Affected> {
  const whole = new Set([...reached].filter(([, { as }]) => as === 'target').map(([id]) => id));
  const shares = sharesOf(
    whole,
    transformations.filter(({ input }) => reached.has(input)),
    memberships.filter(([lot]) => reached.has(lot)),
  );
  return new Map([...reached].map(([id, how]) => [id, { ...how, share: how.as === 'carrier' ? undefined : shares.get(id) }]));
}

interface Links {
  readonly transformations: readonly TransformationEdgeDto[];
  readonly memberships: readonly (readonly [lot: string, serial: string])[];
  readonly carriers: readonly (readonly [child: string, parent: string])[];
}

function linksOf({ nodes, edges, events }: Graph, { items, fromMs, toMs }: RecallImpactRequest): Links {
  const isDownstream = new Set(nodes.filter(({ depth }) => depth.down !== null).map(({ id }) => id));
  const timeMs = new Map(events.map(({ position, eventTime }) => [position, Date.parse(eventTime)]));
  const isInWindow = (position: number): boolean => {
    const time = timeMs.get(position);
    return time === undefined || (time >= (fromMs ?? -Infinity) && time <= (toMs ?? Infinity));
  };
  const memberships: (readonly [string, string])[] = [];
  const carriers: (readonly [string, string])[] = [];
  const transformations: TransformationEdgeDto[] = [];
  for (const edge of edges) {
    if (edge.kind === 'memberOf' && isDownstream.has(edge.member) && isDownstream.has(edge.of)) memberships.push([edge.of, edge.member]);
    if (edge.kind === 'containment' || edge.kind === 'association') carriers.push([edge.child, edge.parent]);
  }
  // The window is about what was made of the targets themselves, serials of theirs included.
  const atWindow = new Set(items);
  for (const [lot, serial] of memberships) if (atWindow.has(lot)) atWindow.add(serial);
  for (const edge of edges) {
    if (edge.kind === 'transformation' && (!atWindow.has(edge.input) || edge.events.some(isInWindow))) transformations.push(edge);
  }
  return { transformations, memberships, carriers };
}
