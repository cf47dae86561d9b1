import { assertBytes, bytesEqual } from '#codec';
import { getPublicKey, hash, hashes, Point, sign } from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';
import type { PublicKey } from './names.js';
import type { SignatureVerifier, Signer } from './ports.js';
import { isSmallOrderPoint } from './point-encoding.js';
import { precheckSignature } from './precheck-signature.js';

hashes.sha512 = sha512;

const { n: GROUP_ORDER } = Point.CURVE();

/**
 * The profile's verifier in plain JavaScript, for browser and simulator; about 25 times slower than libsodium. The
 * library's own `verify` is cofactored in both of its modes and would accept R with added torsion, so the cofactorless
 * equation is computed here: R = S·B − k·A, compared as bytes.
 */
export const portableVerifier: SignatureVerifier = {
  verify(signature, message, publicKey) {
    // No admitted key has small order; asked here only because libsodium asks it, so that backends agree on any input.
    if (!precheckSignature(signature) || isSmallOrderPoint(publicKey)) return false;
    const encodedR = signature.subarray(0, 32);
    let point: Point;
    try {
      point = Point.fromBytes(publicKey);
    } catch {
      return false; // no point of the curve; cannot happen with an admitted key
    }
    const s = littleEndian(signature.subarray(32));
    const k = littleEndian(hash(concatForChallenge(encodedR, publicKey, message))) % GROUP_ORDER;
    const expectedR = Point.BASE.multiplyUnsafe(s).subtract(point.multiplyUnsafe(k));
    return bytesEqual(expectedR.toBytes(), encodedR);
  },
};

/** @param secretSeed - the 32-byte secret key of RFC 8032; copied */
export function portableSigner(secretSeed: Uint8Array): Signer {
  assertBytes(secretSeed, 32, 'secretSeed');
  const seed = Uint8Array.from(secretSeed);
  // A key derived from a seed is a multiple of the base point: admitted by construction.
  const publicKey = getPublicKey(seed) as Uint8Array as PublicKey;
  return { publicKey, sign: (message) => sign(message, seed) };
}

function concatForChallenge(encodedR: Uint8Array, publicKey: Uint8Array, message: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(64 + message.length);
  bytes.set(encodedR, 0);
  bytes.set(publicKey, 32);
  bytes.set(message, 64);
  return bytes;
}

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] as number);
  return value;
}
