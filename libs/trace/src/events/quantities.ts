import type { RecordWriter } from '#codec';
import type { EntryId, ExecutionContext } from '#ledger';
import type { EventItem } from '../epcis/epcis-event.types.js';
import type { FindingLog } from '../findings/finding-log.js';
import { amountText, measure } from '../quantities/amount.js';
import type { LotMovement } from '../records/event.js';
import type { Quantity } from '../records/item.js';
import { ACCOUNT_ENTRIES_MAX, LOT_ACCOUNT, type LotAccount } from '../records/lot-account.js';
import type { EventExecution } from './event-execution.js';

// The accounts of lots. A lot's quantity may lie with many organisations, so the sums are over all of them. Classes have no
// account: what is made of a class need not be on this ledger.

const EMPTY: LotAccount = { created: 0n, used: 0n, entries: [] };

/** A quantity of a lot came into being, and its author may say so. */
export function addCreated(execution: EventExecution, item: EventItem): void {
  const movement = movementOf(item, 'created');
  if (movement === undefined) return;
  creates(execution.state, execution.context, execution.log, movement, execution.event.index);
  execution.movements.push(movement);
}

/** The quantity that an act of Lading's own creates a lot with. */
export function addCreatedLot(
  state: RecordWriter,
  context: ExecutionContext,
  log: FindingLog,
  { lot, quantity }: { readonly lot: string; readonly quantity: Quantity },
): void {
  const measured = measure(quantity.value, quantity.uom);
  if (measured !== undefined) creates(state, context, log, { lot, side: 'created', ...measured }, 0);
}

/**
 * A quantity of a lot is consumed or destroyed. More than was created, by whomever, is a finding and is not counted: an
 * exaggerated claim must not make everybody's later ones wrong.
 */
export function addUsed(execution: EventExecution, item: EventItem): void {
  const movement = movementOf(item, 'used');
  if (movement === undefined) return;
  const { state, context, log, event } = execution;
  const account = state.get(LOT_ACCOUNT, accountId(movement)) ?? EMPTY;
  const used = account.used + movement.amount;
  if (account.created > 0n && used > account.created) {
    const { lot, unit, amount } = movement;
    log.add(
      'FINDING_CONSUMED_MORE_THAN_PRODUCED',
      { item: lot, eventIndex: event.index },
      {
        contradicts: account.entries.filter((entry) => entry !== context.entryId),
        detail: `${amountText(account.created)} ${unit} were created and ${amountText(account.used)} used before; this uses ${amountText(amount)} more`,
      },
    );
    return;
  }
  state.put(LOT_ACCOUNT, accountId(movement), { ...account, used, entries: named(account, context.entryId) });
  execution.movements.push(movement);
}

/** What an event said about quantities does not hold any more: its author declared it an error. */
export function takeBackQuantities({ state, original }: EventExecution): void {
  for (const movement of original?.movements ?? []) {
    const account = state.get(LOT_ACCOUNT, accountId(movement));
    if (account === undefined) continue;
    const left = { ...account, [movement.side]: account[movement.side] - movement.amount };
    if (left.created === 0n && left.used === 0n) state.remove(LOT_ACCOUNT, accountId(movement));
    else state.put(LOT_ACCOUNT, accountId(movement), left);
  }
}

/** When the lot was used before it was created, by more than is created now, the creation contradicts the use. */
function creates(
  state: RecordWriter,
  { entryId }: ExecutionContext,
  log: FindingLog,
  movement: LotMovement,
  eventIndex: number,
): void {
  const { lot, unit, amount } = movement;
  const account = state.get(LOT_ACCOUNT, accountId(movement)) ?? EMPTY;
  const created = account.created + amount;
  if (account.created === 0n && account.used > created) {
    log.add(
      'FINDING_CONSUMED_MORE_THAN_PRODUCED',
      { item: lot, eventIndex },
      {
        contradicts: account.entries.filter((entry) => entry !== entryId),
        detail: `${amountText(account.used)} ${unit} were used before; this creates ${amountText(amount)}`,
      },
    );
  }
  state.put(LOT_ACCOUNT, accountId(movement), { ...account, created, entries: named(account, entryId) });
}

function movementOf({ id, quantity }: EventItem, side: LotMovement['side']): LotMovement | undefined {
  if (quantity?.value === undefined || id.kind === 'class') return undefined;
  const measured = measure(quantity.value, quantity.uom);
  return measured === undefined ? undefined : { lot: id.key, side, ...measured };
}

function accountId({ lot, unit }: LotMovement): string {
  return `${unit}/${lot}`;
}

/** The first entry stays, so that a finding names where the lot came from, and the latest of the others. */
function named({ entries }: LotAccount, entryId: EntryId): readonly EntryId[] {
  if (entries.includes(entryId)) return entries;
  return entries.length < ACCOUNT_ENTRIES_MAX
    ? [...entries, entryId]
    : [...entries.slice(0, 1), ...entries.slice(2), entryId];
}
