export type Age = 'fresh' | 'waiting' | 'late';

const DAY_MS = 86_400_000;
const WAITING_AFTER_MS = DAY_MS;
const LATE_AFTER_MS = 3 * DAY_MS;

/** How long an offer has waited: goods that stand at a door for three days are late. @param offeredAt - ISO 8601 */
export function ageOf(offeredAt: string, now: number): Age {
  const waited = now - Date.parse(offeredAt);
  return waited >= LATE_AFTER_MS ? 'late' : waited >= WAITING_AFTER_MS ? 'waiting' : 'fresh';
}
