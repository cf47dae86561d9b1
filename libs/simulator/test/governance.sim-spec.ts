import { describe, expect, it } from '@jest/globals';
import type { ProposalRequest } from '#identity';
import { SmallNetwork } from './small-network.js';

const change = (net: SmallNetwork, how: 'add' | 'remove', index: number): ProposalRequest => ({
  kind: 'validators.change',
  change: how,
  did: net.peer(index).did,
});
const validatorsOf = (net: SmallNetwork, index: number) => net.node(index).next().validators.length;
const proposersOf = (net: SmallNetwork, count: number) => {
  const height = net.height(0);
  return new Set(Array.from({ length: count }, (_unused, k) => net.node(0).committed(height - k)?.block.header.proposer));
};

describe('an organisation that becomes a validator', () => {
  it('decides from its height on and takes its turns', () => {
    const net = new SmallNetwork({ validators: 4, members: 1 });
    net.makeBlocks(2, 0);
    net.decide(change(net, 'add', 4), 0, 1, 2);
    net.run(1_000);
    expect(net.peers.map((_peer, index) => validatorsOf(net, index))).toEqual([5, 5, 5, 5, 5]);
    net.makeBlocks(12, 0);
    net.run(3_000);
    expect(proposersOf(net, 6).has(net.peer(4).did)).toBe(true);
    // Five tolerate one: with the newcomer four are enough.
    net.peer(0).crash();
    const id = net.submit(1, net.entry({ issuer: 1, name: 'without-the-first' }));
    net.run(20_000);
    expect(net.node(4).status(id)).toMatchObject({ status: 'final' });
  });

  it('makes two of one, and neither goes on alone', () => {
    const net = new SmallNetwork({ validators: 1, members: 1 });
    net.makeBlocks(3, 0);
    net.decide(change(net, 'add', 1), 0);
    net.run(1_000);
    net.makeBlocks(3, 0);
    net.run(5_000);
    expect(net.height(1)).toBe(net.height(0));
    expect(proposersOf(net, 3).size).toBe(2);
    net.peer(1).crash();
    const id = net.submit(0, net.entry({ issuer: 0, name: 'alone' }));
    net.run(10_000);
    expect(net.node(0).status(id)).toMatchObject({ status: 'pending' });
    net.peer(1).restart();
    net.run(30_000);
    expect(net.node(0).status(id)).toMatchObject({ status: 'final' });
  });

  it('makes two of one also when its node begins only afterwards, from nothing', () => {
    const net = new SmallNetwork({ validators: 1, members: 1 });
    net.peer(1).crash();
    net.makeBlocks(3, 0);
    net.decide(change(net, 'add', 1), 0);
    net.run(1_000);
    expect(validatorsOf(net, 0)).toBe(2);
    net.peer(1).restart(net.newDisk(net.peer(1).did));
    const id = net.submit(0, net.entry({ issuer: 0, name: 'together' }));
    net.run(30_000);
    expect(net.node(1).status(id)).toMatchObject({ status: 'final' });
  });
});

describe('a validator that is down', () => {
  it('is removed by the others, follows when it is back, and comes into the set again by vote', () => {
    const net = new SmallNetwork({ validators: 4 });
    net.makeBlocks(2, 0);
    net.peer(3).crash();
    net.decide(change(net, 'remove', 3), 0, 1, 2);
    net.run(20_000);
    expect(validatorsOf(net, 0)).toBe(3);
    net.peer(3).restart();
    net.run(10_000);
    expect(net.height(3)).toBe(net.height(0));
    net.decide(change(net, 'add', 3), 0, 1);
    net.run(10_000);
    expect(validatorsOf(net, 3)).toBe(4);
    net.makeBlocks(8, 0);
    net.run(5_000);
    expect(proposersOf(net, 6).has(net.peer(3).did)).toBe(true);
  });
});
