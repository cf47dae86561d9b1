import type { Proposal } from './message.types.js';
import type { Transition } from './transition.js';

/** Values are large. An older one that is finalised after all comes with the block, by catching up. */
const PROPOSALS_KEPT = 4;

export function holdProposal(t: Transition, message: Proposal, isAccepted: boolean): void {
  const proposals = new Map(t.height.proposals).set(message.round, { message, isAccepted });
  if (proposals.size > PROPOSALS_KEPT) {
    proposals.delete(Math.min(...[...proposals.keys()].filter((round) => round !== message.round)));
  }
  t.height = { ...t.height, proposals };
}
