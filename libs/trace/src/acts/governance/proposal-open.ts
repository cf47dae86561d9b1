import { success, type Result } from '#codec';
import { openProposal, type Height, type ProposalRequest } from '#identity';
import type { EntryAction } from '#ledger';
import type { FieldReader } from '../../field-reader.js';
import { BY_ADMIN, governanceAction, type GovernanceOptions } from './governance-action.js';
import { optionalWhole, readWhole, REASON_BOUNDS } from './governance-fields.js';
import { readProposalAction } from './proposal-action.js';

export const PROPOSAL_OPEN = 'proposal.open';

export interface ProposalOpen extends EntryAction {
  readonly kind: typeof PROPOSAL_OPEN;
  /** What is proposed, as it was asked for. */
  readonly action: ProposalRequest;
  readonly reason: string | undefined;
  /** Last height at which a ballot is taken. */
  readonly expiresAt: Height;
  /** First height that is to be decided under the change; undefined = the one after that in which it passes. */
  readonly effectHeight: Height | undefined;
}

const FIELDS: ReadonlySet<string> = new Set(['action', 'reason', 'expiresAt', 'effectHeight']);

/** An organisation proposes what the validators then vote about; libs/identity judges. The entry's id is the proposal's id. */
export function readProposalOpen(content: FieldReader, options: GovernanceOptions): Result<ProposalOpen> {
  content.onlyFields(FIELDS, 'no-extensions');
  const reason = content.optionalText('reason', REASON_BOUNDS);
  const expiresAt = readWhole(content, 'expiresAt');
  const effectHeight = optionalWhole(content, 'effectHeight');
  const action = readProposalAction(content);
  if (content.problems.first !== undefined) return content.problems.first;
  const fields = {
    kind: PROPOSAL_OPEN,
    ...BY_ADMIN,
    action: action as ProposalRequest, // it is there when no problem was noted
    reason,
    expiresAt,
    effectHeight,
  } as const;
  return success(
    governanceAction(fields, options, (state, context) =>
      openProposal(state, { ...fields, id: context.entryId }, context, options.verifier),
    ),
  );
}
