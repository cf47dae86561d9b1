import { failure, success, type RecordReader, type RecordWriter, type Result } from '#codec';
import { findSigningKey, type SigningKeyErrorCode } from '../find-key.js';
import type { GovernanceContext, KeyWithProof } from '../governance.types.js';
import type { Did, Height, KeyId, PublicKey } from '../names.js';
import type { KeyPurpose, Organization, OrganizationKey } from '../organization.js';
import type { SignatureVerifier } from '../ports.js';
import { CURRENT, ORGANIZATION, ORGANIZATION_KEY, VALIDATORS } from '../records.js';
import { endKey, judgeKeyCount, judgeNewKey, registerKey, type NewKeyErrorCode } from './register-key.js';

export const REVOCATION_SIGNED_WITH: readonly KeyPurpose[] = ['admin', 'root'];

export interface Revocation {
  readonly keyId: KeyId;
  /** Entries signed with the key at this height or later are disputed; not above the present height. */
  readonly notTrustedFrom: Height;
}

export interface OwnRevocation extends Revocation {
  /** The key that takes its place, of the same purpose. */
  readonly replacement?: KeyWithProof | undefined;
}

export type RevocationErrorCode =
  | 'IDENTITY_UNKNOWN_KEY'
  | 'IDENTITY_NOT_TRUSTED_FROM_OUT_OF_RANGE'
  | 'IDENTITY_KEY_ALREADY_REVOKED'
  | 'IDENTITY_LAST_NODE_KEY';

export type OwnRevocationErrorCode =
  | SigningKeyErrorCode
  | RevocationErrorCode
  | 'IDENTITY_ROOT_KEY_NOT_REVOCABLE'
  | NewKeyErrorCode
  | 'IDENTITY_TOO_MANY_KEYS';

/**
 * An organisation ends a key of its own at the next height and says from when on it does not answer for it. A root key is
 * replaced with a rotation, which asks for the promised one. Checks in the order of the codes; writes only when all hold.
 */
export function revokeOwnKey(
  state: RecordWriter,
  revocation: OwnRevocation,
  { networkId, author, signerKeyId, height }: GovernanceContext,
  verifier: SignatureVerifier,
): Result<void, OwnRevocationErrorCode> {
  const { keyId, notTrustedFrom, replacement } = revocation;
  const rule = { signedWith: REVOCATION_SIGNED_WITH, keepsOwnKeys: true };
  const signer = findSigningKey(state, signerKeyId, author, height, rule);
  if (!signer.ok) return signer;
  const key = state.get(ORGANIZATION_KEY, keyId);
  if (key !== undefined && key.organization !== author)
    return failure('IDENTITY_KEY_NOT_OF_ISSUER', `the key belongs to ${key.organization}`);
  const judged = judgeRevocation(state, revocation, height, replacement !== undefined);
  if (!judged.ok) return judged;
  const { purpose } = judged.value;
  if (purpose === 'root')
    return failure('IDENTITY_ROOT_KEY_NOT_REVOCABLE', 'a root key is replaced with key.rotate and revokeOld');
  let next: PublicKey | undefined;
  if (replacement !== undefined) {
    const admitted = judgeNewKey(state, { ...replacement, networkId, organization: author, purpose }, verifier);
    if (!admitted.ok) return admitted;
    const counted = judgeKeyCount(state.get(ORGANIZATION, author) as Organization, 1, signer.value.purpose);
    if (!counted.ok) return counted;
    next = admitted.value;
  }

  endKey(state, keyId, { until: height + 1, revoked: true, notTrustedFrom });
  if (next !== undefined) registerKey(state, { publicKey: next, organization: author, purpose, validFrom: height + 1 });
  return success(undefined);
}

/**
 * Whether the key can be revoked. A second revocation may only say that the key was in other hands sooner.
 * @param hasReplacement - a node key comes in its place, so that a validator goes on having one (INV-IDENTITY-1)
 */
export function judgeRevocation(
  state: RecordReader,
  { keyId, notTrustedFrom }: Revocation,
  height: Height,
  hasReplacement = false,
): Result<OrganizationKey, RevocationErrorCode> {
  const key = state.get(ORGANIZATION_KEY, keyId);
  if (key === undefined) return failure('IDENTITY_UNKNOWN_KEY', `no key ${keyId} is registered`);
  if (!Number.isSafeInteger(notTrustedFrom) || notTrustedFrom < 0 || notTrustedFrom > height) {
    return failure('IDENTITY_NOT_TRUSTED_FROM_OUT_OF_RANGE', `notTrustedFrom is a height of 0..${height}`);
  }
  if (key.revoked && key.notTrustedFrom !== undefined && key.notTrustedFrom <= notTrustedFrom) {
    return failure('IDENTITY_KEY_ALREADY_REVOKED', `the key is not trusted from height ${key.notTrustedFrom} on`);
  }
  const isValidator = state.get(VALIDATORS, CURRENT)?.includes(key.organization) ?? false;
  if (isValidator && key.purpose === 'node' && !hasReplacement && !hasLastingNodeKey(state, key.organization, keyId)) {
    return failure('IDENTITY_LAST_NODE_KEY', `${key.organization} validates and would be left without a node key`);
  }
  return success(key);
}

/** Whether the organisation has a node key without an end, other than `except`: one that only overlaps does not last. */
export function hasLastingNodeKey(state: RecordReader, did: Did, except?: KeyId): boolean {
  const keyIds = state.get(ORGANIZATION, did)?.keyIds ?? [];
  return keyIds.some((keyId) => {
    const key = state.get(ORGANIZATION_KEY, keyId);
    return keyId !== except && key?.purpose === 'node' && key.validUntil === undefined;
  });
}
