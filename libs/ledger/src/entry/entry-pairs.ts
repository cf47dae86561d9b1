import { decodeCbor, encodeCbor, failure, success, type CborErrorCode, type CborValue, type Result } from '#codec';
import { CONTENT_BYTES_MAX } from './decode-entry.js';
import type { EncodedEntry } from './sign-entry.js';
import { STATEMENT_BYTES_MAX } from './statement-header.js';

/** Bytes that CBOR adds to one entry at most: the pair's head and two byte string heads. */
export const ENTRY_PAIR_OVERHEAD = 11;
const ENTRY_PAIR_BYTES_MAX = STATEMENT_BYTES_MAX + CONTENT_BYTES_MAX + ENTRY_PAIR_OVERHEAD;

export type EntryPairErrorCode = CborErrorCode | 'ENTRY_MALFORMED' | 'ENTRY_TOO_LARGE';

/** One entry on the wire: CBOR [statement, content], two byte strings. */
export function encodeEntry({ statement, content }: EncodedEntry): Uint8Array {
  return encodeCbor([statement, content]);
}

/** Takes the two byte strings apart; what is in them is judged by `decodeEntry`. */
export function decodeEntryPair(bytes: Uint8Array): Result<EncodedEntry, EntryPairErrorCode> {
  if (bytes.length > ENTRY_PAIR_BYTES_MAX)
    return failure('ENTRY_TOO_LARGE', `an entry has at most ${ENTRY_PAIR_BYTES_MAX} bytes`);
  const value = decodeCbor(bytes);
  return value.ok ? readEntryPair(value.value) : value;
}

/** Several entries on the wire: CBOR array of [statement, content]. */
export function encodeEntries(entries: readonly EncodedEntry[]): Uint8Array {
  return encodeCbor(entries.map(({ statement, content }) => [statement, content]));
}

/** @param limits - what the receiver is ready to take: bytes in all, and entries */
export function decodeEntryPairs(
  bytes: Uint8Array,
  limits: { readonly bytesMax: number; readonly entriesMax: number },
): Result<EncodedEntry[], EntryPairErrorCode> {
  if (bytes.length > limits.bytesMax) return failure('ENTRY_TOO_LARGE', `at most ${limits.bytesMax} bytes of entries`);
  const value = decodeCbor(bytes);
  if (!value.ok) return value;
  return readEntryPairs(value.value, limits.entriesMax);
}

export function readEntryPairs(
  value: CborValue | undefined,
  entriesMax: number,
): Result<EncodedEntry[], EntryPairErrorCode> {
  if (!Array.isArray(value)) return failure('ENTRY_MALFORMED', 'expected an array of entries');
  const list = value as readonly CborValue[];
  if (list.length > entriesMax) return failure('ENTRY_TOO_LARGE', `at most ${entriesMax} entries`);
  const entries: EncodedEntry[] = [];
  for (const element of list) {
    const pair = readEntryPair(element);
    if (!pair.ok) return pair;
    entries.push(pair.value);
  }
  return success(entries);
}

function readEntryPair(value: CborValue): Result<EncodedEntry, EntryPairErrorCode> {
  if (Array.isArray(value) && value.length === 2) {
    const [statement, content] = value as readonly CborValue[];
    if (statement instanceof Uint8Array && content instanceof Uint8Array) return success({ statement, content });
  }
  return failure('ENTRY_MALFORMED', 'expected [statement, content], two byte strings');
}
