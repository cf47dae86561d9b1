import { EPCIS_CAPTURE } from './acts/epcis-capture.js';
import { ITEM_COMMISSION, LOT_COMMISSION } from './acts/commission.js';
import { KEY_RECOVER } from './acts/governance/key-recover.js';
import { KEY_REVOKE } from './acts/governance/key-revoke.js';
import { ORGANIZATION_UPDATE } from './acts/governance/organization-update.js';
import { PROPOSAL_VOTE, PROPOSAL_WITHDRAW } from './acts/governance/proposal-answer.js';
import { PROPOSAL_OPEN } from './acts/governance/proposal-open.js';
import { KEY_ROTATE } from './acts/key-rotate.js';
import { PRODUCT_REGISTER } from './acts/product-register.js';
import { RECALL_ACKNOWLEDGE, RECALL_CLOSE } from './acts/recall-answer.js';
import { RECALL_OPEN } from './acts/recall-open.js';
import type { Recall } from './records/recall.js';
import type { Transfer } from './records/transfer.js';
import type { TraceAction } from './rules.js';

/**
 * The items whose history an entry extends: canonical keys, each once. An EPCIS event concerns every item that it names, in
 * any role; an act of a transfer concerns the whole content of the offer; opening and closing a recall its targets. The digest in the item's state record counts
 * exactly these entries.
 *
 * @param about - for the acts of a transfer and the closing of a recall: its state record, after the entry
 */
export function concernedItems(
  action: TraceAction,
  about?: Pick<Transfer, 'content'> | Pick<Recall, 'items'>,
): readonly string[] {
  switch (action.kind) {
    case PRODUCT_REGISTER:
    case ORGANIZATION_UPDATE:
    case KEY_ROTATE:
    case KEY_REVOKE:
    case KEY_RECOVER:
    case PROPOSAL_OPEN:
    case PROPOSAL_VOTE:
    case PROPOSAL_WITHDRAW:
    case RECALL_ACKNOWLEDGE:
      return [];
    case ITEM_COMMISSION:
    case RECALL_OPEN:
      return action.items;
    case LOT_COMMISSION:
      return [action.lotKey];
    case EPCIS_CAPTURE:
      return [...new Set(action.events.flatMap((event) => event.items.map((item) => item.id.key)))];
    case RECALL_CLOSE:
      return about !== undefined && 'items' in about ? about.items : [];
    default:
      return about !== undefined && 'content' in about ? about.content : [];
  }
}
