import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalId } from './canonical-id.js';
import { companyPrefixLength, companyPrefixOf } from './company-prefix.js';
import { toDigitalLink, toEpcUrn } from './translate-id.js';

const KNOWN = companyPrefixLength([
  ['0614141', 7],
  ['4012345', 7],
  ['987659999999', 12],
  ['400000', 6],
]);

const BOTH: readonly (readonly [urn: string, link: string])[] = [
  ['urn:epc:id:sgtin:0614141.107346.2017', 'https://id.gs1.org/01/10614141073464/21/2017'],
  [
    'urn:epc:id:sgtin:0614141.812345.6789%2F%26%25%22!%3F()',
    'https://id.gs1.org/01/80614141123458/21/6789%2F%26%25%22%21%3F%28%29',
  ],
  ['urn:epc:idpat:sgtin:0614141.107346.*', 'https://id.gs1.org/01/10614141073464'],
  ['urn:epc:class:lgtin:4012345.012345.998877', 'https://id.gs1.org/01/04012345123456/10/998877'],
  ['urn:epc:id:sscc:0614141.1234567890', 'https://id.gs1.org/00/106141412345678908'],
  ['urn:epc:id:sgln:4012345.00005.0', 'https://id.gs1.org/414/4012345000054'],
  ['urn:epc:id:sgln:4012345.00005.12', 'https://id.gs1.org/414/4012345000054/254/12'],
  ['urn:epc:id:pgln:4012345.00005', 'https://id.gs1.org/417/4012345000054'],
  ['urn:epc:id:grai:4012345.00077.18765', 'https://id.gs1.org/8003/0401234500077118765'],
  ['urn:epc:idpat:grai:4012345.00077.*', 'https://id.gs1.org/8003/04012345000771'],
  ['urn:epc:id:giai:4012345.111-A', 'https://id.gs1.org/8004/4012345111-A'],
  ['urn:epc:id:gsrn:0614141.0000010253', 'https://id.gs1.org/8018/061414100000102534'],
  ['urn:epc:id:gsrnp:0614141.0000010253', 'https://id.gs1.org/8017/061414100000102534'],
  ['urn:epc:id:gdti:4012345.00005.987', 'https://id.gs1.org/253/4012345000054987'],
  ['urn:epc:id:gdti:987659999999..9', 'https://id.gs1.org/253/98765999999929'],
  ['urn:epc:idpat:gdti:4012345.00005.*', 'https://id.gs1.org/253/4012345000054'],
  ['urn:epc:id:sgcn:4012345.00005.987', 'https://id.gs1.org/255/4012345000054987'],
  ['urn:epc:idpat:sgcn:4012345.00005.*', 'https://id.gs1.org/255/4012345000054'],
  ['urn:epc:id:cpi:0614141.5PQ7%2FZ43.12345', 'https://id.gs1.org/8010/06141415PQ7%2FZ43/8011/12345'],
  ['urn:epc:idpat:cpi:0614141.5PQ7%2FZ43.*', 'https://id.gs1.org/8010/06141415PQ7%2FZ43'],
  ['urn:epc:id:ginc:0614141.xyz3311', 'https://id.gs1.org/401/0614141xyz3311'],
  ['urn:epc:id:gsin:0614141.123456789', 'https://id.gs1.org/402/06141411234567890'],
  ['urn:epc:id:upui:0614141.107346.28fk(3', 'https://id.gs1.org/01/10614141073464/235/28fk%283'],
  ['urn:epc:id:itip:0614141.107346.01.02.987', 'https://id.gs1.org/8006/106141410734640102/21/987'],
  ['urn:epc:idpat:itip:0614141.107346.01.02.*', 'https://id.gs1.org/8006/106141410734640102'],
];

