import type { FoundEvent, TraceDto } from '#index';
import { ApiProblem } from '../problem/problem.js';

/**
 * The EPCIS events of a trace, for a document of them; acts of Lading's own are none.
 * @throws ApiProblem API_EXPORT_TOO_LARGE
 */
export function epcisEventsOf({ events }: TraceDto): readonly FoundEvent[] {
  return events.flatMap(({ source, eventId, blockTime, ...event }) => {
    if (eventId === null) return [];
    if (source === null) {
      throw new ApiProblem('API_EXPORT_TOO_LARGE', 'The events of this trace are more than one document may hold; ask for less depth or a lower limit.');
    }
    return [{ ...event, ...source, eventId, recordTime: blockTime }];
  });
}
