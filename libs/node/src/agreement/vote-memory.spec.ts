import { describe, expect, it } from '@jest/globals';
import { VoteMemory } from './vote-memory.js';

describe('VoteMemory', () => {
  it('votes at every height when the journal has records', () => {
    expect(new VoteMemory(false).mayVoteAt(1)).toBe(true);
  });

  it('does not vote before a quorum, itself included, told its heads', () => {
    const memory = new VoteMemory(true);
    expect(memory.learn(0, [0], 4)).toBeUndefined();
    expect(memory.mayVoteAt(1)).toBe(false);
    expect(memory.learn(0, [0, 0], 4)).toBe(0);
    expect(memory.mayVoteAt(1)).toBe(true);
  });

  it('votes in a network that goes on only beyond any height at which it can have voted', () => {
    const memory = new VoteMemory(true);
    expect(memory.learn(0, [7, 9], 4)).toBe(12);
    expect(memory.mayVoteAt(11)).toBe(false);
    expect(memory.mayVoteAt(12)).toBe(true);
    // What is told later does not count: it may contain this node's own new votes.
    expect(memory.learn(0, [100, 100, 100], 4)).toBeUndefined();
  });

  it('takes its own chain into account when only the journal was lost', () => {
    expect(new VoteMemory(true).learn(20, [7, 9], 4)).toBe(23);
    expect(new VoteMemory(true).learn(5, [0, 0], 4)).toBeUndefined();
  });

  it('lets no single liar keep a new network from voting', () => {
    expect(new VoteMemory(true).learn(0, [0, 0, 2 ** 50], 4)).toBe(0);
    const memory = new VoteMemory(true);
    expect(memory.learn(0, [2 ** 50, 0], 4)).toBeUndefined();
    expect(memory.learn(0, [2 ** 50, 0, 0], 4)).toBe(0);
  });

  it('asks nobody in a network of one', () => {
    expect(new VoteMemory(true).learn(12, [], 1)).toBe(0);
  });
});
