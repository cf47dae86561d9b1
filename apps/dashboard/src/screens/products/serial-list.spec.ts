import { describe, expect, it } from '@jest/globals';
import { readSerials } from './serial-list.js';

describe('a list of serial numbers', () => {
  it('may have lines, commas, spaces and ranges, and names each once', () => {
    expect(readSerials('S1, S2\nS2  A-08..A-11')).toEqual({
      serials: ['S1', 'S2', 'A-08', 'A-09', 'A-10', 'A-11'],
      wrong: undefined,
    });
  });

  it('says which one is none', () => {
    expect(readSerials('S1 Ü2').wrong).toBe('Ü2');
    expect(readSerials('A'.repeat(21)).wrong).toBe('A'.repeat(21));
  });

  it('takes a range that goes down for text, and does not count to infinity', () => {
    expect(readSerials('9..1').serials).toEqual(['9..1']);
    expect(readSerials('1..999999999').serials).toHaveLength(1_001);
  });
});
