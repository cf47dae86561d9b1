import { beforeEach, describe, expect, it } from '@jest/globals';
import type { EntryId } from '#ledger';
import {
  asTraceAction,
  concernedItems,
  contentHashOf,
  itemCommissioning,
  itemKey,
  productRegistration,
  TRANSFER,
  transferAcceptance,
  transferCancellation,
  transferOffer,
  transferRejection,
  type TransferScope,
} from '#trace';
import type { Did } from '#identity';
import {
  AUDITOR,
  bareEvent,
  CARRIER,
  MAKER,
  MAKER_GTIN,
  RETAILER,
  SUSPENDED,
  TrialLedger,
  WHOLESALER,
} from './trial-ledger.js';

const [A1, A2, A3, A4] = ['A1', 'A2', 'A3', 'A4'].map((serial) => itemKey(MAKER_GTIN, serial)) as [
  string,
  string,
  string,
  string,
];
const CASE = 'https://id.gs1.org/00/340999990000000013';
const PALLET = 'https://id.gs1.org/00/340777770000000011';

function pack(parent: string, ...children: string[]) {
  return bareEvent({
    type: 'AggregationEvent',
    action: 'ADD',
    parentID: parent,
    childEPCs: children,
    bizStep: 'packing',
  });
}

function unpack(parent: string, ...children: string[]) {
  return bareEvent({
    type: 'AggregationEvent',
    action: 'DELETE',
    parentID: parent,
    childEPCs: children,
    bizStep: 'unpacking',
  });
}

let ledger: TrialLedger;

beforeEach(() => {
  ledger = new TrialLedger();
  ledger.record(MAKER, productRegistration({ gtin: MAKER_GTIN, name: 'Olive oil' }));
  ledger.record(MAKER, itemCommissioning({ gtin: MAKER_GTIN, serials: ['A1', 'A2', 'A3', 'A4'] }));
});

function offer(items: string[], to: Did, transfers: TransferScope = 'both', from: Did = MAKER): EntryId {
  return ledger.record(from, transferOffer({ items, to, transfers })).entryId;
}

function holders(key: string): readonly (Did | undefined)[] {
  const { owner, custodian } = ledger.item(key);
  return [owner, custodian];
}

describe('a container handed along a chain', () => {
  it('takes its whole content with it: custody to the carrier, ownership and custody onwards', () => {
    ledger.record(MAKER, pack(CASE, A1, A2));
    ledger.record(MAKER, pack(PALLET, CASE));
    const tree = [A1, A2, CASE, PALLET].sort();

    const toCarrier = offer([PALLET], CARRIER, 'custody');
    expect(ledger.get(TRANSFER, toCarrier)).toMatchObject({
      state: 'offered',
      items: [PALLET],
      content: tree,
      contentHash: contentHashOf(tree),
    });
    for (const key of tree) expect(holders(key)).toEqual([MAKER, MAKER]);

    const accepted = ledger.record(CARRIER, transferAcceptance({ transfer: toCarrier }));
    for (const key of tree) expect(holders(key)).toEqual([MAKER, CARRIER]);
    expect(ledger.get(TRANSFER, toCarrier)).toMatchObject({
      state: 'accepted',
      accepted: [PALLET],
      answeredBy: accepted.entryId,
    });
    expect([...concernedItems(asTraceAction(accepted.action), ledger.get(TRANSFER, toCarrier))].sort()).toEqual(tree);

    const ownership = offer([PALLET], WHOLESALER, 'ownership');
    const custody = offer([PALLET], WHOLESALER, 'custody', CARRIER);
    ledger.record(WHOLESALER, transferAcceptance({ transfer: ownership }));
    ledger.record(WHOLESALER, transferAcceptance({ transfer: custody }));
    for (const key of tree) expect(holders(key)).toEqual([WHOLESALER, WHOLESALER]);

    const unpacked = ledger.record(WHOLESALER, unpack(PALLET, CASE));
    expect(unpacked.findings).toEqual([]);
    ledger.record(WHOLESALER, transferOffer({ items: [CASE], to: RETAILER, transfers: 'both' }));
    expect(holders(PALLET)).toEqual([WHOLESALER, WHOLESALER]);
    // commissioned, packed, six acts of three transfers, one more offer: the case's packing into the pallet is the case's event
    expect(ledger.item(A1).count).toBe(1 + 1 + 6 + 1);
    expect(ledger.item(CASE).count).toBe(1 + 1 + 6 + 1 + 1);
  });
});

