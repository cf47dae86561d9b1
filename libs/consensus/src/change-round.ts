import { castRoundChange } from './cast-vote.js';
import type { Round } from './message.types.js';
import { proposeIfMyTurn } from './propose.js';
import { faultTolerance } from '#identity';
import { startRound, type Transition } from './transition.js';

/** Moves to `round` and says so: after a timeout, or because f + 1 others are further. */
export function changeRound(t: Transition, round: Round): void {
  enterRound(t, round);
  castRoundChange(t);
  proposeIfMyTurn(t);
}

/** Moves to `round` without a word: a justified proposal shows that a quorum is there already. */
export function enterRound(t: Transition, round: Round): void {
  t.height = { ...t.height, round };
  startRound(t);
}

/**
 * f + 1 validators in rounds above mine: at least one of them is honest, so the present round is over for somebody. Goes to
 * the lowest round of the f + 1 that are furthest, which is the highest round that an honest one is known to have reached.
 */
export function catchUpWithRounds(t: Transition): void {
  const { roundChanges, round, keys } = t.height;
  const above = [...roundChanges.values()].map((roundChange) => roundChange.round).filter((other) => other > round);
  const reached = above.sort((a, b) => b - a)[faultTolerance(keys.size)];
  if (reached !== undefined) changeRound(t, reached);
}
