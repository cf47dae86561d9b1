import { changeRound } from './change-round.js';
import { latestOwnMessages } from './known-messages.js';
import type { Timer } from './step.types.js';
import { resendDelayMs, ROUND_MAX } from './timing.js';
import type { Transition } from './transition.js';

/** Timers of finished heights and of rounds that are over mean nothing any more. */
export function uponTimer(t: Transition, timer: Timer): void {
  const { config, round, isDecided } = t.height;
  if (isDecided || timer.height !== config.height || timer.round !== round) return;
  if (timer.kind === 'round') uponRoundTimeout(t);
  else uponResendTimeout(t, timer);
}

function uponRoundTimeout(t: Transition): void {
  if (t.height.round < ROUND_MAX) changeRound(t, t.height.round + 1);
}

/** Messages get lost: says again what this node said last, for as long as the round goes on. */
function uponResendTimeout(t: Transition, timer: Timer): void {
  for (const message of latestOwnMessages(t.height)) t.effects.push({ type: 'Broadcast', message });
  const resends = t.height.resends + 1;
  t.height = { ...t.height, resends };
  t.effects.push({ type: 'StartTimer', timer, afterMs: resendDelayMs(resends) });
}