describe('an offer', () => {
  it('is refused to who does not own, or does not hold', () => {
    expect(ledger.submit(CARRIER, transferOffer({ items: [A1], to: RETAILER, transfers: 'ownership' }))).toMatchObject({
      code: 'TRACE_NOT_OWNER',
      pointer: '/items/0',
    });
    ledger.record(CARRIER, transferAcceptance({ transfer: offer([A1], CARRIER, 'custody') }));
    expect(ledger.submit(MAKER, transferOffer({ items: [A1], to: RETAILER, transfers: 'both' }))).toMatchObject({
      code: 'TRACE_NOT_CUSTODIAN',
    });
    expect(ledger.submit(CARRIER, transferOffer({ items: [A1], to: RETAILER, transfers: 'both' }))).toMatchObject({
      code: 'TRACE_NOT_OWNER',
    });
    expect(ledger.submit(CARRIER, transferOffer({ items: [A1], to: RETAILER, transfers: 'custody' }))).toMatchObject({
      ok: true,
    });
  });

  it('names top-level items that the ledger knows', () => {
    ledger.record(MAKER, pack(CASE, A1));
    expect(ledger.submit(MAKER, transferOffer({ items: [A1], to: CARRIER, transfers: 'both' }))).toMatchObject({
      code: 'TRACE_ITEM_IN_CONTAINER',
    });
    const unknown = transferOffer({ items: [itemKey(MAKER_GTIN, 'none')], to: CARRIER, transfers: 'both' });
    expect(ledger.submit(MAKER, unknown)).toMatchObject({ code: 'TRACE_UNKNOWN_ITEM', pointer: '/items/0' });
  });

  it('is refused when something inside is not the author’s to give', () => {
    const stranger = 'urn:example:crate-7';
    ledger.record(MAKER, pack(CASE, A1, stranger));
    expect(ledger.item(stranger).container).toBe(CASE);
    const result = ledger.submit(MAKER, transferOffer({ items: [CASE], to: CARRIER, transfers: 'custody' }));
    expect(result).toMatchObject({ code: 'TRACE_NOT_CUSTODIAN', pointer: '/items' });
  });

  it('names an active receiver other than the author', () => {
    for (const to of [AUDITOR, SUSPENDED, 'did:web:nobody.example']) {
      expect(ledger.submit(MAKER, transferOffer({ items: [A1], to, transfers: 'both' }))).toMatchObject({
        code: 'TRACE_UNKNOWN_RECEIVER',
      });
    }
    expect(ledger.submit(MAKER, transferOffer({ items: [A1], to: MAKER, transfers: 'both' }))).toMatchObject({
      code: 'TRACE_TRANSFER_TO_SELF',
    });
  });

  it('is refused while the same thing is offered already, but not once that offer has expired', () => {
    ledger.record(MAKER, pack(CASE, A1));
    ledger.record(MAKER, transferOffer({ items: [CASE], to: CARRIER, transfers: 'custody', expiresAfterBlocks: 10 }));
    expect(ledger.submit(MAKER, transferOffer({ items: [CASE], to: RETAILER, transfers: 'both' }))).toMatchObject({
      code: 'TRACE_ALREADY_OFFERED',
    });
    expect(ledger.submit(MAKER, transferOffer({ items: [CASE], to: RETAILER, transfers: 'ownership' })).ok).toBe(true);
    ledger.height += 11;
    expect(ledger.submit(MAKER, transferOffer({ items: [CASE], to: RETAILER, transfers: 'custody' })).ok).toBe(true);
  });

  it('of an item that was destroyed is refused', () => {
    ledger.record(MAKER, bareEvent({ type: 'ObjectEvent', action: 'DELETE', epcList: [A1], bizStep: 'destroying' }));
    expect(ledger.submit(MAKER, transferOffer({ items: [A1], to: CARRIER, transfers: 'both' }))).toMatchObject({
      code: 'TRACE_ITEM_NOT_ACTIVE',
    });
  });
});

