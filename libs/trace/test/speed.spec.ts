import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Did } from '#identity';
import { itemCommissioning, itemKey, lotKey, productRegistration, SIGHTING } from '#trace';
import { bareEvent, CARRIER, MAKER, MAKER_GTIN, RETAILER, TrialLedger, type Recorded } from './trial-ledger.js';

const ITEM_ID = itemKey(MAKER_GTIN, 'A1');
const MUNICH = 'geo:48.137,11.576';
const SYDNEY = 'geo:-33.869,151.209';

let ledger: TrialLedger;
beforeEach(() => {
  ledger = new TrialLedger();
  ledger.record(MAKER, productRegistration({ gtin: MAKER_GTIN, name: 'Olive oil' }));
  ledger.record(MAKER, itemCommissioning({ gtin: MAKER_GTIN, serials: ['A1'] }));
});

function seen(eventTime: string, place: string, author: Did = MAKER, more: object = {}): Recorded {
  const what = { type: 'ObjectEvent', action: 'OBSERVE', epcList: [ITEM_ID] };
  return ledger.record(author, bareEvent({ ...what, eventTime, readPoint: { id: place }, ...more }));
}

const codes = (recorded: Recorded): string[] => recorded.findings.map(({ code }) => code);

describe('an item', () => {
  it('that is at two ends of the world within an hour is a finding that names the other entry', () => {
    const before = seen('2026-03-01T12:00:00Z', MUNICH);
    expect(codes(before)).toEqual([]);
    const after = seen('2026-03-01T13:00:00Z', SYDNEY);
    expect(after.findings).toMatchObject([
      { code: 'FINDING_FASTER_THAN_ANY_VEHICLE', item: ITEM_ID, contradicts: [before.entryId] },
    ]);
    expect(ledger.get(SIGHTING, ITEM_ID)).toMatchObject({ geoUri: MUNICH }); // the contradicted place stands
  });

  it('that had the time to fly there is none', () => {
    seen('2026-03-01T12:00:00Z', MUNICH);
    expect(codes(seen('2026-03-01T23:00:00Z', SYDNEY))).toEqual([]);
    expect(ledger.get(SIGHTING, ITEM_ID)).toMatchObject({ geoUri: SYDNEY });
  });

  it('is judged by event times, whichever event is recorded first', () => {
    seen('2026-03-01T13:00:00Z', SYDNEY);
    expect(codes(seen('2026-03-01T12:00:00Z', MUNICH))).toEqual(['FINDING_FASTER_THAN_ANY_VEHICLE']);
    expect(codes(seen('2026-02-01T12:00:00Z', MUNICH))).toEqual([]);
    expect(ledger.get(SIGHTING, ITEM_ID)).toMatchObject({ geoUri: SYDNEY });
  });

  it('may be seen at near places at one time', () => {
    seen('2026-03-01T12:00:00Z', 'geo:48.137,11.576');
    expect(codes(seen('2026-03-01T12:00:00Z', 'geo:48.9,11.576'))).toEqual([]);
  });

  it('is judged only where both places are geo URIs', () => {
    seen('2026-03-01T12:00:00Z', MUNICH);
    expect(codes(seen('2026-03-01T12:00:00Z', 'urn:epc:id:sgln:4099999.00001.0'))).toEqual([]);
    expect(codes(seen('2026-03-01T12:00:00Z', 'geo:1,2;crs=moon-2011'))).toEqual([]);
  });

  it('has its place told by who owns or holds it; anybody’s claim is compared with that', () => {
    expect(codes(seen('2026-03-01T12:00:00Z', SYDNEY, RETAILER))).toEqual(['FINDING_NOT_OWNER_OR_CUSTODIAN']);
    expect(ledger.get(SIGHTING, ITEM_ID)).toBeUndefined();
    seen('2026-03-01T12:00:00Z', MUNICH);
    expect(codes(seen('2026-03-01T12:30:00Z', SYDNEY, CARRIER))).toEqual([
      'FINDING_NOT_OWNER_OR_CUSTODIAN',
      'FINDING_FASTER_THAN_ANY_VEHICLE',
    ]);
  });

  it('is nowhere any more when the event that said so is declared an error', () => {
    const eventID = 'urn:uuid:11111111-1111-4111-8111-111111111111';
    seen('2026-03-01T12:00:00Z', SYDNEY, MAKER, { eventID });
    seen('2026-03-01T12:00:00Z', SYDNEY, MAKER, {
      eventID,
      errorDeclaration: { declarationTime: '2026-03-02T00:00:00Z' },
    });
    expect(codes(seen('2026-03-01T12:30:00Z', MUNICH))).toEqual([]);
  });

  it('is a single thing: quantities of a lot may be in many places', () => {
    const quantityList = [{ epcClass: lotKey(MAKER_GTIN, 'L1'), quantity: 5 }];
    for (const place of [MUNICH, SYDNEY]) {
      const event = { type: 'ObjectEvent', action: 'OBSERVE', quantityList, readPoint: { id: place } };
      expect(codes(ledger.record(MAKER, bareEvent(event)))).toEqual([]);
    }
  });
});
