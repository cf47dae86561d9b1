import { JsonObject, toHex, utf8Encode, writeJson } from '#codec';
import type { KeyPurpose } from '#identity';
import { ITEM_COMMISSION, LOT_COMMISSION } from '../acts/commission.js';
import { keyOrText } from '../acts/content-fields.js';
import { KEY_ROTATE } from '../acts/key-rotate.js';
import { PRODUCT_REGISTER } from '../acts/product-register.js';
import { RECALL_ACKNOWLEDGE, RECALL_CLOSE, type RecallOutcome } from '../acts/recall-answer.js';
import { RECALL_OPEN } from '../acts/recall-open.js';
import { TRANSFER_ACCEPT, TRANSFER_CANCEL, TRANSFER_REJECT } from '../acts/transfer-answer.js';
import { TRANSFER_OFFER } from '../acts/transfer-offer.js';
import { lotKey, productKey, readGtin } from '../identifiers/gtin.js';
import type { TransferScope } from '../records/transfer.js';
import { CONTENT_TYPE, type TraceKind } from '../rules.js';

/** What is needed to sign an entry, beside who signs it and until when it may be included. */
export interface EntryDraft {
  readonly kind: TraceKind;
  /** Label for people and searches, 1..512 characters; no rule judges it. */
  readonly subject: string;
  readonly contentType: typeof CONTENT_TYPE;
  readonly content: Uint8Array;
}

/** A parsed object keeps its numbers as they were written. */
type Attributes = JsonObject | Readonly<Record<string, string | number | boolean>>;

export interface QuantityInput {
  /** Decimal text keeps every digit; a number is written as JavaScript writes it. */
  readonly value: string | number;
  readonly uom: string;
}

export interface ProductRegistrationInput {
  readonly gtin: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export interface ItemCommissioningInput {
  readonly gtin: string;
  readonly serials: readonly string[];
  readonly lot?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export interface LotCommissioningInput {
  readonly gtin: string;
  readonly lot: string;
  readonly quantity: QuantityInput;
  readonly attributes?: Attributes | undefined;
}

export interface TransferOfferInput {
  /** Identifiers in any spelling. */
  readonly items: readonly string[];
  readonly to: string;
  readonly transfers: TransferScope;
  readonly expiresAfterBlocks?: number | undefined;
  readonly reference?: string | undefined;
}

export interface TransferAcceptanceInput {
  /** Entry id of the offer. */
  readonly transfer: string;
  readonly accepted?: readonly string[] | undefined;
  readonly reason?: string | undefined;
}

export interface RecallOpeningInput {
  readonly title: string;
  readonly reason: string;
  readonly class?: string | undefined;
  /** Identifiers of items and lots in any spelling. */
  readonly items: readonly string[];
  /** RFC 3339 times. */
  readonly window?: { readonly from?: string | undefined; readonly to?: string | undefined } | undefined;
  readonly instructions?: string | undefined;
}

export type RecallQuantityInput = Readonly<Partial<Record<RecallOutcome, string | number | undefined>>> & {
  /** In any spelling. */
  readonly item: string;
  readonly uom?: string | undefined;
};

export interface RecallAcknowledgementInput {
  /** Entry id of the opening. */
  readonly recall: string;
  readonly quantities?: readonly RecallQuantityInput[] | undefined;
  readonly note?: string | undefined;
}

export interface KeyRotationInput {
  readonly purpose: KeyPurpose;
  readonly publicKey: Uint8Array;
  /** By the new key over `rotationProofMessage` of libs/identity. */
  readonly proof: Uint8Array;
  readonly overlapBlocks?: number | undefined;
  readonly revokeOld?: boolean | undefined;
  /** With a root key: SHA-256 of the root public key after this one, 32 bytes. */
  readonly rootCommitment?: Uint8Array | undefined;
}

// The builders write what they are given, with the members always in the same order; judging it is the rules' business.

export function productRegistration({ gtin, name, description, attributes }: ProductRegistrationInput): EntryDraft {
  return draft(PRODUCT_REGISTER, productSubject(gtin), { gtin, name, description, attributes });
}

export function itemCommissioning({ gtin, serials, lot, attributes }: ItemCommissioningInput): EntryDraft {
  return draft(ITEM_COMMISSION, productSubject(gtin), { gtin, serials, lot, attributes });
}

export function lotCommissioning({
  gtin,
  lot,
  quantity: { value, uom },
  attributes,
}: LotCommissioningInput): EntryDraft {
  const read = readGtin(gtin);
  const subject = read.ok ? lotKey(read.value, lot) : gtin;
  return draft(LOT_COMMISSION, subject, { gtin, lot, quantity: { value, uom }, attributes });
}

export function transferOffer({ items, to, transfers, expiresAfterBlocks, reference }: TransferOfferInput): EntryDraft {
  return draft(TRANSFER_OFFER, keyOrText(items[0] ?? to), { items, to, transfers, expiresAfterBlocks, reference });
}

export function transferAcceptance({ transfer, accepted, reason }: TransferAcceptanceInput): EntryDraft {
  return draft(TRANSFER_ACCEPT, transfer, { transfer, accepted, reason });
}

export function transferRejection({ transfer, reason }: Omit<TransferAcceptanceInput, 'accepted'>): EntryDraft {
  return draft(TRANSFER_REJECT, transfer, { transfer, reason });
}

export function transferCancellation({ transfer }: Pick<TransferAcceptanceInput, 'transfer'>): EntryDraft {
  return draft(TRANSFER_CANCEL, transfer, { transfer });
}

export function recallOpening(input: RecallOpeningInput): EntryDraft {
  const { title, reason, class: recallClass, items, window, instructions } = input;
  const content = { title, reason, class: recallClass, items, window, instructions };
  return draft(RECALL_OPEN, keyOrText(items[0] ?? title), content);
}

export function recallAcknowledgement({ recall, quantities, note }: RecallAcknowledgementInput): EntryDraft {
  return draft(RECALL_ACKNOWLEDGE, recall, { recall, quantities, note });
}

export function recallClosing({ recall, note }: Omit<RecallAcknowledgementInput, 'quantities'>): EntryDraft {
  return draft(RECALL_CLOSE, recall, { recall, note });
}

export function keyRotation(input: KeyRotationInput): EntryDraft {
  const { purpose, overlapBlocks, revokeOld } = input;
  const content = {
    purpose,
    publicKey: toHex(input.publicKey),
    proof: toHex(input.proof),
    overlapBlocks,
    revokeOld,
    rootCommitment: input.rootCommitment && toHex(input.rootCommitment),
  };
  return draft(KEY_ROTATE, content.publicKey, content);
}

/** Members that are undefined are left out of the JSON. */
export function draft(kind: TraceKind, subject: string, content: object): EntryDraft {
  return { kind, subject: subjectOf(subject), contentType: CONTENT_TYPE, content: utf8Encode(contentText(content)) };
}

function contentText(content: object): string {
  const members = Object.entries(content)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]: [string, unknown]) =>
        `${JSON.stringify(name)}:${value instanceof JsonObject ? writeJson(value) : JSON.stringify(value)}`,
    );
  return `{${members.join(',')}}`;
}

function productSubject(gtin: string): string {
  const read = readGtin(gtin);
  return read.ok ? productKey(read.value) : gtin;
}

/** A subject has 1..512 characters. */
function subjectOf(text: string): string {
  return text.slice(0, 512) || '-';
}
