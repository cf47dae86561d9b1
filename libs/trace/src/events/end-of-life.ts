import type { EpcisEvent } from '../epcis/epcis-event.types.js';
import type { ItemStatus } from '../records/item.js';
import type { WorkingItem } from '../records/working-items.js';
import type { EventExecution } from './event-execution.js';

const ENDING_STEPS: ReadonlySet<string> = new Set(['destroying', 'decommissioning']);
const GONE: ReadonlySet<string> = new Set(['destroyed', 'disposed']);

/** What an ObjectEvent makes of the things it names, when it ends their life: action DELETE, or a business step that says so. */
export function endingStatus(event: EpcisEvent): ItemStatus | undefined {
  if (event.action === 'ADD') return undefined;
  const ends = event.action === 'DELETE' || (event.bizStep !== undefined && ENDING_STEPS.has(event.bizStep));
  if (!ends) return undefined;
  const isGone = event.bizStep === 'destroying' || (event.disposition !== undefined && GONE.has(event.disposition));
  return isGone ? 'destroyed' : 'inactive';
}

/** Ends an item: it is in no container any more. What is inside it stays there until somebody unpacks it. */
export function endItem(execution: EventExecution, key: string, item: WorkingItem, status: ItemStatus): void {
  execution.items.unpack(key, item);
  item.status = status;
  item.endedBy = execution.context.entryId;
}
