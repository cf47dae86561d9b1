import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalId, gs1KeyDigits } from './canonical-id.js';
import { checkDigit } from './check-digit.js';
import { readGtin } from './gtin.js';

const SAME_THING: readonly (readonly [name: string, kind: string, urn: string, link: string, key: string])[] = [
  [
    'SGTIN',
    'instance',
    'urn:epc:id:sgtin:0614141.107346.2017',
    'https://example.org/some/path/01/10614141073464/21/2017?17=260101',
    'https://id.gs1.org/01/10614141073464/21/2017',
  ],
  [
    'LGTIN',
    'lot',
    'urn:epc:class:lgtin:4012345.012345.998877',
    'http://id.gs1.org/01/04012345123456/10/998877',
    'https://id.gs1.org/01/04012345123456/10/998877',
  ],
  [
    'GTIN class',
    'class',
    'urn:epc:idpat:sgtin:4012345.066666.*',
    'https://id.gs1.org/01/04012345666663',
    'https://id.gs1.org/01/04012345666663',
  ],
  [
    'SSCC',
    'instance',
    'urn:epc:id:sscc:0614141.1234567890',
    'https://id.gs1.org/00/106141412345678908',
    'https://id.gs1.org/00/106141412345678908',
  ],
  [
    'GLN',
    'instance',
    'urn:epc:id:sgln:4012345.00005.0',
    'https://id.gs1.org/414/4012345000054',
    'https://id.gs1.org/414/4012345000054',
  ],
  [
    'SGLN',
    'instance',
    'urn:epc:id:sgln:4012345.00005.12',
    'https://id.gs1.org/414/4012345000054/254/12',
    'https://id.gs1.org/414/4012345000054/254/12',
  ],
  [
    'PGLN',
    'instance',
    'urn:epc:id:pgln:4012345.00005',
    'https://id.gs1.org/417/4012345000054',
    'https://id.gs1.org/417/4012345000054',
  ],
  [
    'GRAI',
    'instance',
    'urn:epc:id:grai:4012345.00077.18765',
    'https://id.example.com/8003/0401234500077118765',
    'https://id.gs1.org/8003/0401234500077118765',
  ],
  [
    'GIAI',
    'instance',
    'urn:epc:id:giai:4000001.111-A',
    'https://example.org/8004/4000001111-A',
    'https://id.gs1.org/8004/4000001111-A',
  ],
  [
    'GSRN',
    'instance',
    'urn:epc:id:gsrn:0614141.0000010253',
    'https://id.gs1.org/8018/061414100000102534',
    'https://id.gs1.org/8018/061414100000102534',
  ],
  [
    'GSRNP',
    'instance',
    'urn:epc:id:gsrnp:0614141.0000010253',
    'https://id.gs1.org/8017/061414100000102534',
    'https://id.gs1.org/8017/061414100000102534',
  ],
  [
    'GDTI',
    'instance',
    'urn:epc:id:gdti:4012345.00005.987',
    'https://example.com/253/4012345000054987',
    'https://id.gs1.org/253/4012345000054987',
  ],
  [
    'GCN',
    'instance',
    'urn:epc:id:sgcn:4012345.00005.987',
    'https://example.com/255/4012345000054987',
    'https://id.gs1.org/255/4012345000054987',
  ],
  [
    'CPI',
    'instance',
    'urn:epc:id:cpi:0614141.5PQ7%2FZ43.12345',
    'https://id.gs1.org/8010/06141415PQ7%2FZ43/8011/12345',
    'https://id.gs1.org/8010/06141415PQ7%2FZ43/8011/12345',
  ],
  [
    'GINC',
    'instance',
    'urn:epc:id:ginc:0614141.xyz3311',
    'https://id.gs1.org/401/0614141xyz3311',
    'https://id.gs1.org/401/0614141xyz3311',
  ],
  [
    'GSIN',
    'instance',
    'urn:epc:id:gsin:0614141.123456789',
    'https://id.gs1.org/402/06141411234567890',
    'https://id.gs1.org/402/06141411234567890',
  ],
  [
    'UPUI',
    'instance',
    'urn:epc:id:upui:0614141.107346.28fk(3',
    'https://id.gs1.org/01/10614141073464/235/28fk(3',
    'https://id.gs1.org/01/10614141073464/235/28fk%283',
  ],
  [
    'ITIP',
    'instance',
    'urn:epc:id:itip:0614141.107346.01.02.987',
    'https://id.gs1.org/8006/106141410734640102/21/987',
    'https://id.gs1.org/8006/106141410734640102/21/987',
  ],
  [
    'serial with reserved characters',
    'instance',
    'urn:epc:id:sgtin:0614141.107346.a%2Fb(c)',
    'https://id.gs1.org/01/10614141073464/21/a%2fb%28c)',
    'https://id.gs1.org/01/10614141073464/21/a%2Fb%28c%29',
  ],
];

