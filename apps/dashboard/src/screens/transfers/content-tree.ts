import type { Api } from '#sdk';

/** A thing with what is inside it. */
export interface ContentNode {
  readonly id: string;
  readonly inside: readonly ContentNode[];
}

/** Deeper packing than this is shown flat. */
const DEPTH_MAX = 20;

/**
 * Containers with their content, nested as the edges of their traces tell.
 * @param roots - the named items
 * @param edges - of traces upstream; only what is still inside counts
 * @param content - if given, nothing else is shown, and what no edge leads to stands at the end
 */
export function contentTree(
  roots: readonly string[],
  edges: readonly Api.TraceEdge[],
  content?: readonly string[],
): readonly ContentNode[] {
  const allowed = content && new Set(content);
  const children = new Map<string, string[]>();
  for (const edge of edges) {
    if (edge.kind !== 'containment' || edge.to !== null || allowed?.has(edge.child) === false) continue;
    const siblings = children.get(edge.parent) ?? [];
    if (!siblings.includes(edge.child)) children.set(edge.parent, [...siblings, edge.child]);
  }
  const placed = new Set<string>();
  const nodeOf = (id: string, depth: number): ContentNode => {
    placed.add(id);
    const inside = depth === DEPTH_MAX ? [] : (children.get(id) ?? []).filter((child) => !placed.has(child));
    return { id, inside: inside.toSorted().map((child) => nodeOf(child, depth + 1)) };
  };
  const nodes = roots.map((id) => nodeOf(id, 0));
  const rest = (content ?? []).filter((id) => !placed.has(id)).map((id) => ({ id, inside: [] }));
  return [...nodes, ...rest];
}

/** How many different things there are in a tree: an item may be named beside the container that it is in. */
export function countContent(nodes: readonly ContentNode[]): number {
  const ids = new Set<string>();
  const add = ({ id, inside }: ContentNode): void => {
    ids.add(id);
    inside.forEach(add);
  };
  nodes.forEach(add);
  return ids.size;
}
