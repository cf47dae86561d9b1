import { gs1PrefixOwner } from '#identity';
import type { EventItem } from '../epcis/epcis-event.types.js';
import { gs1KeyDigits } from '../identifiers/canonical-id.js';
import { addCreated } from './quantities.js';
import { find, mayHandle, type EventExecution } from './event-execution.js';

/**
 * An event says that a thing or lot came into being: whoever says so first owns and holds it, unless the key's prefix is
 * registered to somebody else. A class has no owner. Lots may be added to by their owner (`creating_class_instance` repeats).
 */
export function commissionByEvent(execution: EventExecution, eventItem: EventItem): void {
  const { id, quantity } = eventItem;
  if (id.kind === 'class') return;
  const { author, entryId } = execution.context;
  const item = execution.items.concern(id.key);

  if (item.commissionedBy !== undefined) {
    const addsToOwnLot = (id.kind === 'lot' || quantity !== undefined) && item.owner === author;
    if (addsToOwnLot) {
      addCreated(execution, eventItem);
    } else {
      find(
        execution,
        'FINDING_COMMISSIONED_TWICE',
        id.key,
        [item.commissionedBy],
        `commissioned before, owned by ${item.owner}`,
      );
    }
    return;
  }
  const registrant = prefixOwnerOf(execution, id.key);
  if (registrant !== undefined && registrant !== author) {
    find(execution, 'FINDING_FOREIGN_PREFIX', id.key, [], `the company prefix is registered to ${registrant}`);
    return;
  }
  const container = item.container === undefined ? undefined : execution.items.peek(item.container);
  if (container !== undefined && !mayHandle(execution, container)) {
    find(
      execution,
      'FINDING_ALREADY_CONTAINED',
      id.key,
      [item.packedBy],
      `it is inside ${item.container}, which another organisation owns`,
    );
    return;
  }
  item.status = 'active';
  item.owner = author;
  item.custodian = author;
  item.commissionedBy = entryId;
  item.assignedBy = entryId;
  item.commissioner = author;
  if (quantity?.value !== undefined) item.quantity = { value: quantity.value, uom: quantity.uom };
  addCreated(execution, eventItem);
}

function prefixOwnerOf(execution: EventExecution, key: string): string | undefined {
  const digits = gs1KeyDigits(key);
  return digits === undefined ? undefined : gs1PrefixOwner(execution.state, digits);
}