describe('canonicalId', () => {
  it.each(SAME_THING)('gives one key to both spellings of a %s', (_name, kind, urn, link, key) => {
    expect(canonicalId(urn)).toEqual({ ok: true, value: { key, kind } });
    expect(canonicalId(link)).toEqual({ ok: true, value: { key, kind } });
    expect(canonicalId(key)).toEqual({ ok: true, value: { key, kind } });
  });

  it('keeps the lot that a Digital Link names beside a serial number, outside the key', () => {
    expect(canonicalId('https://id.gs1.org/01/10614141073464/22/v1/10/L7/21/2017')).toEqual({
      ok: true,
      value: {
        key: 'https://id.gs1.org/01/10614141073464/21/2017',
        kind: 'instance',
        lot: 'https://id.gs1.org/01/10614141073464/10/L7',
      },
    });
  });

  it('reads links in the capitals that QR codes prefer', () => {
    expect(canonicalId('HTTPS://ID.GS1.ORG/01/10614141073464/21/2017')).toMatchObject({
      value: { key: 'https://id.gs1.org/01/10614141073464/21/2017' },
    });
  });

  it('pads shorter GTINs to fourteen digits', () => {
    expect(readGtin('40170725')).toEqual({ ok: true, value: '00000040170725' });
    expect(readGtin('614141073467')).toEqual({ ok: true, value: '00614141073467' });
    expect(canonicalId('https://id.gs1.org/01/614141073467')).toMatchObject({
      value: { key: 'https://id.gs1.org/01/00614141073467' },
    });
    expect(readGtin('614141073466')).toMatchObject({ ok: false, code: 'GS1_BAD_CHECK_DIGIT' });
    expect(readGtin('6141410734')).toMatchObject({ ok: false, code: 'GS1_MALFORMED_KEY' });
    expect(readGtin('')).toMatchObject({ ok: false, code: 'GS1_MALFORMED_KEY' });
  });

  it.each([
    'https://shop.example/01/news/10',
    'https://shop.example/01/10614141073465/21/1',
    'https://example.com/ErrorCode-A827',
    'https://id.gs1.org/voc/thing',
    'urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8',
    'urn:epc:idpat:sgtin:4012345.*.*',
    'urn:epc:id:bic:CSQU3054383',
    'did:web:maker.example#part-7',
    'example:part-7',
  ])('keeps any other URI as it is: %s', (uri) => {
    expect(canonicalId(uri)).toMatchObject({ ok: true, value: { key: uri, kind: 'other' } });
  });

  it.each([
    ['https://id.gs1.org/01/10614141073465', 'GS1_BAD_CHECK_DIGIT'],
    ['https://id.gs1.org/00/106141412345678901', 'GS1_BAD_CHECK_DIGIT'],
    ['https://id.gs1.org/01/1061414107346', 'GS1_BAD_CHECK_DIGIT'],
    ['https://id.gs1.org/01/10614141073464/21/2017/10/L7', 'GS1_MALFORMED_KEY'],
    ['https://id.gs1.org/01/10614141073464/21/123456789012345678901', 'GS1_MALFORMED_KEY'],
    ['https://id.gs1.org/01/10614141073464/21/%ff', 'GS1_MALFORMED_KEY'],
    ['urn:epc:id:sgtin:0614141.10734.2017', 'GS1_MALFORMED_KEY'],
    ['urn:epc:id:sgtin:0614141.107346', 'GS1_MALFORMED_KEY'],
    ['urn:epc:id:sgtin:0614141.107346.', 'GS1_MALFORMED_KEY'],
    ['urn:epc:id:sscc:061414a.1234567890', 'GS1_MALFORMED_KEY'],
    ['no uri', 'GS1_BAD_URI'],
    ['urn:with space', 'GS1_BAD_URI'],
    ['urn:line\nfeed', 'GS1_BAD_URI'],
    [`urn:${'x'.repeat(509)}`, 'GS1_BAD_URI'],
    ['', 'GS1_BAD_URI'],
  ])('refuses %j with %s', (text, code) => {
    expect(canonicalId(text)).toMatchObject({ ok: false, code });
  });

  it('is idempotent and never throws, whatever it is given', () => {
    const uris = fc.oneof(
      fc.string(),
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc
        .tuple(
          fc.constantFrom('00', '01', '414', '8003', '8004', '253'),
          fc.string(),
          fc.constantFrom('/10/', '/21/', '/254/', '/'),
          fc.string(),
        )
        .map(([ai, value, next, more]) => `https://id.gs1.org/${ai}/${value}${next}${more}`),
      fc
        .tuple(fc.constantFrom('sgtin', 'sscc', 'giai', 'grai', 'itip'), fc.string())
        .map(([scheme, rest]) => `urn:epc:id:${scheme}:0614141.${rest}`),
    );
    fc.assert(
      fc.property(uris, (text) => {
        const id = canonicalId(text);
        if (!id.ok) return;
        expect(id.value.key.length).toBeLessThanOrEqual(512);
        expect(canonicalId(id.value.key)).toMatchObject({ ok: true, value: { key: id.value.key } });
      }),
      { numRuns: 500 },
    );
  });

  it('gives every serial of the GS1 character set one key in both spellings', () => {
    const serial = fc.string({
      unit: fc.constantFrom(...'!"%&\'()*+,-./0123456789:;<=>?ABCXYZ_abcxyz'),
      minLength: 1,
      maxLength: 20,
    });
    const reference = fc.stringMatching(/^[0-9]{6}$/);
    fc.assert(
      fc.property(serial, reference, (value, digits) => {
        const base = `${digits[0]}0614141${digits.slice(1)}`;
        const urn = canonicalId(`urn:epc:id:sgtin:0614141.${digits}.${encodeURIComponent(value)}`);
        const link = canonicalId(`https://brand.example/01/${base}${checkDigit(base)}/21/${encodeURIComponent(value)}`);
        expect(urn.ok).toBe(true);
        expect(urn).toEqual(link);
      }),
    );
  });
});

describe('gs1KeyDigits', () => {
  it.each([
    ['https://id.gs1.org/01/10614141073464/21/1', '0614141073464'],
    ['https://id.gs1.org/00/106141412345678908', '06141412345678908'],
    ['https://id.gs1.org/8003/0401234500077118765', '401234500077118765'],
    ['https://id.gs1.org/414/4012345000054/254/12', '4012345000054'],
    ['https://id.gs1.org/8004/4000001111-A', '4000001111'],
    ['urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8', undefined],
    ['https://example.org/01/10614141073464', undefined],
  ])('of %s begin with the company prefix', (key, digits) => {
    expect(gs1KeyDigits(key)).toBe(digits);
  });
});
