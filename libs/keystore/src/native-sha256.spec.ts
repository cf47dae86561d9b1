import { afterAll, describe, expect, it } from '@jest/globals';
import { installSha256, InvariantViolation, sha256, toHex, utf8Encode } from '#codec';
import { sha256 as portableSha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { nativeSha256 } from './native-sha256.js';

describe('installSha256', () => {
  afterAll(() => installSha256(portableSha256));

  it('makes sha256 use the native function, with the same digests', () => {
    let calls = 0;
    installSha256((bytes) => {
      calls++;
      return nativeSha256(bytes);
    });
    expect(calls).toBe(1);
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 3 }), (parts) => {
        const before = calls;
        expect(sha256(...parts)).toEqual(portableSha256(Buffer.concat(parts)));
        expect(calls).toBe(before + 1);
      }),
    );
  });

  it('gives the digest that FIPS 180-4 gives for the empty message', () => {
    expect(toHex(nativeSha256(utf8Encode('')))).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });

  it('refuses another hash function', () => {
    expect(() => installSha256((bytes) => nativeSha256(nativeSha256(bytes)))).toThrow(InvariantViolation);
  });
});
