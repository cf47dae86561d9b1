import { bytesEqual, HASH_BYTES, sha256, utf8Encode } from '#codec';
import { bitAt, DEPTH_MAX, pathOf } from './path.js';
import {
  assertNode,
  branchBytes,
  EMPTY_TREE_ROOT,
  firstHash,
  hashOfNode,
  isLeaf,
  leafBytes,
  secondHash,
} from './tree-node.js';
import { isEmptyHash } from './tree-node.js';
import type { ReadTreeNode } from './update-tree.js';

/** Proves what the state holds under one key: a value, or nothing. */
export interface StateProof {
  /** Hashes beside the key's path, from the root downwards; at most 256, 32 bytes each. */
  readonly siblings: readonly Uint8Array[];
  /**
   * The leaf of another key that stands where the key's own would stand, when the key is absent and its place is not empty.
   * Null otherwise.
   */
  readonly otherLeaf: { readonly keyHash: Uint8Array; readonly valueHash: Uint8Array } | null;
}

/** Proof for `key` against the root of the tree that `readNode` reads. */
export function proveKey(key: string, readNode: ReadTreeNode): StateProof {
  const keyHash = sha256(utf8Encode(key));
  const siblings: Uint8Array[] = [];
  for (let depth = 0; ; depth++) {
    const path = pathOf(keyHash, depth);
    const node = readNode(path);
    if (node === undefined && depth === 0) return { siblings, otherLeaf: null };
    assertNode(node, path);
    if (isLeaf(node)) {
      const otherLeaf = bytesEqual(firstHash(node), keyHash)
        ? null
        : { keyHash: firstHash(node), valueHash: secondHash(node) };
      return { siblings, otherLeaf };
    }
    const isRight = bitAt(keyHash, depth) === 1;
    siblings.push(isRight ? firstHash(node) : secondHash(node));
    if (isEmptyHash(isRight ? secondHash(node) : firstHash(node))) return { siblings, otherLeaf: null };
  }
}

/**
 * @param root - a header's state root, 32 bytes
 * @param value - the bytes that the key is claimed to hold; null = it is claimed to be absent
 * @returns false for anything wrong, including more than 256 siblings and hashes that are not 32 bytes
 */
export function verifyStateProof(root: Uint8Array, key: string, value: Uint8Array | null, proof: StateProof): boolean {
  const { siblings, otherLeaf } = proof;
  if (siblings.length > DEPTH_MAX || siblings.some((hash) => hash.length !== HASH_BYTES)) return false;
  const keyHash = sha256(utf8Encode(key));
  let hash: Uint8Array;
  if (value !== null) {
    if (otherLeaf !== null) return false;
    hash = hashOfNode(leafBytes(keyHash, sha256(value)));
  } else if (otherLeaf === null) {
    hash = EMPTY_TREE_ROOT;
  } else {
    if (otherLeaf.keyHash.length !== HASH_BYTES || otherLeaf.valueHash.length !== HASH_BYTES) return false;
    if (bytesEqual(otherLeaf.keyHash, keyHash) || !sharesBits(otherLeaf.keyHash, keyHash, siblings.length))
      return false;
    hash = hashOfNode(leafBytes(otherLeaf.keyHash, otherLeaf.valueHash));
  }
  for (let depth = siblings.length - 1; depth >= 0; depth--) {
    const sibling = siblings[depth] as Uint8Array;
    hash = hashOfNode(bitAt(keyHash, depth) === 1 ? branchBytes(sibling, hash) : branchBytes(hash, sibling));
  }
  return bytesEqual(hash, root);
}

/** Another key's leaf proves absence only on the path of the key in question. */
function sharesBits(a: Uint8Array, b: Uint8Array, count: number): boolean {
  for (let depth = 0; depth < count; depth++) if (bitAt(a, depth) !== bitAt(b, depth)) return false;
  return true;
}
