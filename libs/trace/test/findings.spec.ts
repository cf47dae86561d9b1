import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  CONTENTS,
  EVENT,
  EVENT_DECLARATION,
  effectiveEventId,
  itemCommissioning,
  itemKey,
  lotKey,
  productRegistration,
  transferAcceptance,
  transferOffer,
  type EpcisEvent,
} from '#trace';
import type { Did } from '#identity';
import {
  bareEvent,
  CARRIER,
  FREE_GTIN,
  MAKER,
  MAKER_GTIN,
  RETAILER,
  TrialLedger,
  type Recorded,
} from './trial-ledger.js';

const [A1, A2] = ['A1', 'A2'].map((serial) => itemKey(MAKER_GTIN, serial)) as [string, string];
const CASE = 'https://id.gs1.org/00/340777770000000011';
const PALLET = 'https://id.gs1.org/00/340777770000000028';
const FREE_ITEM = itemKey(FREE_GTIN, 'F1');

let ledger: TrialLedger;
let commissioning: Recorded;

beforeEach(() => {
  ledger = new TrialLedger();
  ledger.record(MAKER, productRegistration({ gtin: MAKER_GTIN, name: 'Olive oil' }));
  commissioning = ledger.record(MAKER, itemCommissioning({ gtin: MAKER_GTIN, serials: ['A1', 'A2'] }));
});

function object(author: Did, action: string, epcList: string[], more: object = {}): Recorded {
  return ledger.record(author, bareEvent({ type: 'ObjectEvent', action, epcList, ...more }));
}

function aggregate(author: Did, action: string, parentID: string, childEPCs: string[]): Recorded {
  return ledger.record(author, bareEvent({ type: 'AggregationEvent', action, parentID, childEPCs }));
}

function codes(recorded: Recorded): string[] {
  return recorded.findings.map(({ code, item }) => `${code} ${item}`);
}

describe('commissioning by an event', () => {
  it('makes its author owner and holder when nobody else could be', () => {
    expect(codes(object(CARRIER, 'ADD', [FREE_ITEM, 'urn:example:crate-7']))).toEqual([]);
    expect(ledger.item(FREE_ITEM)).toMatchObject({ owner: CARRIER, custodian: CARRIER, status: 'active', count: 1 });
    expect(ledger.item('urn:example:crate-7')).toMatchObject({ owner: CARRIER, status: 'active' });
  });

  it('of what exists is a finding that names the entry it contradicts, and changes no owner', () => {
    const claim = object(CARRIER, 'ADD', [A1]);
    expect(claim.findings).toMatchObject([
      { code: 'FINDING_COMMISSIONED_TWICE', item: A1, eventIndex: 0, contradicts: [commissioning.entryId] },
    ]);
    expect(ledger.item(A1)).toMatchObject({ owner: MAKER, custodian: MAKER, count: 2 });
  });

  it('under a prefix registered to another organisation is a finding, and makes nobody owner', () => {
    const item = itemKey(MAKER_GTIN, 'forged');
    expect(codes(object(CARRIER, 'ADD', [item]))).toEqual([`FINDING_FOREIGN_PREFIX ${item}`]);
    expect(ledger.item(item)).toMatchObject({ owner: undefined, status: 'unknown', count: 1 });
    expect(ledger.submit(MAKER, itemCommissioning({ gtin: MAKER_GTIN, serials: ['forged'] })).ok).toBe(true);
  });

  it('of a lot may be repeated by its owner only', () => {
    const lot = lotKey(FREE_GTIN, 'L1');
    const add = (author: Did) =>
      ledger.record(
        author,
        bareEvent({ type: 'ObjectEvent', action: 'ADD', quantityList: [{ epcClass: lot, quantity: 5, uom: 'KGM' }] }),
      );
    expect(codes(add(CARRIER))).toEqual([]);
    expect(codes(add(CARRIER))).toEqual([]);
    expect(codes(add(MAKER))).toEqual([`FINDING_COMMISSIONED_TWICE ${lot}`]);
    expect(ledger.item(lot)).toMatchObject({ owner: CARRIER, quantity: { value: '5', uom: 'KGM' }, count: 3 });
  });

  it('joins serials to the lot that the instance and lot master data name', () => {
    const [first, second] = ['S1', 'S2'].map((serial) => itemKey(FREE_GTIN, serial)) as [string, string];
    const lot = lotKey(FREE_GTIN, 'L7');
    object(CARRIER, 'ADD', [first, 'urn:example:crate-7'], { ilmd: { 'cbvmda:lotNumber': 'L7' } });
    expect(ledger.item(first)).toMatchObject({ lot });
    expect(ledger.item('urn:example:crate-7')?.lot).toBeUndefined();
    const outputs = {
      inputEPCList: [first],
      outputEPCList: [second],
      ilmd: { 'urn:epcglobal:cbv:mda:lotNumber': 'L8' },
    };
    ledger.record(CARRIER, bareEvent({ type: 'TransformationEvent', ...outputs }));
    expect(ledger.item(second)).toMatchObject({ lot: lotKey(FREE_GTIN, 'L8') });
    // What went into it keeps its own lot, and nobody else's word changes one.
    expect(ledger.item(first)).toMatchObject({ lot });
    object(MAKER, 'ADD', [second], { ilmd: { 'cbvmda:lotNumber': 'L9' } });
    expect(ledger.item(second)).toMatchObject({ lot: lotKey(FREE_GTIN, 'L8') });
  });

  it('takes no lot number that GS1 has no room for', () => {
    for (const [i, lot] of ['', 'L 7', 'x'.repeat(21), 7, { a: 'L7' }].entries()) {
      const item = itemKey(FREE_GTIN, `N${i}`);
      object(CARRIER, 'ADD', [item], { ilmd: { 'cbvmda:lotNumber': lot } });
      expect(ledger.item(item)?.lot).toBeUndefined();
    }
  });

  it('names the lot when the identifier does', () => {
    object(CARRIER, 'ADD', [`https://example.org/01/${FREE_GTIN}/10/L7/21/F1`]);
    expect(ledger.item(FREE_ITEM)).toMatchObject({ owner: CARRIER, lot: lotKey(FREE_GTIN, 'L7') });
  });
});

