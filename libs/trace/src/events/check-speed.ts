import { squaredChord } from '../places/chord.js';
import { readGeoUri, type GeoPoint } from '../places/geo-uri.js';
import { SIGHTING, type Sighting } from '../records/sighting.js';
import { find, isThing, mayHandle, type EventExecution } from './event-execution.js';

/** Faster than any freighter flies. */
const METRES_PER_HOUR = 1_200_000n;
/** Near enough to be the same place: coordinates are rounded, and so are times. */
const NEAR_METRES = 100_000n;
const MS_PER_HOUR = 3_600_000n;

/**
 * Two events cannot both be right when no vehicle gets from the place of one to that of the other in the time between them.
 * Only places that are written as `geo:` URIs are compared: where another identifier lies is not on the ledger.
 */
export function checkSpeed(execution: EventExecution): void {
  const { event, state, items, context } = execution;
  const geoUri = event.readPoint?.key ?? event.bizLocation?.key;
  const point = geoUri === undefined ? undefined : readGeoUri(geoUri);
  if (geoUri === undefined || point === undefined) return;
  for (const eventItem of event.items) {
    const { key } = eventItem.id;
    if (!isThing(eventItem)) continue;
    const before = state.get(SIGHTING, key);
    if (before !== undefined && isTooFar(before, point, event.eventTimeMs)) {
      find(
        execution,
        'FINDING_FASTER_THAN_ANY_VEHICLE',
        key,
        [before.entryId],
        `at ${before.geoUri} and at ${geoUri} within ${secondsBetween(before, event.eventTimeMs)} s`,
      );
    } else if (mayHandle(execution, items.concern(key)) && event.eventTimeMs >= (before?.timeMs ?? event.eventTimeMs)) {
      state.put(SIGHTING, key, { timeMs: event.eventTimeMs, geoUri, entryId: context.entryId });
    }
  }
}

/** An event that its author declared an error tells no place any more. */
export function forgetSightings({ event, state, original }: EventExecution): void {
  if (original === undefined) return;
  for (const { id } of event.items) {
    if (state.get(SIGHTING, id.key)?.entryId === original.entryId) state.remove(SIGHTING, id.key);
  }
}

function isTooFar(before: Sighting, point: GeoPoint, timeMs: number): boolean {
  const from = readGeoUri(before.geoUri);
  if (from === undefined) return false;
  const reach = NEAR_METRES + (METRES_PER_HOUR * BigInt(Math.abs(timeMs - before.timeMs))) / MS_PER_HOUR;
  return squaredChord(from, point) > reach ** 2n;
}

function secondsBetween(before: Sighting, timeMs: number): number {
  return Math.floor(Math.abs(timeMs - before.timeMs) / 1000);
}
