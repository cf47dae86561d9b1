import { checkDigit, readGtin } from '#trace';

/** What can be said of a GTIN while it is typed. */
export type GtinCheck =
  | { readonly kind: 'empty' }
  /** Something else than digits. */
  | { readonly kind: 'notDigits' }
  /** `next`: how many digits it has to have; `completed`: with its check digit, where only that is missing. */
  | { readonly kind: 'short'; readonly digits: number; readonly next: number; readonly completed: string | undefined }
  | { readonly kind: 'long'; readonly digits: number }
  | { readonly kind: 'wrong'; readonly digit: string; readonly corrected: string }
  /** `gtin`: 14 digits, as it is recorded; `length`: as it was written. */
  | { readonly kind: 'right'; readonly gtin: string; readonly length: number };

const LENGTHS = [8, 12, 13, 14] as const;

/** @param text - as typed, pasted or scanned: spaces and hyphens between digits do not count */
export function checkGtin(text: string): GtinCheck {
  const digits = text.replaceAll(/[\s-]/g, '');
  if (digits === '') return { kind: 'empty' };
  if (!/^\d+$/.test(digits)) return { kind: 'notDigits' };
  const read = readGtin(digits);
  if (read.ok) return { kind: 'right', gtin: read.value, length: digits.length };
  const next = LENGTHS.find((length) => length >= digits.length);
  if (next === undefined) return { kind: 'long', digits: digits.length };
  if (next === digits.length) {
    const digit = checkDigit(digits.slice(0, -1));
    return { kind: 'wrong', digit, corrected: digits.slice(0, -1) + digit };
  }
  const completed = next - digits.length === 1 ? digits + checkDigit(digits) : undefined;
  return { kind: 'short', digits: digits.length, next, completed };
}
