import { bytesEqual } from '#codec';
import type { ConsensusMessage } from './message.types.js';
import { keepForLater, takeMessagesOf } from './future-messages.js';
import { proposeIfMyTurn } from './propose.js';
import type { ConsensusState, HeightState } from './state.js';
import type { ConsensusEnvironment, ConsensusEvent, Effect, HeightConfig } from './step.types.js';
import { beginTransition, endTransition } from './transition.js';
import { uponHeightStarted } from './upon-height-started.js';
import { uponMessage } from './upon-message.js';
import { uponPeerConnected } from './upon-peer-connected.js';
import { uponTimer } from './upon-timer.js';
import { uponWorkArrived } from './upon-work-arrived.js';
import { ignore, type Verdict } from './verdict.js';

export interface StepResult {
  readonly state: ConsensusState;
  readonly effects: readonly Effect[];
}

/**
 * QBFT as a function (docs/protocol/consensus.md): what happened in, what to do out. Total: no message of a peer makes it
 * throw. The caller MUST carry out effects in order, those of earlier steps first.
 * @throws InvariantViolation INV-CONS-2 when this node's own journal is unreadable or would be contradicted
 */
export function step(state: ConsensusState, event: ConsensusEvent, env: ConsensusEnvironment): StepResult {
  if (event.type === 'HeightStarted') return startHeight(state, event.config, env);
  const { current } = state;
  if (event.type === 'MessageReceived') return receive(state, event.message, env);
  if (current === undefined) return { state, effects: [] };
  const t = beginTransition(current, env);
  switch (event.type) {
    case 'WorkArrived':
      uponWorkArrived(t);
      break;
    case 'ValueBuilt':
      if (event.height === current.config.height && event.round === current.round) proposeIfMyTurn(t, event.value);
      break;
    case 'TimerFired':
      uponTimer(t, event.timer);
      break;
    case 'PeerConnected':
      uponPeerConnected(t, event.peer);
      break;
  }
  const effects = endTransition(t);
  return { state: { ...state, current: t.height }, effects };
}

function startHeight(state: ConsensusState, config: HeightConfig, env: ConsensusEnvironment): StepResult {
  if (state.current !== undefined && config.height <= state.current.config.height) return { state, effects: [] };
  const t = uponHeightStarted(config, env);
  const effects = [...endTransition(t)];
  let current = t.height;
  const { messages, future } = takeMessagesOf(state.future, config.height);
  for (const { message, verifiedWith } of messages) {
    const key = current.keys.get(message.from);
    const isStillVerified = key !== undefined && bytesEqual(key, verifiedWith);
    const replayed = judgeMessage(current, message, env, isStillVerified);
    current = replayed.height;
    effects.push(...replayed.effects);
  }
  return { state: { current, future }, effects };
}

function receive(state: ConsensusState, message: ConsensusMessage, env: ConsensusEnvironment): StepResult {
  const { current } = state;
  if (current === undefined) return { state, effects: dropped(message, ignore('CONSENSUS_NOT_STARTED')) };
  const { height } = current.config;
  if (!(message.height >= height)) return { state, effects: dropped(message, ignore('CONSENSUS_PAST_HEIGHT')) };
  if (message.height > height) {
    const kept = keepForLater(state.future, beginTransition(current, env), message);
    return { state: { ...state, future: kept.future }, effects: dropped(message, kept.verdict) };
  }
  const judged = judgeMessage(current, message, env, false);
  return { state: { ...state, current: judged.height }, effects: judged.effects };
}

function judgeMessage(
  height: HeightState,
  message: ConsensusMessage,
  env: ConsensusEnvironment,
  isVerified: boolean,
): { readonly height: HeightState; readonly effects: readonly Effect[] } {
  const t = beginTransition(height, env, isVerified ? message : undefined);
  const verdict = uponMessage(t, message);
  const effects = [...endTransition(t), ...dropped(message, verdict)];
  return { height: t.height, effects };
}

function dropped(message: ConsensusMessage, verdict: Verdict): readonly Effect[] {
  return verdict.verdict === 'accept' ? [] : [{ type: 'Dropped', ...verdict, message }];
}
