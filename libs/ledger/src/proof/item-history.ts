import { assertBytes, fromHex, HASH_BYTES, sha256 } from '#codec';
import type { EntryId } from '../entry.types.js';

/** Digest of a history that holds nothing yet: 32 zero bytes. */
export const EMPTY_HISTORY: Uint8Array = new Uint8Array(HASH_BYTES);

/**
 * Item history digest (DESIGN section 5): h_n = SHA-256(h_(n−1) ‖ entry id).
 *
 * @param previous - h_(n−1), 32 bytes; undefined for the first entry
 * @returns h_n, 32 bytes
 */
export function extendHistory(previous: Uint8Array | undefined, entryId: EntryId): Uint8Array {
  const before = previous ?? EMPTY_HISTORY;
  assertBytes(before, HASH_BYTES, 'previous');
  const id = fromHex(entryId, HASH_BYTES);
  if (id === undefined) throw new TypeError('entryId: expected 64 hexadecimal characters');
  return sha256(before, id);
}

/**
 * Digest of a whole list, oldest first. Equal to the digest in the item's state record exactly when the list is the
 * complete history of the item: nothing left out, nothing added, same order.
 */
export function historyDigest(entryIds: readonly EntryId[]): Uint8Array {
  return entryIds.reduce((digest, id) => extendHistory(digest, id), EMPTY_HISTORY);
}
