import { describe, expect, it } from '@jest/globals';
import { parseStrictJson, utf8Encode } from '#codec';
import { companyPrefixLength, companyPrefixOf, readGs1PrefixList } from './company-prefix.js';

function list(entry: unknown) {
  const json = parseStrictJson(utf8Encode(JSON.stringify({ GCPPrefixFormatList: { date: '2026-01-01', entry } })));
  if (!json.ok) throw new Error(json.code);
  return readGs1PrefixList(json.value);
}

describe('the length of a company prefix', () => {
  it('is that of the longest known beginning', () => {
    const lengthOf = companyPrefixLength([
      ['40', 7],
      ['4012', 9],
      ['4012345', 0],
      ['999', 13],
    ]);
    expect(lengthOf('4099999000000')).toBe(7);
    expect(lengthOf('4012999000000')).toBe(9);
    expect(lengthOf('4012345000000')).toBeUndefined();
    expect(lengthOf('9990000000000')).toBeUndefined();
    expect(lengthOf('5012345000000')).toBeUndefined();
    expect(lengthOf('')).toBeUndefined();
  });

  it('is read from the list that GS1 publishes', () => {
    const read = list([
      { prefix: '0614141', gcpLength: 7 },
      { prefix: '977', gcpLength: '0' },
    ]);
    if (!read.ok) throw new Error(read.detail);
    expect(companyPrefixLength(read.value)('0614141073467')).toBe(7);
    expect(companyPrefixLength(read.value)('9771234567898')).toBeUndefined();
  });

  it.each([[undefined], [{}], [[{ prefix: '06A', gcpLength: 7 }]], [[{ prefix: '06' }]], [[7]]])(
    'is not read from something else: %j',
    (entry) => {
      expect(list(entry)).toMatchObject({ ok: false, code: 'GS1_BAD_PREFIX_LIST' });
    },
  );

  it.each([
    ['urn:epc:id:sgtin:0614141.107346.2017', '0614141'],
    ['urn:epc:class:lgtin:4012345.012345.L1', '4012345'],
    ['urn:epc:idpat:sgtin:0614141.*.*', '0614141'],
    ['urn:epc:id:bic:CSQU3054383', undefined],
    ['urn:epc:id:usdod:123456.1', undefined],
    ['https://id.gs1.org/01/10614141073464', undefined],
  ])('shows in an EPC URN: %s', (urn, prefix) => {
    expect(companyPrefixOf(urn)).toBe(prefix);
  });
});