describe('using an item', () => {
  it('that one neither owns nor holds is a finding', () => {
    expect(codes(object(CARRIER, 'OBSERVE', [A1]))).toEqual([`FINDING_NOT_OWNER_OR_CUSTODIAN ${A1}`]);
    expect(codes(object(MAKER, 'OBSERVE', [A1]))).toEqual([]);
    expect(codes(object(CARRIER, 'OBSERVE', ['urn:example:nobodys']))).toEqual([]);
  });

  it('is fine for its holder, and contradicts the entry that made somebody else owner', () => {
    const offer = ledger.record(MAKER, transferOffer({ items: [A1], to: CARRIER, transfers: 'custody' }));
    const accepted = ledger.record(CARRIER, transferAcceptance({ transfer: offer.entryId }));
    expect(codes(object(CARRIER, 'OBSERVE', [A1]))).toEqual([]);
    expect(codes(object(MAKER, 'OBSERVE', [A1]))).toEqual([]);
    expect(object(RETAILER, 'OBSERVE', [A1]).findings[0]?.contradicts).toEqual([accepted.entryId]);
  });

  it('after it was destroyed is a finding; only its owner can destroy it', () => {
    expect(codes(object(CARRIER, 'DELETE', [A1], { bizStep: 'destroying' }))).toEqual([
      `FINDING_NOT_OWNER_OR_CUSTODIAN ${A1}`,
    ]);
    expect(ledger.item(A1).status).toBe('active');
    const end = object(MAKER, 'OBSERVE', [A1], { bizStep: 'destroying', disposition: 'destroyed' });
    expect(ledger.item(A1).status).toBe('destroyed');
    expect(object(MAKER, 'OBSERVE', [A1]).findings).toMatchObject([
      { code: 'FINDING_USED_AFTER_DESTROYED', contradicts: [end.entryId] },
    ]);
    object(MAKER, 'DELETE', [A2], { bizStep: 'decommissioning' });
    expect(ledger.item(A2).status).toBe('inactive');
  });

  it('is recorded once per event and item, however often the item is named', () => {
    const twice = ledger.record(
      CARRIER,
      bareEvent({ type: 'AggregationEvent', action: 'OBSERVE', parentID: A1, childEPCs: [A1, A1] }),
    );
    expect(codes(twice)).toEqual([`FINDING_NOT_OWNER_OR_CUSTODIAN ${A1}`]);
    expect(ledger.item(A1).count).toBe(2);
  });
});

