import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { concatBytes, encodeCbor, encodeSign1, sha256, sigStructure, toHex, utf8Encode, type CborValue } from '#codec';
import { keyIdOf, ORGANIZATION_KEY, portableVerifier, type NetworkId, type OrganizationKey } from '#identity';
import {
  authenticateEntry,
  CONTENT_BYTES_MAX,
  decodeEntry,
  decodeEntryPair,
  decodeEntryPairs,
  decodeStatement,
  encodeEntries,
  encodeEntry,
  encodeStatement,
  isSameEntry,
  signEntry,
  STATEMENT_BYTES_MAX,
  StateOverlay,
  statementToSign,
  type StatementFields,
} from '#ledger';
import { memberAt, TestNetwork } from './network.js';
import { noteRules } from './note-rules.js';

const network = new TestNetwork();
const author = memberAt(0);
const CONTENT = utf8Encode('a note');
const options = { networkId: network.genesis.networkId, rules: noteRules };
const good = network.encoded(author, 'a note');

/** The header that a good statement has, as a map to damage. */
function headerMap(): Map<number | string, CborValue> {
  return new Map<number | string, CborValue>([
    [1, -19],
    [4, sha256(utf8Encode('key'))],
    [
      15,
      new Map<number, CborValue>([
        [1, author.did],
        [2, 'urn:example:thing:1'],
      ]),
    ],
    [258, -16],
    [259, 'text/plain'],
    [-70001, sha256(utf8Encode('network'))],
    [-70002, 'test.note'],
    [-70003, 10],
  ]);
}

function statementOf(header: ReadonlyMap<number | string, CborValue>, payload = sha256(CONTENT)): Uint8Array {
  return encodeSign1(encodeCbor(header), payload, new Uint8Array(64));
}

/** A COSE_Sign1 put together by hand: tag 18, four parts. */
function sign1(parts: readonly CborValue[]): Uint8Array {
  return concatBytes(Uint8Array.of(0xd2), encodeCbor(parts));
}

function codeOf(result: { readonly ok: boolean; readonly code?: string }): string {
  return result.ok ? 'accepted' : (result.code as string);
}

describe('an entry', () => {
  it('comes back as it was signed', () => {
    const decoded = network.decode(good);
    expect(decoded.statement).toMatchObject(network.fields(author));
    expect(decoded.statement.entryId).toBe(statementToSign(network.fields(author), CONTENT).entryId);
    expect(decoded.content).toEqual(CONTENT);
    expect(decoded.size).toBe(good.statement.length + good.content.length);
    expect(authenticateEntry(decoded, new StateOverlay(network.chain), 1, portableVerifier).ok).toBe(true);
  });

  it('has the SHA-256 of its Sig_structure as id, whatever the signature bytes', () => {
    const unsigned = statementToSign(network.fields(author), CONTENT);
    const other = network.decode({ statement: encodeStatement(unsigned, new Uint8Array(64)), content: CONTENT });
    expect(other.statement.entryId).toBe(toHex(sha256(sigStructure(unsigned.protectedBytes, unsigned.payload))));
    expect(other.statement.entryId).toBe(network.decode(good).statement.entryId);
    expect(isSameEntry(other, good)).toBe(false);
    expect(isSameEntry(network.decode(good), good)).toBe(true);
  });

  it('survives any subject, kind, content and height within the bounds', () => {
    const fields = fc.record({
      subject: fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }).filter((text) => text.length <= 512),
      kind: fc.constantFrom('test.note'),
      contentType: fc.constantFrom('text/plain', 'application/ld+json'),
      notAfter: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
    });
    fc.assert(
      fc.property(fields, fc.string({ minLength: 1 }), (overrides, text) => {
        const unsigned = statementToSign(network.fields(author, overrides), utf8Encode(text));
        const decoded = decodeEntry(encodeStatement(unsigned, new Uint8Array(64)), utf8Encode(text), options);
        expect(decoded.ok && decoded.value.statement).toMatchObject(overrides);
      }),
      { numRuns: 100 },
    );
  });

  it('is never signed with fields outside their bounds', () => {
    const bad: Partial<StatementFields>[] = [
      { subject: '' },
      { subject: 'x'.repeat(513) },
      { subject: '\ud800' },
      // Within its 512 characters, but the statement would exceed 2,048 bytes.
      {
        subject: '\u{ffff}'.repeat(512),
        issuer: `did:web:${'a'.repeat(240)}` as StatementFields['issuer'],
        contentType: 'x'.repeat(128),
      },
      { kind: 'Test' },
      { kind: 'a.'.repeat(40) + 'a' },
      { contentType: '' },
      { contentType: 'x'.repeat(129) },
      { notAfter: -1 },
      { notAfter: 1.5 },
      { issuer: 'maker' as StatementFields['issuer'] },
      { networkId: 'ff' as NetworkId },
    ];
    for (const overrides of bad) {
      expect(() => signEntry(network.fields(author, overrides), CONTENT, author.sign)).toThrow(TypeError);
    }
  });
});

