import { describe, expect, it } from '@jest/globals';
import { percent, sumByUnit, sumDecimals } from './decimal.js';

describe('quantities of a recall', () => {
  it('are added exactly', () => {
    expect(sumDecimals(['0.1', '0.2'])).toBe('0.3');
    expect(sumDecimals(['999999999999999999', '0.000000001'])).toBe('999999999999999999.000000001');
    expect(sumDecimals(['2.50', '-3'])).toBe('-0.5');
    expect(sumDecimals([])).toBe('0');
  });

  it('are added by unit, things without one as pieces', () => {
    expect(
      sumByUnit(
        [
          { unit: 'KGM', quantity: '37.5' },
          { unit: null, quantity: '1' },
          { unit: 'KGM', quantity: '2.5' },
        ],
        'pieces',
      ),
    ).toBe('40 KGM, 1 pieces');
  });

  it('have shares in per cent', () => {
    expect(percent('0.25')).toBe('25 %');
    expect(percent('0.333334')).toBe('33.3334 %');
    expect(percent('1')).toBe('100 %');
  });
});
