import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeCbor } from '#codec';
import type { Did } from '#identity';
import type { BlockHash } from '#ledger';
import { BLOCKS_PER_MESSAGE_MAX, decodePeerMessage, encodePeerMessage, ENTRIES_PER_MESSAGE_MAX, type PeerMessage } from './peer-message.js';

const bytes = (): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength: 40 });
const message: fc.Arbitrary<PeerMessage> = fc.oneof(
  fc.record({
    type: fc.constant('status' as const),
    height: fc.nat(),
    headHash: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((hash) => Buffer.from(hash).toString('hex') as BlockHash),
    connected: fc.array(fc.webUrl().map((url) => url.slice(0, 255) as Did), { maxLength: 5 }),
  }),
  fc.record({ type: fc.constant('consensus' as const), bytes: bytes() }),
  fc.record({ type: fc.constant('entries' as const), entries: fc.array(fc.record({ statement: bytes(), content: bytes() }), { maxLength: 5 }) }),
  fc.record({ type: fc.constant('get-blocks' as const), from: fc.nat(), countMax: fc.integer({ min: 1, max: BLOCKS_PER_MESSAGE_MAX }) }),
  fc.record({
    type: fc.constant('blocks' as const),
    from: fc.nat(),
    blocks: fc.array(fc.record({ block: bytes(), certificate: bytes() }), { maxLength: 5 }),
  }),
  fc.record({ type: fc.constant('clock-request' as const), sentAt: fc.maxSafeNat() }),
  fc.record({ type: fc.constant('clock-answer' as const), sentAt: fc.maxSafeNat(), answeredAt: fc.maxSafeNat() }),
);

describe('peer messages', () => {
  it('come out as they went in', () => {
    fc.assert(
      fc.property(message, (original) => {
        const decoded = decodePeerMessage(encodePeerMessage(original));
        expect(decoded).toEqual({ ok: true, value: original });
      }),
    );
  });

  it('never throw, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        expect(typeof decodePeerMessage(noise).ok).toBe('boolean');
      }),
    );
  });

  it.each([
    ['an unknown type', [9, 1]],
    ['a missing part', [1, 1]],
    ['a negative height', [4, -1, 5]],
    ['a short head hash', [1, 1, new Uint8Array(31), []]],
    ['a pair of three', [3, [[new Uint8Array(), new Uint8Array(), new Uint8Array()]]]],
    ['too many entries', [3, Array.from({ length: ENTRIES_PER_MESSAGE_MAX + 1 }, () => [new Uint8Array(), new Uint8Array()])]],
  ])('%s is refused', (_name, value) => {
    expect(decodePeerMessage(encodeCbor(value as never))).toMatchObject({ ok: false, code: 'PEER_MESSAGE_MALFORMED' });
  });
});
