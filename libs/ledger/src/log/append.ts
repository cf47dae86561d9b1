import { assertInvariant } from '#codec';
import type { LogWrite } from '../block.types.js';
import { EMPTY_LOG_ROOT, nodeHash } from './hashes.js';
import { subtreeRoot, type GetLogNode } from './subtree.js';

export interface LogAppend {
  readonly size: number;
  readonly root: Uint8Array;
  /** Complete subtrees that the new leaves finished, leaves included; an incomplete one is never stored. */
  readonly writes: readonly LogWrite[];
}

/**
 * Appends leaves to the log of RFC 9162 section 2.1.
 *
 * @param size - leaves before
 * @param leafHashes - 32 bytes each, in order
 * @param getNode - stored complete subtrees of the log before
 */
export function appendLeaves(size: number, leafHashes: readonly Uint8Array[], getNode: GetLogNode): LogAppend {
  const writes: LogWrite[] = [];
  // The latest left child per level: its right sibling is the next node of that level, or it is a peak of the log.
  const lefts: Uint8Array[] = [];
  const read: GetLogNode = (level, index) => lefts[level] ?? getNode(level, index);
  leafHashes.forEach((leaf, offset) => {
    let hash = leaf;
    let index = size + offset;
    let level = 0;
    // A right child completes its parent.
    for (; index % 2 === 1; level++) {
      writes.push({ level, index, hash });
      const left = read(level, index - 1);
      assertInvariant(left !== undefined, 'INV-LOG-1', { level, index: index - 1 });
      hash = nodeHash(left, hash);
      index = (index - 1) / 2;
    }
    writes.push({ level, index, hash });
    lefts[level] = hash;
  });
  const sizeAfter = size + leafHashes.length;
  return { size: sizeAfter, root: logRoot(sizeAfter, read), writes };
}

/** Root of the log's first `size` leaves, for any size that the log ever had. */
export function logRoot(size: number, getNode: GetLogNode): Uint8Array {
  return size === 0 ? EMPTY_LOG_ROOT : subtreeRoot(0, size, getNode);
}

/** Root over a list of leaf hashes, for instance the entries of one block. */
export function merkleRoot(leafHashes: readonly Uint8Array[]): Uint8Array {
  if (leafHashes.length === 0) return EMPTY_LOG_ROOT;
  let level = [...leafHashes];
  while (level.length > 1) {
    const parents: Uint8Array[] = [];
    for (let i = 0; i + 1 < level.length; i += 2)
      parents.push(nodeHash(level[i] as Uint8Array, level[i + 1] as Uint8Array));
    // An odd one out moves up unhashed, which is the same tree as RFC 9162's split at the largest power of two.
    if (level.length % 2 === 1) parents.push(level.at(-1) as Uint8Array);
    level = parents;
  }
  return level[0] as Uint8Array;
}
