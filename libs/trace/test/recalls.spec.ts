import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Did } from '#identity';
import { historyDigest } from '#ledger';
import {
  asTraceAction,
  concernedItems,
  itemCommissioning,
  itemKey,
  lotKey,
  productRegistration,
  RECALL,
  RECALL_ACKNOWLEDGEMENT,
  RECALL_LIFE_CYCLE,
  RECALL_STATES,
  recallAcknowledgement,
  recallAcknowledgementId,
  recallClosing,
  recallOpening,
  transferAcceptance,
  transferOffer,
  type RecallOpeningInput,
  type RecallState,
} from '#trace';
import {
  AUDITOR,
  bareEvent,
  CARRIER,
  FREE_GTIN,
  MAKER,
  MAKER_GTIN,
  RETAILER,
  TrialLedger,
  WHOLESALER,
} from './trial-ledger.js';

const ITEM_ID = itemKey(MAKER_GTIN, 'A1');
const LOT = lotKey(MAKER_GTIN, 'L1');
const OPENING: RecallOpeningInput = { title: 'Glass in oil', reason: 'Splinters were found', items: [LOT, ITEM_ID] };

let ledger: TrialLedger;
beforeEach(() => {
  ledger = new TrialLedger();
  ledger.record(MAKER, productRegistration({ gtin: MAKER_GTIN, name: 'Olive oil' }));
  ledger.record(MAKER, itemCommissioning({ gtin: MAKER_GTIN, serials: ['A1'], lot: 'L1' }));
});

const open = (author: Did = MAKER, more: object = {}) => ledger.submit(author, recallOpening({ ...OPENING, ...more }));

describe('the life cycle of a recall', () => {
  it('reaches every state, and ends when it is closed', () => {
    const reached = new Set<RecallState>(['open']);
    for (const state of reached) for (const next of Object.values(RECALL_LIFE_CYCLE[state])) reached.add(next);
    expect([...reached].sort()).toEqual([...RECALL_STATES].sort());
    expect(RECALL_LIFE_CYCLE.closed).toEqual({});
  });

  it('is opened by who owns the product, acknowledged by anybody, closed by the opener', () => {
    const { entryId: recall } = ledger.record(MAKER, recallOpening({ ...OPENING, class: 'I' }));
    expect(ledger.get(RECALL, recall)).toMatchObject({ state: 'open', openedBy: MAKER, items: [LOT, ITEM_ID] });

    const quantities = [{ item: ITEM_ID, found: 1, destroyed: '0.5' }];
    ledger.record(RETAILER, recallAcknowledgement({ recall, note: 'We look.' }));
    const again = ledger.record(RETAILER, recallAcknowledgement({ recall, quantities }));
    expect(ledger.get(RECALL_ACKNOWLEDGEMENT, recallAcknowledgementId(recall, RETAILER))).toMatchObject({
      entryId: again.entryId,
      count: 2,
    });
    expect(asTraceAction(again.action)).toMatchObject({
      quantities: [{ item: ITEM_ID, uom: undefined, found: '1', destroyed: '0.5' }],
    });

    const closing = ledger.record(MAKER, recallClosing({ recall, note: 'All found.' }));
    expect(ledger.get(RECALL, recall)).toMatchObject({ state: 'closed', closedBy: closing.entryId });
    expect(ledger.submit(RETAILER, recallAcknowledgement({ recall }))).toMatchObject({ code: 'TRACE_RECALL_NOT_OPEN' });
    expect(ledger.submit(MAKER, recallClosing({ recall }))).toMatchObject({ code: 'TRACE_RECALL_NOT_OPEN' });
  });

  it('stands in the history of everything that is called back, so that no recall can be left out of it', () => {
    const opening = ledger.record(MAKER, recallOpening(OPENING));
    const closing = ledger.record(MAKER, recallClosing({ recall: opening.entryId }));
    const record = ledger.get(RECALL, opening.entryId);
    for (const { action } of [opening, closing])
      expect(concernedItems(asTraceAction(action), record)).toEqual([LOT, ITEM_ID]);
    expect(ledger.item(LOT)).toMatchObject({
      status: 'unknown', // only its item was commissioned
      count: 2,
      digest: historyDigest([opening.entryId, closing.entryId]),
    });
  });
});

