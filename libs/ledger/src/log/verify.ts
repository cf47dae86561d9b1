import { bytesEqual, HASH_BYTES } from '#codec';
import { nodeHash } from './hashes.js';

/** Sizes and hashes of a proof come from strangers: integers that arithmetic keeps exact, hashes of 32 bytes. */
function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === HASH_BYTES);
}

/**
 * RFC 9162 section 2.1.3.2: the leaf stands at `index` in the log of `size` leaves with this root.
 * @returns false for anything wrong, including index ≥ size and hashes that are not 32 bytes
 */
export function verifyInclusion(
  index: number,
  size: number,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isSize(index) || !isSize(size) || index >= size || !areHashes([leaf, root, ...proof])) return false;
  let position = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      hash = nodeHash(sibling, hash);
      // A node without a right sibling has moved up unhashed: skip those levels.
      while (position % 2 === 0 && position !== 0) {
        position /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && bytesEqual(hash, root);
}

/**
 * RFC 9162 section 2.1.4.2: the log of `sizeOld` leaves is the beginning of the log of `sizeNew` leaves.
 * A log without entries is the beginning of every log; that says nothing, so sizeOld 0 is refused.
 * @returns false for anything wrong, including sizeOld > sizeNew and hashes that are not 32 bytes
 */
export function verifyConsistency(
  sizeOld: number,
  sizeNew: number,
  rootOld: Uint8Array,
  rootNew: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isSize(sizeOld) || !isSize(sizeNew) || sizeOld === 0 || sizeOld > sizeNew) return false;
  if (!areHashes([rootOld, rootNew, ...proof])) return false;
  if (sizeOld === sizeNew) return proof.length === 0 && bytesEqual(rootOld, rootNew);

  let position = sizeOld - 1;
  let last = sizeNew - 1;
  while (position % 2 === 1) {
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  // A complete old tree is itself the first node, and the proof leaves it out.
  const path = position === 0 ? [rootOld, ...proof] : proof;
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let hashOld = first;
  let hashNew = first;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      hashOld = nodeHash(sibling, hashOld);
      hashNew = nodeHash(sibling, hashNew);
      while (position % 2 === 0 && position !== 0) {
        position /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hashNew = nodeHash(hashNew, sibling);
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && bytesEqual(hashOld, rootOld) && bytesEqual(hashNew, rootNew);
}
