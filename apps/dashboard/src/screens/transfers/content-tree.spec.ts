import { describe, expect, it } from '@jest/globals';
import type { Api } from '#sdk';
import { contentTree, countContent } from './content-tree.js';

const inside = (child: string, parent: string, isOver = false): Api.TraceEdge => ({
  kind: 'containment',
  child,
  parent,
  from: { time: '2026-01-01T00:00:00Z', event: 1 },
  to: isOver ? { time: '2026-01-02T00:00:00Z', event: 2 } : null,
});

describe('the content of what is offered', () => {
  it('is nested as it is packed, without what was taken out', () => {
    const edges = [inside('case1', 'pallet'), inside('a', 'case1'), inside('b', 'case1', true), inside('c', 'pallet')];
    const tree = contentTree(['pallet', 'single'], edges);
    expect(tree).toEqual([
      {
        id: 'pallet',
        inside: [
          { id: 'c', inside: [] },
          { id: 'case1', inside: [{ id: 'a', inside: [] }] },
        ].sort((x, y) => (x.id < y.id ? -1 : 1)),
      },
      { id: 'single', inside: [] },
    ]);
    expect(countContent(tree)).toBe(5);
  });

  it('of a signed list is that list: nothing more, and nothing left out', () => {
    const tree = contentTree(['case'], [inside('a', 'case'), inside('late', 'case')], ['case', 'a', 'gone']);
    expect(tree).toEqual([
      { id: 'case', inside: [{ id: 'a', inside: [] }] },
      { id: 'gone', inside: [] },
    ]);
  });

  it('ends where packing goes in circles', () => {
    expect(countContent(contentTree(['a'], [inside('b', 'a'), inside('a', 'b')]))).toBe(2);
  });
});
