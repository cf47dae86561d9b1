import { commitIfPrepared } from './cast-vote.js';
import type { Prepare } from './message.types.js';
import { isSignedBySender, uponContradiction, type Transition } from './transition.js';
import { ACCEPT, ignore, reject, type Verdict } from './verdict.js';
import { hasRoom, voteOf, withVote } from './vote-book.js';

export function uponPrepare(t: Transition, prepare: Prepare): Verdict {
  const { round, own, prepares } = t.height;
  if (prepare.round < round) return ignore('CONSENSUS_PAST_ROUND');
  const held = voteOf(prepares, prepare.from, prepare.round);
  if (held !== undefined) {
    return held.digest === prepare.digest ? ignore('CONSENSUS_DUPLICATE') : uponContradiction(t, held, prepare);
  }
  // The quorum is there: one more would only cost a verification.
  if (own.commit?.round === prepare.round) return ignore('CONSENSUS_NOT_NEEDED');
  if (!hasRoom(prepares, prepare.from, prepare.round)) return ignore('CONSENSUS_NOT_NEEDED');
  if (!isSignedBySender(t, prepare)) return reject('CONSENSUS_BAD_SIGNATURE');
  t.height = { ...t.height, prepares: withVote(prepares, prepare) };
  commitIfPrepared(t);
  return ACCEPT;
}
