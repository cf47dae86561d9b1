import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromHex, toHex } from './bytes.js';
import { encodeCbor } from './cbor.js';
import { Tagged, type CborValue } from './cbor-value.js';
import { decodeSign1, encodeSign1, sigStructure } from './cose-sign1.js';

const header = encodeCbor(new Map([[1, -19]]));
const payload = Uint8Array.of(1, 2, 3);
const signature = new Uint8Array(64).fill(7);
const encoded = encodeSign1(header, payload, signature);

describe('COSE_Sign1', () => {
  it('is read back', () => {
    expect(decodeSign1(encoded)).toEqual({
      ok: true,
      value: { protectedBytes: header, protectedHeader: new Map([[1, -19]]), payload, signature },
    });
  });

  it('is signed over the Sig_structure of RFC 9052 section 4.4', () => {
    // ["Signature1", << {1: -19} >>, h'', h'010203']
    expect(toHex(sigStructure(header, payload))).toBe('846a5369676e61747572653143a101324043010203');
  });

  it('is not the same after any change of a byte, or not read at all', () => {
    fc.assert(
      fc.property(fc.nat(encoded.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const changed = Uint8Array.from(encoded);
        changed[at] = (changed[at] as number) ^ mask;
        const result = decodeSign1(changed);
        if (!result.ok) return;
        const { value } = result;
        expect(toHex(encodeSign1(value.protectedBytes, value.payload, value.signature))).toBe(toHex(changed));
      }),
    );
  });

  const parts: CborValue[] = [header, new Map(), payload, signature];
  const with_ = (index: number, value: CborValue): CborValue => new Tagged(18, parts.with(index, value));
  it.each<[string, CborValue, string]>([
    ['no tag', parts, 'COSE_MALFORMED'],
    ['three parts', new Tagged(18, parts.slice(0, 3)), 'COSE_MALFORMED'],
    ['an unprotected header', with_(1, new Map([[4, payload]])), 'COSE_MALFORMED'],
    ['a detached payload', with_(2, null), 'COSE_MALFORMED'],
    ['a signature of 63 bytes', with_(3, new Uint8Array(63)), 'COSE_MALFORMED'],
    ['a protected header that is no map', with_(0, encodeCbor([])), 'COSE_MALFORMED'],
    ['an empty protected header', with_(0, new Uint8Array(0)), 'CBOR_MALFORMED'],
    ['a protected header in another encoding', with_(0, fromHex('a1013812') as Uint8Array), 'CBOR_NOT_DETERMINISTIC'],
  ])('is refused with %s', (_name, value, code) => {
    expect(decodeSign1(encodeCbor(value))).toMatchObject({ ok: false, code });
  });
});