describe('a hostile statement', () => {
  const parts = (): CborValue[] => [encodeCbor(headerMap()), new Map(), sha256(CONTENT), new Uint8Array(64)];
  const withHeader = (change: (header: Map<number | string, CborValue>) => void) => {
    const header = headerMap();
    change(header);
    return statementOf(header);
  };
  const claims = (...pairs: [number, CborValue][]) => withHeader((header) => header.set(15, new Map(pairs)));

  it('is refused only for its damage: the undamaged one is accepted', () => {
    expect(codeOf(decodeStatement(sign1(parts())))).toBe('accepted');
    expect(codeOf(decodeStatement(statementOf(headerMap())))).toBe('accepted');
  });

  const cases: [string, Uint8Array, string][] = [
    ['empty', new Uint8Array(0), 'CBOR_MALFORMED'],
    ['truncated by one byte', good.statement.subarray(0, -1), 'CBOR_MALFORMED'],
    ['followed by one byte', concatBytes(good.statement, Uint8Array.of(0)), 'CBOR_MALFORMED'],
    ['too large', new Uint8Array(STATEMENT_BYTES_MAX + 1), 'ENTRY_TOO_LARGE'],
    ['without the tag', encodeCbor(parts()), 'COSE_MALFORMED'],
    [
      'with a length head longer than needed',
      concatBytes(Uint8Array.of(0xd2, 0x98, 0x04), encodeCbor(parts()).subarray(1)),
      'CBOR_NOT_DETERMINISTIC',
    ],
    [
      'of indefinite length',
      concatBytes(Uint8Array.of(0xd2, 0x9f), encodeCbor(parts()).subarray(1), Uint8Array.of(0xff)),
      'CBOR_NOT_DETERMINISTIC',
    ],
    ['with five parts', sign1([...parts(), 0]), 'COSE_MALFORMED'],
    ['with three parts', sign1(parts().slice(0, 3)), 'COSE_MALFORMED'],
    [
      'with content in the unprotected header',
      sign1(parts().with(1, new Map([[4, new Uint8Array(1)]]))),
      'COSE_MALFORMED',
    ],
    ['with a detached payload', sign1(parts().with(2, null)), 'COSE_MALFORMED'],
    ['with a signature of 65 bytes', sign1(parts().with(3, new Uint8Array(65))), 'COSE_MALFORMED'],
    ['with a signature of 63 bytes', sign1(parts().with(3, new Uint8Array(63))), 'COSE_MALFORMED'],
    ['with a header that is no map', sign1(parts().with(0, encodeCbor([1]))), 'COSE_MALFORMED'],
    ['with an empty header', sign1(parts().with(0, new Uint8Array(0))), 'CBOR_MALFORMED'],
    ['with the older algorithm EdDSA', withHeader((header) => header.set(1, -8)), 'ENTRY_BAD_HEADER'],
    ['with another payload hash', withHeader((header) => header.set(258, -43)), 'ENTRY_BAD_HEADER'],
    ['with a kid of 31 bytes', withHeader((header) => header.set(4, new Uint8Array(31))), 'ENTRY_BAD_HEADER'],
    [
      'with a network id of 33 bytes',
      withHeader((header) => header.set(-70001, new Uint8Array(33))),
      'ENTRY_BAD_HEADER',
    ],
    ['with a negative not_after', withHeader((header) => header.set(-70003, -1)), 'ENTRY_BAD_HEADER'],
    ['with a not_after that is text', withHeader((header) => header.set(-70003, '10')), 'ENTRY_BAD_HEADER'],
    [
      'with a kind that is not well formed',
      withHeader((header) => header.set(-70002, 'test..note')),
      'ENTRY_BAD_HEADER',
    ],
    ['with a content type that is not ASCII', withHeader((header) => header.set(259, 'tëxt')), 'ENTRY_BAD_HEADER'],
    ['with a label that has no meaning', withHeader((header) => header.set(2, [1])), 'ENTRY_BAD_HEADER'],
    ['with a text label', withHeader((header) => header.set('kind', 'x')), 'ENTRY_BAD_HEADER'],
    ['with an issuer that is no DID', claims([1, 'maker'], [2, 'x']), 'ENTRY_BAD_HEADER'],
    ['with an empty subject', claims([1, author.did], [2, '']), 'ENTRY_BAD_HEADER'],
    ['with a long subject', claims([1, author.did], [2, 'x'.repeat(513)]), 'ENTRY_BAD_HEADER'],
    ['with a third claim', claims([1, author.did], [2, 'x'], [4, 1]), 'ENTRY_BAD_HEADER'],
    ['with a payload that is no hash', statementOf(headerMap(), new Uint8Array(31)), 'ENTRY_BAD_HEADER'],
    ...[1, 4, 15, 258, 259, -70001, -70002, -70003].map((label): [string, Uint8Array, string] => [
      `without label ${label}`,
      withHeader((header) => header.delete(label)),
      'ENTRY_BAD_HEADER',
    ]),
  ];
  it.each(cases)('%s is refused', (_name, bytes, code) => {
    expect(codeOf(decodeStatement(bytes))).toBe(code);
  });

  it('with header keys in another order is refused', () => {
    const pairs = [...headerMap()].map(([label, value]) => concatBytes(encodeCbor(label), encodeCbor(value)));
    const swapped = concatBytes(Uint8Array.of(0xa8), pairs[1] as Uint8Array, pairs[0] as Uint8Array, ...pairs.slice(2));
    expect(codeOf(decodeStatement(sign1(parts().with(0, swapped))))).toBe('CBOR_NOT_DETERMINISTIC');
  });

  it('is never accepted as a good one with a bit flipped: other id, other signature, or refused', () => {
    const before = network.decode(good);
    const state = new StateOverlay(network.chain);
    fc.assert(
      fc.property(fc.nat(good.statement.length * 8 - 1), (bit) => {
        const damaged = Uint8Array.from(good.statement);
        damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7));
        const decoded = decodeEntry(damaged, good.content, options);
        if (!decoded.ok) return;
        expect(isSameEntry(before, { statement: damaged, content: good.content })).toBe(false);
        expect(authenticateEntry(decoded.value, state, 1, portableVerifier).ok).toBe(false);
      }),
      { numRuns: 150 },
    );
  });
});

