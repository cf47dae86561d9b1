import { bytesToHex, concatBytes as nobleConcat, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * @throws TypeError when `value` is not a Uint8Array
 * @throws RangeError when its length is not `length` bytes
 */
export function assertBytes(value: unknown, length: number | undefined, name: string): asserts value is Uint8Array {
  if (!(value instanceof Uint8Array)) throw new TypeError(`${name}: expected Uint8Array`);
  if (length !== undefined && value.length !== length) {
    throw new RangeError(`${name}: expected ${length} bytes, got ${value.length}`);
  }
}

export function bytesEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Lexicographic order by unsigned byte, shorter first when one is a prefix of the other. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Order of strings by UTF-16 code unit: the same on every machine, unlike `localeCompare`. */
export function compareStrings(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function concatBytes(...parts: Uint8Array[]): Uint8Array {
  return nobleConcat(...parts);
}

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  return bytesToHex(bytes);
}

/** @returns undefined when `text` is not lower-case hexadecimal of `length` bytes (any even length when omitted) */
export function fromHex(text: string, length?: number): Uint8Array | undefined {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) return undefined;
  if (length !== undefined && text.length !== length * 2) return undefined;
  return hexToBytes(text);
}

/** @throws TypeError when `text` holds a lone surrogate: it has no UTF-8, and two such texts would get the same bytes */
export function utf8Encode(text: string): Uint8Array {
  if (!text.isWellFormed()) throw new TypeError('a lone surrogate has no UTF-8 encoding');
  return utf8ToBytes(text);
}

/** @returns undefined when `bytes` is not well-formed UTF-8; a byte order mark is kept, not swallowed */
export function utf8Decode(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
