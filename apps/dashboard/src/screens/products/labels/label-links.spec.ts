import { describe, expect, it } from '@jest/globals';
import { canonicalId } from '#trace';
import { labelLink, labelSubjects, readResolver } from './label-links.js';

describe('the link on a label', () => {
  it('names product, lot and serial number in the order of GS1, encoded, and means the item', () => {
    const link = labelLink('https://id.example.com', { gtin: '09521001000017', lot: 'L/1', serial: 'S 1' });
    expect(link).toBe('https://id.example.com/01/09521001000017/10/L%2F1/21/S%201');
    const whole = labelLink('https://id.example.com', { gtin: '09521001000017', lot: 'L1', serial: 'S1' });
    expect(canonicalId(whole)).toMatchObject({
      ok: true,
      value: { key: 'https://id.gs1.org/01/09521001000017/21/S1', kind: 'instance' },
    });
  });

  it('begins with an origin and nothing else', () => {
    expect(readResolver(' https://ID.example.com/ ')).toBe('https://id.example.com');
    expect(readResolver('http://127.0.0.1:7401')).toBe('http://127.0.0.1:7401');
    expect(readResolver('id.example.com')).toBeUndefined();
    expect(readResolver('https://id.example.com/x?y')).toBeUndefined();
  });

  it('is printed once for each serial number and copy, or for the lot alone', () => {
    expect(labelSubjects('1', 'L', ['A', 'B'], 2).map(({ serial }) => serial)).toEqual(['A', 'A', 'B', 'B']);
    expect(labelSubjects('1', 'L', [], 1)).toEqual([{ gtin: '1', lot: 'L', serial: undefined }]);
  });
});
