import { failure, success, type RecordWriter, type Result } from '#codec';
import { findSigningKey, type SigningKeyErrorCode } from '../find-key.js';
import type { GovernanceContext, KeyWithProof } from '../governance.types.js';
import type { Height } from '../names.js';
import type { KeyPurpose, Organization } from '../organization.js';
import type { SignatureVerifier } from '../ports.js';
import { ORGANIZATION } from '../records.js';
import {
  endKeys,
  judgeKeyCount,
  judgeNewKey,
  judgeNewKeys,
  registerKey,
  type NewKeyErrorCode,
} from './register-key.js';

export const RECOVERED_PURPOSES = ['admin', 'sign', 'node'] as const satisfies readonly KeyPurpose[];
export type RecoveredPurpose = (typeof RECOVERED_PURPOSES)[number];

export interface KeyRecovery {
  readonly keys: Readonly<Record<RecoveredPurpose, KeyWithProof>>;
  /** Entries signed with the old keys at this height or later are disputed; not above the present height. */
  readonly notTrustedFrom?: Height | undefined;
}

export type KeyRecoveryErrorCode =
  SigningKeyErrorCode | 'IDENTITY_NOT_TRUSTED_FROM_OUT_OF_RANGE' | NewKeyErrorCode | 'IDENTITY_TOO_MANY_KEYS';

/**
 * The root key starts the organisation anew: one new key for each other purpose, valid from the next height, where all old ones
 * end as revoked. Checks in the order of the codes; writes only when all hold.
 */
export function recoverKeys(
  state: RecordWriter,
  { keys, notTrustedFrom }: KeyRecovery,
  { networkId, author, signerKeyId, height }: GovernanceContext,
  verifier: SignatureVerifier,
): Result<void, KeyRecoveryErrorCode> {
  const signer = findSigningKey(state, signerKeyId, author, height, { signedWith: ['root'], keepsOwnKeys: true });
  if (!signer.ok) return signer;
  const organization = state.get(ORGANIZATION, author) as Organization; // it has a key, says findSigningKey
  if (notTrustedFrom !== undefined && !(notTrustedFrom >= 0 && notTrustedFrom <= height)) {
    return failure('IDENTITY_NOT_TRUSTED_FROM_OUT_OF_RANGE', `notTrustedFrom is a height of 0..${height}`);
  }
  const admitted = judgeNewKeys(keys, RECOVERED_PURPOSES, (key) =>
    judgeNewKey(state, { ...key, networkId, organization: author }, verifier),
  );
  if (!admitted.ok) return admitted;
  const counted = judgeKeyCount(organization, RECOVERED_PURPOSES.length, 'root');
  if (!counted.ok) return counted;

  const validFrom = height + 1;
  for (const purpose of RECOVERED_PURPOSES) {
    endKeys(state, organization, purpose, { until: validFrom, revoked: true, notTrustedFrom });
    registerKey(state, { publicKey: admitted.value[purpose], organization: author, purpose, validFrom });
  }
  return success(undefined);
}
