import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from './bytes.js';

/** Length of a SHA-256 digest, in bytes. */
export const HASH_BYTES = 32;

/** SHA-256 (FIPS 180-4) over the concatenation of `parts`. @returns 32 bytes */
export function sha256(...parts: Uint8Array[]): Uint8Array {
  return nobleSha256(parts.length === 1 ? (parts[0] as Uint8Array) : concatBytes(...parts));
}
