import { failure, success, type RecordReader, type RecordWriter, type Result } from '#codec';
import type { GovernanceContext, Proposal, ProposalAction, ProposalId, ProposalRequest } from '../governance.types.js';
import type { Did, Height } from '../names.js';
import type { SignatureVerifier } from '../ports.js';
import { judgeAction, type ActionErrorCode } from './judge-action.js';
import { judgeAdmissionRequest, judgeInvitation, type AdmissionRequestErrorCode } from './judge-admission.js';
import { INVITATION, OPEN_PROPOSALS, PROPOSAL } from './proposal-records.js';
import { isValidator, saveProposal, settleProposal, withBallot } from './settle-proposal.js';
import { proposalStateAt } from './tally.js';

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
    ? settleProposal(state, id, withBallot(proposal, 'yes', context), context)
    : success(saveProposal(state, id, proposal));
}

function judgeRequest(
  state: RecordReader,
  request: ProposalRequest,
  { networkId }: GovernanceContext,
  verifier: SignatureVerifier,
): Result<ProposalAction, AdmissionRequestErrorCode> {
  if (request.kind !== 'organization.admit') return success(request);
  const admission = judgeAdmissionRequest(state, request.organization, networkId, verifier);
  return admission.ok ? success({ kind: request.kind, organization: admission.value }) : admission;
}

/** What the organisation opened and is not decided, withdrawn or expired. */
function stillOpen(state: RecordReader, author: Did, height: Height): readonly ProposalId[] {
  return (state.get(OPEN_PROPOSALS, author) ?? []).filter((id) => {
    const proposal = state.get(PROPOSAL, id);
    return proposal !== undefined && proposalStateAt(proposal, height) === 'open';
  });
}

function isWithin(height: Height, min: Height, max: Height): boolean {
  return Number.isSafeInteger(height) && height >= min && height <= max;
}
