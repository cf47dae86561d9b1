import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeCbor, failure, sha256, success, toHex, type CborValue } from '#codec';
import type { Did } from '#identity';
import { decodeLock, decodeMessage, encodeLock, encodeMessage } from './message-codec.js';
import { messageKey } from './message-key.js';
import type { Commit, ConsensusMessage, Prepare, Proposal, RoundChange, Value } from './message.types.js';

const PROPOSER = 'did:web:maker.example' as Did;

function readValue(bytes: Uint8Array) {
  if (bytes.length === 0) return failure('TEST_EMPTY', 'an empty value');
  return success<Value>({ digest: toHex(sha256(bytes)), proposer: PROPOSER, bytes });
}

const bytesOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const digest = bytesOf(32).map(toHex);
const round = fc.nat({ max: 2 ** 31 - 1 });
const value = fc
  .uint8Array({ minLength: 1, maxLength: 40 })
  .map((bytes): Value => ({ digest: toHex(sha256(bytes)), proposer: PROPOSER, bytes }));
const signed = {
  from: fc.string({ minLength: 1, maxLength: 40 }).map((text) => text as Did),
  height: fc.maxSafeNat(),
  round,
  signature: bytesOf(64),
};
const prepare = fc.record<Prepare>({ kind: fc.constant('prepare'), ...signed, digest });
const prepares = fc.array(prepare, { maxLength: 3 });
const commit = fc.record<Commit>({ kind: fc.constant('commit'), ...signed, digest, seal: bytesOf(64) });
const roundChange = fc.record<RoundChange>({
  kind: fc.constant('round-change'),
  ...signed,
  prepared: fc.option(fc.record({ round, digest })),
  prepares,
  value: fc.option(value),
});
const bareRoundChange = roundChange.map((message): RoundChange => ({ ...message, prepares: [], value: null }));
const proposal = fc.record<Proposal>({
  kind: fc.constant('proposal'),
  ...signed,
  digest,
  value,
  roundChanges: fc.array(bareRoundChange, { maxLength: 3 }),
  prepares,
});
const message = fc.oneof<fc.Arbitrary<ConsensusMessage>[]>(proposal, prepare, commit, roundChange);

describe('the wire format', () => {
  it('gives back every message', () => {
    fc.assert(
      fc.property(message, (original) => {
        expect(decodeMessage(encodeMessage(original), readValue)).toEqual(success(original));
      }),
    );
  });

  it('gives back the lock of a commit', () => {
    fc.assert(
      fc.property(prepares, value, (proof, locked) => {
        expect(decodeLock(encodeLock({ prepares: proof, value: locked }), readValue)).toEqual(
          success({ prepares: proof, value: locked }),
        );
      }),
    );
  });

  it('never throws on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const decoded = decodeMessage(bytes, readValue);
        expect(decoded.ok === true || decoded.code.startsWith('CONSENSUS_')).toBe(true);
      }),
    );
  });

  it('never throws on a message with one byte changed', () => {
    fc.assert(
      fc.property(message, fc.nat(), fc.integer({ min: 1, max: 255 }), (original, at, change) => {
        const bytes = encodeMessage(original).slice();
        bytes[at % bytes.length] = (bytes[at % bytes.length] as number) ^ change;
        const decoded = decodeMessage(bytes, readValue);
        if (decoded.ok) expect(encodeMessage(decoded.value)).toEqual(bytes);
      }),
    );
  });
});

describe('decodeMessage', () => {
  const from = 'did:web:a.example';
  const prepareParts: CborValue[] = [2, from, 4, 0, new Uint8Array(32), new Uint8Array(64)];
  const withPart = (index: number, part: CborValue) => prepareParts.toSpliced(index, 1, part);
  const nested = (count: number) => Array.from({ length: count }, () => prepareParts);

  it.each<[string, CborValue, string]>([
    ['something that is no list', 5, 'CONSENSUS_MALFORMED'],
    ['an unknown kind', [9, from], 'CONSENSUS_MALFORMED'],
    ['a message with a part too many', [...prepareParts, null], 'CONSENSUS_MALFORMED'],
    ['an empty sender', withPart(1, ''), 'CONSENSUS_MALFORMED'],
    ['a sender of 256 characters', withPart(1, 'x'.repeat(256)), 'CONSENSUS_MALFORMED'],
    ['a negative height', withPart(2, -1), 'CONSENSUS_MALFORMED'],
    ['a round above 2^31', withPart(3, 2 ** 31 + 1), 'CONSENSUS_MALFORMED'],
    ['a digest of 31 bytes', withPart(4, new Uint8Array(31)), 'CONSENSUS_MALFORMED'],
    ['a signature of 63 bytes', withPart(5, new Uint8Array(63)), 'CONSENSUS_MALFORMED'],
    ['101 prepares', [4, from, 4, 2, null, nested(101), null, new Uint8Array(64)], 'CONSENSUS_MALFORMED'],
    [
      'a value that cannot be read',
      [4, from, 4, 2, null, [], new Uint8Array(0), new Uint8Array(64)],
      'CONSENSUS_BAD_VALUE',
    ],
    [
      'a round change with proof inside a proposal',
      [
        1,
        from,
        4,
        2,
        new Uint8Array(32),
        new Uint8Array(1),
        [[4, from, 4, 2, null, nested(1), null, new Uint8Array(64)]],
        [],
        new Uint8Array(64),
      ],
      'CONSENSUS_MALFORMED',
    ],
  ])('refuses %s', (_what, cbor, code) => {
    expect(decodeMessage(encodeCbor(cbor), readValue)).toMatchObject({ ok: false, code });
  });

  it('takes 100 prepares', () => {
    const bytes = encodeCbor([4, from, 4, 2, null, nested(100), null, new Uint8Array(64)]);
    expect(decodeMessage(bytes, readValue).ok).toBe(true);
  });
});

it('names messages by what they say, not by what stands beside it', () => {
  fc.assert(
    fc.property(roundChange, (original) => {
      expect(messageKey({ ...original, prepares: [], value: null })).toBe(messageKey(original));
      expect(messageKey({ ...original, round: original.round + 1 })).not.toBe(messageKey(original));
      expect(messageKey({ ...original, prepared: { round: 0, digest: 'ff'.repeat(32) } })).not.toBe(
        messageKey({ ...original, prepared: null }),
      );
    }),
  );
});
