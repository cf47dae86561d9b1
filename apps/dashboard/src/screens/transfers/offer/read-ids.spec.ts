import { describe, expect, it } from '@jest/globals';
import { readIds } from './read-ids.js';

describe('pasted identifiers', () => {
  it('are understood in every spelling, each once', () => {
    const { ids, faults } = readIds(
      [
        'https://id.gs1.org/01/09521001000017/21/A1',
        'urn:epc:id:sgtin:9521001.000001.A1; (01)09521001000017(10)L1',
        '095210010000000017',
      ].join('\n'),
    );
    expect(faults).toEqual([]);
    expect(ids).toEqual([
      'https://id.gs1.org/01/09521001000017/21/A1',
      'https://id.gs1.org/01/09521001000017/10/L1',
      'https://id.gs1.org/00/095210010000000017',
    ]);
  });

  it('that name no item are said, each with its reason', () => {
    expect(readIds('S1 9521001000017 9521001000018 Ü').faults).toEqual([
      { code: 'needsGtin', text: 'S1' },
      { code: 'isClass', text: '9521001000017' },
      { code: 'badCheckDigit', text: '9521001000018' },
      { code: 'notUnderstood', text: 'Ü' },
    ]);
  });
});
