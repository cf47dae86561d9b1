import type { Round } from './message.types.js';
import type { HeightConfig } from './step.types.js';

/** Highest round that a message may name; far above what any outage reaches, so that arithmetic on rounds is exact. */
export const ROUND_MAX = 2 ** 31;

const RESEND_FIRST_MS = 500;
const RESEND_CAP_MS = 2_000;

/**
 * Linear and capped: a doubling timer overflows, or keeps a network waiting for hours after an outage. A function of the
 * round alone, so that all nodes of a round wait equally long.
 * @param round - 0..ROUND_MAX
 * @returns milliseconds
 */
export function roundDurationMs(round: Round, timing: HeightConfig['timing']): number {
  return Math.min(timing.baseMs + round * timing.stepMs, timing.capMs);
}

/**
 * Wait before own messages are sent again while a round goes on.
 * @param resends - how often they have been sent again in this round
 * @returns milliseconds: 500, 1,000, 2,000, 2,000 …
 */
export function resendDelayMs(resends: number): number {
  return Math.min(RESEND_FIRST_MS * 2 ** Math.min(resends, 8), RESEND_CAP_MS);
}

export function isRound(round: number): boolean {
  return Number.isInteger(round) && round >= 0 && round <= ROUND_MAX;
}
