import { encodeCbor, type RecordType } from '#codec';
import type { Did, Height } from '#identity';
import type { EntryId } from '#ledger';
import { entryIdPlace, Places } from './places.js';

/**
 * `unknown`: named by events, commissioned by nobody on this ledger. `active`: commissioned. `inactive`: decommissioned, or used
 * up in a transformation. `destroyed`: gone.
 */
export type ItemStatus = 'unknown' | 'active' | 'inactive' | 'destroyed';

export interface Quantity {
  /** Decimal text, as its author wrote it. */
  readonly value: string;
  /** UN/ECE Recommendation 20 unit code; undefined = pieces. */
  readonly uom: string | undefined;
}

/** What is known of an item, lot or class of items: state record `item/<canonical key>`. */
export interface Item {
  readonly status: ItemStatus;
  /** Owner and custodian are set together when the item is commissioned; afterwards only accepted transfers change them. */
  readonly owner: Did | undefined;
  readonly custodian: Did | undefined;
  /** Canonical key of what it is packed in directly. */
  readonly container: string | undefined;
  /** Canonical key of the lot that it belongs to. */
  readonly lot: string | undefined;
  /** GTIN-14 of the registered product that it was commissioned as. */
  readonly product: string | undefined;
  /** Of a lot: what was created first. */
  readonly quantity: Quantity | undefined;
  /** The transfers that offer it, by what they transfer; they may have expired. */
  readonly ownershipOffer: EntryId | undefined;
  readonly custodyOffer: EntryId | undefined;
  /** Entry that commissioned it. */
  readonly commissionedBy: EntryId | undefined;
  /** Who commissioned it. */
  readonly commissioner: Did | undefined;
  /** Entry that gave it to its present owner or custodian, whichever was later. */
  readonly assignedBy: EntryId | undefined;
  /** Entry that packed it into its container. */
  readonly packedBy: EntryId | undefined;
  /** Entry that made it inactive or destroyed. */
  readonly endedBy: EntryId | undefined;
  /** First entry that concerns it, and its height. */
  readonly createdBy: EntryId;
  readonly createdHeight: Height;
  /** Entries that concern it, and the digest over their ids in order (`extendHistory` of libs/ledger, 32 bytes). */
  readonly count: number;
  readonly digest: Uint8Array;
}

const STATUSES: readonly ItemStatus[] = ['unknown', 'active', 'inactive', 'destroyed'];
const PLACES = 19;

export const ITEM: RecordType<Item> = {
  prefix: 'item',
  encode: (item) =>
    encodeCbor([
      STATUSES.indexOf(item.status),
      item.owner ?? null,
      item.custodian ?? null,
      item.container ?? null,
      item.lot ?? null,
      item.product ?? null,
      item.quantity?.value ?? null,
      item.quantity?.uom ?? null,
      entryIdPlace(item.ownershipOffer),
      entryIdPlace(item.custodyOffer),
      entryIdPlace(item.commissionedBy),
      item.commissioner ?? null,
      entryIdPlace(item.assignedBy),
      entryIdPlace(item.packedBy),
      entryIdPlace(item.endedBy),
      entryIdPlace(item.createdBy),
      item.createdHeight,
      item.count,
      item.digest,
    ]),
  decode(bytes) {
    const places = new Places('item', bytes, PLACES);
    return {
      status: places.oneOf(STATUSES),
      owner: places.optionalText() as Did | undefined,
      custodian: places.optionalText() as Did | undefined,
      container: places.optionalText(),
      lot: places.optionalText(),
      product: places.optionalText(),
      quantity: readQuantity(places.optionalText(), places.optionalText()),
      ownershipOffer: places.optionalEntryId(),
      custodyOffer: places.optionalEntryId(),
      commissionedBy: places.optionalEntryId(),
      commissioner: places.optionalText() as Did | undefined,
      assignedBy: places.optionalEntryId(),
      packedBy: places.optionalEntryId(),
      endedBy: places.optionalEntryId(),
      createdBy: places.entryId(),
      createdHeight: places.count(),
      count: places.count(),
      digest: places.bytes32(),
    };
  },
};

function readQuantity(value: string | undefined, uom: string | undefined): Quantity | undefined {
  return value === undefined ? undefined : { value, uom };
}
