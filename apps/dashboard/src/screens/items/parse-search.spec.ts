import { describe, expect, it } from '@jest/globals';
import { candidates, parseSearch } from './parse-search.js';

const ITEM = 'https://id.gs1.org/01/09521001000017/21/0001';

describe('the search box', () => {
  it.each([
    ['a Digital Link', ITEM, ITEM],
    [
      'a Digital Link of another domain, with spaces around it',
      ' https://shop.example/01/09521001000017/21/0001 ',
      ITEM,
    ],
    ['an EPC URN', 'urn:epc:id:sgtin:9521001.000001.0001', ITEM],
    ['an element string', '(01)09521001000017(21)0001', ITEM],
    ['an element string of a lot', '(01) 09521001000017 (10) L/1', 'https://id.gs1.org/01/09521001000017/10/L%2F1'],
    ['a GTIN-14', '09521001000017', 'https://id.gs1.org/01/09521001000017'],
    ['a GTIN-13', '9521001000017', 'https://id.gs1.org/01/09521001000017'],
    ['a GTIN with spaces', '9 521001 000017', 'https://id.gs1.org/01/09521001000017'],
    ['an SSCC', '095210010000000017', 'https://id.gs1.org/00/095210010000000017'],
    [
      'a URI that is not of GS1',
      'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
      'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
    ],
  ])('understands %s', (_what, text, id) => {
    expect(parseSearch(text)).toEqual({ kind: 'thing', id });
  });

  it('understands an entry id in capitals too', () => {
    expect(parseSearch('AB'.repeat(32))).toEqual({ kind: 'entry', id: 'ab'.repeat(32) });
  });

  it.each([
    ['#42', 42],
    ['# 12345678', 12_345_678],
    ['#0', 0],
  ])('takes %s for the height of a block', (text, height) => {
    expect(parseSearch(text)).toEqual({ kind: 'block', height });
  });

  it.each(['09521001000018', '(01)09521001000018(21)1', 'https://id.gs1.org/01/09521001000018', '095210010000000018'])(
    'says that the check digit of %s is wrong',
    (text) => {
      expect(parseSearch(text)).toEqual({ kind: 'badCheckDigit', text });
    },
  );

  it('does not decide what a short number is: a serial number, a lot or a block', () => {
    expect(parseSearch('0042')).toEqual({ kind: 'serialOrLot', text: '0042', height: 42 });
  });

  it('takes other words for a serial number or a lot, of any of the products', () => {
    expect(parseSearch('MWSJM5DS-01')).toEqual({ kind: 'serialOrLot', text: 'MWSJM5DS-01' });
    expect(candidates('A1', ['09521001000017'])).toEqual([
      'https://id.gs1.org/01/09521001000017/21/A1',
      'https://id.gs1.org/01/09521001000017/10/A1',
    ]);
  });

  it.each(['', '   ', 'two words', 'x'.repeat(40)])('finds nothing in %j', (text) => {
    expect(parseSearch(text)).toEqual({ kind: 'nothing' });
  });
});
