import type { PublicKey } from './names.js';

/**
 * Verifies Ed25519 under Lading's profile (docs/protocol/signatures.md): S < L, R canonical and not of small order, then
 * the cofactorless equation. Every implementation gives the same answer on every input.
 */
export interface SignatureVerifier {
  /** @returns false for anything wrong, including a signature that is not 64 bytes */
  verify(signature: Uint8Array, message: Uint8Array, publicKey: PublicKey): boolean;
}

export interface Signer {
  readonly publicKey: PublicKey;
  /** @returns 64 bytes */
  sign(message: Uint8Array): Uint8Array;
}
