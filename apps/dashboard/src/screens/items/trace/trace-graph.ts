import type { Api } from '#sdk';

export interface GraphNode {
  /** Of the node, or of the first of a cluster. */
  readonly id: string;
  /** More than one: things with the same links, shown as one until they are expanded. */
  readonly members: readonly Api.TraceNode[];
  /** The organisation that stated it first. */
  readonly lane: string;
}

export type LinkKind = Api.TraceEdge['kind'];

/** A link in the direction in which goods move: from what was before to what came of it, from the child into its container. */
export interface GraphLink {
  readonly from: string;
  readonly to: string;
  readonly kind: LinkKind;
  readonly share: string | null;
  /** When it began; null for what is always so. */
  readonly since: string | null;
}

export interface TraceGraph {
  readonly nodes: readonly GraphNode[];
  readonly links: readonly GraphLink[];
  /** Organisations in the order in which they first appear. */
  readonly lanes: readonly string[];
}

/** Fewer than this are shown one by one. */
const CLUSTER_MIN = 4;

/**
 * A trace as a picture: links in one direction, each thing in the lane of the organisation that stated it first, and things that
 * are alike (same kind, product and links) as one.
 * @param isExpanded - whether a cluster is to be shown one by one, by the id of its first member
 */
export function traceGraph(trace: Api.Trace, isExpanded: (id: string) => boolean): TraceGraph {
  const links = essential(trace, withoutDetours(distinct(trace.edges.map((edge) => linkOf(edge, trace.events)))));
  const laneOf = lanesOf(trace, links);
  const linked = new Set([trace.item, ...links.flatMap(({ from, to }) => [from, to])]);
  const clusters = cluster(
    { item: trace.item, nodes: trace.nodes.filter(({ id }) => linked.has(id)) },
    links,
    laneOf,
    isExpanded,
  );
  const nodeOf = new Map(clusters.flatMap((node) => node.members.map(({ id }) => [id, node.id] as const)));
  const joined = links.flatMap((link) => {
    const from = nodeOf.get(link.from);
    const to = nodeOf.get(link.to);
    return from === undefined || to === undefined || from === to ? [] : [{ ...link, from, to }];
  });
  return {
    nodes: clusters,
    links: distinct(joined),
    lanes: [...new Set([...laneOf.values(), ...clusters.map(({ lane }) => lane)])].filter((lane) =>
      clusters.some((node) => node.lane === lane),
    ),
  };
}

function linkOf(edge: Api.TraceEdge, events: readonly Api.TraceEvent[]): GraphLink {
  switch (edge.kind) {
    case 'transformation': {
      const event = events.find(({ position }) => position === edge.events[0]);
      return { from: edge.input, to: edge.output, kind: edge.kind, share: edge.share, since: event?.eventTime ?? null };
    }
    case 'memberOf':
      return { from: edge.of, to: edge.member, kind: edge.kind, share: null, since: null };
    default:
      return { from: edge.child, to: edge.parent, kind: edge.kind, share: null, since: edge.from.time };
  }
}

/** Several stays in the same container are one line. */
function distinct(links: readonly GraphLink[]): GraphLink[] {
  const byKey = new Map(links.toReversed().map((link) => [`${link.from} ${link.to} ${link.kind}`, link]));
  return [...byKey.values()].toReversed();
}

/** A serial number belongs to its lot, the lot to its class: that the serial number belongs to the class needs no line. */
function withoutDetours(links: readonly GraphLink[]): GraphLink[] {
  const members = links.filter(({ kind }) => kind === 'memberOf');
  const isDetour = ({ from, to, kind }: GraphLink): boolean =>
    kind === 'memberOf' &&
    members.some(
      (first) => first.from === from && members.some((second) => second.from === first.to && second.to === to),
    );
  return links.filter((link) => !isDetour(link));
}

/** That a lot is of a class tells nothing about its way: such a line is drawn only where the class itself was asked about. */
function essential({ nodes, item }: Api.Trace, links: readonly GraphLink[]): GraphLink[] {
  const classes = new Set(nodes.filter(({ kind, id }) => kind === 'class' && id !== item).map(({ id }) => id));
  return links.filter(({ kind, from }) => kind !== 'memberOf' || !classes.has(from));
}

/** Things that no event names (a lot that only its serial numbers show) stand with what they are linked to. */
function lanesOf(trace: Api.Trace, links: readonly GraphLink[]): Map<string, string> {
  const lanes = firstAuthors(trace);
  // Twice: a class is linked to a lot, the lot to what has an author.
  for (let round = 0; round < 2; round++) {
    for (const { from, to } of links) {
      const [of, other] = lanes.has(from) ? [to, from] : [from, to];
      const lane = lanes.get(other);
      if (!lanes.has(of) && lane !== undefined) lanes.set(of, lane);
    }
  }
  return lanes;
}

/** Who first said something about each thing; events are in order of their time. */
function firstAuthors({ events }: Api.Trace): Map<string, string> {
  const authors = new Map<string, string>();
  for (const { items, author } of events) {
    for (const { item } of items) if (!authors.has(item)) authors.set(item, author);
  }
  return authors;
}

function cluster(
  { nodes, item }: Pick<Api.Trace, 'nodes' | 'item'>,
  links: readonly GraphLink[],
  laneOf: ReadonlyMap<string, string>,
  isExpanded: (id: string) => boolean,
): GraphNode[] {
  const ends = new Map<string, string[]>();
  for (const { from, to, kind } of links) {
    ends.set(from, [...(ends.get(from) ?? []), `> ${kind} ${to}`]);
    ends.set(to, [...(ends.get(to) ?? []), `< ${kind} ${from}`]);
  }
  const groups = new Map<string, Api.TraceNode[]>();
  for (const node of nodes) {
    const likeness = [
      node.kind,
      node.product,
      node.status,
      laneOf.get(node.id),
      ...(ends.get(node.id) ?? []).sort(),
    ].join(' | ');
    // The thing that was asked about always stands alone.
    const key = node.id === item ? node.id : likeness;
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const lane = laneOf.get(first.id) ?? first.owner ?? '';
    if (members.length >= CLUSTER_MIN && !isExpanded(first.id)) return [{ id: first.id, members, lane }];
    return members.map((node) => ({ id: node.id, members: [node], lane: laneOf.get(node.id) ?? node.owner ?? '' }));
  });
}