describe('a recall is refused', () => {
  it.each([
    ['by who does not own the product', () => open(CARRIER), 'TRACE_NOT_PRODUCT_OWNER', '/items/0'],
    [
      'of what is nobody’s product',
      () => open(MAKER, { items: ['urn:example:x'] }),
      'TRACE_NOT_PRODUCT_OWNER',
      '/items/0',
    ],
    [
      'when one of its items is another’s',
      () => open(MAKER, { items: [LOT, itemKey(FREE_GTIN, '1')] }),
      'TRACE_NOT_PRODUCT_OWNER',
      '/items/1',
    ],
    ['by who only audits', () => open(AUDITOR), 'IDENTITY_AUDITOR_CANNOT_WRITE', undefined],
    [
      'of a whole class',
      () => open(MAKER, { items: [`https://id.gs1.org/01/${MAKER_GTIN}`] }),
      'TRACE_NOT_AN_ITEM',
      '/items/0',
    ],
    ['that names an item twice', () => open(MAKER, { items: [LOT, LOT] }), 'TRACE_DUPLICATE_ITEM', '/items/1'],
    ['without items', () => open(MAKER, { items: [] }), 'TRACE_BAD_VALUE', '/items'],
    ['without a title', () => open(MAKER, { title: undefined }), 'TRACE_MISSING_FIELD', ''],
    [
      'with a time that is none',
      () => open(MAKER, { window: { from: 'yesterday' } }),
      'TRACE_BAD_VALUE',
      '/window/from',
    ],
    [
      'with a window that ends before it begins',
      () => open(MAKER, { window: { from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' } }),
      'TRACE_BAD_VALUE',
      '/window/to',
    ],
  ])('%s', (_name, submit, code, pointer) => {
    expect(submit()).toMatchObject({ ok: false, code, ...(pointer !== undefined && { pointer }) });
    expect(ledger.ids(RECALL)).toEqual([]);
  });

  it('unless its opener commissioned what has no product, even when it was sold since', () => {
    ledger.record(WHOLESALER, bareEvent({ type: 'ObjectEvent', action: 'ADD', epcList: ['urn:example:crate'] }));
    const offer = transferOffer({ items: ['urn:example:crate'], to: RETAILER, transfers: 'both' });
    ledger.record(RETAILER, transferAcceptance({ transfer: ledger.record(WHOLESALER, offer).entryId }));
    expect(open(RETAILER, { items: ['urn:example:crate'] })).toMatchObject({ code: 'TRACE_NOT_PRODUCT_OWNER' });
    expect(open(WHOLESALER, { items: ['urn:example:crate'] })).toMatchObject({ ok: true });
  });
});

describe('an answer to a recall is refused', () => {
  const NONE = '00'.repeat(32);
  const line = (quantity: object) => () =>
    ledger.submit(
      RETAILER,
      recallAcknowledgement({
        recall: ledger.record(MAKER, recallOpening(OPENING)).entryId,
        quantities: [{ item: LOT, ...quantity }],
      }),
    );

  it.each([
    [
      'to no recall',
      () => ledger.submit(RETAILER, recallAcknowledgement({ recall: NONE })),
      'TRACE_UNKNOWN_RECALL',
      '/recall',
    ],
    [
      'to what is no entry id',
      () => ledger.submit(RETAILER, recallAcknowledgement({ recall: 'x' })),
      'TRACE_BAD_VALUE',
      '/recall',
    ],
    [
      'that closes no recall',
      () => ledger.submit(MAKER, recallClosing({ recall: NONE })),
      'TRACE_UNKNOWN_RECALL',
      '/recall',
    ],
    [
      'that closes another’s recall',
      () => ledger.submit(RETAILER, recallClosing({ recall: ledger.record(MAKER, recallOpening(OPENING)).entryId })),
      'TRACE_NOT_RECALL_OPENER',
      '/recall',
    ],
    ['with a quantity below nothing', line({ found: '-1' }), 'TRACE_BAD_VALUE', '/quantities/0/found'],
    ['with a line that says nothing', line({}), 'TRACE_MISSING_FIELD', '/quantities/0'],
    ['with an outcome that is none', line({ found: 1, eaten: 1 }), 'TRACE_UNKNOWN_FIELD', '/quantities/0/eaten'],
    ['with a unit that is none', line({ found: 1, uom: 'kilogram' }), 'TRACE_BAD_VALUE', '/quantities/0/uom'],
  ])('%s', (_name, submit, code, pointer) => {
    expect(submit()).toMatchObject({ ok: false, code, pointer });
    expect(ledger.ids(RECALL_ACKNOWLEDGEMENT)).toEqual([]);
  });
});
