import type { RecordWriter } from '#codec';
import type { EntryId, ExecutionContext } from '#ledger';
import type { EpcisEvent, EventItem } from '../epcis/epcis-event.types.js';
import type { FindingCode, FindingLog } from '../findings/finding-log.js';
import type { LotMovement, RecordedEvent } from '../records/event.js';
import type { WorkingItem, WorkingItems } from '../records/working-items.js';

/** One event while it is carried out. */
export interface EventExecution {
  readonly state: RecordWriter;
  readonly context: ExecutionContext;
  readonly items: WorkingItems;
  readonly event: EpcisEvent;
  readonly log: FindingLog;
  /** Of an error declaration: the event that it takes back, when that is on the ledger. */
  readonly original: RecordedEvent | undefined;
  /** What the event adds to the accounts of lots; filled while it is carried out. */
  readonly movements: LotMovement[];
}

export function find(
  execution: EventExecution,
  code: FindingCode,
  item: string,
  contradicts: readonly (EntryId | undefined)[],
  detail: string,
): void {
  execution.log.add(code, { item, eventIndex: execution.event.index }, { contradicts, detail });
}

/**
 * Whether the author's claims about the item change what the ledger knows of it: it is theirs, or they hold it, or nobody
 * has commissioned it.
 */
export function mayHandle(execution: EventExecution, item: Readonly<WorkingItem>): boolean {
  const { author } = execution.context;
  return item.owner === undefined || item.owner === author || item.custodian === author;
}

/** Single things: what is counted one by one, can be owned, packed and destroyed. Lots and classes are not. */
export function isThing(item: EventItem): boolean {
  return item.quantity === undefined && (item.id.kind === 'instance' || item.id.kind === 'other');
}

export function itemsInRole(event: EpcisEvent, role: EventItem['role']): EventItem[] {
  return event.items.filter((item) => item.role === role);
}
