import { largestPowerOfTwoBelow, subtreeRoot, type GetLogNode } from './subtree.js';

/**
 * Inclusion proof of RFC 9162 section 2.1.3.1, from the leaf upwards.
 * @throws RangeError unless 0 ≤ index < size
 */
export function inclusionProof(index: number, size: number, getNode: GetLogNode): Uint8Array[] {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) {
    throw new RangeError('inclusionProof: requires 0 <= index < size');
  }
  const proof: Uint8Array[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const split = start + largestPowerOfTwoBelow(end - start);
    if (index < split) {
      proof.push(subtreeRoot(split, end, getNode));
      end = split;
    } else {
      proof.push(subtreeRoot(start, split, getNode));
      start = split;
    }
  }
  return proof.reverse();
}

/**
 * Consistency proof of RFC 9162 section 2.1.4.1: the log of `sizeOld` leaves is the beginning of the log of `sizeNew`.
 * @returns empty when the sizes are equal
 * @throws RangeError unless 1 ≤ sizeOld ≤ sizeNew
 */
export function consistencyProof(sizeOld: number, sizeNew: number, getNode: GetLogNode): Uint8Array[] {
  if (!Number.isSafeInteger(sizeOld) || !Number.isSafeInteger(sizeNew) || sizeOld < 1 || sizeOld > sizeNew) {
    throw new RangeError('consistencyProof: requires 1 <= sizeOld <= sizeNew');
  }
  const proof: Uint8Array[] = [];
  let start = 0;
  let end = sizeNew;
  while (end !== sizeOld) {
    const split = start + largestPowerOfTwoBelow(end - start);
    if (sizeOld <= split) {
      proof.push(subtreeRoot(split, end, getNode));
      end = split;
    } else {
      proof.push(subtreeRoot(start, split, getNode));
      start = split;
    }
  }
  // The old root itself is left out where the verifier has it: when no left sibling was passed on the way down.
  if (start > 0) proof.push(subtreeRoot(start, end, getNode));
  return proof.reverse();
}
