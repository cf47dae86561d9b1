import { EPCIS_CAPTURE } from './acts/epcis-capture.js';
import { ITEM_COMMISSION, LOT_COMMISSION } from './acts/commission.js';
import { KEY_ROTATE } from './acts/key-rotate.js';
import { PRODUCT_REGISTER } from './acts/product-register.js';
import type { Transfer } from './records/transfer.js';
import type { TraceAction } from './rules.js';

/**
 * The items whose history an entry extends: canonical keys, each once. An EPCIS event concerns every item that it names, in
 * any role; an act of a transfer concerns the whole content of the offer. The digest in the item's state record counts
 * exactly these entries.
 *
 * @param transfer - for the acts of a transfer: its state record, after the entry
 */
export function concernedItems(action: TraceAction, transfer?: Pick<Transfer, 'content'>): readonly string[] {
  switch (action.kind) {
    case PRODUCT_REGISTER:
    case KEY_ROTATE:
      return [];
    case ITEM_COMMISSION:
      return action.items;
    case LOT_COMMISSION:
      return [action.lotKey];
    case EPCIS_CAPTURE:
      return [...new Set(action.events.flatMap((event) => event.items.map((item) => item.id.key)))];
    default:
      return transfer?.content ?? [];
  }
}
