import {
  bytesEqual,
  failure,
  fromHex,
  success,
  type Failure,
  type RecordReader,
  type RecordWriter,
  type Result,
} from '#codec';
import type { Did } from '#identity';
import type { EntryAction, EntryId, ExecutionContext, Finding } from '#ledger';
import type { FieldReader } from '../field-reader.js';
import { ITEM } from '../records/item.js';
import { TRANSFER, type Transfer } from '../records/transfer.js';
import { WorkingItems } from '../records/working-items.js';
import { collectContent, contentHashOf } from '../transfers/content.js';
import { closeOffer, handOver, refuseHandOver } from '../transfers/hand-over.js';
import { TRANSFER_LIFE_CYCLE, transferStateAt, type TransferAct, type TransferState } from '../transfers/life-cycle.js';
import { makeAction } from './author.js';
import { readItemsField } from './content-fields.js';

export const TRANSFER_ACCEPT = 'transfer.accept';
export const TRANSFER_REJECT = 'transfer.reject';
export const TRANSFER_CANCEL = 'transfer.cancel';

export interface TransferAccept extends EntryAction {
  readonly kind: typeof TRANSFER_ACCEPT;
  /** Entry id of the offer. */
  readonly transfer: EntryId;
  /** Canonical keys of the named items that the receiver takes; undefined = all. */
  readonly accepted: readonly string[] | undefined;
  readonly reason: string | undefined;
}

export interface TransferReject extends EntryAction {
  readonly kind: typeof TRANSFER_REJECT;
  readonly transfer: EntryId;
  readonly reason: string | undefined;
}

export interface TransferCancel extends EntryAction {
  readonly kind: typeof TRANSFER_CANCEL;
  readonly transfer: EntryId;
}

const ACCEPT_FIELDS: ReadonlySet<string> = new Set(['transfer', 'accepted', 'reason']);
const REJECT_FIELDS: ReadonlySet<string> = new Set(['transfer', 'reason']);
const CANCEL_FIELDS: ReadonlySet<string> = new Set(['transfer']);

/**
 * The named receiver takes the offer, or part of it: owner, holder or both of the accepted items and of everything inside
 * them change. Offer and answer together are a proof that both sides signed.
 */
export function readTransferAccept(content: FieldReader): Result<TransferAccept> {
  content.onlyFields(ACCEPT_FIELDS, 'no-extensions');
  const answer = {
    kind: TRANSFER_ACCEPT,
    transfer: readTransferId(content),
    accepted: content.has('accepted') ? readItemsField(content, 'accepted') : undefined,
    reason: content.optionalText('reason', { lengthMax: 500 }),
  } as const;
  if (content.problems.first !== undefined) return content.problems.first;
  return success(makeAction(answer, (state, context) => accept(state, context, answer)));
}

/** The named receiver refuses the offer. */
export function readTransferReject(content: FieldReader): Result<TransferReject> {
  content.onlyFields(REJECT_FIELDS, 'no-extensions');
  const answer = {
    kind: TRANSFER_REJECT,
    transfer: readTransferId(content),
    reason: content.optionalText('reason', { lengthMax: 500 }),
  } as const;
  if (content.problems.first !== undefined) return content.problems.first;
  return success(makeAction(answer, (state, context) => close(state, context, { id: answer.transfer, act: 'reject' })));
}

/** The offering organisation takes an unanswered offer back. */
export function readTransferCancel(content: FieldReader): Result<TransferCancel> {
  content.onlyFields(CANCEL_FIELDS, 'no-extensions');
  const answer = { kind: TRANSFER_CANCEL, transfer: readTransferId(content) } as const;
  if (content.problems.first !== undefined) return content.problems.first;
  return success(makeAction(answer, (state, context) => close(state, context, { id: answer.transfer, act: 'cancel' })));
}

function readTransferId(content: FieldReader): EntryId {
  return content.matching(
    'transfer',
    (id) => fromHex(id, 32) !== undefined,
    'the entry id of the offer, 64 hexadecimal characters',
  ) as EntryId;
}

