import { Graph, layout } from '@dagrejs/dagre';
import type { GraphLink, GraphNode, TraceGraph } from './trace-graph.js';

export const NODE = { width: 210, height: 62 } as const;
const LANE = { padding: 26, labelHeight: 24, gap: 14 } as const;
const ROW_GAP = 18;
const RANK_GAP = 80;

export interface PlacedNode extends GraphNode {
  readonly x: number;
  readonly y: number;
}

export interface Lane {
  /** DID. */
  readonly id: string;
  readonly y: number;
  readonly height: number;
}

export interface LaidOut {
  readonly nodes: readonly PlacedNode[];
  readonly links: readonly GraphLink[];
  readonly lanes: readonly Lane[];
  readonly width: number;
  readonly height: number;
}

/**
 * Columns by distance (dagre), so that goods move from left to right; rows by organisation, so that one sees who stated what. Within a
 * lane things of one column keep dagre's order, which crosses few lines.
 */
export function layOut(graph: TraceGraph): LaidOut {
  const drawing = new Graph().setGraph({ rankdir: 'LR', ranksep: RANK_GAP, nodesep: ROW_GAP, ranker: 'tight-tree' });
  drawing.setDefaultEdgeLabel(() => ({}));
  for (const { id } of graph.nodes) drawing.setNode(id, { ...NODE });
  for (const { from, to } of graph.links) drawing.setEdge(from, to);
  layout(drawing);

  const placed: PlacedNode[] = [];
  const lanes: Lane[] = [];
  let top = 0;
  for (const lane of graph.lanes) {
    const rows = new Map<number, number>();
    const mine = graph.nodes
      .filter((node) => node.lane === lane)
      .map((node) => ({ node, at: drawing.node(node.id) as { readonly x: number; readonly y: number } }))
      .sort((a, b) => a.at.y - b.at.y);
    for (const { node, at } of mine) {
      const x = Math.round(at.x - NODE.width / 2);
      const row = rows.get(x) ?? 0;
      rows.set(x, row + 1);
      placed.push({
        ...node,
        x: x + LANE.padding,
        y: top + LANE.labelHeight + LANE.padding / 2 + row * (NODE.height + ROW_GAP),
      });
    }
    const height = LANE.labelHeight + LANE.padding + Math.max(1, ...rows.values()) * (NODE.height + ROW_GAP) - ROW_GAP;
    lanes.push({ id: lane, y: top, height });
    top += height + LANE.gap;
  }
  const width = Math.max(...placed.map(({ x }) => x + NODE.width), 0) + LANE.padding;
  return { nodes: placed, links: graph.links, lanes, width, height: Math.max(0, top - LANE.gap) };
}
