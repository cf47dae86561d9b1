import { encodeCbor, type RecordType } from '#codec';
import type { Did, Height } from '#identity';
import type { EntryId } from '#ledger';
import { TRANSFER_STATES, type TransferState } from '../transfers/life-cycle.js';
import { entryIdPlace, Places } from './places.js';

export type TransferScope = 'ownership' | 'custody' | 'both';
const SCOPES: readonly TransferScope[] = ['ownership', 'custody', 'both'];

/** State record `transfer/<entry id of the offer>`. */
export interface Transfer {
  /** As last written; an offer that nobody answered expires without an entry, see `transferStateAt`. */
  readonly state: TransferState;
  readonly from: Did;
  readonly to: Did;
  readonly transfers: TransferScope;
  /** Canonical keys of what the offer names, in its order. */
  readonly items: readonly string[];
  /** The named items and everything inside them when they were offered: canonical keys, sorted. */
  readonly content: readonly string[];
  /** SHA-256 over the content (`contentHashOf`), 32 bytes. */
  readonly contentHash: Uint8Array;
  readonly offeredHeight: Height;
  /** Last height at which it can be answered. */
  readonly expiresAfterHeight: Height;
  readonly reference: string | undefined;
  /** Of the named items, those that the receiver took; empty unless accepted. */
  readonly accepted: readonly string[];
  /** Acceptance, rejection or cancellation. */
  readonly answeredBy: EntryId | undefined;
}

export const TRANSFER: RecordType<Transfer> = {
  prefix: 'transfer',
  encode: (transfer) =>
    encodeCbor([
      TRANSFER_STATES.indexOf(transfer.state),
      transfer.from,
      transfer.to,
      SCOPES.indexOf(transfer.transfers),
      transfer.items,
      transfer.content,
      transfer.contentHash,
      transfer.offeredHeight,
      transfer.expiresAfterHeight,
      transfer.reference ?? null,
      transfer.accepted,
      entryIdPlace(transfer.answeredBy),
    ]),
  decode(bytes) {
    const places = new Places('transfer', bytes, 12);
    return {
      state: places.oneOf(TRANSFER_STATES),
      from: places.text() as Did,
      to: places.text() as Did,
      transfers: places.oneOf(SCOPES),
      items: places.texts(),
      content: places.texts(),
      contentHash: places.bytes32(),
      offeredHeight: places.count(),
      expiresAfterHeight: places.count(),
      reference: places.optionalText(),
      accepted: places.texts(),
      answeredBy: places.optionalEntryId(),
    };
  },
};
