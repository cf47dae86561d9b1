import type { Prepare, Proposal, Round, RoundChange } from './message.types.js';
import { proposerOf, quorum } from './state.js';
import { isSignedBySender, type Transition } from './transition.js';
import { ACCEPT, reject, type Verdict } from './verdict.js';

/** The round change that names the highest prepared round; undefined when none is prepared. */
export function highestPrepared(roundChanges: readonly RoundChange[]): RoundChange | undefined {
  return roundChanges.reduce<RoundChange | undefined>(
    (highest, candidate) => (preparedRound(candidate) > preparedRound(highest) ? candidate : highest),
    undefined,
  );
}

function preparedRound(roundChange: RoundChange | undefined): number {
  return roundChange?.prepared?.round ?? -1;
}

/**
 * Whether `proposal` may be voted on (isProposalJustification of the QBFT specification), cheap checks first:
 * - round 0: a new value, and nothing beside it;
 * - round r > 0: a quorum of round changes to r by distinct validators, each prepared below r or not at all. If one is
 *   prepared, the value is that of the highest prepared round, with its prepare quorum; lower ones do not matter, even
 *   when they differ. If none is, the value is new.
 * A new value names the present proposer; a re-proposed one names whoever built it, and the quorum that prepared it
 * vouches for that.
 */
export function judgeJustification(t: Transition, proposal: Proposal): Verdict {
  const { round, roundChanges, prepares } = proposal;
  const isNew = highestPrepared(roundChanges) === undefined;
  if (isNew && prepares.length > 0) return reject('CONSENSUS_BAD_JUSTIFICATION');
  if (isNew && proposal.value.proposer !== proposerOf(t.height.config, round)) {
    return reject('CONSENSUS_WRONG_VALUE_PROPOSER');
  }
  if (round === 0) return roundChanges.length === 0 ? ACCEPT : reject('CONSENSUS_BAD_JUSTIFICATION');
  if (!areDistinctQuorum(t, roundChanges)) return reject('CONSENSUS_BAD_JUSTIFICATION');
  const areForThisRound = roundChanges.every(
    (roundChange) =>
      roundChange.height === proposal.height && roundChange.round === round && preparedRound(roundChange) < round,
  );
  if (!areForThisRound) return reject('CONSENSUS_BAD_JUSTIFICATION');
  const prepared = highestPrepared(roundChanges)?.prepared ?? null;
  if (prepared !== null && (prepared.digest !== proposal.digest || !isPrepareQuorum(t, prepares, prepared))) {
    return reject('CONSENSUS_BAD_JUSTIFICATION');
  }
  return roundChanges.every((roundChange) => isSignedBySender(t, roundChange))
    ? ACCEPT
    : reject('CONSENSUS_BAD_JUSTIFICATION');
}

/** Whether `prepares` prove that a quorum prepared `digest` in `round` at this height. */
export function isPrepareQuorum(
  t: Transition,
  prepares: readonly Prepare[],
  { round, digest }: { readonly round: Round; readonly digest: string },
): boolean {
  const { height } = t.height.config;
  return (
    areDistinctQuorum(t, prepares) &&
    prepares.every((prepare) => prepare.height === height && prepare.round === round && prepare.digest === digest) &&
    prepares.every((prepare) => isSignedBySender(t, prepare))
  );
}

/** Counted by sender: one validator can make many different signatures over one text. */
function areDistinctQuorum(t: Transition, messages: readonly (Prepare | RoundChange)[]): boolean {
  const senders = new Set(messages.map(({ from }) => from));
  return (
    senders.size === messages.length &&
    senders.size >= quorum(t.height) &&
    messages.every(({ from }) => t.height.keys.has(from))
  );
}
