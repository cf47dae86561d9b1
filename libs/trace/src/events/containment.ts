import type { EventItem } from '../epcis/epcis-event.types.js';
import { CONTAINER_CHILDREN_MAX } from '../records/contents.js';
import type { WorkingItem } from '../records/working-items.js';
import { commissionByEvent } from './commission.js';
import { find, isThing, itemsInRole, mayHandle, type EventExecution } from './event-execution.js';

/** Containers around a thing, at most: a bound on every walk up. */
export const CONTAINER_DEPTH_MAX = 64;

/**
 * AggregationEvent ADD. Only single things are packed: a quantity of a lot stays a claim, because the lot as a whole has one
 * owner. What the author may not handle is not packed (the finding is made by `checkUse`); who first packs into a container
 * that nobody has commissioned commissions it.
 */
export function applyPacking(execution: EventExecution): void {
  const [parent] = itemsInRole(execution.event, 'parent');
  if (parent === undefined || !isThing(parent)) return;
  const container = execution.items.concern(parent.id.key);
  if (container.owner === undefined) commissionByEvent(execution, parent);
  if (container.status !== 'active' || !mayHandle(execution, container)) return;
  for (const child of itemsInRole(execution.event, 'child'))
    if (isThing(child)) pack(execution, child.id.key, parent.id.key);
}

/** AggregationEvent DELETE. Without children it empties the container. */
export function applyUnpacking(execution: EventExecution): void {
  const { items, event } = execution;
  const [parent] = itemsInRole(event, 'parent');
  if (parent === undefined || !isThing(parent)) return;
  const container = items.concern(parent.id.key);
  const children = itemsInRole(event, 'child');
  const mayUnpack = mayHandle(execution, container);
  if (children.length === 0) {
    if (!mayUnpack) return;
    for (const key of [...items.childrenOf(parent.id.key)]) {
      const item = items.change(key);
      if (item !== undefined) items.unpack(key, item);
    }
    return;
  }
  for (const child of children) {
    if (!isThing(child)) continue;
    const item = items.concern(child.id.key);
    if (item.container !== parent.id.key) {
      find(execution, 'FINDING_NOT_IN_CONTAINER', child.id.key, [item.packedBy], notInside(item, parent));
    } else if (mayUnpack && mayHandle(execution, item)) {
      items.unpack(child.id.key, item);
    }
  }
}

function notInside(item: WorkingItem, parent: EventItem): string {
  const place = item.container === undefined ? 'it is in no container' : `it is inside ${item.container}`;
  return `not inside ${parent.id.key}: ${place}`;
}

function pack(execution: EventExecution, key: string, container: string): void {
  const { items } = execution;
  const item = items.concern(key);
  if (item.container === container) return;
  if (item.container !== undefined) {
    find(execution, 'FINDING_ALREADY_CONTAINED', key, [item.packedBy], `it is inside ${item.container}`);
    return;
  }
  if (!mayHandle(execution, item) || item.status === 'inactive' || item.status === 'destroyed') return;

  let depth = 0;
  for (let above: string | undefined = container; above !== undefined; above = items.peek(above)?.container) {
    if (above === key) {
      find(
        execution,
        'FINDING_CONTAINED_IN_ITSELF',
        key,
        [items.peek(container)?.packedBy],
        `${container} is inside it`,
      );
      return;
    }
    if (++depth > CONTAINER_DEPTH_MAX) {
      find(
        execution,
        'FINDING_CONTAINER_LIMIT',
        key,
        [],
        `more than ${CONTAINER_DEPTH_MAX} containers inside each other`,
      );
      return;
    }
  }
  if (items.childrenOf(container).size >= CONTAINER_CHILDREN_MAX) {
    find(execution, 'FINDING_CONTAINER_LIMIT', key, [], `${container} holds ${CONTAINER_CHILDREN_MAX} things already`);
    return;
  }
  items.pack(key, item, container);
}
