import { HASH_BYTES, sha256 } from '#codec';

/** RFC 9162 section 2.1.1: a leaf and a node can never have the same preimage. */
const LEAF_PREFIX = Uint8Array.of(0x00);
const NODE_TAG = 0x01;

/** Root of a log without entries: SHA-256 of nothing. */
export const EMPTY_LOG_ROOT: Uint8Array = sha256(new Uint8Array(0));

/** @param data - what the leaf stands for; in Lading the statement's bytes */
export function leafHash(data: Uint8Array): Uint8Array {
  return sha256(LEAF_PREFIX, data);
}

/** @param left - 32 bytes @param right - 32 bytes */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const preimage = new Uint8Array(1 + 2 * HASH_BYTES);
  preimage[0] = NODE_TAG;
  preimage.set(left, 1);
  preimage.set(right, 1 + HASH_BYTES);
  return sha256(preimage);
}
