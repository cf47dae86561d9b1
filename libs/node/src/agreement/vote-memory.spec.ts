import { describe, expect, it } from '@jest/globals';
import { VoteMemory } from './vote-memory.js';

const FOUR = { validators: 4, isSelfIn: true };

describe('VoteMemory', () => {
  it('votes at every height when the journal has records', () => {
    expect(new VoteMemory(false).mayVoteAt(1, 4)).toBe(true);
  });

  it('does not vote before a quorum, itself included, told its heads', () => {
    const memory = new VoteMemory(true);
    expect(memory.learn(0, [0], FOUR)).toBeUndefined();
    expect(memory.mayVoteAt(1, 4)).toBe(false);
    expect(memory.learn(0, [0, 0], FOUR)).toBe(0);
    expect(memory.mayVoteAt(1, 4)).toBe(true);
  });

  it('votes in a network that goes on only beyond any height at which it can have voted', () => {
    const memory = new VoteMemory(true);
    expect(memory.learn(8, [7, 9], FOUR)).toBe(12);
    expect(memory.mayVoteAt(11, 4)).toBe(false);
    expect(memory.mayVoteAt(12, 4)).toBe(true);
    // What is told later does not count: it may contain this node's own new votes.
    expect(memory.learn(9, [100, 100, 100], FOUR)).toBeUndefined();
  });

  it('asks only whom it has caught up with: the validators of an old height may have left since', () => {
    const memory = new VoteMemory(true);
    expect(memory.learn(0, [7, 9, 9], FOUR)).toBeUndefined();
    expect(memory.learn(7, [7, 9, 9], FOUR)).toBeUndefined();
    expect(memory.learn(8, [7, 9, 9], FOUR)).toBe(12);
  });

  it('takes its own chain into account when only the journal was lost', () => {
    expect(new VoteMemory(true).learn(20, [7, 9], FOUR)).toBe(23);
    expect(new VoteMemory(true).learn(5, [0, 0], FOUR)).toBeUndefined();
  });

  it('lets no single liar keep a new network from voting', () => {
    expect(new VoteMemory(true).learn(0, [0, 0, 2 ** 50], FOUR)).toBe(0);
    const memory = new VoteMemory(true);
    expect(memory.learn(0, [2 ** 50, 0], FOUR)).toBeUndefined();
    expect(memory.learn(0, [2 ** 50, 0, 0], FOUR)).toBe(0);
  });

  it('goes by what it found out in a former run, as long as the journal is the same', () => {
    const memory = new VoteMemory(true, 12);
    expect([memory.mayVoteAt(11, 4), memory.mayVoteAt(12, 4)]).toEqual([false, true]);
    expect(memory.learn(20, [20, 20, 20], FOUR)).toBeUndefined();
    expect(new VoteMemory(false, 12).mayVoteAt(1, 4)).toBe(true);
  });

  it('asks a whole quorum while it is no validator: the network may have begun with one, and have grown', () => {
    const one = { validators: 1, isSelfIn: false };
    expect(new VoteMemory(true).learn(0, [], one)).toBeUndefined();
    expect(new VoteMemory(true).learn(8, [9], one)).toBe(12);
    expect(new VoteMemory(true).learn(8, [8, 8], { validators: 4, isSelfIn: false })).toBeUndefined();
  });

  it('votes at once where every quorum holds all validators: nothing would be decided without it', () => {
    const memory = new VoteMemory(true);
    expect([1, 2, 3, 4].map((validators) => memory.mayVoteAt(9, validators))).toEqual([true, true, false, false]);
    // Not learnt for good: the network may grow.
    expect(memory.learn(0, [], { validators: 1, isSelfIn: true })).toBeUndefined();
  });
});
