import { describe, expect, it } from '@jest/globals';
import { utf8Decode, utf8Encode, type RecordType } from '#codec';
import { StateOverlay } from '#ledger';

let decodings = 0;
const TEXT: RecordType<string> = {
  prefix: 'text',
  encode: utf8Encode,
  decode(bytes) {
    decodings++;
    return utf8Decode(bytes) as string;
  },
};

function overlay(stored: Readonly<Record<string, string>> = {}): StateOverlay {
  return new StateOverlay({ stateValue: (key) => (stored[key] === undefined ? undefined : utf8Encode(stored[key])) });
}

describe('the state overlay', () => {
  it('reads what is stored, then what was written', () => {
    const state = overlay({ 'text/a': 'stored' });
    expect(state.get(TEXT, 'a')).toBe('stored');
    state.put(TEXT, 'a', 'written');
    expect(state.get(TEXT, 'a')).toBe('written');
    state.remove(TEXT, 'a');
    expect(state.get(TEXT, 'a')).toBeUndefined();
    expect(state.get(TEXT, 'b')).toBeUndefined();
  });

  it('decodes each record once', () => {
    const state = overlay({ 'text/a': 'stored' });
    decodings = 0;
    for (let i = 0; i < 5; i++) state.get(TEXT, 'a');
    expect(decodings).toBe(1);
  });

  it('lists what differs from the stored state, sorted by key', () => {
    const state = overlay({ 'text/same': 'x', 'text/gone': 'x', 'text/back': 'x' });
    state.put(TEXT, 'z', 'new');
    state.put(TEXT, 'a', 'new');
    state.put(TEXT, 'same', 'x');
    state.remove(TEXT, 'gone');
    state.remove(TEXT, 'never-there');
    state.remove(TEXT, 'back');
    state.put(TEXT, 'back', 'x');
    expect(state.changes()).toEqual([
      { key: 'text/a', value: utf8Encode('new') },
      { key: 'text/gone', value: null },
      { key: 'text/z', value: utf8Encode('new') },
    ]);
  });

  it('forgets a trial that is rolled back, and nothing before it', () => {
    const state = overlay({ 'text/a': 'stored' });
    state.put(TEXT, 'b', 'before');
    state.begin();
    state.put(TEXT, 'a', 'trial');
    state.remove(TEXT, 'b');
    state.put(TEXT, 'b', 'trial');
    state.put(TEXT, 'c', 'trial');
    state.rollback();
    expect(['a', 'b', 'c'].map((id) => state.get(TEXT, id))).toEqual(['stored', 'before', undefined]);
    expect(state.changes()).toEqual([{ key: 'text/b', value: utf8Encode('before') }]);
  });

  it('keeps a trial that is accepted', () => {
    const state = overlay();
    state.begin();
    state.put(TEXT, 'a', 'kept');
    state.accept();
    state.begin();
    state.rollback();
    expect(state.get(TEXT, 'a')).toBe('kept');
  });

  it('does not nest trials, nor end one that was not begun', () => {
    const state = overlay();
    expect(() => state.accept()).toThrow('INV-STATE-3');
    expect(() => state.rollback()).toThrow('INV-STATE-3');
    state.begin();
    expect(() => state.begin()).toThrow('INV-STATE-3');
  });

  it('stops at a key that is no text: two of them could become one in the tree', () => {
    const state = overlay();
    state.put(TEXT, '\ud800', 'x');
    expect(() => state.changes()).toThrow('INV-STATE-4');
  });
});
