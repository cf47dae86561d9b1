import type { Did } from '#identity';
import type { Clock, Transport } from '../ports.js';
import { encodePeerMessage } from './peer-message.js';

/** Often enough to notice a clock that was set, seldom enough to cost nothing. */
const ASK_EVERY_MS = 10_000;

/** One peer's clock as seen from here; the true offset lies within half a round trip of it. */
export interface ClockSample {
  /** The peer's clock minus this node's, in milliseconds. */
  readonly offsetMs: number;
  readonly roundTripMs: number;
}

/**
 * Compares this node's clock with those of its peers. Only the drift matters, and only to the times of new blocks: nothing
 * is valid or invalid because of a clock. A peer that lies shifts the median no further than the next honest one.
 */
export class ClockDrift {
  /** When each peer was asked last, by this node's clock; an answer must name that moment. */
  private readonly asked = new Map<Did, number>();
  private readonly samples = new Map<Did, ClockSample>();
  private cancelNext: () => void = () => undefined;

  private isFarOff = false;

  /** @param onFarOff - called when this node's clock begins to differ by more than half of `maxMs`, not again before it was better */
  constructor(
    private readonly transport: Transport,
    private readonly clock: Clock,
    private readonly maxMs: () => number,
    private readonly onFarOff: (offsetMs: number) => void,
  ) {}

  start(): void {
    this.cancelNext = this.clock.after(ASK_EVERY_MS, () => {
      for (const peer of this.transport.peers()) this.ask(peer);
      this.start();
    });
  }

  stop(): void {
    this.cancelNext();
  }

  ask(peer: Did): void {
    const sentAt = this.clock.now();
    this.asked.set(peer, sentAt);
    this.transport.send(peer, 'vote', encodePeerMessage({ type: 'clock-request', sentAt }));
  }

  answer(peer: Did, sentAt: number): void {
    this.transport.send(peer, 'vote', encodePeerMessage({ type: 'clock-answer', sentAt, answeredAt: this.clock.now() }));
  }

  receive(peer: Did, sentAt: number, answeredAt: number): void {
    if (this.asked.get(peer) !== sentAt) return;
    this.asked.delete(peer);
    const now = this.clock.now();
    const roundTripMs = now - sentAt;
    // The clock was set back meanwhile: this sample says nothing.
    if (roundTripMs < 0) return;
    this.samples.set(peer, { offsetMs: Math.round(answeredAt - (sentAt + now) / 2), roundTripMs });
    const offsetMs = this.offsetMs() ?? 0;
    const wasFarOff = this.isFarOff;
    this.isFarOff = Math.abs(offsetMs) > this.maxMs() / 2;
    if (this.isFarOff && !wasFarOff) this.onFarOff(offsetMs);
  }

  /** Forgets the peers that are gone: their samples grow old. */
  peersChanged(connected: readonly Did[]): void {
    for (const peer of [...this.samples.keys(), ...this.asked.keys()]) {
      if (connected.includes(peer)) continue;
      this.samples.delete(peer);
      this.asked.delete(peer);
    }
  }

  sampleOf(peer: Did): ClockSample | undefined {
    return this.samples.get(peer);
  }

  /** This node's clock minus the median of its peers'; undefined while there is nothing to compare with. */
  offsetMs(): number | undefined {
    const sorted = [...this.samples.values()].map(({ offsetMs }) => offsetMs).sort((a, b) => a - b);
    const upper = sorted[sorted.length >> 1];
    const lower = sorted[(sorted.length - 1) >> 1];
    // `0 -`: no negative zero in anybody's JSON.
    return upper === undefined || lower === undefined ? undefined : 0 - Math.round((lower + upper) / 2);
  }
}
