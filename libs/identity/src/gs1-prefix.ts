import type { RecordReader } from '#codec';
import type { Did } from './names.js';
import { GS1_PREFIX } from './records.js';

export const PREFIX_DIGITS_MIN = 4;
const PREFIX_DIGITS_MAX = 12;

export function isGs1Prefix(text: string): boolean {
  return /^[0-9]{4,12}$/.test(text);
}

/**
 * The organisation whose GS1 company prefix `digits` begin with. At most one can match, because no registered prefix
 * begins with another.
 * @param digits - a GS1 key from its company prefix on (for a GTIN: without indicator digit)
 */
export function gs1PrefixOwner(reader: RecordReader, digits: string): Did | undefined {
  for (let length = PREFIX_DIGITS_MIN; length <= PREFIX_DIGITS_MAX && length <= digits.length; length++) {
    const owner = reader.get(GS1_PREFIX, digits.slice(0, length));
    if (owner !== undefined) return owner;
  }
  return undefined;
}

/** GS1 General Specifications section 7.9.1: weights 1 and 3 from the left for the 13 digits of a GLN. */
export function isGln(text: string): boolean {
  if (!/^[0-9]{13}$/.test(text)) return false;
  let sum = 0;
  for (let i = 0; i < 13; i++) sum += Number(text.charAt(i)) * (i % 2 === 0 ? 1 : 3);
  return sum % 10 === 0;
}
