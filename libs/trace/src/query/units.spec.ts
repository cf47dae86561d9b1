import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inEveryUnit } from './units.js';

const inUnit = (uom: string, value: string, other: string): string | undefined =>
  inEveryUnit(uom, [value]).find((measure) => measure.uom === other)?.values[0];

describe('a measure in every unit', () => {
  it.each([
    ['CEL', '4.5', 'FAH', '40.1'],
    ['CEL', '-40', 'FAH', '-40'],
    ['FAH', '-459.67', 'KEL', '0'],
    ['KEL', '0', 'CEL', '-273.15'],
    ['KGM', '1.5', 'GRM', '1500'],
    ['LBR', '2', 'KGM', '0.90718474'],
    ['INH', '1', 'MMT', '25.4'],
    ['KMH', '36', 'MTS', '10'],
    ['KWH', '1', 'JOU', '3600000'],
    ['KGM', '1', 'LBR', '2.204622621848775807229738013450270338542'],
  ])('%s %s is %s %s', (uom, value, other, expected) => {
    expect(inUnit(uom, value, other)).toBe(expected);
  });

  it('stays what it is in a unit that is not known', () => {
    expect(inEveryUnit('P1', ['30', '40'])).toEqual([{ uom: 'P1', values: ['30', '40'] }]);
  });

  it('comes back the same from any unit, to more digits than anybody measures', () => {
    const value = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((hundredths) => hundredths / 100);
    fc.assert(
      fc.property(fc.constantFrom('CEL', 'KGM', 'MTR', 'LTR', 'BAR', 'MIN', 'MTS'), value, (uom, number) => {
        for (const { uom: other, values } of inEveryUnit(uom, [String(number)])) {
          expect(Number(inUnit(other, values[0] as string, uom))).toBeCloseTo(number, 9);
        }
      }),
    );
  });
});
