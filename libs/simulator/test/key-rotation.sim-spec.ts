import { describe, expect, it } from '@jest/globals';
import { bytesEqual } from '#codec';
import type { Did, PublicKey } from '#identity';
import { stubSigner } from '../src/stub-crypto.js';
import { SmallNetwork } from './small-network.js';

const NEXT = stubSigner('the next node key of org3');

/** Validators whose seals stand in the certificates of the last blocks. */
function sealersOf(net: SmallNetwork, count: number): Set<Did> {
  const height = net.height(0);
  const certificates = Array.from({ length: count }, (_unused, k) => net.node(0).committed(height - k)?.certificate);
  return new Set(certificates.flatMap((certificate) => certificate?.seals.map(({ validator }) => validator) ?? []));
}

const keyOf = (net: SmallNetwork, index: number): PublicKey | undefined =>
  net.node(0).next().validators.find(({ id }) => id === net.peer(index).did)?.publicKey;

/** Without one of the others the fourth is needed for every block. */
function expectNeeded(net: SmallNetwork): void {
  net.peer(1).crash();
  const height = net.height(0);
  net.makeBlocks(3, 0);
  net.run(30_000);
  expect(net.height(0)).toBeGreaterThan(height);
  expect(sealersOf(net, net.height(0) - height)).toContain(net.peer(3).did);
}

describe('a validator whose node key is rotated', () => {
  it.each([0, 3])('votes with the new key from its height on, without a restart, overlap %i', (overlapBlocks) => {
    const net = new SmallNetwork({ validators: 4 });
    net.makeBlocks(2, 0);
    net.rotateNodeKey(3, NEXT, overlapBlocks);
    net.run(2_000);
    expect(keyOf(net, 3)).toEqual(NEXT.publicKey);
    expectNeeded(net);
    expect(net.peers.flatMap(({ events }) => events.filter(({ event }) => event === 'consensus.equivocation'))).toEqual([]);
  });

  it('goes on after a crash at any moment of it', () => {
    for (let ms = 0; ms < 60; ms += 8) {
      const net = new SmallNetwork({ validators: 4 });
      net.rotateNodeKey(3, NEXT, 0);
      net.run(ms);
      net.peer(3).crash();
      net.run(100);
      net.peer(3).restart();
      net.run(3_000);
      // What it submitted may have died with it; then the old key goes on.
      net.makeBlocks(1, 0);
      net.run(2_000);
      expectNeeded(net);
    }
  });

  it('only follows while it does not have the new key, and votes when it is there', () => {
    let isThere = false;
    const net = new SmallNetwork({
      validators: 4,
      holds: (_did, publicKey) => isThere || !bytesEqual(publicKey, NEXT.publicKey),
    });
    net.makeBlocks(1, 0);
    net.rotateNodeKey(3, NEXT, 0);
    net.run(2_000);
    const height = net.height(0);
    net.makeBlocks(4, 0);
    net.run(5_000);
    expect(net.height(3)).toBe(net.height(0));
    expect(sealersOf(net, net.height(0) - height)).not.toContain(net.peer(3).did);
    isThere = true;
    net.makeBlocks(2, 0);
    net.run(5_000);
    expectNeeded(net);
  });
});
