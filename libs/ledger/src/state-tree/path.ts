/** Deepest level of the tree: keys are 256 bits. */
export const DEPTH_MAX = 256;

/** Bit `depth` of a key hash, from the most significant bit of the first byte. */
export function bitAt(keyHash: Uint8Array, depth: number): 0 | 1 {
  return (((keyHash[depth >> 3] as number) >> (7 - (depth & 7))) & 1) as 0 | 1;
}

/**
 * Where the node at `depth` above `keyHash` is stored: the first `depth` bits, a one bit, zeros to the end of the byte
 * (1..33 bytes). Unique for every node, and in byte order a node stands between its left and its right descendants, so that
 * what is read and written together lies together.
 */
export function pathOf(keyHash: Uint8Array, depth: number): Uint8Array {
  const last = depth >> 3;
  const path = new Uint8Array(last + 1);
  path.set(keyHash.subarray(0, last));
  const used = depth & 7;
  const kept = last < keyHash.length ? (keyHash[last] as number) & (0xff00 >> used) & 0xff : 0;
  path[last] = kept | (0x80 >> used);
  return path;
}

/** Path of the root. */
export const ROOT_PATH: Uint8Array = Uint8Array.of(0x80);
