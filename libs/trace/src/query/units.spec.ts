import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { comparableMeasure } from './units.js';

describe('a measure', () => {
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
    ['H87', '12', 'EA', '12'],
  ])('of %s %s is one of %s %s', (uom, value, other, otherValue) => {
    expect(comparableMeasure(uom, value)).toEqual(comparableMeasure(other, otherValue));
  });

  it('in another kind of unit, or of another value, is another', () => {
    expect(comparableMeasure('CEL', '1').unit).not.toBe(comparableMeasure('KGM', '1').unit);
    expect(comparableMeasure('CEL', '4.5')).not.toEqual(comparableMeasure('CEL', '4.50001'));
  });

  it('stays what it is in a unit that is not known', () => {
    expect(comparableMeasure('P1', '30.5')).toEqual({ unit: 'P1', number: '30.5' });
  });

  it('keeps its order in every unit', () => {
    const decimal = fc.tuple(fc.integer(), fc.nat(99)).map(([whole, hundredths]) => `${whole}.${String(hundredths).padStart(2, '0')}`);
    fc.assert(
      fc.property(fc.constantFrom('CEL', 'FAH', 'KEL', 'GRM', 'LBR', 'MIN', 'KMH'), decimal, decimal, (uom, a, b) => {
        const difference = Number(comparableMeasure(uom, a).number) - Number(comparableMeasure(uom, b).number);
        expect(Math.sign(difference)).toBe(Math.sign(Number(a) - Number(b)));
      }),
    );
  });
});
