import type { RecordReader } from '#codec';
import type { Proposal, ProposalState, Tally } from '../governance.types.js';
import type { Height } from '../names.js';
import { CURRENT, VALIDATORS } from '../records.js';
import { ballotsNeeded } from './policy.js';

/**
 * How the ballots stand, by the validators and thresholds of now: who has left the set since no longer counts, who has come
 * since does. Asked at each ballot, so a change of the set alone decides nothing.
 */
export function tallyOf(state: RecordReader, { action, ballots }: Pick<Proposal, 'action' | 'ballots'>): Tally {
  const validators = state.get(VALIDATORS, CURRENT) ?? [];
  const counted = ballots.filter(({ organization }) => validators.includes(organization));
  const yes = counted.filter(({ choice }) => choice === 'yes').length;
  return { yes, no: counted.length - yes, validators: validators.length, needed: ballotsNeeded(state, action) };
}

/** What a tally means: `rejected` as soon as those who have not said no are too few. */
export function outcomeOf({ yes, no, validators, needed }: Tally): 'passed' | 'rejected' | 'open' {
  if (yes >= needed) return 'passed';
  return validators - no < needed ? 'rejected' : 'open';
}

/** An open proposal past its last height is expired, though nothing was written. */
export function proposalStateAt(
  { state, expiresAt }: Pick<Proposal, 'state' | 'expiresAt'>,
  height: Height,
): ProposalState | 'expired' {
  return state === 'open' && height > expiresAt ? 'expired' : state;
}
