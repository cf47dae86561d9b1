import { castProposal } from './cast-vote.js';
import { highestPrepared } from './justification.js';
import type { RoundChange, Value } from './message.types.js';
import { isSelfValidator, knownValue, proposerOf, quorum } from './state.js';
import type { Transition } from './transition.js';

/**
 * Proposes in the present round when it is this node's turn and the round is justified: the highest prepared value as it
 * is, byte for byte; else `built`; else asks for a value, once.
 */
export function proposeIfMyTurn(t: Transition, built?: Value): void {
  const { height, env } = t;
  const { config, round, own } = height;
  if (height.isDecided || !isSelfValidator(height, env.self) || proposerOf(config, round) !== env.self) return;
  if (own.proposal?.round === round) return;
  const roundChanges = roundChangesTo(t, round);
  if (round > 0 && roundChanges.length < quorum(height)) return;
  const prepared = highestPrepared(roundChanges);
  if (prepared?.prepared) {
    const value = knownValue(height, prepared.prepared.digest);
    if (value !== undefined && env.judge(value, false).ok) castProposal(t, value, roundChanges, prepared.prepares);
  } else if (built !== undefined) {
    if (built.proposer === env.self && env.judge(built, true).ok) castProposal(t, built, roundChanges, []);
  } else if (height.askedToBuildIn !== round) {
    t.height = { ...t.height, askedToBuildIn: round };
    t.effects.push({ type: 'BuildValue', height: config.height, round });
  }
}

function roundChangesTo(t: Transition, round: number): readonly RoundChange[] {
  return round === 0 ? [] : [...t.height.roundChanges.values()].filter((roundChange) => roundChange.round === round);
}
