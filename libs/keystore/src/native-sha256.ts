import { hash } from 'node:crypto';

/** Node's SHA-256, for `installSha256` of libs/codec. @returns 32 bytes */
export function nativeSha256(bytes: Uint8Array): Uint8Array {
  const digest = hash('sha256', bytes, 'buffer');
  // A plain Uint8Array: a Buffer's `slice` would not copy.
  return new Uint8Array(digest.buffer, digest.byteOffset, digest.length);
}
