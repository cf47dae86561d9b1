import { failure, success, type RecordReader, type Result } from '#codec';
import type { Admission, AdmissionRequest, GovernanceContext, KeyWithProof } from '../governance.types.js';
import { isGs1Prefix } from '../gs1-prefix.js';
import { judgeNewKey, judgeNewKeys, type NewKeyErrorCode } from '../keys/register-key.js';
import { keyIdOf } from '../admit-public-key.js';
import type { Height } from '../names.js';
import type { KeyPurpose } from '../organization.js';
import { parseDid, type DidErrorCode } from '../parse-did.js';
import type { SignatureVerifier } from '../ports.js';
import { ORGANIZATION, ORGANIZATION_KEY } from '../records.js';
import { overlappingPrefix } from './gs1-prefixes.js';
import { INVITATION, PROPOSAL } from './proposal-records.js';
import { proposalStateAt } from './tally.js';

export const ADMISSION_PREFIXES_MAX = 100;
const PURPOSES: readonly KeyPurpose[] = ['node', 'sign', 'admin', 'root'];

export type AdmissionRequestErrorCode =
  DidErrorCode | 'GOVERNANCE_BAD_ROLES' | 'GOVERNANCE_BAD_PREFIX' | NewKeyErrorCode;
export type AdmissionErrorCode = 'GOVERNANCE_DID_TAKEN' | 'GOVERNANCE_PREFIX_TAKEN' | 'IDENTITY_KEY_ALREADY_REGISTERED';

/** What must hold once, whatever happens later: identifiers are well-formed, the organisation holds its keys. */
export function judgeAdmissionRequest(
  state: RecordReader,
  request: AdmissionRequest,
  networkId: GovernanceContext['networkId'],
  verifier: SignatureVerifier,
): Result<Admission, AdmissionRequestErrorCode> {
  const did = parseDid(request.did);
  if (!did.ok) return did;
  if (request.roles.length === 0) return failure('GOVERNANCE_BAD_ROLES', 'an organisation has at least one role');
  const { gs1CompanyPrefixes: prefixes } = request;
  if (prefixes.length > ADMISSION_PREFIXES_MAX || !prefixes.every(isGs1Prefix)) {
    return failure('GOVERNANCE_BAD_PREFIX', `at most ${ADMISSION_PREFIXES_MAX} company prefixes of 4..12 digits`);
  }
  const judge = (key: KeyWithProof & { readonly purpose: KeyPurpose }) =>
    judgeNewKey(state, { ...key, networkId, organization: did.value }, verifier);
  const keys = judgeNewKeys(request.keys, PURPOSES, judge);
  return keys.ok ? success({ ...request, keys: keys.value }) : keys;
}

/** What must hold on the ledger, at the opening and still when it takes effect. Checks in the order of the codes. */
export function judgeAdmission(state: RecordReader, admission: Admission): Result<void, AdmissionErrorCode> {
  const { did, gs1CompanyPrefixes: prefixes, keys } = admission;
  if (state.get(ORGANIZATION, did) !== undefined) {
    return failure('GOVERNANCE_DID_TAKEN', `${did} is or was an organisation of this network`);
  }
  for (const [i, prefix] of prefixes.entries()) {
    const other = overlappingPrefix(state, prefix, prefixes.slice(0, i));
    if (other !== undefined) return failure('GOVERNANCE_PREFIX_TAKEN', `company prefix ${prefix} overlaps ${other}`);
  }
  const taken = PURPOSES.find((purpose) => state.get(ORGANIZATION_KEY, keyIdOf(keys[purpose])) !== undefined);
  return taken === undefined
    ? success(undefined)
    : failure('IDENTITY_KEY_ALREADY_REGISTERED', `the ${taken} key is registered already`);
}

/** An invitation is used by one proposal; one that came to nothing gives it free. */
export function judgeInvitation(
  state: RecordReader,
  { invitationId }: Admission,
  height: Height,
): Result<void, 'GOVERNANCE_INVITATION_USED'> {
  const usedBy = invitationId === undefined ? undefined : state.get(INVITATION, invitationId);
  const proposal = usedBy === undefined ? undefined : state.get(PROPOSAL, usedBy);
  if (proposal === undefined) return success(undefined);
  return ['open', 'passed', 'effective'].includes(proposalStateAt(proposal, height))
    ? failure('GOVERNANCE_INVITATION_USED', `the invitation was used by proposal ${usedBy}`)
    : success(undefined);
}