describe('an answer', () => {
  it('is the named receiver’s alone, and cancelling the offerer’s', () => {
    const transfer = offer([A1], CARRIER);
    const before = ledger.dump();
    for (const stranger of [MAKER, RETAILER]) {
      expect(ledger.submit(stranger, transferAcceptance({ transfer }))).toMatchObject({ code: 'TRACE_NOT_RECEIVER' });
      expect(ledger.submit(stranger, transferRejection({ transfer }))).toMatchObject({ code: 'TRACE_NOT_RECEIVER' });
    }
    expect(ledger.submit(CARRIER, transferCancellation({ transfer }))).toMatchObject({ code: 'TRACE_NOT_OFFERER' });
    expect(ledger.submit(CARRIER, transferAcceptance({ transfer: 'ee'.repeat(32) }))).toMatchObject({
      code: 'TRACE_UNKNOWN_TRANSFER',
    });
    expect(ledger.dump()).toBe(before);
  });

  it.each([
    ['accepted', () => ledger.record(CARRIER, transferAcceptance({ transfer: open }))],
    ['rejected', () => ledger.record(CARRIER, transferRejection({ transfer: open, reason: 'wet' }))],
    ['cancelled', () => ledger.record(MAKER, transferCancellation({ transfer: open }))],
  ] as const)('ends the offer: once %s, nothing more happens to it and the item is free', (state, answer) => {
    open = offer([A1], CARRIER);
    answer();
    expect(ledger.get(TRANSFER, open)?.state).toBe(state);
    expect(ledger.submit(CARRIER, transferAcceptance({ transfer: open }))).toMatchObject({
      code: 'TRACE_TRANSFER_NOT_OPEN',
    });
    expect(ledger.submit(CARRIER, transferRejection({ transfer: open }))).toMatchObject({
      code: 'TRACE_TRANSFER_NOT_OPEN',
    });
    expect(ledger.submit(MAKER, transferCancellation({ transfer: open }))).toMatchObject({
      code: 'TRACE_TRANSFER_NOT_OPEN',
    });
    const owner = state === 'accepted' ? CARRIER : MAKER;
    expect(holders(A1)).toEqual([owner, owner]);
    expect(ledger.submit(owner, transferOffer({ items: [A1], to: RETAILER, transfers: 'both' })).ok).toBe(true);
  });
  let open: EntryId;

  it('comes too late above the last height of the offer', () => {
    const transfer = ledger.record(
      MAKER,
      transferOffer({ items: [A1], to: CARRIER, transfers: 'both', expiresAfterBlocks: 3 }),
    ).entryId;
    ledger.height += 4;
    for (const answer of [transferAcceptance({ transfer }), transferRejection({ transfer })]) {
      expect(ledger.submit(CARRIER, answer)).toMatchObject({ code: 'TRACE_TRANSFER_EXPIRED' });
    }
    ledger.height -= 1;
    expect(ledger.submit(CARRIER, transferAcceptance({ transfer })).ok).toBe(true);
  });

  it('may take a part: the rest stays, and everything is free again', () => {
    ledger.record(MAKER, pack(CASE, A1));
    const transfer = offer([CASE, A2, A3], CARRIER);
    expect(ledger.submit(CARRIER, transferAcceptance({ transfer, accepted: [CASE, A4] }))).toMatchObject({
      code: 'TRACE_NOT_IN_OFFER',
      pointer: '/accepted/1',
    });
    expect(ledger.submit(CARRIER, transferAcceptance({ transfer, accepted: [A1] }))).toMatchObject({
      code: 'TRACE_NOT_IN_OFFER',
    });
    ledger.record(
      CARRIER,
      transferAcceptance({ transfer, accepted: ['urn:epc:id:sscc:4099999.3000000001', A2], reason: 'one missing' }),
    );
    for (const key of [CASE, A1, A2]) expect(holders(key)).toEqual([CARRIER, CARRIER]);
    expect(holders(A3)).toEqual([MAKER, MAKER]);
    expect(ledger.get(TRANSFER, transfer)).toMatchObject({ state: 'partially_accepted', accepted: [CASE, A2] });
    expect(ledger.submit(MAKER, transferOffer({ items: [A3], to: RETAILER, transfers: 'both' })).ok).toBe(true);
  });

  it.each<[string, () => void]>([
    ['something was taken out', () => ledger.record(MAKER, unpack(CASE, A1))],
    ['something was put in', () => ledger.record(MAKER, pack(CASE, A3))],
    ['the container was put into another', () => ledger.record(MAKER, pack(PALLET, CASE))],
    [
      'something inside was destroyed',
      () => ledger.record(MAKER, bareEvent({ type: 'ObjectEvent', action: 'DELETE', epcList: [A1] })),
    ],
  ])('cannot accept what is not the offered list any more: %s', (_name, change) => {
    ledger.record(MAKER, pack(CASE, A1, A2));
    const transfer = offer([CASE], CARRIER);
    change();
    const before = ledger.dump();
    expect(ledger.submit(CARRIER, transferAcceptance({ transfer }))).toMatchObject({ code: 'TRACE_CONTENT_CHANGED' });
    expect(ledger.dump()).toBe(before);
    expect(ledger.submit(CARRIER, transferRejection({ transfer })).ok).toBe(true);
  });

  it('cannot accept an item that ended after it was offered', () => {
    const transfer = offer([A1], CARRIER);
    ledger.record(MAKER, bareEvent({ type: 'ObjectEvent', action: 'DELETE', epcList: [A1] }));
    expect(ledger.submit(CARRIER, transferAcceptance({ transfer }))).toMatchObject({ code: 'TRACE_ITEM_NOT_ACTIVE' });
  });
});
