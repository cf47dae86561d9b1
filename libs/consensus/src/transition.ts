import { bytesEqual } from '#codec';
import type { ConsensusMessage } from './message.types.js';
import { contentOf } from './message-key.js';
import { signedPart } from './signed-part.js';
import { isRoundShared, isSelfValidator, type HeightState } from './state.js';
import type { ConsensusEnvironment, Effect, VoteRecord } from './step.types.js';
import { resendDelayMs, roundDurationMs } from './timing.js';
import { ignore, reject, type Verdict } from './verdict.js';
import { voteOf } from './vote-book.js';

/** One step in progress at one height: the state as it will be, and what has to be done. */
export interface Transition {
  /** Replaced by handlers, never changed in place. */
  height: HeightState;
  readonly env: ConsensusEnvironment;
  /** Carried out before `effects`: one barrier, so that a step costs the journal one fsync however many votes it casts. */
  readonly records: VoteRecord[];
  readonly effects: Effect[];
  /** A message whose outer signature is known to be good. */
  readonly verified: ConsensusMessage | undefined;
}

export function beginTransition(
  height: HeightState,
  env: ConsensusEnvironment,
  verified?: ConsensusMessage,
): Transition {
  return { height, env, records: [], effects: [], verified };
}

export function endTransition(t: Transition): readonly Effect[] {
  startRoundTimerIfShared(t);
  return [...t.records.map((record): Effect => ({ type: 'Persist', record })), ...t.effects];
}

/** Begins the present round. A node that only follows has no timers: it never changes a round by itself. */
export function startRound(t: Transition): void {
  const { config, round } = t.height;
  t.height = { ...t.height, isRunning: true, isTimed: false, resends: 0 };
  if (!isSelfValidator(t.height, t.env.self)) return;
  const timer = { kind: 'resend', height: config.height, round } as const;
  t.effects.push({ type: 'StartTimer', timer, afterMs: resendDelayMs(0) });
}

function startRoundTimerIfShared(t: Transition): void {
  const { config, round, isRunning, isTimed, isDecided } = t.height;
  if (!isRunning || isTimed || isDecided || !isRoundShared(t.height)) return;
  if (!isSelfValidator(t.height, t.env.self)) return;
  t.height = { ...t.height, isTimed: true };
  const timer = { kind: 'round', height: config.height, round } as const;
  t.effects.push({ type: 'StartTimer', timer, afterMs: roundDurationMs(round, config.timing) });
}

/** Whether the sender signed the message. Signatures that this node already holds as good are not verified again. */
export function isSignedBySender(t: Transition, message: ConsensusMessage): boolean {
  const key = t.height.keys.get(message.from);
  if (key === undefined) return false;
  if (t.verified === message || isHeldAlready(t.height, message)) return true;
  return t.env.verify(message.signature, signedPart(message, t.env.networkId), key);
}

function isHeldAlready(height: HeightState, message: ConsensusMessage): boolean {
  if (message.height !== height.config.height) return false;
  const held = heldVote(height, message);
  return (
    held !== undefined &&
    held.round === message.round &&
    contentOf(held) === contentOf(message) &&
    bytesEqual(held.signature, message.signature)
  );
}

/** Only the kinds that come nested in other messages. */
function heldVote(height: HeightState, message: ConsensusMessage): ConsensusMessage | undefined {
  if (message.kind === 'prepare') return voteOf(height.prepares, message.from, message.round);
  if (message.kind === 'round-change') return height.roundChanges.get(message.from);
  return undefined;
}

/**
 * Judges a second vote that says something else than `first`, by the same validator in the same round: evidence, once both
 * signatures hold. Reported once per validator and kind, and not even verified after that.
 */
export function uponContradiction(t: Transition, first: ConsensusMessage, second: ConsensusMessage): Verdict {
  const reportedKey = `${second.from}/${second.kind}`;
  if (t.height.reported.has(reportedKey)) return ignore('CONSENSUS_CONTRADICTION');
  if (!isSignedBySender(t, second)) return reject('CONSENSUS_BAD_SIGNATURE');
  t.height = { ...t.height, reported: new Set(t.height.reported).add(reportedKey) };
  t.effects.push({ type: 'ReportEquivocation', first, second });
  return reject('CONSENSUS_CONTRADICTION');
}