describe('packing and unpacking', () => {
  it('moves what the author may handle; who first packs into an unknown container owns it', () => {
    expect(codes(aggregate(MAKER, 'ADD', CASE, [A1, A2]))).toEqual([]);
    expect(ledger.item(CASE)).toMatchObject({ owner: MAKER, custodian: MAKER, status: 'active' });
    expect(ledger.get(CONTENTS, CASE)).toEqual([A1, A2]);
    expect(codes(aggregate(MAKER, 'DELETE', CASE, [A1]))).toEqual([]);
    expect(ledger.item(A1).container).toBeUndefined();
    expect(ledger.get(CONTENTS, CASE)).toEqual([A2]);
  });

  it('empties a container when no children are named, without an entry in their own history', () => {
    aggregate(MAKER, 'ADD', CASE, [A1, A2]);
    const { count } = ledger.item(A1);
    ledger.record(MAKER, bareEvent({ type: 'AggregationEvent', action: 'DELETE', parentID: CASE }));
    expect(ledger.item(A1)).toMatchObject({ container: undefined, count });
    expect(ledger.get(CONTENTS, CASE)).toBeUndefined();
  });

  it('from one container straight into another is a finding, and the first keeps it', () => {
    const packed = aggregate(MAKER, 'ADD', CASE, [A1]);
    const claim = aggregate(MAKER, 'ADD', PALLET, [A1]);
    expect(claim.findings).toMatchObject([
      { code: 'FINDING_ALREADY_CONTAINED', item: A1, contradicts: [packed.entryId] },
    ]);
    expect(ledger.item(A1).container).toBe(CASE);
  });

  it('out of a container where the item is not is a finding', () => {
    aggregate(MAKER, 'ADD', CASE, [A1]);
    expect(codes(aggregate(MAKER, 'DELETE', PALLET, [A1]))).toEqual([`FINDING_NOT_IN_CONTAINER ${A1}`]);
    expect(codes(aggregate(MAKER, 'DELETE', CASE, [A2]))).toEqual([`FINDING_NOT_IN_CONTAINER ${A2}`]);
    expect(ledger.item(A1).container).toBe(CASE);
  });

  it('by a stranger changes nothing: neither somebody’s item nor somebody’s container', () => {
    aggregate(MAKER, 'ADD', CASE, [A1]);
    expect(codes(aggregate(CARRIER, 'ADD', CASE, ['urn:example:junk']))).toEqual([
      `FINDING_NOT_OWNER_OR_CUSTODIAN ${CASE}`,
    ]);
    expect(ledger.item('urn:example:junk').container).toBeUndefined();
    expect(codes(aggregate(CARRIER, 'ADD', PALLET, [A2]))).toEqual([`FINDING_NOT_OWNER_OR_CUSTODIAN ${A2}`]);
    expect(ledger.item(A2).container).toBeUndefined();
    aggregate(CARRIER, 'DELETE', CASE, [A1]);
    ledger.record(CARRIER, bareEvent({ type: 'AggregationEvent', action: 'DELETE', parentID: CASE }));
    expect(ledger.item(A1).container).toBe(CASE);
  });

  it('does not let a stranger commission what lies in another’s container', () => {
    aggregate(MAKER, 'ADD', CASE, ['urn:example:part']);
    expect(codes(object(CARRIER, 'ADD', ['urn:example:part']))).toEqual(['FINDING_ALREADY_CONTAINED urn:example:part']);
    expect(codes(object(MAKER, 'ADD', ['urn:example:part']))).toEqual([]);
    expect(ledger.item('urn:example:part').owner).toBe(MAKER);
  });

  it('into itself, directly or around corners, is a finding', () => {
    aggregate(MAKER, 'ADD', CASE, [A1]);
    aggregate(MAKER, 'ADD', PALLET, [CASE]);
    expect(codes(aggregate(MAKER, 'ADD', CASE, [PALLET]))).toEqual([`FINDING_CONTAINED_IN_ITSELF ${PALLET}`]);
    expect(codes(aggregate(MAKER, 'ADD', A2, [A2]))).toEqual([`FINDING_CONTAINED_IN_ITSELF ${A2}`]);
    expect(ledger.item(PALLET).container).toBeUndefined();
  });

  it('nests at most 64 containers', () => {
    const box = (i: number) => `urn:example:box-${i}`;
    for (let i = 0; i < 64; i++) expect(codes(aggregate(MAKER, 'ADD', box(i), [box(i + 1)]))).toEqual([]);
    expect(codes(aggregate(MAKER, 'ADD', box(64), [box(65)]))).toEqual([`FINDING_CONTAINER_LIMIT ${box(65)}`]);
  });

  it('takes what ends out of its container', () => {
    aggregate(MAKER, 'ADD', CASE, [A1, A2]);
    object(MAKER, 'DELETE', [A1]);
    expect(ledger.item(A1)).toMatchObject({ status: 'inactive', container: undefined });
    expect(ledger.get(CONTENTS, CASE)).toEqual([A2]);
  });

  it('leaves quantities of lots where they are', () => {
    const lot = lotKey(FREE_GTIN, 'L1');
    ledger.record(
      MAKER,
      bareEvent({
        type: 'AggregationEvent',
        action: 'ADD',
        parentID: CASE,
        childQuantityList: [{ epcClass: lot, quantity: 5 }],
      }),
    );
    expect(ledger.item(lot)).toMatchObject({ container: undefined, count: 1 });
    expect(ledger.get(CONTENTS, CASE)).toBeUndefined();
  });
});

