import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { JsonObject, parseStrictJson, utf8Encode } from '#codec';
import { canonicalDecimal } from '../quantities/canonical-decimal.js';
import { compareCodePoints } from './compare-code-points.js';
import { checkEventHash, eventHashes } from './event-hash-id.js';
import { eventHashContext } from './hash-context.js';
import { preHashString } from './pre-hash.js';
import { utcMilliseconds } from './utc-milliseconds.js';

const EVENT = {
  type: 'ObjectEvent',
  eventTime: '2005-04-04T20:33:31.116-06:00',
  eventTimeZoneOffset: '-06:00',
  action: 'OBSERVE',
  epcList: ['urn:epc:id:sgtin:0614141.107346.2017'],
};
const CONTEXT = [
  'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  { ex: 'https://ns.example.com/epcis/', hash: 'https://ns.example.com/terms#' },
];
const START =
  'eventType=ObjectEventeventTime=2005-04-05T02:33:31.116ZeventTimeZoneOffset=-06:00epcListepc=https://id.gs1.org/01/10614141073464/21/2017action=OBSERVE';

function read(value: unknown): JsonObject {
  const json = parseStrictJson(utf8Encode(typeof value === 'string' ? value : JSON.stringify(value)));
  if (!json.ok || !(json.value instanceof JsonObject)) throw new Error('not a JSON object');
  return json.value;
}

/** What stands behind the standard fields of `EVENT`. */
function added(fields: object): string {
  const event = read({ '@context': CONTEXT, ...EVENT, ...fields });
  const text = preHashString(event, 'ObjectEvent', eventHashContext(event)) as string;
  expect(text.slice(0, START.length)).toBe(START);
  return text.slice(START.length);
}

describe('canonicalDecimal', () => {
  it.each([
    ['1.0', '1'],
    ['0.3434000', '0.3434'],
    ['-0.0', '0'],
    ['+007.50', '7.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1.5e3', '1500'],
    ['1.5E-3', '0.0015'],
    ['123e-2', '1.23'],
    ['12345678901234567890.10', '12345678901234567890.1'],
    ['106141412345678908', '106141412345678908'],
    ['-2e2', '-200'],
  ])('writes %s as %s', (text, plain) => {
    expect(canonicalDecimal(text)).toBe(plain);
  });

  it.each(['', '.', 'e5', '1e', '1e999999', '1e500', '0x10', '1_000', 'NaN', 'Infinity', '1 2', '--1'])(
    'leaves %j alone',
    (text) => {
      expect(canonicalDecimal(text)).toBeUndefined();
    },
  );

  it('gives one text to one number, however the point is moved', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.nat(40), fc.nat(5), (digits, places, zeros) => {
        const plain = canonicalDecimal(`${digits}e-${places}`) as string;
        expect(canonicalDecimal(`${digits}${'0'.repeat(zeros)}e-${places + zeros}`)).toBe(plain);
        expect(canonicalDecimal(plain)).toBe(plain);
      }),
    );
  });
});

describe('utcMilliseconds', () => {
  it.each([
    ['2023-01-18T11:04:03.1415Z', '2023-01-18T11:04:03.142Z'],
    ['2023-01-18T11:04:03.14149Z', '2023-01-18T11:04:03.141Z'],
    ['2023-12-31T23:59:59.9995Z', '2024-01-01T00:00:00.000Z'],
    ['2024-02-29T00:30:00+01:00', '2024-02-28T23:30:00.000Z'],
    ['2020-03-04T11:00:30+01:00', '2020-03-04T10:00:30.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['1900-03-01T00:00:00Z', '1900-03-01T00:00:00.000Z'],
  ])('writes %s as %s', (text, utc) => {
    expect(utcMilliseconds(text)).toBe(utc);
  });

  it.each(['', '2023-01-18', '2023-02-30T00:00:00Z', '9999-12-31T23:59:59.9996Z', '0000-01-01T00:00:00+01:00'])(
    'gives nothing for %j',
    (text) => {
      expect(utcMilliseconds(text)).toBeUndefined();
    },
  );

  it('agrees with the calendar of the runtime on every millisecond', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true }),
        (date) => {
          expect(utcMilliseconds(date.toISOString())).toBe(date.toISOString());
        },
      ),
    );
  });
});

describe('the order of strings', () => {
  it('is that of their UTF-8 bytes', () => {
    const bytewise = (a: string, b: string) => Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    const text = fc.string({
      unit: fc.constantFrom('a', 'Z', '~', 'é', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{1f4e6}'),
      maxLength: 6,
    });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareCodePoints(a, b))).toBe(bytewise(a, b));
      }),
    );
    expect(compareCodePoints('\u{1f4e6}', '\uff5e')).toBeGreaterThan(0);
  });
});

