import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainDecimal } from './plain-decimal.js';

describe('plainDecimal', () => {
  it.each([
    ['1', '1'],
    ['1.50', '1.5'],
    ['-0.0', '0'],
    ['-2.0', '-2'],
    ['0010', '10'],
    ['3e1', '30'],
    ['1.25E-3', '0.00125'],
    ['-12.5e+1', '-125'],
    ['1e99', `1${'0'.repeat(99)}`],
    ['0e100', '0'],
  ])('writes %s as %s', (text, plain) => {
    expect(plainDecimal(text)).toBe(plain);
  });

  it.each(['', '-', '.5', '5.', '1e', '1e9999', '1e101', `1${'0'.repeat(100)}`, '0x10', 'NaN', 'Infinity', ' 1', '1 ', '+1', '1,5', '٣'])(
    'takes %j for no number',
    (text) => {
      expect(plainDecimal(text)).toBeUndefined();
    },
  );

  it('gives equal numbers one spelling, and keeps their value', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: -30, max: 30 }), fc.nat(5), (digits, exponent, zeros) => {
        const plain = plainDecimal(`${digits}e${exponent}`);
        expect(plainDecimal(`${digits}${'0'.repeat(zeros)}e${exponent - zeros}`)).toBe(plain);
        expect(Number(plain)).toBe(Number(`${digits}e${exponent}`) + 0);
        expect(plainDecimal(plain as string)).toBe(plain);
      }),
    );
  });
});
