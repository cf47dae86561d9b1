import { sha256 as portableSha256 } from '@noble/hashes/sha2.js';
import { concatBytes, toHex, utf8Encode } from './bytes.js';
import { assertInvariant } from './invariant.js';

/** Length of a SHA-256 digest, in bytes. */
export const HASH_BYTES = 32;

/** FIPS 180-4's own example, message `abc`. */
const DIGEST_OF_ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

let digest: (bytes: Uint8Array) => Uint8Array = portableSha256;

/** SHA-256 (FIPS 180-4) over the concatenation of `parts`. @returns 32 bytes */
export function sha256(...parts: Uint8Array[]): Uint8Array {
  return digest(parts.length === 1 ? (parts[0] as Uint8Array) : concatBytes(...parts));
}

/**
 * Lets a runtime put its own SHA-256 in the place of the portable one, once at its start: Node's is 3 to 15 times as
 * fast. The function is the same on every input, so nothing that is pure depends on which one runs.
 * @throws InvariantViolation INV-CRYPTO-1 when it is not SHA-256
 */
export function installSha256(native: (bytes: Uint8Array) => Uint8Array): void {
  assertInvariant(toHex(native(utf8Encode('abc'))) === DIGEST_OF_ABC, 'INV-CRYPTO-1');
  digest = native;
}