describe('a transformation', () => {
  it('uses up the author’s single items and commissions what comes out', () => {
    const lot = lotKey(FREE_GTIN, 'L1');
    const made = ledger.record(
      MAKER,
      bareEvent({
        type: 'TransformationEvent',
        inputEPCList: [A1],
        inputQuantityList: [{ epcClass: lot, quantity: 2 }],
        outputEPCList: [FREE_ITEM],
      }),
    );
    expect(codes(made)).toEqual([]);
    expect(ledger.item(A1).status).toBe('inactive');
    expect(ledger.item(lot)).toMatchObject({ status: 'unknown', count: 1 });
    expect(ledger.item(FREE_ITEM)).toMatchObject({ owner: MAKER, status: 'active' });
  });

  it('does not use up what belongs to somebody else', () => {
    const claim = ledger.record(
      CARRIER,
      bareEvent({ type: 'TransformationEvent', inputEPCList: [A1], outputEPCList: [FREE_ITEM] }),
    );
    expect(codes(claim)).toEqual([`FINDING_NOT_OWNER_OR_CUSTODIAN ${A1}`]);
    expect(ledger.item(A1).status).toBe('active');
  });
});

describe('an eventID', () => {
  const eventID = 'urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8';
  const event = { type: 'ObjectEvent', action: 'OBSERVE', epcList: [A1], eventID };
  const declared = { ...event, errorDeclaration: { declarationTime: '2026-03-02T00:00:00Z', reason: 'did_not_occur' } };

  it('stands for one event, whoever captures it again', () => {
    ledger.record(MAKER, bareEvent(event));
    const before = ledger.dump();
    for (const author of [MAKER, CARRIER]) {
      const again = ledger.submit(author, bareEvent(event));
      expect(again).toMatchObject({ ok: false, code: 'EPCIS_EVENT_EXISTS', pointer: '/eventID' });
      expect(again).toMatchObject({ detail: expect.stringContaining(eventID) });
    }
    expect(ledger.dump()).toBe(before);
  });

  it('may be declared an error once, by the event’s author; what it did is not undone', () => {
    const original = ledger.record(MAKER, bareEvent({ ...event, action: 'DELETE' }));
    expect(ledger.submit(CARRIER, bareEvent(declared))).toMatchObject({
      ok: false,
      code: 'EPCIS_NOT_EVENT_AUTHOR',
      pointer: '/errorDeclaration',
    });
    const declaration = ledger.record(MAKER, bareEvent({ ...declared, action: 'DELETE' }));
    expect(codes(declaration)).toEqual([]);
    expect(ledger.get(EVENT, eventID)).toMatchObject({ entryId: original.entryId, supersededBy: declaration.entryId });
    expect(ledger.get(EVENT_DECLARATION, eventID)).toMatchObject({ entryId: declaration.entryId });
    expect(ledger.item(A1)).toMatchObject({ status: 'inactive', count: 3 });
    expect(ledger.submit(MAKER, bareEvent(declared))).toMatchObject({ code: 'EPCIS_EVENT_EXISTS' });
  });

  it('is made from the entry where the author gives none, and is a UUID of version 8', () => {
    const recorded = ledger.record(MAKER, bareEvent({ ...event, eventID: undefined }));
    const [recordedEvent] = (recorded.action as unknown as { events: EpcisEvent[] }).events;
    const id = effectiveEventId(recordedEvent as EpcisEvent, recorded.entryId);
    expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ledger.get(EVENT, id)).toMatchObject({ entryId: recorded.entryId, index: 0, author: MAKER });
  });
});
