import { bytesEqual, failure, success, type RecordReader, type RecordWriter, type Result } from '#codec';
import { findSigningKey, isKeyValidAt, type SigningKeyErrorCode } from '../find-key.js';
import type { Did, Height, KeyId, NetworkId, PublicKey } from '../names.js';
import type { KeyPurpose, Organization } from '../organization.js';
import type { SignatureVerifier } from '../ports.js';
import { ORGANIZATION, ORGANIZATION_KEY } from '../records.js';
import {
  endKeys,
  judgeKeyCount,
  judgeNewKey,
  registerKey,
  rootCommitmentOf,
  type NewKeyErrorCode,
  type RootCommitmentErrorCode,
} from './register-key.js';

/** Blocks that an old key may go on being valid beside the new one. */
export const OVERLAP_BLOCKS_MAX = 100_000;

/** Purposes of the keys that may sign a rotation; which of them may rotate what, `mayRotate` says. */
export const ROTATION_SIGNED_WITH: readonly KeyPurpose[] = ['sign', 'admin', 'root'];

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
  /** With a root key: SHA-256 of the root key after this one, 32 bytes. */
  readonly rootCommitment?: Uint8Array | undefined;
}

export type KeyRotationErrorCode =
  | SigningKeyErrorCode
  | 'IDENTITY_KEY_PURPOSE_NOT_ROTATABLE'
  | 'IDENTITY_KEY_OVERLAP_OUT_OF_RANGE'
  | NewKeyErrorCode
  | RootCommitmentErrorCode
  | 'IDENTITY_TOO_MANY_KEYS';

/**
 * Registers an organisation's new key, valid from `height + 1`, and ends its present keys of the same purpose at
 * `height + 1 + overlapBlocks`. Checks in the order of the codes; writes only when all hold.
 */
export function rotateKey(
  state: RecordWriter,
  rotation: KeyRotation,
  verifier: SignatureVerifier,
): Result<void, KeyRotationErrorCode> {
  const { author, height, purpose, overlapBlocks } = rotation;
  const rule = { signedWith: ROTATION_SIGNED_WITH, keepsOwnKeys: true };
  const signer = findSigningKey(state, rotation.signerKeyId, author, height, rule);
  if (!signer.ok) return signer;
  const organization = state.get(ORGANIZATION, author) as Organization; // it has a key, says findSigningKey
  if (!mayRotate(state, organization, signer.value.purpose, purpose, height)) {
    return failure(
      'IDENTITY_KEY_PURPOSE_NOT_ROTATABLE',
      `a key for "${signer.value.purpose}" does not rotate keys for "${purpose}"`,
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
  const judged = judgeNewKey(state, { ...rotation, organization: author }, verifier);
  if (!judged.ok) return judged;
  const committed = judgeCommitment(organization, purpose, judged.value, rotation.rootCommitment);
  if (!committed.ok) return committed;
  const counted = judgeKeyCount(organization, 1, signer.value.purpose);
  if (!counted.ok) return counted;

  const validFrom = height + 1;
  endKeys(state, organization, purpose, { until: validFrom + overlapBlocks, revoked: rotation.revokeOld === true });
  if (rotation.rootCommitment !== undefined) {
    state.put(ORGANIZATION, author, { ...organization, rootCommitment: rotation.rootCommitment });
  }
  registerKey(state, { publicKey: judged.value, organization: author, purpose, validFrom });
  return success(undefined);
}

/**
 * A key rotates those of its own rank and below: a stolen sign key must not give away the organisation's part in consensus. In
 * addition the one that is there makes the one that is not: a sign key those of an organisation that never had an admin or root
 * key (a genesis without them), its first admin key among them, an admin key the root key where none is valid.
 */
function mayRotate(
  state: RecordReader,
  organization: Organization,
  signer: KeyPurpose,
  purpose: string,
  height: Height,
): purpose is KeyPurpose {
  const keys = organization.keyIds.flatMap((keyId) => state.get(ORGANIZATION_KEY, keyId) ?? []);
  switch (purpose) {
    case 'sign':
      return true;
    case 'node':
    case 'admin':
      return signer !== 'sign' || !keys.some((key) => key.purpose === 'admin' || key.purpose === 'root');
    case 'root': {
      const isRootThere = keys.some((key) => key.purpose === 'root' && isKeyValidAt(key, height));
      return signer === 'root' || (signer === 'admin' && !isRootThere);
    }
    default:
      return false;
  }
}

/** Pre-rotation: a root key is the one that was promised, and promises the next. */
function judgeCommitment(
  { rootCommitment: promised }: Organization,
  purpose: KeyPurpose,
  publicKey: PublicKey,
  next: Uint8Array | undefined,
): Result<void, RootCommitmentErrorCode> {
  if ((purpose === 'root') !== (next !== undefined)) {
    return failure(
      'IDENTITY_ROOT_COMMITMENT_REQUIRED',
      'a root key, and no other, comes with the commitment to the next one',
    );
  }
  if (purpose === 'root' && promised !== undefined && !bytesEqual(promised, rootCommitmentOf(publicKey))) {
    return failure(
      'IDENTITY_ROOT_COMMITMENT_MISMATCH',
      'it is not the root key that the present one was registered with',
    );
  }
  return success(undefined);
}
