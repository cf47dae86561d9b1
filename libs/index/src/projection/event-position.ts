/** More than the events of one entry (EVENTS_PER_ENTRY_MAX of libs/trace is 1,000: 0..999). */
export const POSITIONS_PER_ENTRY = 1_000;

/**
 * Number of an event on the chain: orders all events in chain order, the same on every node, and tells the entry's place in
 * the log.
 */
export function eventPosition(logIndex: number, eventIndex: number): number {
  return logIndex * POSITIONS_PER_ENTRY + eventIndex;
}
