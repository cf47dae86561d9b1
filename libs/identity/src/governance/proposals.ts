import { failure, success, type RecordWriter, type Result } from '#codec';
import type {
  BallotChoice,
  GovernanceContext,
  Proposal,
  ProposalAction,
  ProposalId,
  ProposalRequest,
} from '../governance.types.js';
import type { Did, Height } from '../names.js';
import type { SignatureVerifier } from '../ports.js';
import { CURRENT, VALIDATORS } from '../records.js';
import { judgeAction, type ActionErrorCode } from './judge-action.js';
import { judgeAdmissionRequest, judgeInvitation, type AdmissionRequestErrorCode } from './judge-admission.js';
import { DUE, INVITATION, OPEN_PROPOSALS, PROPOSAL } from './proposal-records.js';
import { outcomeOf, proposalStateAt, tallyOf } from './tally.js';

/** Blocks for which a proposal may be open, and that may lie between its last ballot and its effect. */
export const PROPOSAL_BLOCKS_MAX = 1_000_000;
/** Proposals of one organisation that may be open at a time. */
export const OPEN_PROPOSALS_MAX = 50;

export interface ProposalOpening {
  /** Id of the entry. */
  readonly id: ProposalId;
  readonly action: ProposalRequest;
  readonly expiresAt: Height;
  readonly effectHeight?: Height | undefined;
}

export type OpeningErrorCode =
  | 'GOVERNANCE_EXPIRY_OUT_OF_RANGE'
  | 'GOVERNANCE_EFFECT_OUT_OF_RANGE'
  | 'GOVERNANCE_TOO_MANY_PROPOSALS'
  | AdmissionRequestErrorCode
  | ActionErrorCode
  | 'GOVERNANCE_INVITATION_USED';

/**
 * An organisation proposes; when it validates, that is its yes. Checks in the order of the codes; nothing is written unless all
 * hold.
 */
export function openProposal(
  state: RecordWriter,
  opening: ProposalOpening,
  context: GovernanceContext,
  verifier: SignatureVerifier,
): Result<Proposal, OpeningErrorCode> {
  const { id, expiresAt, effectHeight } = opening;
  const { author, height } = context;
  if (!isWithin(expiresAt, height + 1, height + PROPOSAL_BLOCKS_MAX)) {
    return failure(
      'GOVERNANCE_EXPIRY_OUT_OF_RANGE',
      `expiresAt is 1..${PROPOSAL_BLOCKS_MAX} above the height ${height}`,
    );
  }
  if (effectHeight !== undefined && !isWithin(effectHeight, expiresAt + 1, expiresAt + PROPOSAL_BLOCKS_MAX)) {
    return failure('GOVERNANCE_EFFECT_OUT_OF_RANGE', `effectHeight is 1..${PROPOSAL_BLOCKS_MAX} above expiresAt`);
  }
  const open = stillOpen(state, author, height);
  if (open.length >= OPEN_PROPOSALS_MAX) {
    return failure('GOVERNANCE_TOO_MANY_PROPOSALS', `${author} has ${open.length} open proposals`);
  }
  const requested = judgeRequest(state, opening.action, context, verifier);
  if (!requested.ok) return requested;
  const action = requested.value;
  const judged = judgeAction(state, action, context);
  if (!judged.ok) return judged;
  if (action.kind === 'organization.admit') {
    const invited = judgeInvitation(state, action.organization, height);
    if (!invited.ok) return invited;
    if (action.organization.invitationId !== undefined) state.put(INVITATION, action.organization.invitationId, id);
  }
  state.put(OPEN_PROPOSALS, author, [...open, id]);
  const proposal: Proposal = {
    action,
    state: 'open',
    openedBy: author,
    openedHeight: height,
    expiresAt,
    ...(effectHeight === undefined ? {} : { effectHeight }),
    ballots: [],
  };
  return isValidator(state, author)
    ? settle(state, id, withBallot(proposal, 'yes', context), context)
    : success(save(state, id, proposal));
}

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
  const found = findOpen(state, id, context.height);
  if (!found.ok) return found;
  if (!isValidator(state, context.author)) {
    return failure('GOVERNANCE_NOT_A_VALIDATOR', `${context.author} is no validator and has no ballot`);
  }
  if (found.value.ballots.some(({ organization }) => organization === context.author)) {
    return failure('GOVERNANCE_ALREADY_VOTED', `${context.author} has cast its ballot`);
  }
  return settle(state, id, withBallot(found.value, choice, context), context);
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
  const found = findOpen(state, id, height);
  if (!found.ok) return found;
  if (found.value.openedBy !== author)
    return failure('GOVERNANCE_NOT_PROPOSER', `the proposal was opened by ${found.value.openedBy}`);
  const decided = { height, tally: tallyOf(state, found.value) };
  return success(save(state, id, { ...found.value, state: 'withdrawn', decided }));
}

function judgeRequest(
  state: RecordWriter,
  request: ProposalRequest,
  { networkId }: GovernanceContext,
  verifier: SignatureVerifier,
): Result<ProposalAction, AdmissionRequestErrorCode> {
  if (request.kind !== 'organization.admit') return success(request);
  const admission = judgeAdmissionRequest(state, request.organization, networkId, verifier);
  return admission.ok ? success({ kind: request.kind, organization: admission.value }) : admission;
}

/** Counts the ballots and keeps what they come to. */
function settle(
  state: RecordWriter,
  id: ProposalId,
  proposal: Proposal,
  { height, missed }: GovernanceContext,
): Result<Proposal, ActionErrorCode> {
  const tally = tallyOf(state, proposal);
  const outcome = outcomeOf(tally);
  if (outcome === 'open') return success(save(state, id, proposal));
  const decided = { height, tally };
  if (outcome === 'rejected') return success(save(state, id, { ...proposal, state: outcome, decided }));
  const judged = judgeAction(state, proposal.action, { height, missed });
  if (!judged.ok) return judged;
  const effectHeight = proposal.effectHeight ?? height + 1;
  const due = String(effectHeight);
  state.put(DUE, due, [...(state.get(DUE, due) ?? []), id]);
  return success(save(state, id, { ...proposal, state: outcome, decided, effectHeight }));
}

function findOpen(
  state: RecordWriter,
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

/** What the organisation opened and is not decided, withdrawn or expired. */
function stillOpen(state: RecordWriter, author: Did, height: Height): readonly ProposalId[] {
  return (state.get(OPEN_PROPOSALS, author) ?? []).filter((id) => {
    const proposal = state.get(PROPOSAL, id);
    return proposal !== undefined && proposalStateAt(proposal, height) === 'open';
  });
}

function withBallot(proposal: Proposal, choice: BallotChoice, { author, height }: GovernanceContext): Proposal {
  return { ...proposal, ballots: [...proposal.ballots, { organization: author, choice, height }] };
}

function isValidator(state: RecordWriter, did: Did): boolean {
  return state.get(VALIDATORS, CURRENT)?.includes(did) ?? false;
}

function save(state: RecordWriter, id: ProposalId, proposal: Proposal): Proposal {
  state.put(PROPOSAL, id, proposal);
  return proposal;
}

function isWithin(height: Height, min: Height, max: Height): boolean {
  return Number.isSafeInteger(height) && height >= min && height <= max;
}
