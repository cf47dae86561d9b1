import type { ConsensusMessage } from './message.types.js';
import { isRound } from './timing.js';
import { startRound, type Transition } from './transition.js';
import { ignore, reject, type Verdict } from './verdict.js';
import { uponCommit } from './upon-commit.js';
import { uponPrepare } from './upon-prepare.js';
import { uponProposal } from './upon-proposal.js';
import { uponRoundChange } from './upon-round-change.js';

/** A message of the present height. A valid one shows that something is going on: this node joins in. */
export function uponMessage(t: Transition, message: ConsensusMessage): Verdict {
  if (t.height.isDecided) return ignore('CONSENSUS_HEIGHT_DECIDED');
  if (message.from === t.env.self) return ignore('CONSENSUS_OWN_MESSAGE');
  if (!t.height.keys.has(message.from)) return reject('CONSENSUS_NOT_A_VALIDATOR');
  if (!isRound(message.round)) return reject('CONSENSUS_BAD_ROUND');
  const verdict = uponVote(t, message);
  if (verdict.verdict === 'accept' && !t.height.isRunning && !t.height.isDecided) startRound(t);
  return verdict;
}

function uponVote(t: Transition, message: ConsensusMessage): Verdict {
  switch (message.kind) {
    case 'proposal':
      return uponProposal(t, message);
    case 'prepare':
      return uponPrepare(t, message);
    case 'commit':
      return uponCommit(t, message);
    case 'round-change':
      return uponRoundChange(t, message);
  }
}
