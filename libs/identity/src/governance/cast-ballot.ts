import { failure, success, type RecordWriter, type Result } from '#codec';
import type { BallotChoice, GovernanceContext, Proposal, ProposalId } from '../governance.types.js';
import type { ActionErrorCode } from './judge-action.js';
import { findOpenProposal, isValidator, saveProposal, settleProposal, withBallot } from './settle-proposal.js';
import { tallyOf } from './tally.js';

export interface BallotCast {
  readonly proposal: ProposalId;
  readonly choice: BallotChoice;
}

export type BallotErrorCode =
  | 'GOVERNANCE_UNKNOWN_PROPOSAL'
  | 'GOVERNANCE_PROPOSAL_NOT_OPEN'
  | 'GOVERNANCE_PROPOSAL_EXPIRED'
  | 'GOVERNANCE_NOT_A_VALIDATOR'
  | 'GOVERNANCE_ALREADY_VOTED'
  | ActionErrorCode;

/**
 * A validator votes; the ballot that decides, decides at once. One with which a proposal would pass that cannot be carried out
 * now is refused, with the reason: the proposal stays open, and the ballot can be cast when the reason has gone.
 */
export function castBallot(
  state: RecordWriter,
  { proposal: id, choice }: BallotCast,
  context: GovernanceContext,
): Result<Proposal, BallotErrorCode> {
  const found = findOpenProposal(state, id, context.height);
  if (!found.ok) return found;
  if (!isValidator(state, context.author)) {
    return failure('GOVERNANCE_NOT_A_VALIDATOR', `${context.author} is no validator and has no ballot`);
  }
  if (found.value.ballots.some(({ organization }) => organization === context.author)) {
    return failure('GOVERNANCE_ALREADY_VOTED', `${context.author} has cast its ballot`);
  }
  return settleProposal(state, id, withBallot(found.value, choice, context), context);
}

export type WithdrawalErrorCode =
  | 'GOVERNANCE_UNKNOWN_PROPOSAL'
  | 'GOVERNANCE_PROPOSAL_NOT_OPEN'
  | 'GOVERNANCE_PROPOSAL_EXPIRED'
  | 'GOVERNANCE_NOT_PROPOSER';

/** The opener takes its proposal back while it is open. */
export function withdrawProposal(
  state: RecordWriter,
  id: ProposalId,
  { author, height }: GovernanceContext,
): Result<Proposal, WithdrawalErrorCode> {
  const found = findOpenProposal(state, id, height);
  if (!found.ok) return found;
  if (found.value.openedBy !== author)
    return failure('GOVERNANCE_NOT_PROPOSER', `the proposal was opened by ${found.value.openedBy}`);
  const decided = { height, tally: tallyOf(state, found.value) };
  return success(saveProposal(state, id, { ...found.value, state: 'withdrawn', decided }));
}
