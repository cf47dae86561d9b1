import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Did } from '#identity';
import type { Clock, Transport } from '../ports.js';
import { ClockDrift } from './clock-drift.js';
import { decodePeerMessage } from './peer-message.js';

const [A, B, C, D] = ['a', 'b', 'c', 'd'].map((name) => `did:web:${name}.example` as Did) as [Did, Did, Did, Did];

let now: number;
let drift: ClockDrift;
let warnings: number[];
let sent: { readonly to: Did; readonly message: unknown }[];

beforeEach(() => {
  now = 1_000_000;
  sent = [];
  const transport: Transport = {
    peers: () => [A, B, C],
    send: (to, _lane, bytes) => sent.push({ to, message: decodePeerMessage(bytes) }) > 0,
    onMessage: () => undefined,
    onPeers: () => undefined,
    disconnect: () => undefined,
    trust: () => undefined,
  };
  const clock: Clock = { now: () => now, after: () => () => undefined };
  warnings = [];
  drift = new ClockDrift(transport, clock, () => 10_000, (offsetMs) => warnings.push(offsetMs));
});

/** The answer takes 20 ms there and 20 ms back; the peer's clock is `aheadMs` before ours. */
function exchange(peer: Did, aheadMs: number): void {
  drift.ask(peer);
  const sentAt = now;
  now += 40;
  drift.receive(peer, sentAt, sentAt + 20 + aheadMs);
}

describe('the drift of the own clock', () => {
  it('is unknown before a peer has answered', () => {
    drift.ask(A);
    expect(drift.offsetMs()).toBeUndefined();
  });

  it('is measured against the middle of the exchange', () => {
    exchange(A, 700);
    expect(drift.sampleOf(A)).toEqual({ offsetMs: 700, roundTripMs: 40 });
    expect(drift.offsetMs()).toBe(-700);
  });

  it('follows the median: one peer of three that lies does not move it beyond the honest ones', () => {
    exchange(A, 10);
    exchange(B, 30);
    exchange(C, 9_000_000);
    expect(drift.offsetMs()).toBe(-30);
    exchange(C, -9_000_000);
    expect(drift.offsetMs()).toBe(-10);
  });

  it('takes the mean of the two in the middle, and no negative zero', () => {
    exchange(A, 10);
    exchange(B, 20);
    expect(drift.offsetMs()).toBe(-15);
    exchange(A, 0);
    exchange(B, 0);
    expect(Object.is(drift.offsetMs(), 0)).toBe(true);
  });

  it('ignores answers that nobody asked for, and a second answer', () => {
    drift.receive(D, now, now + 5_000);
    exchange(A, 100);
    drift.receive(A, now - 40, now + 900);
    expect(drift.offsetMs()).toBe(-100);
  });

  it('ignores an answer during which the own clock was set back', () => {
    drift.ask(A);
    const sentAt = now;
    now -= 5_000;
    drift.receive(A, sentAt, sentAt);
    expect(drift.offsetMs()).toBeUndefined();
  });

  it('is told when it begins to be more than half of what is allowed, once', () => {
    exchange(A, 5_000);
    expect(warnings).toEqual([]);
    exchange(A, -5_001);
    exchange(A, -6_000);
    expect(warnings).toEqual([5_001]);
    exchange(A, 0);
    exchange(A, 7_000);
    expect(warnings).toEqual([5_001, -7_000]);
  });

  it('forgets peers that are gone', () => {
    exchange(A, 100);
    exchange(B, 500);
    drift.peersChanged([A]);
    expect(drift.sampleOf(B)).toBeUndefined();
    expect(drift.offsetMs()).toBe(-100);
  });

  it('answers with the own time and what was asked', () => {
    drift.answer(B, 123);
    expect(sent).toEqual([{ to: B, message: { ok: true, value: { type: 'clock-answer', sentAt: 123, answeredAt: now } } }]);
  });
});
