import { failure, type Failure } from '#codec';
import type { Did } from '#identity';
import type { EntryId } from '#ledger';
import type { TransferScope } from '../records/transfer.js';
import type { WorkingItem } from '../records/working-items.js';

export function movesOwnership(transfers: TransferScope): boolean {
  return transfers !== 'custody';
}

export function movesCustody(transfers: TransferScope): boolean {
  return transfers !== 'ownership';
}

/** Why an item cannot be handed over by `from`: checked when it is offered and again when the offer is accepted. */
export function refuseHandOver(
  item: Readonly<WorkingItem>,
  key: string,
  { from, transfers }: { readonly from: Did; readonly transfers: TransferScope },
): Failure | undefined {
  if (movesOwnership(transfers) && item.owner !== from) {
    return failure('TRACE_NOT_OWNER', `${key} belongs to ${item.owner ?? 'nobody'}, not to ${from}`);
  }
  if (movesCustody(transfers) && item.custodian !== from) {
    return failure('TRACE_NOT_CUSTODIAN', `${key} is held by ${item.custodian ?? 'nobody'}, not by ${from}`);
  }
  if (item.status !== 'active') return failure('TRACE_ITEM_NOT_ACTIVE', `the status of ${key} is ${item.status}`);
  return undefined;
}

/** The offer `transfer` is closed for this item, whatever became of it. */
export function closeOffer(item: WorkingItem, transfer: EntryId): void {
  if (item.ownershipOffer === transfer) item.ownershipOffer = undefined;
  if (item.custodyOffer === transfer) item.custodyOffer = undefined;
}

/** The item changes hands. Other offers of what the giver gave away have lost their ground. */
export function handOver(
  item: WorkingItem,
  { to, transfers, acceptedBy }: { readonly to: Did; readonly transfers: TransferScope; readonly acceptedBy: EntryId },
): void {
  if (movesOwnership(transfers)) {
    item.owner = to;
    item.ownershipOffer = undefined;
  }
  if (movesCustody(transfers)) {
    item.custodian = to;
    item.custodyOffer = undefined;
  }
  item.assignedBy = acceptedBy;
}
