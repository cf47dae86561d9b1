import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Did } from '#identity';
import { amountOf, amountText, LOT_ACCOUNT, lotCommissioning, lotKey, measure, productRegistration } from '#trace';
import {
  bareEvent,
  CARRIER,
  FREE_GTIN,
  MAKER,
  MAKER_GTIN,
  RETAILER,
  TrialLedger,
  WHOLESALER,
  type Recorded,
} from './trial-ledger.js';

const LOT = lotKey(MAKER_GTIN, 'L1');
const FREE_LOT = lotKey(FREE_GTIN, 'F1');
const OUTPUT = 'urn:example:soap:7';

let ledger: TrialLedger;
let creation: Recorded;

beforeEach(() => {
  ledger = new TrialLedger();
  ledger.record(MAKER, productRegistration({ gtin: MAKER_GTIN, name: 'Olive oil' }));
  creation = ledger.record(
    MAKER,
    lotCommissioning({ gtin: MAKER_GTIN, lot: 'L1', quantity: { value: '100', uom: 'KGM' } }),
  );
});

/** A quantity as its JSON text, which `JSON.stringify` of a number could not keep. */
const amounts = (epcClass: string, quantity: number, uom?: string): object => ({ epcClass, quantity, uom });

function transform(author: Did, inputs: object[], outputs: object[] = [], more: object = {}): Recorded {
  return ledger.record(
    author,
    bareEvent({
      type: 'TransformationEvent',
      inputQuantityList: inputs,
      ...(outputs.length > 0 ? { outputQuantityList: outputs } : { outputEPCList: ['urn:example:box'] }),
      ...more,
    }),
  );
}

function create(author: Did, epcClass: string, quantity: number, uom?: string, more: object = {}): Recorded {
  const quantityList = [amounts(epcClass, quantity, uom)];
  return ledger.record(author, bareEvent({ type: 'ObjectEvent', action: 'ADD', quantityList, ...more }));
}

function excess(recorded: Recorded): object[] {
  return recorded.findings.filter(({ code }) => code === 'FINDING_CONSUMED_MORE_THAN_PRODUCED');
}

function account(lot: string, unit: string): { created: string; used: string } | undefined {
  const found = ledger.get(LOT_ACCOUNT, `${unit}/${lot}`);
  return found && { created: amountText(found.created), used: amountText(found.used) };
}

