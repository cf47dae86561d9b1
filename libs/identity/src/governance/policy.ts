import type { RecordReader } from '#codec';
import type { GovernancePolicy, ProposalAction, ProposalActionKind } from '../governance.types.js';
import { quorum } from '../quorum.js';
import { CURRENT, ORGANIZATION_KEY, VALIDATORS } from '../records.js';
import { POLICY } from './proposal-records.js';

/** A threshold is a share of the validators in percent; half or less would let two halves decide against each other. */
export const THRESHOLD_PERCENT_MIN = 51;
export const THRESHOLD_PERCENT_MAX = 100;

/** Emergencies: a threshold below the quorum may be set for these, where they do not touch who decides. */
const MAY_BE_BELOW_QUORUM: ReadonlySet<ProposalActionKind> = new Set(['organization.suspend', 'key.revoke']);

/** Yes ballots that a proposal needs now. Default: a quorum. */
export function ballotsNeeded(state: RecordReader, action: ProposalAction): number {
  const validators = state.get(VALIDATORS, CURRENT)?.length ?? 0;
  const isQuorumNeeded = !MAY_BE_BELOW_QUORUM.has(action.kind) || touchesConsensus(state, action);
  return thresholdOf(state.get(POLICY, CURRENT) ?? {}, action.kind, validators, isQuorumNeeded);
}

/** @param isQuorumNeeded - the threshold may raise the number above a quorum, but not lower it */
export function thresholdOf(
  policy: GovernancePolicy,
  kind: ProposalActionKind,
  validators: number,
  isQuorumNeeded: boolean,
): number {
  const percent = policy[kind];
  if (percent === undefined) return quorum(validators);
  const floor = isQuorumNeeded ? quorum(validators) : Math.floor(validators / 2) + 1;
  return Math.max(floor, Math.ceil((validators * percent) / 100));
}

/** Whether the action takes a validator out of the set, or a node key away from one. */
export function touchesConsensus(state: RecordReader, action: ProposalAction): boolean {
  const validators = state.get(VALIDATORS, CURRENT) ?? [];
  if (action.kind === 'key.revoke') {
    const key = state.get(ORGANIZATION_KEY, action.keyId);
    return key?.purpose === 'node' && validators.includes(key.organization);
  }
  return changesValidators(state, action);
}

/** Whether the validators are others afterwards; at most one such action takes effect per height. */
export function changesValidators(state: RecordReader, action: ProposalAction): boolean {
  switch (action.kind) {
    case 'validators.change':
      return true;
    case 'organization.suspend':
    case 'organization.remove':
      return state.get(VALIDATORS, CURRENT)?.includes(action.did) ?? false;
    default:
      return false;
  }
}
