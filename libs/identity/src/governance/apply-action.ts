import { compareStrings, type RecordWriter } from '#codec';
import type { Admission, ProposalAction } from '../governance.types.js';
import { endKey, registerKey } from '../keys/register-key.js';
import type { Did, Height } from '../names.js';
import type { Organization, OrganizationRole, OrganizationStatus, Parameters } from '../organization.js';
import { CURRENT, ORGANIZATION, PARAMETERS, VALIDATORS } from '../records.js';
import { registerPrefix, releasePrefix } from './gs1-prefixes.js';
import { rolesWith } from './judge-action.js';
import { POLICY } from './proposal-records.js';

/**
 * Carries out what `judgeAction` found possible.
 * @param height - the first height that is decided under the change
 */
export function applyAction(state: RecordWriter, action: ProposalAction, height: Height): void {
  switch (action.kind) {
    case 'organization.admit':
      return admit(state, action.organization, height);
    case 'organization.roles': {
      const organization = organizationOf(state, action.did);
      return state.put(ORGANIZATION, action.did, { ...organization, roles: rolesWith(organization, action.roles) });
    }
    case 'organization.suspend':
      return depart(state, action.did, 'suspended');
    case 'organization.readmit':
      return state.put(ORGANIZATION, action.did, { ...organizationOf(state, action.did), status: 'active' });
    case 'organization.remove':
      for (const prefix of organizationOf(state, action.did).gs1CompanyPrefixes) releasePrefix(state, prefix);
      return depart(state, action.did, 'removed');
    case 'key.revoke':
      return endKey(state, action.keyId, { until: height, revoked: true, notTrustedFrom: action.notTrustedFrom });
    case 'validators.change':
      return action.change === 'add' ? addValidator(state, action.did) : removeValidator(state, action.did);
    case 'parameters.change':
      if (Object.keys(action.parameters).length > 0) {
        state.put(PARAMETERS, CURRENT, { ...(state.get(PARAMETERS, CURRENT) as Parameters), ...action.parameters });
      }
      if (Object.keys(action.thresholds).length > 0) {
        state.put(POLICY, CURRENT, { ...state.get(POLICY, CURRENT), ...action.thresholds });
      }
  }
}

function admit(state: RecordWriter, admission: Admission, height: Height): void {
  const { keys, invitationId: _, ...organization } = admission;
  const { did } = organization;
  state.put(ORGANIZATION, did, { ...organization, status: 'active', since: height, keyIds: [] });
  for (const purpose of ['node', 'sign', 'admin', 'root'] as const) {
    registerKey(state, { publicKey: keys[purpose], organization: did, purpose, validFrom: height });
  }
  for (const prefix of organization.gs1CompanyPrefixes) registerPrefix(state, prefix, did);
}

function depart(state: RecordWriter, did: Did, status: OrganizationStatus): void {
  removeValidator(state, did);
  state.put(ORGANIZATION, did, { ...organizationOf(state, did), status });
}

function addValidator(state: RecordWriter, did: Did): void {
  const organization = organizationOf(state, did);
  state.put(ORGANIZATION, did, { ...organization, roles: ['validator', ...organization.roles] });
  state.put(VALIDATORS, CURRENT, [...(state.get(VALIDATORS, CURRENT) ?? []), did].sort(compareStrings));
}

/** Whoever did nothing but validate stays as a member. */
function removeValidator(state: RecordWriter, did: Did): void {
  const validators = state.get(VALIDATORS, CURRENT) ?? [];
  if (!validators.includes(did)) return;
  const organization = organizationOf(state, did);
  const roles = organization.roles.filter(
    (role): role is Exclude<OrganizationRole, 'validator'> => role !== 'validator',
  );
  state.put(ORGANIZATION, did, { ...organization, roles: roles.length === 0 ? ['member'] : roles });
  state.put(
    VALIDATORS,
    CURRENT,
    validators.filter((validator) => validator !== did),
  );
}

function organizationOf(state: RecordWriter, did: Did): Organization {
  return state.get(ORGANIZATION, did) as Organization; // it is there, says judgeAction
}
