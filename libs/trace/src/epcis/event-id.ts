import { fromHex, sha256, toHex } from '#codec';
import type { EntryId } from '#ledger';
import type { EpcisEvent } from './epcis-event.types.js';

/**
 * The event's own eventID, or for an event without one a UUIDv8 URN (RFC 9562 section 5.8) made from SHA-256(entry id ‖
 * position of the event in the entry, 4 bytes big-endian): unique, and the same on every node.
 */
export function effectiveEventId(event: Pick<EpcisEvent, 'eventId' | 'index'>, entryId: EntryId): string {
  if (event.eventId !== undefined) return event.eventId;
  const position = Uint8Array.of(event.index >>> 24, event.index >>> 16, event.index >>> 8, event.index);
  const bytes = sha256(fromHex(entryId, 32) as Uint8Array, position).slice(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = toHex(bytes);
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
