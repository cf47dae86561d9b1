import { compareStrings, failure, sha256, success, utf8Encode, type RecordReader, type Result } from '#codec';
import { CONTENTS } from '../records/contents.js';

/** Items that one transfer may move, containers and everything inside them together. */
export const TRANSFER_CONTENT_MAX = 10_000;

/** The named items and everything inside them now: canonical keys, sorted. */
export function collectContent(
  state: RecordReader,
  items: readonly string[],
): Result<readonly string[], 'TRACE_TOO_MANY_ITEMS'> {
  const content = [...items];
  for (let i = 0; i < content.length; i++) {
    for (const child of state.get(CONTENTS, content[i] as string) ?? []) content.push(child);
    if (content.length > TRANSFER_CONTENT_MAX) {
      return failure(
        'TRACE_TOO_MANY_ITEMS',
        `a transfer moves at most ${TRANSFER_CONTENT_MAX} items, contents included`,
        '/items',
      );
    }
  }
  return success(content.sort(compareStrings));
}

/** SHA-256 over the sorted canonical keys, each followed by a line feed. @returns 32 bytes */
export function contentHashOf(content: readonly string[]): Uint8Array {
  return sha256(utf8Encode(content.map((key) => `${key}\n`).join('')));
}
