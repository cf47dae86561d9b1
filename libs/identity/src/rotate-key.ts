import { failure, success, utf8Encode, toHex, type RecordWriter, type Result } from '#codec';
import { admitPublicKey, keyIdOf, type PublicKeyErrorCode } from './admit-public-key.js';
import { findSigningKey, type SigningKeyErrorCode } from './find-key.js';
import type { Did, Height, KeyId, NetworkId } from './names.js';
import type { Organization } from './organization.js';
import type { SignatureVerifier } from './ports.js';
import { ORGANIZATION, ORGANIZATION_KEY } from './records.js';

/** Blocks that an old key may go on being valid beside the new one. */
export const OVERLAP_BLOCKS_MAX = 100_000;
/** Keys that an organisation can have had; each is a record that is never removed. */
export const ORGANIZATION_KEYS_MAX = 1000;

export interface KeyRotation {
  readonly networkId: NetworkId;
  /** The organisation that signed the entry, and with which key. */
  readonly author: Did;
  readonly signerKeyId: KeyId;
  /** Height of the block that includes the entry. */
  readonly height: Height;
  readonly purpose: string;
  /** The new key, as it came. */
  readonly publicKey: Uint8Array;
  /** By the new key over `rotationProofMessage`: nobody registers a key that they do not hold. */
  readonly proof: Uint8Array;
  /** Blocks during which the old keys of this purpose stay valid, 0..`OVERLAP_BLOCKS_MAX`. */
  readonly overlapBlocks: number;
  /** The old keys are compromised: no overlap, and marked as revoked. */
  readonly revokeOld?: boolean;
}

export type KeyRotationErrorCode =
  | SigningKeyErrorCode
  | 'IDENTITY_KEY_PURPOSE_NOT_ROTATABLE'
  | 'IDENTITY_KEY_OVERLAP_OUT_OF_RANGE'
  | PublicKeyErrorCode
  | 'IDENTITY_KEY_ALREADY_REGISTERED'
  | 'IDENTITY_BAD_KEY_PROOF'
  | 'IDENTITY_TOO_MANY_KEYS';

/**
 * What the new key signs: lines of text, so that any tool can make it. Bound to network, organisation and purpose, so
 * that a proof is of no use elsewhere.
 */
export function rotationProofMessage(input: {
  readonly networkId: NetworkId;
  readonly organization: Did;
  readonly purpose: string;
  readonly publicKey: Uint8Array;
}): Uint8Array {
  const { networkId, organization, purpose, publicKey } = input;
  return utf8Encode(`lading/key-rotation/1\n${networkId}\n${organization}\n${purpose}\n${toHex(publicKey)}\n`);
}

/**
 * Registers an organisation's new key, valid from `height + 1`, and ends its present keys of the same purpose at
 * `height + 1 + overlapBlocks`. Checks in the order of the codes; writes only when all hold.
 */
export function rotateKey(
  state: RecordWriter,
  rotation: KeyRotation,
  verifier: SignatureVerifier,
): Result<void, KeyRotationErrorCode> {
  const { networkId, author, height, purpose, overlapBlocks, proof } = rotation;
  const signer = findSigningKey(state, rotation.signerKeyId, author, height);
  if (!signer.ok) return signer;
  if (purpose !== 'sign' && purpose !== 'node') {
    return failure(
      'IDENTITY_KEY_PURPOSE_NOT_ROTATABLE',
      'only keys of purpose "sign" or "node" are rotated by a signing key',
    );
  }
  const isOverlapValid =
    Number.isSafeInteger(overlapBlocks) && overlapBlocks >= 0 && overlapBlocks <= OVERLAP_BLOCKS_MAX;
  if (!isOverlapValid || (rotation.revokeOld === true && overlapBlocks !== 0)) {
    return failure(
      'IDENTITY_KEY_OVERLAP_OUT_OF_RANGE',
      `the overlap is 0..${OVERLAP_BLOCKS_MAX} blocks, and 0 when the old key is revoked`,
    );
  }
  const admitted = admitPublicKey(rotation.publicKey);
  if (!admitted.ok) return admitted;
  const publicKey = admitted.value;
  const keyId = keyIdOf(publicKey);
  if (state.get(ORGANIZATION_KEY, keyId) !== undefined) {
    return failure('IDENTITY_KEY_ALREADY_REGISTERED', 'a key is registered once and never again');
  }
  const message = rotationProofMessage({ networkId, organization: author, purpose, publicKey });
  if (!verifier.verify(proof, message, publicKey)) {
    return failure('IDENTITY_BAD_KEY_PROOF', 'the proof is not a signature of the new key over this rotation');
  }
  const organization = state.get(ORGANIZATION, author) as Organization; // active, says findSigningKey
  if (organization.keyIds.length >= ORGANIZATION_KEYS_MAX) {
    return failure('IDENTITY_TOO_MANY_KEYS', `an organisation registers at most ${ORGANIZATION_KEYS_MAX} keys`);
  }

  const validFrom = height + 1;
  endKeys(state, organization, { purpose, until: validFrom + overlapBlocks, revoked: rotation.revokeOld === true });
  state.put(ORGANIZATION_KEY, keyId, { keyId, publicKey, organization: author, purpose, validFrom });
  state.put(ORGANIZATION, author, { ...organization, keyIds: [...organization.keyIds, keyId] });
  return success(undefined);
}

/** Brings the end of every key of the purpose forward to `until`; a key that ends sooner anyway is left alone. */
function endKeys(
  state: RecordWriter,
  organization: Organization,
  end: { readonly purpose: string; readonly until: Height; readonly revoked: boolean },
): void {
  for (const keyId of organization.keyIds) {
    const key = state.get(ORGANIZATION_KEY, keyId);
    if (key === undefined || key.purpose !== end.purpose) continue;
    if (key.validUntil !== undefined && key.validUntil <= end.until) continue;
    state.put(ORGANIZATION_KEY, keyId, { ...key, validUntil: end.until, ...(end.revoked ? { revoked: true } : {}) });
  }
}
