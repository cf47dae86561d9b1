import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { containmentIntervals, type PackingChange } from './containment-intervals.js';

const change = (position: number, minute: number, isAdded: boolean, parent: string, quantity?: string): PackingChange => ({
  child: 'item',
  parent,
  time: new Date(minute * 60_000),
  position,
  isAdded,
  byQuantity: quantity !== undefined,
  quantity: quantity ?? null,
  uom: quantity === undefined ? null : 'KGM',
});
const minutesOf = (changes: readonly PackingChange[]): (readonly [string, number, number | null])[] =>
  containmentIntervals(changes).map(({ parent, fromTime, toTime }) => [parent, fromTime.getTime() / 60_000, toTime === null ? null : toTime.getTime() / 60_000]);

describe('containment', () => {
  it('lasts from packing to unpacking', () => {
    expect(minutesOf([change(1, 10, true, 'case'), change(2, 20, false, 'case'), change(3, 30, true, 'case')])).toEqual([
      ['case', 10, 20],
      ['case', 30, null],
    ]);
  });

  it('follows the time of the events, not the order of their recording', () => {
    expect(minutesOf([change(1, 20, false, 'case'), change(2, 10, true, 'case')])).toEqual([['case', 10, 20]]);
  });

  it('ends when the thing is packed elsewhere, though nobody reported the unpacking', () => {
    expect(minutesOf([change(1, 10, true, 'crate'), change(2, 15, true, 'case')])).toEqual([
      ['crate', 10, 15],
      ['case', 15, null],
    ]);
  });

  it('is not begun again by packing what is inside already, nor ended by unpacking from elsewhere', () => {
    expect(minutesOf([change(1, 10, true, 'case'), change(2, 12, true, 'case'), change(3, 14, false, 'crate')])).toEqual([['case', 10, null]]);
  });

  it('lets a lot be in several containers, and stay until all of it is out', () => {
    const changes = [
      change(1, 10, true, 'crate', '10'),
      change(2, 11, true, 'case', '5.5'),
      change(3, 12, false, 'crate', '4.00'),
      change(4, 13, false, 'case', '5.50'),
      change(5, 14, false, 'crate', '6'),
    ];
    expect(minutesOf(changes)).toEqual([
      ['case', 11, 13],
      ['crate', 10, 14],
    ]);
  });

  it('of a lot ends with a removal that does not say how much', () => {
    expect(minutesOf([change(1, 10, true, 'crate', '10'), { ...change(2, 12, false, 'crate', '1'), quantity: null }])).toEqual([['crate', 10, 12]]);
  });

  it('of one thing is never in two places at once, and does not depend on the order in which the events are read', () => {
    const anyChange = fc.tuple(fc.nat(5), fc.boolean(), fc.constantFrom('a', 'b', 'c'));
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (parts, shuffle) => {
        const changes = parts.map(([minute, isAdded, parent], i) => change(i, minute, isAdded, parent));
        const intervals = containmentIntervals(changes);
        const shuffled = [...changes].map((c) => [shuffle.next().value as number, c] as const).sort((a, b) => a[0] - b[0]);
        expect(containmentIntervals(shuffled.map(([, c]) => c))).toEqual(intervals);

        const isBefore = (a: readonly [number, number], b: readonly [number, number]): boolean => a[0] < b[0] || (a[0] === b[0] && a[1] <= b[1]);
        const spans = intervals.map((i) => [
          [i.fromTime.getTime(), i.fromPosition],
          [i.toTime?.getTime() ?? Infinity, i.toPosition ?? Infinity],
        ] as const);
        for (const [i, [fromA, toA]] of spans.entries()) {
          for (const [fromB, toB] of spans.slice(i + 1)) expect(isBefore(toA, fromB) || isBefore(toB, fromA)).toBe(true);
        }
      }),
    );
  });
});