describe('the account of a lot', () => {
  it('names both sides when organisations together consume more than was produced', () => {
    const first = transform(WHOLESALER, [amounts(LOT, 60, 'KGM')]);
    expect(excess(first)).toEqual([]);
    const second = transform(CARRIER, [amounts(LOT, 41, 'KGM')]);
    expect(excess(second)).toMatchObject([
      { item: LOT, eventIndex: 0, contradicts: [creation.entryId, first.entryId] },
    ]);
  });

  it('does not count what was too much, so that an exaggerated claim harms no later one', () => {
    expect(excess(transform(CARRIER, [amounts(LOT, 1_000_000, 'KGM')]))).toHaveLength(1);
    expect(excess(transform(WHOLESALER, [amounts(LOT, 100, 'KGM')]))).toEqual([]);
    expect(account(LOT, 'KGM')).toEqual({ created: '100', used: '100' });
  });

  it('adds exactly, to the last digit', () => {
    const parts = [33.333333333, 33.333333333, 33.333333334];
    for (const part of parts) expect(excess(transform(CARRIER, [amounts(LOT, part, 'KGM')]))).toEqual([]);
    expect(excess(transform(CARRIER, [amounts(LOT, 0.000000001, 'KGM')]))).toHaveLength(1);
  });

  it('compares units that are powers of ten of each other, and no others', () => {
    expect(excess(transform(CARRIER, [amounts(LOT, 99_999, 'GRM')]))).toEqual([]);
    expect(account(LOT, 'KGM')).toEqual({ created: '100', used: '99.999' });
    expect(excess(transform(CARRIER, [amounts(LOT, 1, 'TNE')]))).toHaveLength(1);
    expect(excess(transform(CARRIER, [amounts(LOT, 5_000, 'LTR')]))).toEqual([]);
    expect(account(LOT, 'LTR')).toEqual({ created: '0', used: '5000' });
    expect(excess(transform(CARRIER, [amounts(LOT, 5_000)]))).toEqual([]);
  });

  it('counts what is destroyed as used', () => {
    const quantityList = [amounts(LOT, 70, 'KGM')];
    ledger.record(MAKER, bareEvent({ type: 'ObjectEvent', action: 'DELETE', quantityList }));
    ledger.record(RETAILER, bareEvent({ type: 'ObjectEvent', action: 'OBSERVE', quantityList })); // seeing is not using
    expect(account(LOT, 'KGM')).toEqual({ created: '100', used: '70' });
    expect(excess(transform(CARRIER, [amounts(LOT, 31, 'KGM')]))).toHaveLength(1);
  });

  it('grows with what its owner adds, not with what others say', () => {
    create(MAKER, LOT, 5, 'KGM');
    expect(create(CARRIER, LOT, 500, 'KGM').findings).toMatchObject([{ code: 'FINDING_COMMISSIONED_TWICE' }]);
    expect(create(CARRIER, lotKey(MAKER_GTIN, 'forged'), 5).findings).toMatchObject([
      { code: 'FINDING_FOREIGN_PREFIX' },
    ]);
    expect(account(LOT, 'KGM')).toEqual({ created: '105', used: '0' });
    expect(account(lotKey(MAKER_GTIN, 'forged'), 'H87')).toBeUndefined();
  });

  it('says nothing of a lot whose creation is not on the ledger, until it is', () => {
    const use = transform(CARRIER, [amounts(FREE_LOT, 8)]);
    expect(use.findings).toEqual([]);
    const late = create(WHOLESALER, FREE_LOT, 5);
    expect(excess(late)).toMatchObject([{ item: FREE_LOT, contradicts: [use.entryId] }]);
    expect(excess(create(WHOLESALER, FREE_LOT, 3))).toEqual([]);
  });

  it('keeps lots that have no GS1 key, and outputs of transformations', () => {
    transform(MAKER, [amounts(LOT, 10, 'KGM')], [amounts(OUTPUT, 20)]);
    transform(MAKER, [amounts(LOT, 10, 'KGM')], [amounts(OUTPUT, 5)]);
    expect(account(OUTPUT, 'H87')).toEqual({ created: '25', used: '0' });
    expect(excess(transform(CARRIER, [amounts(OUTPUT, 26)]))).toHaveLength(1);
  });

  it('keeps no classes: what is made of a class need not be on the ledger', () => {
    create(MAKER, `https://id.gs1.org/01/${MAKER_GTIN}`, 5);
    expect(transform(CARRIER, [amounts(`https://id.gs1.org/01/${MAKER_GTIN}`, 9)]).findings).toEqual([]);
    expect(ledger.ids(LOT_ACCOUNT)).toEqual([`KGM/${LOT}`]);
  });

  it('takes back what an event said when its author declares it an error', () => {
    const wrong = { eventID: 'urn:uuid:11111111-1111-4111-8111-111111111111' };
    transform(CARRIER, [amounts(LOT, 90, 'KGM')], [], wrong);
    const errorDeclaration = { declarationTime: '2026-03-02T00:00:00Z' };
    // Whatever quantity the declaration repeats, what the event counted is taken back.
    transform(CARRIER, [amounts(LOT, 7, 'KGM')], [], { ...wrong, errorDeclaration });
    expect(account(LOT, 'KGM')).toEqual({ created: '100', used: '0' });
    expect(excess(transform(WHOLESALER, [amounts(LOT, 100, 'KGM')]))).toEqual([]);
  });

  it('takes nothing back for an event that was not counted', () => {
    const wrong = { eventID: 'urn:uuid:22222222-2222-4222-8222-222222222222' };
    transform(WHOLESALER, [amounts(LOT, 100, 'KGM')]);
    transform(CARRIER, [amounts(LOT, 90, 'KGM')], [], wrong);
    transform(CARRIER, [amounts(LOT, 90, 'KGM')], [], {
      ...wrong,
      errorDeclaration: { declarationTime: '2026-03-02T00:00:00Z' },
    });
    expect(account(LOT, 'KGM')).toEqual({ created: '100', used: '100' });
  });

  it('names the entry that made the lot, and the latest of many others', () => {
    const uses = Array.from({ length: 30 }, () => transform(CARRIER, [amounts(LOT, 3, 'KGM')]).entryId);
    const tooMuch = transform(CARRIER, [amounts(LOT, 11, 'KGM')]);
    expect(excess(tooMuch)).toMatchObject([{ contradicts: [creation.entryId, ...uses.slice(-15)] }]);
  });
});

describe('a quantity', () => {
  it.each([
    ['12.5', 'KGM', 'KGM', '12.5'],
    ['1.5e3', 'GRM', 'KGM', '1.5'],
    ['1E-3', undefined, 'H87', '0.001'],
    ['000.10', 'EA', 'H87', '0.1'],
    ['999999999999999999.999999999', 'TNE', 'KGM', '999999999999999999999.999999'],
    ['0.000000001', 'MGM', 'KGM', '0.000000000000001'],
    ['3', 'XYZ', 'XYZ', '3'],
  ])('%s %s is counted in %s as %s', (value, uom, unit, text) => {
    const measured = measure(value, uom);
    expect(measured && [measured.unit, amountText(measured.amount)]).toEqual([unit, text]);
    expect(amountOf(text)).toBe(measured?.amount);
  });

  it.each(['0', '0.00', '-5', '1e99', '1e-99', '1e999999', '1234567890123456789', '', 'NaN', '1e+-2'])(
    '%s is not counted',
    (value) => expect(measure(value, 'KGM')).toBeUndefined(),
  );

  it('less than nothing is written with a minus sign', () => {
    expect(amountText(amountOf('-0.5'))).toBe('-0.5');
    expect(amountText(0n)).toBe('0');
  });
});
