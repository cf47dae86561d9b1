import { encodeCbor, type RecordType } from '#codec';
import type { UnixMs } from '#identity';
import type { EntryId } from '#ledger';
import { entryIdPlace, Places } from './places.js';

/**
 * State record `sighting/<canonical key of an item>`: the latest event, by its own time, that told where the item was with a `geo:` URI.
 * Only who owns or holds an item can set it.
 */
export interface Sighting {
  readonly timeMs: UnixMs;
  /** The place as its author wrote it. */
  readonly geoUri: string;
  readonly entryId: EntryId;
}

export const SIGHTING: RecordType<Sighting> = {
  prefix: 'sighting',
  encode: (sighting) => encodeCbor([`${sighting.timeMs}`, sighting.geoUri, entryIdPlace(sighting.entryId)]),
  decode(bytes) {
    const places = new Places('sighting', bytes, 3);
    return { timeMs: Number(places.text()), geoUri: places.text(), entryId: places.entryId() };
  },
};
