import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromBase64, fromBase64Url, toBase64, toBase64Url } from './base64.js';
import { fromHex, toHex, utf8Encode } from './bytes.js';

describe('base64', () => {
  // RFC 4648 section 10.
  it.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('of "%s" is "%s"', (plain, encoded) => {
    expect(toBase64(utf8Encode(plain))).toBe(encoded);
    expect(fromBase64(encoded)).toEqual(utf8Encode(plain));
  });

  it('is read back in both alphabets and equals the platform’s', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
      }),
    );
  });

  it('has one spelling per byte string', () => {
    const almost = fc.string({ unit: fc.constantFrom(...'AQgwZ+/=-_\n '), maxLength: 12 });
    fc.assert(
      fc.property(almost, (text) => {
        const bytes = fromBase64(text);
        if (bytes !== undefined) expect(toBase64(bytes)).toBe(text);
        const urlBytes = fromBase64Url(text);
        if (urlBytes !== undefined) expect(toBase64Url(urlBytes)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['Zg', 'Zg=', 'Zh==', 'Zm9=', 'Z===', '====', 'Zm9v\n', 'Zm-v', 'Zg==Zg=='])('refuses "%s"', (text) => {
    expect(fromBase64(text)).toBeUndefined();
  });

  it.each(['Z', 'Zg==', 'Zh', 'Zm+v'])('refuses "%s" in the URL alphabet', (text) => {
    expect(fromBase64Url(text)).toBeUndefined();
  });
});

describe('hexadecimal', () => {
  it('is read back', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => expect(fromHex(toHex(bytes), bytes.length)).toEqual(bytes)));
  });

  it.each(['0', '0G', 'AB', ' 00', '00\n', '0x00'])('refuses "%s"', (text) => {
    expect(fromHex(text)).toBeUndefined();
  });

  it('refuses another length than asked for', () => {
    expect(fromHex('0000', 1)).toBeUndefined();
    expect(fromHex('0000', 2)).toEqual(new Uint8Array(2));
  });
});