describe('checks of an entry', () => {
  const other = 'ab'.repeat(32) as NetworkId;

  it('name the first one that fails, in the documented order', () => {
    const foreign = network.encoded(author, 'a note', { networkId: other, kind: 'test.unknown' });
    const unknown = network.encoded(author, 'a note', { kind: 'test.unknown' });
    const long = new Uint8Array(CONTENT_BYTES_MAX + 1);
    expect(codeOf(decodeEntry(new Uint8Array(1), long, options))).toBe('ENTRY_TOO_LARGE');
    expect(codeOf(decodeEntry(new Uint8Array(1), new Uint8Array(0), options))).toBe('ENTRY_EMPTY_CONTENT');
    expect(codeOf(decodeEntry(new Uint8Array(1), CONTENT, options))).toBe('COSE_MALFORMED');
    expect(codeOf(decodeEntry(foreign.statement, utf8Encode('other'), options))).toBe('ENTRY_WRONG_NETWORK');
    expect(codeOf(decodeEntry(unknown.statement, utf8Encode('other'), options))).toBe('ENTRY_CONTENT_HASH_MISMATCH');
    expect(codeOf(decodeEntry(unknown.statement, CONTENT, options))).toBe('ENTRY_UNKNOWN_KIND');
    expect(codeOf(decodeEntry(good.statement, CONTENT, options))).toBe('accepted');
  });

  it('look the key up at the height, then verify the signature', () => {
    const stranger = memberAt(1);
    const state = new StateOverlay(network.chain);
    const at = (entry: ReturnType<typeof network.entry>, height = 1, isVerified = false) =>
      codeOf(authenticateEntry(entry, state, height, portableVerifier, isVerified));
    const keyId = keyIdOf(author.sign.publicKey);
    const forged = network.decode(signEntry(network.fields(author), CONTENT, stranger.sign));
    expect(at(forged)).toBe('ENTRY_BAD_SIGNATURE');
    expect(at(network.entry(author, 'a', { issuer: stranger.did }))).toBe('IDENTITY_KEY_NOT_OF_ISSUER');
    expect(at(network.entry(author, 'a', { keyId: keyIdOf(author.node.publicKey) }))).toBe(
      'IDENTITY_KEY_NOT_FOR_SIGNING',
    );
    expect(at(network.entry(author, 'a', { keyId: 'ab'.repeat(32) as typeof keyId }))).toBe('IDENTITY_UNKNOWN_KEY');

    const key = state.get(ORGANIZATION_KEY, keyId) as OrganizationKey;
    state.put(ORGANIZATION_KEY, keyId, { ...key, validUntil: 5, revoked: true });
    expect(at(network.entry(author, 'a'), 4)).toBe('accepted');
    // Verified once does not mean valid for ever: the key is looked up again.
    expect(at(network.entry(author, 'a'), 5, true)).toBe('IDENTITY_KEY_REVOKED');
  });
});

