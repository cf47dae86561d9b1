import { assertInvariant } from '#codec';
import { nodeHash } from './hashes.js';

/** Reads the hash of a complete subtree: leaves [index × 2^level, (index + 1) × 2^level). */
export type GetLogNode = (level: number, index: number) => Uint8Array | undefined;

/** Largest power of two below `size`; the left subtree of RFC 9162. Requires size ≥ 2. Arithmetic, not bits: sizes exceed 2^31. */
export function largestPowerOfTwoBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

/**
 * Root over the leaves [start, end), from stored complete subtrees. `start` must be a multiple of the smallest power of two
 * ≥ end − start, as it is for every subtree that a proof of RFC 9162 names.
 * @throws InvariantViolation INV-LOG-1 when a subtree is not stored
 */
export function subtreeRoot(start: number, end: number, getNode: GetLogNode): Uint8Array {
  const size = end - start;
  const level = Math.round(Math.log2(size));
  if (2 ** level === size) {
    const node = getNode(level, start / size);
    assertInvariant(node !== undefined, 'INV-LOG-1', { level, index: start / size });
    return node;
  }
  const split = start + largestPowerOfTwoBelow(size);
  return nodeHash(subtreeRoot(start, split, getNode), subtreeRoot(split, end, getNode));
}
