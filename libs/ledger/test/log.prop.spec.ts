import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sha256, toHex } from '#codec';
import {
  appendLeaves,
  consistencyProof,
  EMPTY_LOG_ROOT,
  inclusionProof,
  leafHash,
  logRoot,
  merkleRoot,
  verifyConsistency,
  verifyInclusion,
} from '#ledger';

const LEAF_COUNT_MAX = 70;
const LEAVES = Array.from({ length: LEAF_COUNT_MAX }, (_, i) => leafHash(Uint8Array.of(i)));

/** MTH of RFC 9162 section 2.1.1, word for word. */
function definedRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256(new Uint8Array(0));
  if (leaves.length === 1) return leaves[0] as Uint8Array;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Uint8Array.of(1), definedRoot(leaves.slice(0, split)), definedRoot(leaves.slice(split)));
}

/** A log in memory that grew in batches of these sizes. */
function grow(batches: readonly number[]) {
  const nodes = new Map<string, Uint8Array>();
  const getNode = (level: number, index: number) => nodes.get(`${level}/${index}`);
  let size = 0;
  let root = EMPTY_LOG_ROOT;
  for (const batch of batches) {
    const grown = appendLeaves(size, LEAVES.slice(size, size + batch), getNode);
    for (const { level, index, hash } of grown.writes) {
      expect(nodes.has(`${level}/${index}`)).toBe(false);
      nodes.set(`${level}/${index}`, hash);
    }
    ({ size, root } = grown);
  }
  return { size, root, getNode, nodes };
}

const batches = fc.array(fc.nat(12), { maxLength: 5 });
const LOG = grow([LEAF_COUNT_MAX]);
const indexAndSize = fc
  .integer({ min: 1, max: LEAF_COUNT_MAX })
  .chain((size) => fc.tuple(fc.integer({ min: 0, max: size - 1 }), fc.constant(size)));

describe('the log', () => {
  it('has the root of the definition, however it grew, at every size it ever had', () => {
    fc.assert(
      fc.property(batches, (sizes) => {
        const { size, root, getNode } = grow(sizes);
        expect(toHex(root)).toBe(toHex(definedRoot(LEAVES.slice(0, size))));
        for (let old = 0; old <= size; old++) {
          expect(toHex(logRoot(old, getNode))).toBe(toHex(definedRoot(LEAVES.slice(0, old))));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('stores complete subtrees only, each once', () => {
    fc.assert(
      fc.property(batches, (sizes) => {
        const { size, nodes } = grow(sizes);
        let expected = 0;
        for (let width = 1; width <= size; width *= 2) expected += Math.floor(size / width);
        expect(nodes.size).toBe(expected);
      }),
    );
  });

  it('computes the root of a list as the definition does', () => {
    for (let size = 0; size <= LEAF_COUNT_MAX; size++) {
      const leaves = LEAVES.slice(0, size);
      expect(toHex(merkleRoot(leaves))).toBe(toHex(definedRoot(leaves)));
    }
  });

  it('proves every leaf in every size, and no other leaf, index or size', () => {
    fc.assert(
      fc.property(indexAndSize, fc.nat(LEAF_COUNT_MAX), ([index, size], other) => {
        const root = definedRoot(LEAVES.slice(0, size));
        const proof = inclusionProof(index, size, LOG.getNode);
        const leaf = LEAVES[index] as Uint8Array;
        expect(verifyInclusion(index, size, leaf, proof, root)).toBe(true);
        if (other !== index) expect(verifyInclusion(other, size, leaf, proof, root)).toBe(false);
        expect(verifyInclusion(index, size, leaf, [...proof, leaf], root)).toBe(false);
        if (proof.length > 0) expect(verifyInclusion(index, size, leaf, proof.slice(1), root)).toBe(false);
        expect(verifyInclusion(index, size, leafHash(Uint8Array.of(1, 2)), proof, root)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('proves that every size is the beginning of every later size, and nothing else', () => {
    for (let sizeNew = 1; sizeNew <= 40; sizeNew++) {
      const rootNew = definedRoot(LEAVES.slice(0, sizeNew));
      for (let sizeOld = 1; sizeOld <= sizeNew; sizeOld++) {
        const rootOld = definedRoot(LEAVES.slice(0, sizeOld));
        const proof = consistencyProof(sizeOld, sizeNew, LOG.getNode);
        expect(verifyConsistency(sizeOld, sizeNew, rootOld, rootNew, proof)).toBe(true);
        if (sizeOld === sizeNew) continue;
        expect(verifyConsistency(sizeOld, sizeNew, rootNew, rootNew, proof)).toBe(false);
        expect(verifyConsistency(sizeOld, sizeNew, rootOld, rootOld, proof)).toBe(false);
        expect(verifyConsistency(sizeOld, sizeNew, rootOld, rootNew, [...proof, rootOld])).toBe(false);
        expect(verifyConsistency(sizeOld, sizeNew, rootOld, rootNew, proof.slice(1))).toBe(false);
      }
    }
  });

  it('refuses numbers that are no sizes, and hashes that are no hashes', () => {
    const leaf = LEAVES[0] as Uint8Array;
    for (const [index, size] of [
      [-1, 1],
      [0.5, 1],
      [0, 2 ** 54],
      [Number.NaN, 1],
      [1, 1],
    ] as const) {
      expect(verifyInclusion(index, size, leaf, [], leaf)).toBe(false);
      expect(() => inclusionProof(index, size, LOG.getNode)).toThrow(RangeError);
    }
    for (const [sizeOld, sizeNew] of [
      [0, 1],
      [2, 1],
      [-1, -1],
      [1, 2 ** 54],
    ] as const) {
      expect(verifyConsistency(sizeOld, sizeNew, leaf, leaf, [])).toBe(false);
      expect(() => consistencyProof(sizeOld, sizeNew, LOG.getNode)).toThrow(RangeError);
    }
    const short = new Uint8Array(31);
    expect(verifyInclusion(0, 1, short, [], short)).toBe(false);
    expect(verifyConsistency(1, 1, short, short, [])).toBe(false);
  });

  it('stays exact above 2^31 leaves', () => {
    // Leaf 2^32 of a log of 2^32 + 1: one node on its left, the complete subtree of level 32.
    const left = LEAVES[1] as Uint8Array;
    const leaf = LEAVES[0] as Uint8Array;
    const root = sha256(Uint8Array.of(1), left, leaf);
    expect(verifyInclusion(2 ** 32, 2 ** 32 + 1, leaf, [left], root)).toBe(true);
    const grown = appendLeaves(2 ** 32, [leaf], (level, index) => (level === 32 && index === 0 ? left : undefined));
    expect(toHex(grown.root)).toBe(toHex(root));
    expect(verifyConsistency(2 ** 32, 2 ** 32 + 1, left, root, [leaf])).toBe(true);
  });
});