describe('entries on the wire', () => {
  it('come back, alone and together', () => {
    const second = network.encoded(author, 'another');
    expect(decodeEntryPair(encodeEntry(good))).toEqual({ ok: true, value: good });
    const limits = { bytesMax: 10_000, entriesMax: 2 };
    expect(decodeEntryPairs(encodeEntries([good, second]), limits)).toEqual({ ok: true, value: [good, second] });
    expect(decodeEntryPairs(encodeEntries([]), limits)).toEqual({ ok: true, value: [] });
  });

  it.each([
    ['text', encodeCbor('x'), 'ENTRY_MALFORMED'],
    ['three parts', encodeCbor([CONTENT, CONTENT, CONTENT]), 'ENTRY_MALFORMED'],
    ['text for bytes', encodeCbor(['a', CONTENT]), 'ENTRY_MALFORMED'],
    ['a truncated pair', encodeEntry(good).subarray(0, -1), 'CBOR_MALFORMED'],
    ['an extended pair', concatBytes(encodeEntry(good), Uint8Array.of(0)), 'CBOR_MALFORMED'],
    ['an oversized pair', new Uint8Array(STATEMENT_BYTES_MAX + CONTENT_BYTES_MAX + 12), 'ENTRY_TOO_LARGE'],
  ])('refuse %s', (_name, bytes, code) => {
    expect(codeOf(decodeEntryPair(bytes))).toBe(code);
  });

  it('are bounded in number and bytes before anything in them is read', () => {
    const bytes = encodeEntries([good, good, good]);
    expect(codeOf(decodeEntryPairs(bytes, { bytesMax: 10_000, entriesMax: 2 }))).toBe('ENTRY_TOO_LARGE');
    expect(codeOf(decodeEntryPairs(bytes, { bytesMax: 100, entriesMax: 9 }))).toBe('ENTRY_TOO_LARGE');
    expect(codeOf(decodeEntryPairs(encodeEntry(good), { bytesMax: 10_000, entriesMax: 9 }))).toBe('ENTRY_MALFORMED');
  });
});
