import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareBytes, compareStrings, concatBytes, utf8Decode, utf8Encode } from './bytes.js';

describe('UTF-8', () => {
  it('is read back, a byte order mark included', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(utf8Decode(utf8Encode(text))).toBe(text)));
    expect(utf8Decode(utf8Encode('\ufeffa'))).toBe('\ufeffa');
  });

  it('is not written for a lone surrogate: two texts would become one', () => {
    expect(() => utf8Encode('a\udc00')).toThrow(TypeError);
  });

  it.each([[[0xff]], [[0xc0, 0x80]], [[0xed, 0xa0, 0x80]], [[0xf4, 0x90, 0x80, 0x80]], [[0xe6, 0xb0]]])(
    'refuses %j',
    (bytes) => {
      expect(utf8Decode(Uint8Array.from(bytes))).toBeUndefined();
    },
  );
});

describe('compareBytes', () => {
  it('orders as Buffer.compare does', () => {
    const bytes = fc.uint8Array({ maxLength: 4 });
    fc.assert(fc.property(bytes, bytes, (a, b) => expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(a, b))));
    expect(compareBytes(Uint8Array.of(1), concatBytes(Uint8Array.of(1), Uint8Array.of(0)))).toBeLessThan(0);
  });
});

describe('compareStrings', () => {
  it('orders by UTF-16 code unit, not by language', () => {
    expect(['ä', 'b', 'B', 'a', '😀', '\uffff'].sort(compareStrings)).toEqual(['B', 'a', 'b', 'ä', '😀', '\uffff']);
  });
});
