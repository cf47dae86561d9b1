import { failure, JsonNumber, success, type Failure, type RecordReader, type Result } from '#codec';
import { mayWrite, ORGANIZATION, type Did, type Height } from '#identity';
import type { EntryAction, EntryId } from '#ledger';
import type { FieldReader } from '../field-reader.js';
import { ITEM } from '../records/item.js';
import { TRANSFER, type TransferScope } from '../records/transfer.js';
import { WorkingItems, type WorkingItem } from '../records/working-items.js';
import { collectContent, contentHashOf } from '../transfers/content.js';
import { movesCustody, movesOwnership, refuseHandOver } from '../transfers/hand-over.js';
import { transferStateAt } from '../transfers/life-cycle.js';
import { makeAction } from './author.js';
import { readItemsField } from './content-fields.js';

export const TRANSFER_OFFER = 'transfer.offer';

export interface TransferOffer extends EntryAction {
  readonly kind: typeof TRANSFER_OFFER;
  /** Canonical keys of what the offer names; what is inside them is offered with them. */
  readonly items: readonly string[];
  readonly to: Did;
  readonly transfers: TransferScope;
  readonly expiresAfterBlocks: number;
  readonly reference: string | undefined;
}

export const EXPIRES_AFTER_BLOCKS_DEFAULT = 100_000;
export const EXPIRES_AFTER_BLOCKS_MAX = 1_000_000;

const FIELDS: ReadonlySet<string> = new Set(['items', 'to', 'transfers', 'expiresAfterBlocks', 'reference']);

/** The owner or holder of items offers them, with everything inside them, to one named organisation. */
export function readTransferOffer(content: FieldReader): Result<TransferOffer> {
  content.onlyFields(FIELDS, 'no-extensions');
  const offer = {
    kind: TRANSFER_OFFER,
    items: readItemsField(content, 'items'),
    to: content.text('to', { lengthMax: 255 }) as Did,
    transfers: content.matching('transfers', isScope, 'ownership, custody or both') as TransferScope,
    expiresAfterBlocks: readExpiry(content),
    reference: content.optionalText('reference', { lengthMax: 200 }),
  } as const;
  if (content.problems.first !== undefined) return content.problems.first;

  return success(
    makeAction(offer, (state, context) => {
      const refusal = refuseReceiver(state, offer.to, context.author) ?? refuseNamedItems(state, offer.items);
      if (refusal !== undefined) return refusal;
      const content = collectContent(state, offer.items);
      if (!content.ok) return content;

      const items = new WorkingItems(state, context);
      const openOffers = new OpenOffers(state, context.height);
      for (const key of content.value) {
        const item = items.concern(key);
        const refused =
          refuseHandOver(item, key, { from: context.author, transfers: offer.transfers }) ??
          refuseOffered(item, key, offer.transfers, openOffers);
        if (refused !== undefined) return { ...refused, ...pointerTo(offer.items, key) };
        if (movesOwnership(offer.transfers)) item.ownershipOffer = context.entryId;
        if (movesCustody(offer.transfers)) item.custodyOffer = context.entryId;
      }
      items.save();
      state.put(TRANSFER, context.entryId, {
        state: 'offered',
        from: context.author,
        to: offer.to,
        transfers: offer.transfers,
        items: offer.items,
        content: content.value,
        contentHash: contentHashOf(content.value),
        offeredHeight: context.height,
        expiresAfterHeight: context.height + offer.expiresAfterBlocks,
        reference: offer.reference,
        accepted: [],
        answeredBy: undefined,
      });
      return success([]);
    }),
  );
}

function isScope(text: string): boolean {
  return text === 'ownership' || text === 'custody' || text === 'both';
}

function readExpiry(content: FieldReader): number {
  if (!content.has('expiresAfterBlocks')) return EXPIRES_AFTER_BLOCKS_DEFAULT;
  const value = content.value('expiresAfterBlocks');
  const blocks = value instanceof JsonNumber && /^[1-9][0-9]{0,6}$/.test(value.text) ? Number(value.text) : 0;
  if (blocks < 1 || blocks > EXPIRES_AFTER_BLOCKS_MAX) {
    content.problems.add(
      'BAD_VALUE',
      `expiresAfterBlocks must be 1..${EXPIRES_AFTER_BLOCKS_MAX}`,
      content.at('expiresAfterBlocks'),
    );
  }
  return blocks;
}

function refuseReceiver(state: RecordReader, to: Did, author: Did): Failure | undefined {
  if (to === author)
    return failure('TRACE_TRANSFER_TO_SELF', 'the receiver is the offering organisation itself', '/to');
  const receiver = state.get(ORGANIZATION, to);
  if (receiver?.status !== 'active' || !mayWrite(receiver)) {
    return failure('TRACE_UNKNOWN_RECEIVER', `${to} is not an active organisation that takes part in trade`, '/to');
  }
  return undefined;
}

function refuseNamedItems(state: RecordReader, items: readonly string[]): Failure | undefined {
  for (const [i, key] of items.entries()) {
    const item = state.get(ITEM, key);
    if (item === undefined) return failure('TRACE_UNKNOWN_ITEM', `the ledger does not know ${key}`, `/items/${i}`);
    if (item.container !== undefined) {
      return failure(
        'TRACE_ITEM_IN_CONTAINER',
        `${key} is inside ${item.container}; offer that, or unpack it first`,
        `/items/${i}`,
      );
    }
  }
  return undefined;
}

/** The named item in which the refused one lies cannot be told without walking up; only a named one gets a pointer. */
function pointerTo(items: readonly string[], key: string): { pointer: string } {
  const position = items.indexOf(key);
  return { pointer: position < 0 ? '/items' : `/items/${position}` };
}

/** Offers that are still open at a height, each looked up once. */
class OpenOffers {
  private readonly known = new Map<EntryId, boolean>();

  constructor(
    private readonly state: RecordReader,
    private readonly height: Height,
  ) {}

  has(id: EntryId | undefined): boolean {
    if (id === undefined) return false;
    let isOpen = this.known.get(id);
    if (isOpen === undefined) {
      const transfer = this.state.get(TRANSFER, id);
      isOpen = transfer !== undefined && transferStateAt(transfer, this.height) === 'offered';
      this.known.set(id, isOpen);
    }
    return isOpen;
  }
}

function refuseOffered(
  item: Readonly<WorkingItem>,
  key: string,
  transfers: TransferScope,
  offers: OpenOffers,
): Failure | undefined {
  const open =
    (movesOwnership(transfers) && offers.has(item.ownershipOffer)) ||
    (movesCustody(transfers) && offers.has(item.custodyOffer));
  return open ? failure('TRACE_ALREADY_OFFERED', `${key} is in an open offer`) : undefined;
}
