import { failure, success, type RecordReader, type RecordWriter, type Result } from '#codec';
import type { BallotChoice, GovernanceContext, Proposal, ProposalId } from '../governance.types.js';
import type { Did, Height } from '../names.js';
import { CURRENT, VALIDATORS } from '../records.js';
import { judgeAction, type ActionErrorCode } from './judge-action.js';
import { DUE, PROPOSAL } from './proposal-records.js';
import { outcomeOf, proposalStateAt, tallyOf } from './tally.js';

/** Counts the ballots and keeps what they come to. */
export function settleProposal(
  state: RecordWriter,
  id: ProposalId,
  proposal: Proposal,
  { height, missed }: GovernanceContext,
): Result<Proposal, ActionErrorCode> {
  const tally = tallyOf(state, proposal);
  const outcome = outcomeOf(tally);
  if (outcome === 'open') return success(saveProposal(state, id, proposal));
  const decided = { height, tally };
  if (outcome === 'rejected') return success(saveProposal(state, id, { ...proposal, state: outcome, decided }));
  const judged = judgeAction(state, proposal.action, { height, missed });
  if (!judged.ok) return judged;
  const effectHeight = proposal.effectHeight ?? height + 1;
  const due = String(effectHeight);
  state.put(DUE, due, [...(state.get(DUE, due) ?? []), id]);
  return success(saveProposal(state, id, { ...proposal, state: outcome, decided, effectHeight }));
}

export function findOpenProposal(
  state: RecordReader,
  id: ProposalId,
  height: Height,
): Result<Proposal, 'GOVERNANCE_UNKNOWN_PROPOSAL' | 'GOVERNANCE_PROPOSAL_NOT_OPEN' | 'GOVERNANCE_PROPOSAL_EXPIRED'> {
  const proposal = state.get(PROPOSAL, id);
  if (proposal === undefined) return failure('GOVERNANCE_UNKNOWN_PROPOSAL', `no proposal ${id}`);
  const current = proposalStateAt(proposal, height);
  if (current === 'open') return success(proposal);
  return current === 'expired'
    ? failure('GOVERNANCE_PROPOSAL_EXPIRED', `ballots were taken up to height ${proposal.expiresAt}`)
    : failure('GOVERNANCE_PROPOSAL_NOT_OPEN', `the proposal is ${current}`);
}

export function withBallot(proposal: Proposal, choice: BallotChoice, { author, height }: GovernanceContext): Proposal {
  return { ...proposal, ballots: [...proposal.ballots, { organization: author, choice, height }] };
}

export function isValidator(state: RecordReader, did: Did): boolean {
  return state.get(VALIDATORS, CURRENT)?.includes(did) ?? false;
}

export function saveProposal(state: RecordWriter, id: ProposalId, proposal: Proposal): Proposal {
  state.put(PROPOSAL, id, proposal);
  return proposal;
}
