import { describe, expect, it } from '@jest/globals';
import { faultTolerance, quorum } from './quorum.js';

describe('quorum and faultTolerance', () => {
  it.each([
    [1, 0, 1],
    [2, 0, 2],
    [3, 0, 2],
    [4, 1, 3],
    [5, 1, 4],
    [6, 1, 4],
    [7, 2, 5],
    [8, 2, 6],
    [9, 2, 6],
    [10, 3, 7],
    [11, 3, 8],
    [12, 3, 8],
    [13, 4, 9],
    [100, 33, 67],
  ])('of %i validators', (n, f, q) => {
    expect([faultTolerance(n), quorum(n)]).toEqual([f, q]);
  });

  it('make two quorums share an honest validator, and let honest validators alone be one, for every n', () => {
    for (let n = 1; n <= 1000; n++) {
      expect(2 * quorum(n) - n).toBeGreaterThan(faultTolerance(n));
      expect(n - faultTolerance(n)).toBeGreaterThanOrEqual(quorum(n));
    }
  });
});
