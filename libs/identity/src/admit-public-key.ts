import { encodeCbor, failure, sha256, success, toHex, type Result } from '#codec';
import { Point } from '@noble/ed25519';
import { isCanonicalPoint, isSmallOrderPoint } from './point-encoding.js';
import type { KeyId, PublicKey } from './names.js';

export type PublicKeyErrorCode =
  | 'IDENTITY_KEY_LENGTH'
  | 'IDENTITY_KEY_NOT_CANONICAL'
  | 'IDENTITY_KEY_SMALL_ORDER'
  | 'IDENTITY_KEY_NOT_ON_CURVE'
  | 'IDENTITY_KEY_HAS_TORSION';

/**
 * Admits an Ed25519 public key, once, when it is registered: with such a key every verifier of the profile
 * (docs/protocol/signatures.md) gives the same answer on every signature. Checks in the order of the codes. About 1 ms.
 */
export function admitPublicKey(bytes: Uint8Array): Result<PublicKey, PublicKeyErrorCode> {
  if (bytes.length !== 32)
    return failure('IDENTITY_KEY_LENGTH', `an Ed25519 public key has 32 bytes, not ${bytes.length}`);
  if (!isCanonicalPoint(bytes))
    return failure('IDENTITY_KEY_NOT_CANONICAL', 'the y coordinate is not below 2^255 − 19');
  if (isSmallOrderPoint(bytes)) return failure('IDENTITY_KEY_SMALL_ORDER', 'the point has small order');
  const point = decodePoint(bytes);
  if (point === undefined) return failure('IDENTITY_KEY_NOT_ON_CURVE', 'the bytes are no point of the curve');
  if (!point.isTorsionFree())
    return failure('IDENTITY_KEY_HAS_TORSION', 'the point lies outside the prime-order group');
  return success(bytes as PublicKey);
}

/** COSE key thumbprint (RFC 9679 section 3): SHA-256 of the deterministic COSE_Key {kty: OKP, crv: Ed25519, x}. */
export function keyIdOf(publicKey: PublicKey): KeyId {
  const coseKey = new Map<number, number | Uint8Array>([
    [1, 1],
    [-1, 6],
    [-2, publicKey],
  ]);
  return toHex(sha256(encodeCbor(coseKey))) as KeyId;
}

function decodePoint(bytes: Uint8Array): Point | undefined {
  try {
    return Point.fromBytes(bytes);
  } catch {
    return undefined;
  }
}
