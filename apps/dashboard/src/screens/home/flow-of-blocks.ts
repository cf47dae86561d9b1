/** What a block must tell to be counted. */
export interface CountedBlock {
  readonly time: string;
  readonly entryCount: number;
}

export interface Hour {
  /** Start, milliseconds since 1970. */
  readonly start: number;
  readonly entries: number;
}

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** Entries in each of the 24 hours up to and with the present one, oldest first. */
export function entriesByHour(blocks: readonly CountedBlock[], now: number): readonly Hour[] {
  const last = Math.floor(now / HOUR_MS) * HOUR_MS;
  const counts = new Map<number, number>();
  for (const { time, entryCount } of blocks) {
    const hour = Math.floor(Date.parse(time) / HOUR_MS) * HOUR_MS;
    counts.set(hour, (counts.get(hour) ?? 0) + entryCount);
  }
  return Array.from({ length: HOURS }, (_unused, index) => {
    const start = last - (HOURS - 1 - index) * HOUR_MS;
    return { start, entries: counts.get(start) ?? 0 };
  });
}
