import { success, type Result } from '#codec';
import { BALLOT_CHOICES, castBallot, withdrawProposal, type BallotChoice, type ProposalId } from '#identity';
import type { EntryAction } from '#ledger';
import type { FieldReader } from '../../field-reader.js';
import { BY_ADMIN, governanceAction, type GovernanceOptions } from './governance-action.js';
import { readOneOf, readProposalId, REASON_BOUNDS } from './governance-fields.js';

export const PROPOSAL_VOTE = 'proposal.vote';
export const PROPOSAL_WITHDRAW = 'proposal.withdraw';

export interface ProposalVote extends EntryAction {
  readonly kind: typeof PROPOSAL_VOTE;
  readonly proposal: ProposalId;
  readonly choice: BallotChoice;
  readonly reason: string | undefined;
}

export interface ProposalWithdraw extends EntryAction {
  readonly kind: typeof PROPOSAL_WITHDRAW;
  readonly proposal: ProposalId;
  readonly reason: string | undefined;
}

const VOTE_FIELDS: ReadonlySet<string> = new Set(['proposal', 'choice', 'reason']);
const WITHDRAW_FIELDS: ReadonlySet<string> = new Set(['proposal', 'reason']);

/** A validator casts its ballot; libs/identity judges. */
export function readProposalVote(content: FieldReader, options: GovernanceOptions): Result<ProposalVote> {
  content.onlyFields(VOTE_FIELDS, 'no-extensions');
  const fields = {
    kind: PROPOSAL_VOTE,
    ...BY_ADMIN,
    proposal: readProposalId(content),
    choice: readOneOf(content, 'choice', BALLOT_CHOICES),
    reason: content.optionalText('reason', REASON_BOUNDS),
  } as const;
  if (content.problems.first !== undefined) return content.problems.first;
  return success(governanceAction(fields, options, (state, context) => castBallot(state, fields, context)));
}

/** The opener takes its proposal back; libs/identity judges. */
export function readProposalWithdraw(content: FieldReader, options: GovernanceOptions): Result<ProposalWithdraw> {
  content.onlyFields(WITHDRAW_FIELDS, 'no-extensions');
  const fields = {
    kind: PROPOSAL_WITHDRAW,
    ...BY_ADMIN,
    proposal: readProposalId(content),
    reason: content.optionalText('reason', REASON_BOUNDS),
  } as const;
  if (content.problems.first !== undefined) return content.problems.first;
  return success(
    governanceAction(fields, options, (state, context) => withdrawProposal(state, fields.proposal, context)),
  );
}