describe('translation of identifiers', () => {
  it.each(BOTH)('makes %s of %s and back', (urn, link) => {
    expect(toDigitalLink(urn)).toEqual({ translated: true, id: link });
    expect(toEpcUrn(link, KNOWN)).toEqual({ translated: true, id: urn });
  });

  it('leaves what is in the asked spelling already', () => {
    const link = 'https://brand.example/some/path/01/10614141073464/10/L1/21/2017?17=260101';
    expect(toDigitalLink(link)).toEqual({ translated: true, id: link });
    expect(toEpcUrn('urn:epc:id:sscc:0614141.1234567890', KNOWN)).toMatchObject({
      id: 'urn:epc:id:sscc:0614141.1234567890',
    });
  });

  it('reads Digital Links of any domain', () => {
    expect(toEpcUrn('https://brand.example/01/10614141073464/10/L1/21/2017?17=260101', KNOWN)).toEqual({
      translated: true,
      id: 'urn:epc:id:sgtin:0614141.107346.2017',
    });
  });

  it.each([
    ['urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8', 'no-gs1-key'],
    ['https://example.com/news/01', 'no-gs1-key'],
    ['https://id.gs1.org/01/10614141073465', 'no-gs1-key'],
    ['https://id.gs1.org/01/10614141073464/22/v2', 'no-urn'],
    ['https://id.gs1.org/8006/106141410734640102/10/L1', 'no-urn'],
    ['https://id.gs1.org/8018/061414100000102534/8019/1', 'no-urn'],
    ['https://id.gs1.org/8004/0614141', 'no-urn'],
    ['https://id.gs1.org/01/05012345678900', 'unknown-prefix-length'],
    ['https://id.gs1.org/8004/4000A', 'unknown-prefix-length'],
  ])('says why %s has no EPC URN', (text, reason) => {
    expect(toEpcUrn(text, KNOWN)).toEqual({ translated: false, reason });
  });

  it('loses nothing from URN to Digital Link and back, for any key', () => {
    const digits = (length: number) =>
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
    const text = (characters: string, max: number) =>
      fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength: max });
    const set82 = '!"%&\'()*+,-./0123456789:;<=>?ABCXYZ_abcxyz';
    const encoded = (value: string) =>
      value.replace(/["#%&/<>?]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
    const serial = text(set82, 16).map(encoded);
    const urn = fc
      .integer({ min: 6, max: 12 })
      .chain((length) =>
        fc
          .tuple(
            digits(length),
            fc.oneof(
              fc.tuple(fc.constantFrom('id:sgtin', 'class:lgtin', 'id:upui'), digits(13 - length), serial),
              fc.tuple(fc.constant('idpat:sgtin'), digits(13 - length), fc.constant('*')),
              fc.tuple(fc.constantFrom('id:sscc', 'id:gsrn', 'id:gsrnp'), digits(17 - length)),
              fc.tuple(fc.constant('id:gsin'), digits(16 - length)),
              fc.tuple(fc.constantFrom('id:sgln', 'id:grai', 'id:gdti'), digits(12 - length), serial),
              fc.tuple(fc.constant('id:pgln'), digits(12 - length)),
              fc.tuple(fc.constant('id:sgcn'), digits(12 - length), digits(9)),
              fc.tuple(fc.constantFrom('id:giai', 'id:ginc'), serial),
              fc.tuple(fc.constant('id:cpi'), text('#-/0123456789ABCXYZ', 18).map(encoded), digits(5)),
              fc.tuple(fc.constant('id:itip'), digits(13 - length), digits(2), digits(2), serial),
            ),
          )
          .map(([prefix, [scheme, ...parts]]) => `urn:epc:${scheme}:${[prefix, ...parts].join('.')}`),
      );
    fc.assert(
      fc.property(urn, (id) => {
        const prefix = companyPrefixOf(id) as string;
        const link = toDigitalLink(id);
        if (!link.translated) throw new Error(link.reason);
        expect(canonicalId(link.id)).toMatchObject({ ok: true, value: { key: link.id } });
        expect(toEpcUrn(link.id, companyPrefixLength([[prefix, prefix.length]]))).toEqual({ translated: true, id });
      }),
      { numRuns: 500 },
    );
  });
});
