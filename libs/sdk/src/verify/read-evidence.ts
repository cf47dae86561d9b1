import { fromBase64, fromHex } from '#codec';
import type { Did, PublicKey, ValidatorSet } from '#identity';
import type { RecordProof } from '#ledger';
import type { Api } from '../index-types.js';

/** Evidence comes from a file or a stranger's node: whatever it lacks is a malformed proof, not a crash. */
export class MalformedEvidence extends Error {
  override readonly name = 'MalformedEvidence';
}

export function bytesOf(base64: unknown, what: string): Uint8Array {
  const bytes = typeof base64 === 'string' ? fromBase64(base64) : undefined;
  if (bytes === undefined) throw new MalformedEvidence(`${what}: expected base64`);
  return bytes;
}

export function hashOf(hex: unknown, what: string): Uint8Array {
  const bytes = typeof hex === 'string' ? fromHex(hex, 32) : undefined;
  if (bytes === undefined) throw new MalformedEvidence(`${what}: expected 64 hexadecimal characters`);
  return bytes;
}

export function recordProofOf({ value, siblings, otherLeaf }: Api.RecordProof): RecordProof {
  if (!Array.isArray(siblings)) throw new MalformedEvidence('siblings: expected a list');
  return {
    value: value === null ? null : bytesOf(value, 'value'),
    proof: {
      siblings: siblings.map((hash) => hashOf(hash, 'siblings')),
      otherLeaf: otherLeaf && {
        keyHash: hashOf(otherLeaf.keyHash, 'keyHash'),
        valueHash: hashOf(otherLeaf.valueHash, 'valueHash'),
      },
    },
  };
}

export function validatorsOf(list: Api.SealedHeader['validators']): ValidatorSet {
  if (!Array.isArray(list)) throw new MalformedEvidence('validators: expected a list');
  return list.map(({ did, publicKey }) => ({
    id: String(did) as Did,
    publicKey: hashOf(publicKey, 'publicKey') as PublicKey,
  }));
}
