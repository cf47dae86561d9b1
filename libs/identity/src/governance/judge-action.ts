import { failure, success, type RecordReader, type Result } from '#codec';
import type { OrdinaryRole, ProposalAction } from '../governance.types.js';
import { hasLastingNodeKey, judgeRevocation, type RevocationErrorCode } from '../keys/revoke-key.js';
import type { Did, Height } from '../names.js';
import type { Organization, OrganizationRole, OrganizationStatus, Parameters } from '../organization.js';
import { PARAMETER_BOUNDS } from '../parameters.js';
import { CURRENT, ORGANIZATION, PARAMETERS, VALIDATORS } from '../records.js';
import { judgeAdmission, type AdmissionErrorCode } from './judge-admission.js';
import { judgeValidatorChange } from './judge-validator-change.js';
import { THRESHOLD_PERCENT_MAX, THRESHOLD_PERCENT_MIN } from './policy.js';
import { POLICY } from './proposal-records.js';

/** Each seals every block; a bound on certificates, turns and ballots. */
export const VALIDATORS_MAX = 100;

export type ActionErrorCode =
  | AdmissionErrorCode
  | RevocationErrorCode
  | 'GOVERNANCE_UNKNOWN_ORGANIZATION'
  | 'GOVERNANCE_WRONG_STATUS'
  | 'GOVERNANCE_BAD_ROLES'
  | 'GOVERNANCE_NOTHING_TO_CHANGE'
  | 'GOVERNANCE_NO_NODE_KEY'
  | 'GOVERNANCE_TOO_MANY_VALIDATORS'
  | 'GOVERNANCE_LAST_VALIDATOR'
  | 'GOVERNANCE_QUORUM_UNREACHABLE'
  | 'GOVERNANCE_PARAMETER_OUT_OF_RANGE'
  | 'GOVERNANCE_THRESHOLD_OUT_OF_RANGE';

type Judgement = Result<void, ActionErrorCode>;

export interface JudgeActionOptions {
  /** Height of the entry, or at which the action takes effect. */
  readonly height: Height;
  readonly missed: ReadonlySet<Did>;
}

/** Whether the action can be done on this state. Asked when it is proposed, when it passes, and when it takes effect. */
export function judgeAction(state: RecordReader, action: ProposalAction, options: JudgeActionOptions): Judgement {
  switch (action.kind) {
    case 'organization.admit':
      return judgeAdmission(state, action.organization);
    case 'organization.roles':
      return judgeRoles(state, action);
    case 'organization.suspend':
      return judgeDeparture(state, action.did, ['active'], options.missed);
    case 'organization.remove':
      return judgeDeparture(state, action.did, ['active', 'suspended'], options.missed);
    case 'organization.readmit':
      return withoutValue(organizationWith(state, action.did, ['suspended']));
    case 'key.revoke':
      return withoutValue(judgeRevocation(state, action, options.height));
    case 'validators.change':
      return action.change === 'add'
        ? judgeNewValidator(state, action.did, options.missed)
        : judgeLeavingValidator(state, action.did, options.missed);
    case 'parameters.change':
      return judgeParameters(state, action);
  }
}

/** The roles after `organization.roles`: being a validator is decided elsewhere. */
export function rolesWith(organization: Organization, roles: readonly OrdinaryRole[]): readonly OrganizationRole[] {
  return organization.roles.includes('validator') ? ['validator', ...roles] : roles;
}

function judgeRoles(state: RecordReader, { did, roles }: { did: Did; roles: readonly OrdinaryRole[] }): Judgement {
  const organization = organizationWith(state, did, ['active', 'suspended']);
  if (!organization.ok) return organization;
  const after = rolesWith(organization.value, roles);
  if (after.length === 0) return failure('GOVERNANCE_BAD_ROLES', 'an organisation has at least one role');
  const before = organization.value.roles;
  if (after.length === before.length && after.every((role) => before.includes(role))) {
    return failure('GOVERNANCE_NOTHING_TO_CHANGE', `${did} has these roles`);
  }
  return success(undefined);
}

