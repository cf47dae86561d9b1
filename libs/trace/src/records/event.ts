import { encodeCbor, type RecordType } from '#codec';
import type { Did } from '#identity';
import type { EntryId } from '#ledger';
import { entryIdPlace, Places } from './places.js';

/** Where an EPCIS event stands on the chain. */
export interface RecordedEvent {
  readonly entryId: EntryId;
  /** Position within the entry. */
  readonly index: number;
  readonly author: Did;
  /** The entry whose error declaration superseded it. */
  readonly supersededBy: EntryId | undefined;
}

/** `event/<eventID>` */
export const EVENT: RecordType<RecordedEvent> = recordType('event');

/** `event-decl/<eventID>`: the error declaration of the event with this id. Never superseded itself. */
export const EVENT_DECLARATION: RecordType<RecordedEvent> = recordType('event-decl');

function recordType(prefix: string): RecordType<RecordedEvent> {
  return {
    prefix,
    encode: (event) =>
      encodeCbor([entryIdPlace(event.entryId), event.index, event.author, entryIdPlace(event.supersededBy)]),
    decode(bytes) {
      const places = new Places(prefix, bytes, 4);
      return {
        entryId: places.entryId(),
        index: places.count(),
        author: places.text() as Did,
        supersededBy: places.optionalEntryId(),
      };
    },
  };
}
