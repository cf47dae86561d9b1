import { PROPOSAL, type ProposalAction } from '#identity';
import type { ProposalRow } from '../rows/proposal.row.js';
import { recordAsJson } from './record-as-json.js';

export function proposalRow(id: string, bytes: Uint8Array): ProposalRow {
  const proposal = PROPOSAL.decode(bytes);
  return {
    id,
    kind: proposal.action.kind,
    about: organizationOf(proposal.action),
    action: recordAsJson(proposal.action) as object,
    state: proposal.state,
    openedBy: proposal.openedBy,
    openedHeight: proposal.openedHeight,
    expiresAt: proposal.expiresAt,
    effectHeight: proposal.effectHeight ?? null,
    decidedHeight: proposal.decided?.height ?? null,
    decidedTally: proposal.decided?.tally ?? null,
    failure: proposal.failure ?? null,
  };
}

function organizationOf(action: ProposalAction): string | null {
  switch (action.kind) {
    case 'organization.admit':
      return action.organization.did;
    case 'key.revoke':
    case 'parameters.change':
      return null;
    default:
      return action.did;
  }
}
