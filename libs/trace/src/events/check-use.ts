import type { EventItem } from '../epcis/epcis-event.types.js';
import { find, isThing, type EventExecution } from './event-execution.js';

/**
 * Findings about an item that an event names, other than to commission it. Judged against the ledger as it stands where the
 * entry is recorded, not at the time that the event claims: an event time is a claim too.
 *
 * A quantity of a lot may lie with many organisations, so observing one contradicts nobody's ownership.
 */
export function checkUse(execution: EventExecution, eventItem: EventItem): void {
  const { key, kind } = eventItem.id;
  if (kind === 'class') return;
  const item = execution.items.concern(key);
  if (item.status === 'destroyed' || item.status === 'inactive') {
    find(execution, 'FINDING_USED_AFTER_DESTROYED', key, [item.endedBy], `its status is ${item.status}`);
  }
  const { author } = execution.context;
  if (isThing(eventItem) && item.owner !== undefined && item.owner !== author && item.custodian !== author) {
    find(
      execution,
      'FINDING_NOT_OWNER_OR_CUSTODIAN',
      key,
      [item.assignedBy],
      `owned by ${item.owner}, held by ${item.custodian}`,
    );
  }
}
