import { assertInvariant, type Result } from '#codec';
import { castPrepare } from './cast-vote.js';
import { decideIfSealed } from './decide.js';
import { holdProposal } from './hold-proposal.js';
import { decodeLock, decodeMessage } from './message-codec.js';
import type { ConsensusMessage } from './message.types.js';
import { latestOwnMessages } from './known-messages.js';
import { proposeIfMyTurn } from './propose.js';
import { isSelfValidator, newHeight } from './state.js';
import type { ConsensusEnvironment, HeightConfig, VoteRecord } from './step.types.js';
import { beginTransition, startRound, type Transition } from './transition.js';
import { withVote } from './vote-book.js';

/**
 * Begins a height. After a restart the journal's records bring back the round, the lock and every vote given, so that this
 * node goes on where it was and never says anything else.
 * @throws InvariantViolation INV-CONS-2 when the journal cannot be read: this node no longer knows what it signed
 */
export function uponHeightStarted(config: HeightConfig, env: ConsensusEnvironment): Transition {
  const t = beginTransition(newHeight(config), env);
  const records = config.recovered.filter(({ height }) => height === config.height).sort((a, b) => a.round - b.round);
  if (records.length === 0 || !isSelfValidator(t.height, env.self)) return t;
  for (const record of records) recover(t, record);
  startRound(t);
  for (const message of latestOwnMessages(t.height)) t.effects.push({ type: 'Broadcast', message });
  goOn(t);
  return t;
}

/** What the votes brought back allow already: a network of one goes through here alone. */
function goOn(t: Transition): void {
  const { commit, proposal } = t.height.own;
  if (commit !== undefined) decideIfSealed(t, commit.round, commit.digest);
  if (t.height.isDecided) return;
  // Down between the journal's writes of its proposal and of its prepare.
  if (proposal?.round === t.height.round && t.env.judge(proposal.value, false).ok) castPrepare(t, proposal.value);
  proposeIfMyTurn(t);
}

function recover(t: Transition, record: VoteRecord): void {
  const message = readable(record, decodeMessage(record.message, t.env.readValue));
  t.height = {
    ...t.height,
    round: Math.max(t.height.round, message.round),
    own: { ...t.height.own, [message.kind]: message },
  };
  count(t, message);
  if (record.lock === undefined) return;
  const { value, prepares } = readable(record, decodeLock(record.lock, t.env.readValue));
  t.height = { ...t.height, lock: { round: record.round, value, prepares } };
}

function count(t: Transition, message: ConsensusMessage): void {
  switch (message.kind) {
    case 'proposal':
      return holdProposal(t, message, true);
    case 'prepare':
      t.height = { ...t.height, prepares: withVote(t.height.prepares, message) };
      return;
    case 'commit':
      t.height = { ...t.height, commits: withVote(t.height.commits, message) };
      return;
    case 'round-change':
      t.height = { ...t.height, roundChanges: new Map(t.height.roundChanges).set(message.from, message) };
  }
}

function readable<T>({ height, round, kind }: VoteRecord, result: Result<T>): T {
  assertInvariant(result.ok, 'INV-CONS-2', { height, round, kind, ...(result.ok ? {} : { code: result.code }) });
  return result.value;
}
