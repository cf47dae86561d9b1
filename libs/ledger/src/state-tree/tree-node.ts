import { assertInvariant, HASH_BYTES, sha256 } from '#codec';

const LEAF_TAG = 0x00;
const BRANCH_TAG = 0x01;
const NODE_BYTES = 1 + 2 * HASH_BYTES;

/** Hash of a subtree without keys, and so the root of an empty state: 32 zero bytes. */
export const EMPTY_TREE_ROOT: Uint8Array = new Uint8Array(HASH_BYTES);

/** A stored node is its own preimage, 65 bytes: tag ‖ key hash ‖ value hash, or tag ‖ left hash ‖ right hash. */
export function leafBytes(keyHash: Uint8Array, valueHash: Uint8Array): Uint8Array {
  return nodeBytes(LEAF_TAG, keyHash, valueHash);
}

export function branchBytes(left: Uint8Array, right: Uint8Array): Uint8Array {
  return nodeBytes(BRANCH_TAG, left, right);
}

function nodeBytes(tag: number, first: Uint8Array, second: Uint8Array): Uint8Array {
  const node = new Uint8Array(NODE_BYTES);
  node[0] = tag;
  node.set(first, 1);
  node.set(second, 1 + HASH_BYTES);
  return node;
}

export function hashOfNode(node: Uint8Array): Uint8Array {
  return sha256(node);
}

export function isLeaf(node: Uint8Array): boolean {
  return node[0] === LEAF_TAG;
}

/** Key hash of a leaf, left hash of a branch. */
export function firstHash(node: Uint8Array): Uint8Array {
  return node.subarray(1, 1 + HASH_BYTES);
}

/** Value hash of a leaf, right hash of a branch. */
export function secondHash(node: Uint8Array): Uint8Array {
  return node.subarray(1 + HASH_BYTES);
}

export function isEmptyHash(hash: Uint8Array): boolean {
  return hash.every((byte) => byte === 0);
}

/** @throws InvariantViolation INV-TREE-1 when what is stored is not a node */
export function assertNode(node: Uint8Array | undefined, path: Uint8Array): asserts node is Uint8Array {
  const isNode = node?.length === NODE_BYTES && (node[0] === LEAF_TAG || node[0] === BRANCH_TAG);
  assertInvariant(isNode, 'INV-TREE-1', { path: [...path] });
}
