import { decodeCbor, type CborValue } from '#codec';

/** The parts of an array in CBOR, for a test to damage. */
export function partsOf(bytes: Uint8Array): readonly CborValue[] {
  const decoded = decodeCbor(bytes);
  if (!decoded.ok || !Array.isArray(decoded.value)) throw new Error('not an array in CBOR');
  return decoded.value as readonly CborValue[];
}
