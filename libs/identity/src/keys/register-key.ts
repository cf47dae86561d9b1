import { failure, sha256, success, toHex, utf8Encode, type RecordWriter, type Result } from '#codec';
import { admitPublicKey, keyIdOf, type PublicKeyErrorCode } from '../admit-public-key.js';
import type { KeyWithProof } from '../governance.types.js';
import type { Did, Height, KeyId, NetworkId, PublicKey } from '../names.js';
import type { KeyPurpose, Organization } from '../organization.js';
import type { SignatureVerifier } from '../ports.js';
import { ORGANIZATION, ORGANIZATION_KEY } from '../records.js';

/** Keys that an organisation can have had; each is a record that is never removed. */
export const ORGANIZATION_KEYS_MAX = 1000;
/** Further keys, registered by the root key only: who stole a lesser key cannot use up what recovery needs. */
export const ROOT_REGISTERED_KEYS_MAX = 200;

export type NewKeyErrorCode = PublicKeyErrorCode | 'IDENTITY_KEY_ALREADY_REGISTERED' | 'IDENTITY_BAD_KEY_PROOF';
export type RootCommitmentErrorCode = 'IDENTITY_ROOT_COMMITMENT_REQUIRED' | 'IDENTITY_ROOT_COMMITMENT_MISMATCH';

export interface NewKey extends KeyWithProof {
  readonly networkId: NetworkId;
  readonly organization: Did;
  readonly purpose: string;
}

/**
 * What a new key signs to prove that somebody holds it: lines of text, so that any tool can make it. Bound to network,
 * organisation and purpose, so that a proof is of no use elsewhere.
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

/** SHA-256 of the 32 bytes of the root public key that is to follow the present one. */
export function rootCommitmentOf(nextRootKey: PublicKey): Uint8Array {
  return sha256(nextRootKey);
}

/** Judges a key that is to be registered. Checks in the order of the codes. */
export function judgeNewKey(
  state: Pick<RecordWriter, 'get'>,
  { networkId, organization, purpose, publicKey: bytes, proof }: NewKey,
  verifier: SignatureVerifier,
): Result<PublicKey, NewKeyErrorCode> {
  const admitted = admitPublicKey(bytes);
  if (!admitted.ok) return admitted;
  const publicKey = admitted.value;
  if (state.get(ORGANIZATION_KEY, keyIdOf(publicKey)) !== undefined) {
    return failure('IDENTITY_KEY_ALREADY_REGISTERED', 'a key is registered once and never again');
  }
  const message = rotationProofMessage({ networkId, organization, purpose, publicKey });
  if (!verifier.verify(proof, message, publicKey)) {
    return failure(
      'IDENTITY_BAD_KEY_PROOF',
      `the proof is not a signature of the new ${purpose} key over its registration`,
    );
  }
  return success(publicKey);
}

/** Judges several new keys of one organisation; one key serves one purpose. */
export function judgeNewKeys<Purpose extends KeyPurpose>(
  keys: Readonly<Record<Purpose, KeyWithProof>>,
  purposes: readonly Purpose[],
  judge: (key: KeyWithProof & { readonly purpose: Purpose }) => Result<PublicKey, NewKeyErrorCode>,
): Result<Readonly<Record<Purpose, PublicKey>>, NewKeyErrorCode> {
  const admitted: Partial<Record<Purpose, PublicKey>> = {};
  const seen = new Set<string>();
  for (const purpose of purposes) {
    const judged = judge({ ...keys[purpose], purpose });
    if (!judged.ok) return judged;
    const text = judged.value.join();
    if (seen.has(text)) return failure('IDENTITY_KEY_ALREADY_REGISTERED', 'one key serves one purpose');
    seen.add(text);
    admitted[purpose] = judged.value;
  }
  return success(admitted as Record<Purpose, PublicKey>);
}

/** Whether the organisation may register so many keys more. */
export function judgeKeyCount(
  organization: Organization,
  count: number,
  signerPurpose: KeyPurpose,
): Result<void, 'IDENTITY_TOO_MANY_KEYS'> {
  const max = ORGANIZATION_KEYS_MAX + (signerPurpose === 'root' ? ROOT_REGISTERED_KEYS_MAX : 0);
  return organization.keyIds.length + count <= max
    ? success(undefined)
    : failure('IDENTITY_TOO_MANY_KEYS', `an organisation registers at most ${max} keys`);
}

/** Puts a judged key into the state. */
export function registerKey(
  state: RecordWriter,
  key: {
    readonly publicKey: PublicKey;
    readonly organization: Did;
    readonly purpose: KeyPurpose;
    readonly validFrom: Height;
  },
): KeyId {
  const keyId = keyIdOf(key.publicKey);
  const organization = state.get(ORGANIZATION, key.organization) as Organization;
  state.put(ORGANIZATION_KEY, keyId, { keyId, ...key });
  state.put(ORGANIZATION, key.organization, { ...organization, keyIds: [...organization.keyIds, keyId] });
  return keyId;
}

/** How keys end: at `until`; `revoked` and `notTrustedFrom` where they were revoked. */
export interface KeyEnd {
  readonly until: Height;
  readonly revoked?: boolean;
  readonly notTrustedFrom?: Height | undefined;
}

/** Brings the end of every key of the purpose forward to `until`; a key that ends sooner anyway is left alone. */
export function endKeys(state: RecordWriter, organization: Organization, purpose: string, end: KeyEnd): void {
  for (const keyId of organization.keyIds) {
    const key = state.get(ORGANIZATION_KEY, keyId);
    if (key === undefined || key.purpose !== purpose) continue;
    if (key.validUntil !== undefined && key.validUntil <= end.until) continue;
    endKey(state, keyId, end);
  }
}

/** An end that was sooner stays, and so does a distrust that began sooner. */
export function endKey(state: RecordWriter, keyId: KeyId, { until, revoked, notTrustedFrom }: KeyEnd): void {
  const key = state.get(ORGANIZATION_KEY, keyId);
  if (key === undefined) return;
  const distrusted = [key.notTrustedFrom, notTrustedFrom].filter((height) => height !== undefined);
  state.put(ORGANIZATION_KEY, keyId, {
    ...key,
    validUntil: Math.min(key.validUntil ?? until, until),
    ...(revoked === true ? { revoked } : {}),
    ...(distrusted.length === 0 ? {} : { notTrustedFrom: Math.min(...distrusted) }),
  });
}
