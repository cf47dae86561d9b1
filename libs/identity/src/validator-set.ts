import { assertInvariant, encodeCbor, sha256, type RecordReader } from '#codec';
import { isKeyValidAt } from './find-key.js';
import type { Did, Height } from './names.js';
import type { Validator, ValidatorSet } from './organization.js';
import { CURRENT, ORGANIZATION, ORGANIZATION_KEY, VALIDATORS } from './records.js';

/**
 * Who decides at `height`, with the keys of that height, read from the state after `height − 1`.
 * @throws InvariantViolation INV-IDENTITY-1 when a validator has no valid node key
 */
export function validatorSet(reader: RecordReader, height: Height): ValidatorSet {
  return (reader.get(VALIDATORS, CURRENT) ?? []).map((did) => validatorAt(reader, did, height));
}

/** SHA-256 of the deterministic CBOR [[DID, node key] …], 32 bytes: the header's `validatorsHash`. */
export function validatorSetHash(set: ValidatorSet): Uint8Array {
  return sha256(encodeCbor(set.map(({ id, publicKey }) => [id, publicKey])));
}

/** After a rotation with overlap two node keys are valid; the one registered last counts. */
function validatorAt(reader: RecordReader, id: Did, height: Height): Validator {
  const keyIds = reader.get(ORGANIZATION, id)?.keyIds ?? [];
  for (let i = keyIds.length - 1; i >= 0; i--) {
    const key = reader.get(ORGANIZATION_KEY, keyIds[i] as string);
    if (key?.purpose === 'node' && isKeyValidAt(key, height)) return { id, publicKey: key.publicKey };
  }
  assertInvariant(false, 'INV-IDENTITY-1', { id, height });
}
