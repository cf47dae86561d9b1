import { castPrepare } from './cast-vote.js';
import { enterRound } from './change-round.js';
import { decideIfSealedInAnyRound } from './decide.js';
import { holdProposal } from './hold-proposal.js';
import { highestPrepared, judgeJustification } from './justification.js';
import type { Proposal } from './message.types.js';
import { faultTolerance } from '#identity';
import { isSelfValidator, proposerOf } from './state.js';
import { isSignedBySender, uponContradiction, type Transition } from './transition.js';
import { ACCEPT, ignore, reject, type Verdict } from './verdict.js';
import { roundsOf, votesFor } from './vote-book.js';

/**
 * Checks in this order: whose turn, known already, digest, round, signature, justification, then the value itself.
 * A justified proposal of a later round takes this node there.
 */
export function uponProposal(t: Transition, proposal: Proposal): Verdict {
  const { round, digest, value } = proposal;
  if (proposal.from !== proposerOf(t.height.config, round)) return reject('CONSENSUS_WRONG_PROPOSER');
  const held = t.height.proposals.get(round);
  if (held !== undefined) {
    return held.message.digest === digest
      ? ignore('CONSENSUS_DUPLICATE')
      : uponContradiction(t, held.message, proposal);
  }
  if (value.digest !== digest) return reject('CONSENSUS_BAD_DIGEST');
  if (round < t.height.round) return uponLateProposal(t, proposal);
  if (!isSignedBySender(t, proposal)) return reject('CONSENSUS_BAD_SIGNATURE');
  const justification = judgeJustification(t, proposal);
  if (justification.verdict !== 'accept') return justification;
  if (round > t.height.round) enterRound(t, round);
  return vote(t, proposal);
}

/** Too late to vote on, but a value that somebody honest committed to may be needed to finalise it. */
function uponLateProposal(t: Transition, proposal: Proposal): Verdict {
  if (!isCommittedBySomebodyHonest(t, proposal.digest)) return ignore('CONSENSUS_PAST_ROUND');
  if (!isSignedBySender(t, proposal)) return reject('CONSENSUS_BAD_SIGNATURE');
  holdProposal(t, proposal, false);
  decideIfSealedInAnyRound(t, proposal.digest);
  return ACCEPT;
}

function isCommittedBySomebodyHonest(t: Transition, digest: string): boolean {
  const { commits, keys } = t.height;
  return [...roundsOf(commits, digest)].some((round) => votesFor(commits, round, digest).length > faultTolerance(keys.size));
}

function vote(t: Transition, proposal: Proposal): Verdict {
  const { digest, value } = proposal;
  const ownPrepare = t.height.own.prepare;
  const hasVotedOtherwise = ownPrepare?.round === t.height.round && ownPrepare.digest !== digest;
  const isVoter = isSelfValidator(t.height, t.env.self) && !hasVotedOtherwise;
  const judged = isVoter ? t.env.judge(value, highestPrepared(proposal.roundChanges) === undefined) : undefined;
  holdProposal(t, proposal, judged?.ok === true);
  // Others may have finalised it already, whatever this node thinks of it.
  decideIfSealedInAnyRound(t, digest);
  if (hasVotedOtherwise) return ignore('CONSENSUS_ALREADY_VOTED');
  if (judged?.ok === false) return { verdict: 'reject', code: judged.code };
  if (!t.height.isDecided) castPrepare(t, value);
  return ACCEPT;
}
