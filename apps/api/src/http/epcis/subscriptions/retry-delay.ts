const FIRST_MS = 1_000;
const LONGEST_MS = 3_600_000;

/**
 * How long to wait after a failed attempt: doubling up to an hour, half of it by chance, so that receivers that come back are not met
 * by everybody at once.
 *
 * @param attempts - made so far, at least 1
 * @param random - 0 ≤ random < 1
 */
export function retryDelayMs(attempts: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 30));
  return Math.round(full / 2 + (full / 2) * random);
}
