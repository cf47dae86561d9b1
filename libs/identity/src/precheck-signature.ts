import { fromHex } from '#codec';
import { isCanonicalPoint, isSmallOrderPoint } from './point-encoding.js';

/** The order of the prime-order group, L = 2^252 + 27742317777372353535851937790883648493, 32 little-endian bytes. */
const GROUP_ORDER = fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010', 32) as Uint8Array;

/**
 * What the profile asks of a signature before the equation: 64 bytes, S < L, R canonical and not of small order. Every
 * `SignatureVerifier` calls it first, so that what a crypto library thinks of such signatures never matters.
 */
export function precheckSignature(signature: Uint8Array): boolean {
  return (
    signature.length === 64 &&
    isReducedScalar(signature) &&
    isCanonicalPoint(signature) &&
    !isSmallOrderPoint(signature)
  );
}

function isReducedScalar(signature: Uint8Array): boolean {
  for (let i = 31; i >= 0; i--) {
    const difference = (signature[32 + i] as number) - (GROUP_ORDER[i] as number);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
