import { failure, success, type RecordReader, type Result } from '#codec';
import type { Did, Height, KeyId } from './names.js';
import type { OrganizationKey } from './organization.js';
import { ORGANIZATION, ORGANIZATION_KEY } from './records.js';

export type SigningKeyErrorCode =
  | 'IDENTITY_UNKNOWN_KEY'
  | 'IDENTITY_KEY_NOT_OF_ISSUER'
  | 'IDENTITY_KEY_NOT_FOR_SIGNING'
  | 'IDENTITY_KEY_NOT_YET_VALID'
  | 'IDENTITY_KEY_REVOKED'
  | 'IDENTITY_KEY_EXPIRED'
  | 'IDENTITY_ORGANIZATION_NOT_ACTIVE';

export function isKeyValidAt(key: OrganizationKey, height: Height): boolean {
  return key.validFrom <= height && (key.validUntil === undefined || height < key.validUntil);
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
): Result<OrganizationKey, SigningKeyErrorCode> {
  const key = reader.get(ORGANIZATION_KEY, keyId);
  if (key === undefined) return failure('IDENTITY_UNKNOWN_KEY', `no key ${keyId} is registered`);
  if (key.organization !== issuer)
    return failure('IDENTITY_KEY_NOT_OF_ISSUER', `the key belongs to ${key.organization}`);
  if (key.purpose !== 'sign') return failure('IDENTITY_KEY_NOT_FOR_SIGNING', `the key's purpose is "${key.purpose}"`);
  if (height < key.validFrom)
    return failure('IDENTITY_KEY_NOT_YET_VALID', `the key is valid from height ${key.validFrom}`);
  if (!isKeyValidAt(key, height)) {
    return key.revoked
      ? failure('IDENTITY_KEY_REVOKED', `the key was revoked at height ${key.validUntil}`)
      : failure('IDENTITY_KEY_EXPIRED', `the key was valid below height ${key.validUntil}`);
  }
  if (reader.get(ORGANIZATION, issuer)?.status !== 'active') {
    return failure('IDENTITY_ORGANIZATION_NOT_ACTIVE', `${issuer} is not active`);
  }
  return success(key);
}
