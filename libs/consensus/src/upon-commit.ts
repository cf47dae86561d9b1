import { decideIfSealed } from './decide.js';
import type { Commit } from './message.types.js';
import { isSignedBySender, uponContradiction, type Transition } from './transition.js';
import { ACCEPT, ignore, reject, type Verdict } from './verdict.js';
import { hasRoom, voteOf, withVote } from './vote-book.js';

/** Commits of every round count, also of rounds that are over for this node: somebody else may have finalised there. */
export function uponCommit(t: Transition, commit: Commit): Verdict {
  const { commits, badSealers } = t.height;
  if (badSealers.has(commit.from)) return ignore('CONSENSUS_BAD_SEAL');
  const held = voteOf(commits, commit.from, commit.round);
  if (held !== undefined) {
    return held.digest === commit.digest ? ignore('CONSENSUS_DUPLICATE') : uponContradiction(t, held, commit);
  }
  if (!hasRoom(commits, commit.from, commit.round)) return ignore('CONSENSUS_NOT_NEEDED');
  if (!isSignedBySender(t, commit)) return reject('CONSENSUS_BAD_SIGNATURE');
  t.height = { ...t.height, commits: withVote(commits, commit) };
  decideIfSealed(t, commit.round, commit.digest);
  return ACCEPT;
}
