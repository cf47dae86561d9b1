import { catchUpWithRounds } from './change-round.js';
import { decideIfSealedInAnyRound } from './decide.js';
import { isPrepareQuorum } from './justification.js';
import { contentOf } from './message-key.js';
import type { RoundChange } from './message.types.js';
import { proposeIfMyTurn } from './propose.js';
import { knownValue } from './state.js';
import { isSignedBySender, uponContradiction, type Transition } from './transition.js';
import { ACCEPT, ignore, reject, type Verdict } from './verdict.js';

/** Keeps the latest round change of each validator; enough of them take this node to their round, a quorum lets it propose. */
export function uponRoundChange(t: Transition, roundChange: RoundChange): Verdict {
  const { round, roundChanges, proposals } = t.height;
  if (roundChange.round < round) return ignore('CONSENSUS_PAST_ROUND');
  const held = roundChanges.get(roundChange.from);
  if (held !== undefined && held.round > roundChange.round) return ignore('CONSENSUS_PAST_ROUND');
  if (held?.round === roundChange.round) {
    const isSame = contentOf(held) === contentOf(roundChange);
    return isSame ? ignore('CONSENSUS_DUPLICATE') : uponContradiction(t, held, roundChange);
  }
  if (roundChange.round === round && proposals.has(round)) return ignore('CONSENSUS_NOT_NEEDED');
  if (!isSignedBySender(t, roundChange)) return reject('CONSENSUS_BAD_SIGNATURE');
  if (!isProven(t, roundChange)) return reject('CONSENSUS_BAD_JUSTIFICATION');
  hold(t, roundChange);
  if (!t.height.isDecided) catchUpWithRounds(t);
  if (!t.height.isDecided) proposeIfMyTurn(t);
  return ACCEPT;
}

/** What it says to have prepared, it proves: a lower round, the value, a quorum of prepares. */
function isProven(t: Transition, { round, prepared, prepares, value }: RoundChange): boolean {
  if (prepared === null) return prepares.length === 0 && value === null;
  return prepared.round < round && value?.digest === prepared.digest && isPrepareQuorum(t, prepares, prepared);
}

function hold(t: Transition, roundChange: RoundChange): void {
  const { value } = roundChange;
  // Usually this node has the value: one copy of the bytes is enough.
  const shared = value === null ? null : (knownValue(t.height, value.digest) ?? value);
  const held = { ...roundChange, value: shared };
  t.height = { ...t.height, roundChanges: new Map(t.height.roundChanges).set(held.from, held) };
  if (shared !== null) decideIfSealedInAnyRound(t, shared.digest);
}
