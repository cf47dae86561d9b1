import type { Did } from '#identity';
import type { Transport } from '#node';
import { CALM, type Faults } from './faults.js';
import type { Random } from './random.js';
import type { Timeline } from './timeline.js';

interface Endpoint {
  onMessage: (from: Did, message: Uint8Array) => void;
  onPeers: (connected: Did | undefined) => void;
  isUp: boolean;
}

type Weather = Pick<Faults, 'delayMinMs' | 'delayMeanMs' | 'lossPercent' | 'duplicatePercent'>;

/**
 * The network between the nodes of a simulated world. Harsher than the real transport promises to be: messages are delayed,
 * lost, duplicated and reordered, links are cut in one or both directions without anybody being told.
 */
export class VirtualNetwork {
  private readonly endpoints = new Map<Did, Endpoint>();
  private readonly cut = new Set<string>();
  private weather: Weather;
  /** Messages that were sent; for the report. */
  messages = 0;

  constructor(
    private readonly timeline: Timeline,
    private readonly random: Random,
    faults: Faults,
  ) {
    this.weather = faults;
  }

  /** Plugs a node in; it sees the others, and they see it, at once. */
  connect(self: Did): Transport {
    const endpoint: Endpoint = { onMessage: () => undefined, onPeers: () => undefined, isUp: true };
    this.endpoints.set(self, endpoint);
    this.timeline.after(1, () => {
      if (!endpoint.isUp) return;
      for (const [peer, other] of this.others(self)) {
        endpoint.onPeers(peer);
        other.onPeers(self);
      }
    });
    return {
      peers: () => (endpoint.isUp ? this.others(self).map(([peer]) => peer) : []),
      send: (to, _lane, message) => endpoint.isUp && this.send(self, to, message),
      onMessage: (handler) => {
        endpoint.onMessage = (from, message) => handler(from, 'vote', message);
      },
      onPeers: (handler) => {
        endpoint.onPeers = handler;
      },
      disconnect: () => undefined,
      trust: () => undefined,
    };
  }

  disconnect(self: Did): void {
    const endpoint = this.endpoints.get(self);
    if (endpoint === undefined) return;
    endpoint.isUp = false;
    this.endpoints.delete(self);
    for (const [, other] of this.others(self)) other.onPeers(undefined);
  }

  /** Draws a new shape: whole, two sides, one node alone, or a ring. */
  reshape(nodes: readonly Did[], isAsymmetric: boolean): void {
    this.cut.clear();
    const shape = this.random.pick(['whole', 'sides', 'alone', 'ring'] as const);
    if (shape === 'whole') return;
    const side = new Map(nodes.map((node) => [node, this.random.below(2)]));
    const alone = this.random.pick(nodes);
    for (const [i, from] of nodes.entries()) {
      for (const [j, to] of nodes.entries()) {
        const isApart =
          shape === 'sides'
            ? side.get(from) !== side.get(to)
            : shape === 'alone'
              ? from === alone || to === alone
              : Math.abs(i - j) !== 1 && Math.abs(i - j) !== nodes.length - 1;
        if (isApart && !(isAsymmetric && this.random.chance(50))) this.cut.add(`${from}>${to}`);
      }
    }
  }

  heal(): void {
    this.cut.clear();
    this.weather = CALM;
  }

  private others(self: Did): [Did, Endpoint][] {
    return [...this.endpoints].filter(([did]) => did !== self).sort(([a], [b]) => (a < b ? -1 : 1));
  }

  private send(from: Did, to: Did, message: Uint8Array): boolean {
    this.messages++;
    const copies = this.random.chance(this.weather.duplicatePercent) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      if (this.random.chance(this.weather.lossPercent)) continue;
      this.timeline.after(this.delayMs(), () => {
        if (!this.cut.has(`${from}>${to}`)) this.endpoints.get(to)?.onMessage(from, message);
      });
    }
    return true;
  }

  private delayMs(): number {
    const uniform = (this.random.uint32() + 1) / 2 ** 32;
    return this.weather.delayMinMs + Math.floor(-Math.log(uniform) * this.weather.delayMeanMs);
  }
}
