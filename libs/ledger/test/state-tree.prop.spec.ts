import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sha256, toHex, utf8Encode } from '#codec';
import { EMPTY_TREE_ROOT, proveKey, updateTree, verifyStateProof, type StateChange } from '#ledger';
import { MemoryTree } from './memory-tree.js';

const KEYS = Array.from({ length: 40 }, (_, i) => `item/${i}`);
const value = fc.uint8Array({ minLength: 1, maxLength: 8 });
const batch = fc.uniqueArray(fc.record({ key: fc.constantFrom(...KEYS), value: fc.option(value) }), {
  selector: (change) => change.key,
  maxLength: 20,
});

/** The definition, word for word: no batches, no storage. */
function naiveRoot(leaves: readonly { keyHash: Uint8Array; valueHash: Uint8Array }[], depth: number): Uint8Array {
  if (leaves.length === 0) return new Uint8Array(32);
  const [first] = leaves;
  if (leaves.length === 1 && first !== undefined) return sha256(Uint8Array.of(0), first.keyHash, first.valueHash);
  const bit = (hash: Uint8Array) => ((hash[Math.floor(depth / 8)] as number) >> (7 - (depth % 8))) & 1;
  const left = leaves.filter(({ keyHash }) => bit(keyHash) === 0);
  const right = leaves.filter(({ keyHash }) => bit(keyHash) === 1);
  return sha256(Uint8Array.of(1), naiveRoot(left, depth + 1), naiveRoot(right, depth + 1));
}

function definedRoot(content: ReadonlyMap<string, Uint8Array>): Uint8Array {
  return naiveRoot(
    [...content].map(([key, bytes]) => ({ keyHash: sha256(utf8Encode(key)), valueHash: sha256(bytes) })),
    0,
  );
}

describe('the state tree', () => {
  it('has a root that depends on its content only, whatever the history, and stores nothing besides', () => {
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 6 }), (batches) => {
        const tree = new MemoryTree();
        const content = new Map<string, Uint8Array>();
        for (const changes of batches) {
          tree.apply(changes);
          for (const { key, value } of changes) {
            if (value === null) content.delete(key);
            else content.set(key, value);
          }
          expect(toHex(tree.root)).toBe(toHex(definedRoot(content)));
        }
        const rebuilt = new MemoryTree();
        rebuilt.apply([...content].map(([key, bytes]) => ({ key, value: bytes })));
        expect(tree.dump()).toEqual(rebuilt.dump());
      }),
      { numRuns: 150 },
    );
  });

  it('proves every key, present or absent, and nothing else', () => {
    fc.assert(
      fc.property(batch, value, fc.constantFrom(...KEYS), (changes, other, key) => {
        const tree = new MemoryTree();
        tree.apply(changes);
        const held = changes.find((change) => change.key === key)?.value ?? null;
        const proof = proveKey(key, tree.read);
        expect(verifyStateProof(tree.root, key, held, proof)).toBe(true);
        if (held !== null) expect(verifyStateProof(tree.root, key, null, proof)).toBe(false);
        if (held === null || toHex(held) !== toHex(other)) {
          expect(verifyStateProof(tree.root, key, other, proof)).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('does not verify a proof with any bit flipped', () => {
    const tree = new MemoryTree();
    tree.apply(KEYS.map((key) => ({ key, value: utf8Encode(key) })));
    fc.assert(
      fc.property(fc.constantFrom(...KEYS, 'item/absent', 'item/absent-too'), fc.nat(), fc.nat(7), (key, at, bit) => {
        const held = KEYS.includes(key) ? utf8Encode(key) : null;
        const proof = proveKey(key, tree.read);
        const copies = proof.siblings.map((hash) => Uint8Array.from(hash));
        const otherLeaf = proof.otherLeaf && {
          keyHash: Uint8Array.from(proof.otherLeaf.keyHash),
          valueHash: Uint8Array.from(proof.otherLeaf.valueHash),
        };
        const targets = [...copies, ...(otherLeaf === null ? [] : [otherLeaf.keyHash, otherLeaf.valueHash])];
        const target = targets[at % targets.length] as Uint8Array;
        target[at % 32] = (target[at % 32] as number) ^ (1 << bit);
        expect(verifyStateProof(tree.root, key, held, { siblings: copies, otherLeaf })).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it('does not prove an absence with a leaf from another place', () => {
    const tree = new MemoryTree();
    tree.apply(KEYS.map((key) => ({ key, value: utf8Encode(key) })));
    // A true path to another key, presented for this one.
    for (const key of KEYS.slice(1)) {
      const foreign = proveKey('item/0', tree.read);
      const otherLeaf = { keyHash: sha256(utf8Encode('item/0')), valueHash: sha256(utf8Encode('item/0')) };
      expect(verifyStateProof(tree.root, key, null, { siblings: foreign.siblings, otherLeaf })).toBe(false);
    }
  });

  it('is 32 zero bytes when the state is empty, and proves absence there', () => {
    const tree = new MemoryTree();
    expect(updateTree([], tree.read)).toEqual({ rootBefore: EMPTY_TREE_ROOT, root: EMPTY_TREE_ROOT, writes: [] });
    expect(verifyStateProof(EMPTY_TREE_ROOT, 'item/1', null, proveKey('item/1', tree.read))).toBe(true);
  });

  it('refuses oversized and misshapen proofs without looking further', () => {
    const siblings = Array.from({ length: 257 }, () => new Uint8Array(32));
    expect(verifyStateProof(EMPTY_TREE_ROOT, 'a', null, { siblings, otherLeaf: null })).toBe(false);
    expect(verifyStateProof(EMPTY_TREE_ROOT, 'a', null, { siblings: [new Uint8Array(31)], otherLeaf: null })).toBe(
      false,
    );
    const otherLeaf = { keyHash: new Uint8Array(31), valueHash: new Uint8Array(32) };
    expect(verifyStateProof(EMPTY_TREE_ROOT, 'a', null, { siblings: [], otherLeaf })).toBe(false);
  });

  it('writes only what changed', () => {
    const tree = new MemoryTree();
    const changes: StateChange[] = KEYS.map((key) => ({ key, value: utf8Encode(key) }));
    tree.apply(changes);
    expect(updateTree(changes, tree.read).writes).toEqual([]);
  });
});
