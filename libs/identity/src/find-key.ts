import { failure, success, type RecordReader, type Result } from '#codec';
import type { Did, Height, KeyId } from './names.js';
import type { KeyPurpose, Organization, OrganizationKey } from './organization.js';
import { ORGANIZATION, ORGANIZATION_KEY } from './records.js';

export type SigningKeyErrorCode =
  | 'IDENTITY_UNKNOWN_KEY'
  | 'IDENTITY_KEY_NOT_OF_ISSUER'
  | 'IDENTITY_KEY_NOT_FOR_SIGNING'
  | 'IDENTITY_KEY_NOT_YET_VALID'
  | 'IDENTITY_KEY_REVOKED'
  | 'IDENTITY_KEY_EXPIRED'
  | 'IDENTITY_ORGANIZATION_NOT_ACTIVE'
  | 'IDENTITY_AUDITOR_CANNOT_WRITE';

/** Who may sign entries of a kind (docs/protocol/governance.md#who-may-sign-what). */
export interface SigningRule {
  /** Purposes of the keys that may sign; without it, `sign`. */
  readonly signedWith?: readonly KeyPurpose[] | undefined;
  /** The entry only keeps its author's own keys in order: an organisation that is suspended or only audits may do that too. */
  readonly keepsOwnKeys?: boolean | undefined;
}

const SIGN_ONLY: readonly KeyPurpose[] = ['sign'];

export function isKeyValidAt(key: OrganizationKey, height: Height): boolean {
  return key.validFrom <= height && (key.validUntil === undefined || height < key.validUntil);
}

/**
 * Whether an entry that was signed with the key and included at `height` is disputed: somebody else may have had the key by then.
 * The entry stays recorded and valid; readers are told.
 */
export function isDisputed(key: Pick<OrganizationKey, 'notTrustedFrom'>, height: Height): boolean {
  return key.notTrustedFrom !== undefined && height >= key.notTrustedFrom;
}

/** Whether the organisation takes part, rather than only audits. */
export function mayWrite({ roles }: Pick<Organization, 'roles'>): boolean {
  return roles.includes('member') || roles.includes('validator');
}

/**
 * The key with which `issuer` may sign an entry included at `height` (INV-ENTRY-1). Checks in the order of the codes,
 * the first failing one is returned.
 */
export function findSigningKey(
  reader: RecordReader,
  keyId: KeyId,
  issuer: Did,
  height: Height,
  { signedWith = SIGN_ONLY, keepsOwnKeys = false }: SigningRule = {},
): Result<OrganizationKey, SigningKeyErrorCode> {
  const key = reader.get(ORGANIZATION_KEY, keyId);
  if (key === undefined) return failure('IDENTITY_UNKNOWN_KEY', `no key ${keyId} is registered`);
  if (key.organization !== issuer)
    return failure('IDENTITY_KEY_NOT_OF_ISSUER', `the key belongs to ${key.organization}`);
  if (!signedWith.includes(key.purpose)) {
    return failure(
      'IDENTITY_KEY_NOT_FOR_SIGNING',
      `the key's purpose is "${key.purpose}", such an entry is signed with: ${signedWith.join(', ')}`,
    );
  }
  if (height < key.validFrom)
    return failure('IDENTITY_KEY_NOT_YET_VALID', `the key is valid from height ${key.validFrom}`);
  if (!isKeyValidAt(key, height)) {
    return key.revoked
      ? failure('IDENTITY_KEY_REVOKED', `the key was revoked at height ${key.validUntil}`)
      : failure('IDENTITY_KEY_EXPIRED', `the key was valid below height ${key.validUntil}`);
  }
  const organization = reader.get(ORGANIZATION, issuer);
  const isIn = organization?.status === 'active' || (keepsOwnKeys && organization?.status === 'suspended');
  if (organization === undefined || !isIn) {
    return failure('IDENTITY_ORGANIZATION_NOT_ACTIVE', `${issuer} is ${organization?.status ?? 'not a member'}`);
  }
  if (!keepsOwnKeys && !mayWrite(organization)) {
    return failure('IDENTITY_AUDITOR_CANNOT_WRITE', 'an organisation that only audits writes no entries');
  }
  return success(key);
}
