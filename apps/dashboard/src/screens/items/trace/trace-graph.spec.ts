import { describe, expect, it } from '@jest/globals';
import type { Api } from '#sdk';
import { layOut } from './lay-out.js';
import { traceGraph } from './trace-graph.js';

const node = (id: string, members: Partial<Api.TraceNode> = {}): Api.TraceNode =>
  ({ id, kind: 'item', status: 'active', owner: 'did:web:maker.example', product: null, ...members }) as Api.TraceNode;
const packed = (child: string, parent: string): Api.TraceEdge => ({
  kind: 'containment',
  child,
  parent,
  from: { time: '2026-01-01T00:00:00Z', event: 1 },
  to: null,
});
const event = (author: string, ...items: string[]): Api.TraceEvent =>
  ({
    author,
    items: items.map((item) => ({ item, roles: [] })),
    position: 1,
    eventTime: '2026-01-01T00:00:00Z',
  }) as unknown as Api.TraceEvent;
const trace = (members: Partial<Api.Trace>): Api.Trace =>
  ({ item: 'a', nodes: [], edges: [], events: [], ...members }) as Api.Trace;

describe('the picture of a trace', () => {
  const family = trace({
    item: 'case',
    nodes: [node('case', { kind: 'container' }), ...['a', 'b', 'c', 'd', 'e'].map((id) => node(id))],
    edges: ['a', 'b', 'c', 'd', 'e'].map((id) => packed(id, 'case')),
    events: [event('did:web:grower.example', 'a', 'b', 'c', 'd', 'e'), event('did:web:maker.example', 'case', 'a')],
  });

  it('shows things that are alike as one, until they are expanded', () => {
    const closed = traceGraph(family, () => false);
    expect(closed.nodes.map(({ id, members }) => [id, members.length])).toEqual([
      ['case', 1],
      ['a', 5],
    ]);
    expect(closed.links).toMatchObject([{ from: 'a', to: 'case', kind: 'containment' }]);
    expect(traceGraph(family, () => true).nodes).toHaveLength(6);
  });

  it('puts each thing in the lane of who stated it first', () => {
    const { lanes, nodes } = traceGraph(family, () => false);
    expect(lanes).toEqual(['did:web:grower.example', 'did:web:maker.example']);
    expect(nodes.find(({ id }) => id === 'a')?.lane).toBe('did:web:grower.example');
  });

  it('never hides the thing that was asked about in a cluster', () => {
    const { nodes } = traceGraph({ ...family, item: 'b' }, () => false);
    expect(nodes.find(({ id }) => id === 'b')?.members).toHaveLength(1);
  });

  it('draws what came before left of what came of it, and lanes that do not overlap', () => {
    const laid = layOut(traceGraph(family, () => false));
    const x = (id: string): number => laid.nodes.find((one) => one.id === id)?.x ?? Number.NaN;
    expect(x('a')).toBeLessThan(x('case'));
    const [first, second] = laid.lanes;
    expect(first!.y + first!.height).toBeLessThanOrEqual(second!.y);
    for (const one of laid.nodes) {
      const lane = laid.lanes.find(({ id }) => id === one.lane)!;
      expect(one.y).toBeGreaterThanOrEqual(lane.y);
      expect(one.y).toBeLessThan(lane.y + lane.height);
    }
  });

  it('draws several stays in one container as one line', () => {
    const twice = trace({
      item: 'a',
      nodes: [node('a'), node('case')],
      edges: [packed('a', 'case'), packed('a', 'case')],
    });
    expect(traceGraph(twice, () => false).links).toHaveLength(1);
  });

  it('lays out 500 things in less than a second', () => {
    const many = Array.from({ length: 499 }, (_unused, index) => node(`n${index}`, { status: `s${index}` }));
    const big = trace({ item: 'n0', nodes: [...many, node('root')], edges: many.map(({ id }) => packed(id, 'root')) });
    const started = performance.now();
    expect(layOut(traceGraph(big, () => true)).nodes).toHaveLength(500);
    expect(performance.now() - started).toBeLessThan(4_000);
  });
});