/** An organisation that validates leaves the set with it. */
function judgeDeparture(
  state: RecordReader,
  did: Did,
  statuses: readonly OrganizationStatus[],
  missed: ReadonlySet<Did>,
): Judgement {
  const organization = organizationWith(state, did, statuses);
  if (!organization.ok) return organization;
  const isValidator = state.get(VALIDATORS, CURRENT)?.includes(did) ?? false;
  return isValidator ? judgeLeavingValidator(state, did, missed) : success(undefined);
}

function judgeNewValidator(state: RecordReader, did: Did, missed: ReadonlySet<Did>): Judgement {
  const organization = organizationWith(state, did, ['active']);
  if (!organization.ok) return organization;
  const validators = state.get(VALIDATORS, CURRENT) ?? [];
  if (validators.includes(did)) return failure('GOVERNANCE_NOTHING_TO_CHANGE', `${did} is a validator`);
  if (!hasLastingNodeKey(state, did)) {
    return failure('GOVERNANCE_NO_NODE_KEY', `${did} has no node key that lasts`); // INV-IDENTITY-1
  }
  if (validators.length >= VALIDATORS_MAX) {
    return failure('GOVERNANCE_TOO_MANY_VALIDATORS', `a network has at most ${VALIDATORS_MAX} validators`);
  }
  return judgeValidatorChange({ validators, missed, change: 'add', did }).refusal ?? success(undefined);
}

function judgeLeavingValidator(state: RecordReader, did: Did, missed: ReadonlySet<Did>): Judgement {
  const validators = state.get(VALIDATORS, CURRENT) ?? [];
  if (!validators.includes(did)) return failure('GOVERNANCE_NOTHING_TO_CHANGE', `${did} is no validator`);
  return judgeValidatorChange({ validators, missed, change: 'remove', did }).refusal ?? success(undefined);
}

function judgeParameters(
  state: RecordReader,
  { parameters, thresholds }: Extract<ProposalAction, { kind: 'parameters.change' }>,
): Judgement {
  const before = state.get(PARAMETERS, CURRENT);
  const after = { ...before, ...parameters } as Parameters;
  for (const [name, [min, max]] of Object.entries(PARAMETER_BOUNDS) as [
    keyof Parameters,
    readonly [number, number],
  ][]) {
    const value = after[name];
    if (!Number.isSafeInteger(value) || value < min || value > max)
      return failure('GOVERNANCE_PARAMETER_OUT_OF_RANGE', `${name} is a whole number of ${min}..${max}`);
  }
  if (after.roundCapMs < after.roundBaseMs) {
    return failure('GOVERNANCE_PARAMETER_OUT_OF_RANGE', 'roundCapMs is not below roundBaseMs');
  }
  for (const [kind, percent] of Object.entries(thresholds)) {
    const isPercent =
      Number.isSafeInteger(percent) && percent >= THRESHOLD_PERCENT_MIN && percent <= THRESHOLD_PERCENT_MAX;
    if (!isPercent) {
      const range = `${THRESHOLD_PERCENT_MIN}..${THRESHOLD_PERCENT_MAX}`;
      return failure(
        'GOVERNANCE_THRESHOLD_OUT_OF_RANGE',
        `the threshold of ${kind} is a whole number of ${range} percent`,
      );
    }
  }
  const policy: Readonly<Record<string, number | undefined>> = state.get(POLICY, CURRENT) ?? {};
  const isNew =
    Object.entries(parameters).some(([name, value]) => before?.[name as keyof Parameters] !== value) ||
    Object.entries(thresholds).some(([kind, percent]) => policy[kind] !== percent);
  return isNew ? success(undefined) : failure('GOVERNANCE_NOTHING_TO_CHANGE', 'this is how it is');
}

function organizationWith(
  state: RecordReader,
  did: Did,
  statuses: readonly OrganizationStatus[],
): Result<Organization, 'GOVERNANCE_UNKNOWN_ORGANIZATION' | 'GOVERNANCE_WRONG_STATUS'> {
  const organization = state.get(ORGANIZATION, did);
  if (organization === undefined) return failure('GOVERNANCE_UNKNOWN_ORGANIZATION', `${did} is no organisation here`);
  if (statuses.includes(organization.status)) return success(organization);
  return failure('GOVERNANCE_WRONG_STATUS', `${did} is ${organization.status}, not ${statuses.join(' or ')}`);
}

function withoutValue<C extends string>(result: Result<unknown, C>): Result<void, C> {
  return result.ok ? success(undefined) : result;
}
