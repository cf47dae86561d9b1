import { type Result } from '#codec';
import { canonicalGs1Key, PRIMARY_KEYS, readPrimaryValue, type Gs1ErrorCode, type PrimaryKey } from './gs1-keys.js';
import { isGs1Text } from './gs1-text.js';

/** Longest serial number (AI 21) and lot (AI 10), in characters of GS1 character set 82. */
export const SERIAL_LENGTH_MAX = 20;

const GTIN = PRIMARY_KEYS.get('01') as PrimaryKey;

/** A GTIN of 8, 12, 13 or 14 digits with its check digit. @returns the GTIN-14 */
export function readGtin(text: string): Result<string, Gs1ErrorCode> {
  const read = readPrimaryValue(GTIN, text);
  return read.ok ? { ok: true, value: read.value.value } : read;
}

export function isSerialOrLot(text: string): boolean {
  return isGs1Text(text, SERIAL_LENGTH_MAX);
}

/** @param gtin - 14 digits, as `readGtin` returns them */
export function productKey(gtin: string): string {
  return canonicalGs1Key(['01', gtin]);
}

export function lotKey(gtin: string, lot: string): string {
  return canonicalGs1Key(['01', gtin], ['10', lot]);
}

export function itemKey(gtin: string, serial: string): string {
  return canonicalGs1Key(['01', gtin], ['21', serial]);
}

/** @returns the GTIN-14 that a canonical key of an item, lot or product begins with; undefined for other keys */
export function gtinOfKey(key: string): string | undefined {
  return /^https:\/\/id\.gs1\.org\/01\/([0-9]{14})(?:\/|$)/.exec(key)?.[1];
}
