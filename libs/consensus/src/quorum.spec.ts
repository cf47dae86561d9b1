import { expect, it } from '@jest/globals';
import { faultyMax, quorumOf } from './quorum.js';

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
])('%i validators: up to %i may lie, %i decide', (n, f, q) => {
  expect([faultyMax(n), quorumOf(n)]).toEqual([f, q]);
});

it('two quorums share an honest validator, and the honest ones alone are a quorum, for 1 to 100 validators', () => {
  for (let n = 1; n <= 100; n++) {
    expect(2 * quorumOf(n) - n).toBeGreaterThanOrEqual(faultyMax(n) + 1);
    expect(n - faultyMax(n)).toBeGreaterThanOrEqual(quorumOf(n));
  }
});
