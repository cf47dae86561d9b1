import { fromBase64Url, toBase64Url, utf8Decode, utf8Encode } from '#codec';
import { IndexQueryError } from '../index-errors.js';

const LIMIT_DEFAULT = 50;
const LIMIT_MAX = 200;

/** Shape of a list's sort key, for instance `['number', 'string']`. */
export type SortKey = readonly ('number' | 'string')[];
export type SortValues = readonly (number | string)[];

/** @returns 1..200, 50 when not given */
export function pageLimit(limit: number | undefined): number {
  if (limit === undefined || !Number.isSafeInteger(limit)) return LIMIT_DEFAULT;
  return Math.min(Math.max(limit, 1), LIMIT_MAX);
}

/** Where the next page begins: the sort key of the last row seen, so that rows added meanwhile neither repeat nor hide others. */
export function encodePageCursor(values: SortValues): string {
  return toBase64Url(utf8Encode(JSON.stringify(values)));
}

/** @throws IndexQueryError INDEX_BAD_CURSOR */
export function decodePageCursor(cursor: string | undefined, shape: SortKey): SortValues | undefined {
  if (cursor === undefined) return undefined;
  const bytes = fromBase64Url(cursor);
  const text = bytes === undefined ? undefined : utf8Decode(bytes);
  const values = text === undefined ? undefined : parse(text);
  if (!Array.isArray(values) || values.length !== shape.length || !shape.every((kind, i) => isKind(values[i], kind))) {
    throw new IndexQueryError('INDEX_BAD_CURSOR', 'the cursor is not one that this list has given out');
  }
  return values as SortValues;
}

function isKind(value: unknown, kind: 'number' | 'string'): boolean {
  return kind === 'number' ? Number.isSafeInteger(value) : typeof value === 'string' && !value.includes('\0');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
