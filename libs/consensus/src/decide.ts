import { compareStrings } from '#codec';
import type { Commit, Digest, Round, Value } from './message.types.js';
import { knownValue, quorum } from './state.js';
import type { Transition } from './transition.js';
import { roundsOf, votesFor, withoutVotesOf } from './vote-book.js';

/**
 * Finalises the value of `digest` when a quorum sealed it in `round`: any round of this height, whatever the present one
 * is. Seals name the round, so those of different rounds do not add up.
 */
export function decideIfSealed(t: Transition, round: Round, digest: Digest): void {
  const value = knownValue(t.height, digest);
  if (t.height.isDecided || value === undefined) return;
  const candidates = votesFor(t.height.commits, round, digest);
  if (candidates.length < quorum(t.height)) return;
  const commits = candidates.filter((commit) => isSealGood(t, commit, value));
  if (commits.length < quorum(t.height)) return;
  t.height = { ...t.height, isDecided: true };
  const seals = commits
    .map((commit) => ({ validator: commit.from, signature: commit.seal }))
    .sort((a, b) => compareStrings(a.validator, b.validator));
  t.effects.push({ type: 'Commit', height: t.height.config.height, round, value, seals });
}

/** A value came to be known: commits for it may have been waiting, of any round. */
export function decideIfSealedInAnyRound(t: Transition, digest: Digest): void {
  for (const round of roundsOf(t.height.commits, digest)) decideIfSealed(t, round, digest);
}

function isSealGood(t: Transition, commit: Commit, value: Value): boolean {
  const key = t.height.keys.get(commit.from);
  if (key === undefined) return false;
  if (commit.from === t.env.self || t.env.verify(commit.seal, t.env.sealText(value, commit.round), key)) return true;
  t.height = {
    ...t.height,
    commits: withoutVotesOf(t.height.commits, commit.from),
    badSealers: new Set(t.height.badSealers).add(commit.from),
  };
  t.effects.push({ type: 'Dropped', verdict: 'reject', code: 'CONSENSUS_BAD_SEAL', message: commit });
  return false;
}