describe('the string that is hashed', () => {
  it.each<[string, object, string]>([
    [
      'extensions by namespace, sorted',
      { 'ex:b': 1, 'ex:a': ['y', 'x'] },
      '{https://ns.example.com/epcis/}a=x{https://ns.example.com/epcis/}a=y{https://ns.example.com/epcis/}b=1',
    ],
    [
      'types in front of their values',
      { bizTransactionList: [{ bizTransaction: 'urn:x:1', type: 'po' }] },
      'bizTransactionListtype=https://ref.gs1.org/cbv/BTT-pobizTransaction=urn:x:1',
    ],
    [
      'transactions without a type',
      { bizTransactionList: [{ bizTransaction: 'urn:x:1' }] },
      'bizTransactionListbizTransaction=urn:x:1',
    ],
    [
      'lists of parties among the extensions',
      { sourceList: [{ type: 'location', source: 'urn:x:1' }], ilmd: { 'cbvmda:lotNumber': 'L' } },
      'ilmd{urn:epcglobal:cbv:mda:}lotNumber=LsourceListtype=https://ref.gs1.org/cbv/SDT-locationsource=urn:x:1',
    ],
    [
      'extensions of a place behind its id, whatever the namespace ends in',
      { readPoint: { 'hash:dock': 7, id: 'urn:x:1' } },
      'readPointid=urn:x:1{https://ns.example.com/terms#}dock=7',
    ],
    ['truth values as words', { 'ex:ok': true }, '{https://ns.example.com/epcis/}ok=true'],
    [
      'long digits of a text as they are',
      { 'ex:sscc': '106141412345678908' },
      '{https://ns.example.com/epcis/}sscc=106141412345678908',
    ],
    [
      'values that are CURIEs as URIs',
      { 'ex:a': 'ex:b' },
      '{https://ns.example.com/epcis/}a=https://ns.example.com/epcis/b',
    ],
    [
      'names without a known prefix as they are',
      { 'nobody:a': 1, 'http://x.example/y': 2 },
      'http://x.example/y=2nobody:a=1',
    ],
    ['lists within lists', { 'ex:a': [['2', '1']] }, '{https://ns.example.com/epcis/}a=1=2'],
    [
      'white space around values cut off',
      { bizStep: ' shipping ' },
      'bizStep=https://ref.gs1.org/cbv/BizStep-shipping',
    ],
  ])('holds %s', (_name, fields, text) => {
    expect(added(fields)).toBe(text);
  });

  it('leaves out what a server adds, comments, and what is empty', () => {
    expect(
      added({
        recordTime: '2005-04-04T20:33:31Z',
        eventID: 'urn:uuid:1',
        errorDeclaration: { declarationTime: '2005-04-04T20:33:31Z', reason: 'did_not_occur' },
        'rdfs:comment': 'said in passing',
        childEPCs: [],
        disposition: ' ',
      }),
    ).toBe('');
  });

  it('keeps an item that is named in both spellings twice', () => {
    const sscc = ['urn:epc:id:sscc:0614141.1234567890', 'https://id.gs1.org/00/106141412345678908'];
    const event = read({ type: 'ObjectEvent', epcList: sscc });
    const link = 'epc=https://id.gs1.org/00/106141412345678908';
    expect(preHashString(event, 'ObjectEvent', eventHashContext(event))).toBe(
      `eventType=ObjectEventepcList${link}${link}`,
    );
  });

  it('has a bound, however often a long namespace is used', () => {
    const namespace = `https://example.com/${'x'.repeat(480)}/`;
    const members = Array.from({ length: 20_000 }, (_, i) => `"p:${i}":1`).join(',');
    const event = read(`{"@context":{"p":"${namespace}"},"type":"ObjectEvent",${members}}`);
    expect(eventHashes(event)).toMatchObject({ ok: false, code: 'EPCIS_EVENT_TOO_LONG_TO_HASH' });
  });
});

describe('checkEventHash', () => {
  const context = eventHashContext(read({ '@context': CONTEXT }));
  const hashId = (checkEventHash(read(EVENT), context) as { value: { hashId: string } }).value.hashId;

  it.each([
    ['absent', undefined],
    ['other', 'urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8'],
    ['match', hashId],
    ['match', hashId.toUpperCase().replace('NI:///SHA-256', 'ni:///sha-256').replace('VER', 'ver')],
    ['mismatch', hashId.replace(/;../, ';00')],
  ])('says %s of the eventID %s', (verdict, eventID) => {
    const event = read(eventID === undefined ? EVENT : { ...EVENT, eventID });
    expect(checkEventHash(event, context)).toMatchObject({ ok: true, value: { hashId, verdict } });
  });

  it('gives an event and its error declaration one hash', () => {
    const declaration = { ...EVENT, errorDeclaration: { declarationTime: '2006-01-01T00:00:00Z' } };
    expect(checkEventHash(read(declaration), context)).toMatchObject({ value: { hashId } });
  });

  it('points at what is no event', () => {
    const document = (eventList: unknown[]) => read({ type: 'EPCISDocument', epcisBody: { eventList } });
    expect(eventHashes(document([EVENT, 5]))).toMatchObject({
      code: 'EPCIS_NOT_A_DOCUMENT',
      pointer: '/epcisBody/eventList/1',
    });
    expect(eventHashes(document([{}]))).toMatchObject({ pointer: '/epcisBody/eventList/0/type' });
  });
});