function accept(
  state: RecordWriter,
  context: ExecutionContext,
  answer: { readonly transfer: EntryId; readonly accepted: readonly string[] | undefined },
): Result<readonly Finding[]> {
  const accepted = answer.accepted;
  const found = findOpen(state, context, { id: answer.transfer, act: 'accept' });
  if (!found.ok) return found;
  const transfer = found.value;
  const stray = accepted?.findIndex((key) => !transfer.items.includes(key)) ?? -1;
  if (stray >= 0) return failure('TRACE_NOT_IN_OFFER', 'the offer does not name this item', `/accepted/${stray}`);
  const changed = refuseChangedContent(state, transfer);
  if (changed !== undefined) return changed;

  const isPart = accepted !== undefined && accepted.length < transfer.items.length;
  const moved = collectContent(state, accepted ?? transfer.items);
  if (!moved.ok) return moved;
  const moving = new Set(moved.value);
  const items = new WorkingItems(state, context);
  for (const key of transfer.content) {
    const item = items.concern(key);
    if (moving.has(key)) {
      const refused = refuseHandOver(item, key, transfer);
      if (refused !== undefined) return refused;
      handOver(item, { to: transfer.to, transfers: transfer.transfers, acceptedBy: context.entryId });
    }
    closeOffer(item, answer.transfer);
  }
  items.save();
  state.put(TRANSFER, answer.transfer, {
    ...transfer,
    state: nextState(transfer.state, isPart ? 'accept-part' : 'accept'),
    accepted: accepted ?? transfer.items,
    answeredBy: context.entryId,
  });
  return success([]);
}

/** Rejecting and cancelling: nothing changes hands, the items are free for another offer. */
function close(
  state: RecordWriter,
  context: ExecutionContext,
  { id, act }: { readonly id: EntryId; readonly act: 'reject' | 'cancel' },
): Result<readonly Finding[]> {
  const found = findOpen(state, context, { id, act });
  if (!found.ok) return found;
  const items = new WorkingItems(state, context);
  for (const key of found.value.content) closeOffer(items.concern(key), id);
  items.save();
  state.put(TRANSFER, id, { ...found.value, state: nextState(found.value.state, act), answeredBy: context.entryId });
  return success([]);
}

/** The transfer, when this author may do this act to it now: it exists, it is theirs to answer, it is open. */
function findOpen(
  state: RecordReader,
  context: ExecutionContext,
  { id, act }: { readonly id: EntryId; readonly act: 'accept' | 'reject' | 'cancel' },
): Result<Transfer> {
  const transfer = state.get(TRANSFER, id);
  if (transfer === undefined) return failure('TRACE_UNKNOWN_TRANSFER', `there is no offer ${id}`, '/transfer');
  const refused = refuseParty(transfer, context.author, act);
  if (refused !== undefined) return refused;
  const current = transferStateAt(transfer, context.height);
  if (current === 'expired') {
    return failure(
      'TRACE_TRANSFER_EXPIRED',
      `the offer was open until height ${transfer.expiresAfterHeight}`,
      '/transfer',
    );
  }
  if (TRANSFER_LIFE_CYCLE[current][act] === undefined) {
    return failure('TRACE_TRANSFER_NOT_OPEN', `the transfer is ${current}`, '/transfer');
  }
  return success(transfer);
}

function refuseParty(transfer: Transfer, author: Did, act: 'accept' | 'reject' | 'cancel'): Failure | undefined {
  if (act === 'cancel') {
    return author === transfer.from
      ? undefined
      : failure('TRACE_NOT_OFFERER', `only ${transfer.from} can cancel its offer`, '/transfer');
  }
  return author === transfer.to
    ? undefined
    : failure('TRACE_NOT_RECEIVER', `only ${transfer.to} can answer this offer`, '/transfer');
}

/** Both sides sign the same list: what is inside the offered items must be what was inside when they were offered. */
function refuseChangedContent(state: RecordReader, transfer: Transfer): Failure | undefined {
  const packed = transfer.items.find((key) => state.get(ITEM, key)?.container !== undefined);
  if (packed !== undefined)
    return failure('TRACE_CONTENT_CHANGED', `${packed} was packed into a container since it was offered`, '/transfer');
  const content = collectContent(state, transfer.items);
  if (!content.ok || !bytesEqual(contentHashOf(content.value), transfer.contentHash)) {
    return failure('TRACE_CONTENT_CHANGED', 'something was packed or unpacked since the offer', '/transfer');
  }
  return undefined;
}

function nextState(state: TransferState, act: TransferAct): TransferState {
  return TRANSFER_LIFE_CYCLE[state][act] as TransferState;
}
