import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DISCREPANCIES, readReason, REASON_CHARS_MAX, writeReason } from './discrepancy.js';

describe('the reason of an answer', () => {
  it('names lines by reason, in ranges, and the note behind them', () => {
    const lines = new Map([
      [7, 'damaged'],
      [2, 'damaged'],
      [3, 'damaged'],
      [9, 'missing'],
    ] as const);
    expect(writeReason({ lines, note: ' The case was open. ' })).toBe(
      'missing: 9; damaged: 2-3, 7 | The case was open.',
    );
    expect(writeReason({ lines: new Map(), note: '' })).toBeUndefined();
    expect(writeReason({ lines: new Map(), note: 'All well' })).toBe('All well');
  });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 1_000 }), fc.constantFrom(...DISCREPANCIES)), {
          selector: ([line]) => line,
          minLength: 1,
        }),
        fc.string().map((text) => text.trim()),
        (entries, note) => {
          const read = readReason(writeReason({ lines: new Map(entries), note }) ?? null);
          expect(new Map([...read.lines].sort(([a], [b]) => a - b))).toEqual(
            new Map(entries.toSorted(([a], [b]) => a - b)),
          );
          expect(read.note).toBe(note);
        },
      ),
    );
  });

  it('of another program is a note', () => {
    for (const text of ['Box wet', 'damaged: everything', 'wet: 1', 'damaged: 2 and more']) {
      expect(readReason(text)).toEqual({ lines: new Map(), note: text });
    }
    expect(readReason(null)).toEqual({ lines: new Map(), note: '' });
  });

  it('fits for a thousand lines of one reason', () => {
    const lines = new Map(Array.from({ length: 1_000 }, (_unused, index) => [index + 1, 'missing'] as const));
    expect((writeReason({ lines, note: '' }) ?? '').length).toBeLessThan(REASON_CHARS_MAX);
  });
});
