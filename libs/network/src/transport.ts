import { compareStrings, bytesEqual } from '#codec';
import type { Did, NetworkId, PublicKey } from '#identity';
import type { Lane, Observer, PeerAddress, Transport, TrustedPeer } from '#node';
import type { WebSocket } from 'ws';
import { LinkAcceptor } from './accept-links.js';
import { dialLink } from './dial-link.js';
import { DialSchedule } from './dial-schedule.js';
import { DEFAULT_LIMITS, type TransportLimits } from './limits.js';
import { Link } from './link.js';
import { selfSignedCertificate, type NodeCertificate } from './node-certificate.js';
import { identifyPeer, type ProvenPeer } from './peer-identity.js';

const LANES: readonly Lane[] = ['vote', 'bulk'];
/** RFC 6455 section 7.4.1. */
const GOING_AWAY = 1001;
const STOP_GRACE_MS = 500;

export interface TransportOptions {
  readonly self: Did;
  /** 32 bytes, the Ed25519 private key of the node. */
  readonly nodeKeySeed: Uint8Array;
  /** Port 0: any free one. */
  readonly listen: PeerAddress;
  /** Where the peers listen, as the operator says; asked before every attempt. Goes before what `trust` says. A peer in neither must dial us. */
  peers(): ReadonlyMap<Did, PeerAddress>;
  /** Who may connect; `trust` replaces it. */
  readonly trusted: ReadonlyMap<Did, TrustedPeer>;
  readonly networkId: NetworkId;
  readonly observer?: Observer;
  readonly limits?: Partial<TransportLimits>;
}

export interface PeerTransport extends Transport {
  /** Listens and begins to dial. @returns the port @throws Error with code EADDRINUSE and the like */
  start(): Promise<{ readonly port: number }>;
  /**
   * Takes another node key for connections from now on; links that are open stay until their peers no longer trust the key that
   * they were opened with.
   * @param seed - 32 bytes, the Ed25519 private key
   */
  useKey(seed: Uint8Array): Promise<void>;
  /** Ends all links; nothing is delivered afterwards. */
  stop(): Promise<void>;
}

/**
 * Links to the nodes of the other organisations: WebSockets over mutual TLS 1.3, one per lane.
 * Spec: docs/protocol/peer-links.md.
 */
export function createTransport(options: TransportOptions): PeerTransport {
  return new WebSocketTransport(options);
}

class WebSocketTransport implements PeerTransport {
  readonly #limits: TransportLimits;
  readonly #observe: Observer;
  readonly #links: Readonly<Record<Lane, Map<Did, Link>>> = { vote: new Map(), bulk: new Map() };
  readonly #schedules: Readonly<Record<Lane, Map<Did, DialSchedule>>> = { vote: new Map(), bulk: new Map() };
  /** Until when a peer at fault stays away, in Unix milliseconds. */
  readonly #pausedUntil = new Map<Did, number>();
  readonly #stopping = new AbortController();
  #trusted: ReadonlyMap<Did, TrustedPeer>;
  /** Private key of the node. */
  #seed: Uint8Array;
  #certificate: NodeCertificate | undefined;
  #acceptor: LinkAcceptor | undefined;
  #onMessage: (from: Did, lane: Lane, message: Uint8Array) => void = () => undefined;
  #onPeers: (connected: Did | undefined) => void = () => undefined;

  constructor(private readonly options: TransportOptions) {
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#observe = options.observer ?? (() => undefined);
    this.#trusted = new Map(options.trusted);
    this.#seed = options.nodeKeySeed;
  }

  async start(): Promise<{ readonly port: number }> {
    const { self, listen, networkId } = this.options;
    const certificate = await selfSignedCertificate(this.#seed, self);
    const acceptor = new LinkAcceptor({
      certificate,
      networkId,
      limits: this.#limits,
      observe: this.#observe,
      identify: (socket) => identifyPeer(socket, this.#trusted),
      refusalOf: (peer) => (this.#pauseLeftMs(peer) > 0 ? 'LINK_PAUSED' : undefined),
      onLink: (peer, lane, socket) => void this.#adopt(peer, lane, socket, 'peer'),
    });
    const listening = await acceptor.listen(listen.host, listen.port);
    this.#certificate = certificate;
    this.#acceptor = acceptor;
    this.#planMissing();
    return listening;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const lane of LANES) {
      for (const schedule of this.#schedules[lane].values()) schedule.cancel();
      for (const link of [...this.#links[lane].values()]) link.close('stopped', GOING_AWAY);
    }
    await this.#acceptor?.close(STOP_GRACE_MS);
  }

  peers(): readonly Did[] {
    return [...this.#links.vote.keys()].sort(compareStrings);
  }

  send(to: Did, lane: Lane, message: Uint8Array): boolean {
    return this.#links[lane].get(to)?.send(message) ?? false;
  }

  onMessage(handler: (from: Did, lane: Lane, message: Uint8Array) => void): void {
    this.#onMessage = handler;
  }

  onPeers(handler: (connected: Did | undefined) => void): void {
    this.#onPeers = handler;
  }

  disconnect(peer: Did, reason: string): void {
    this.#pausedUntil.set(peer, Date.now() + this.#limits.pauseMs);
    for (const lane of LANES) this.#links[lane].get(peer)?.close(reason);
  }

  async useKey(seed: Uint8Array): Promise<void> {
    this.#seed = seed;
    const acceptor = this.#acceptor;
    if (acceptor === undefined) return;
    this.#certificate = await selfSignedCertificate(seed, this.options.self);
    acceptor.useCertificate(this.#certificate);
  }

  trust(peers: ReadonlyMap<Did, TrustedPeer>): void {
    this.#trusted = new Map(peers);
    for (const lane of LANES) {
      for (const link of [...this.#links[lane].values()]) {
        if (!this.#isTrusted(link.identity.peer, link.identity.key)) link.close('key no longer trusted');
      }
    }
    this.#planMissing();
  }

  /** Makes the WebSocket the link of its peer and lane. @returns whether it is */
  #adopt({ did: peer, key }: ProvenPeer, lane: Lane, socket: WebSocket, dialledBy: 'self' | 'peer'): boolean {
    const earlier = this.#links[lane].get(peer);
    if (this.#stopping.signal.aborted || !this.#isTrusted(peer, key) || (earlier && this.#staysBefore(earlier, dialledBy))) {
      socket.on('error', () => undefined);
      socket.terminate();
      return false;
    }
    const link = new Link({ peer, lane, key, dialledBy }, socket, this.#limits, {
      onMessage: (_link, message) => this.#onMessage(peer, lane, message),
      onClosed: (closed, reason) => this.#forget(closed, reason),
    });
    this.#links[lane].set(peer, link);
    earlier?.close('replaced', GOING_AWAY);
    this.#observe('peer_connected', { peer, lane, dialledBy });
    if (lane === 'vote') this.#onPeers(peer);
    return true;
  }

  #forget(link: Link, reason: string): void {
    const { peer, lane } = link.identity;
    this.#observe('peer_disconnected', { peer, lane, reason });
    if (this.#links[lane].get(peer) !== link) return;
    this.#links[lane].delete(peer);
    this.#schedules[lane].get(peer)?.ended(Date.now() - link.openedAt);
    if (this.#stopping.signal.aborted) return;
    if (lane === 'vote') this.#onPeers(undefined);
    this.#planMissing();
  }

  /** Plans a dial for every lane of every trusted peer that has no link, and none for the others. */
  #planMissing(): void {
    if (this.#certificate === undefined || this.#stopping.signal.aborted) return;
    for (const lane of LANES) {
      for (const [peer, schedule] of this.#schedules[lane]) {
        if (this.#trusted.has(peer)) continue;
        schedule.cancel();
        this.#schedules[lane].delete(peer);
      }
      for (const peer of this.#trusted.keys()) {
        if (peer !== this.options.self && !this.#links[lane].has(peer)) this.#scheduleOf(peer, lane).plan(this.#pauseLeftMs(peer));
      }
    }
  }

  #scheduleOf(peer: Did, lane: Lane): DialSchedule {
    let schedule = this.#schedules[lane].get(peer);
    if (!schedule) {
      const patienceMs = this.#dialsFirst(peer) === 'self' ? 0 : this.#limits.dialPatienceMs;
      schedule = new DialSchedule(this.#limits, patienceMs, () => this.#dial(peer, lane));
      this.#schedules[lane].set(peer, schedule);
    }
    return schedule;
  }

  /** @returns whether there is a link now, or nobody to dial any more */
  async #dial(peer: Did, lane: Lane): Promise<boolean> {
    if (this.#links[lane].has(peer) || !this.#trusted.has(peer) || this.#stopping.signal.aborted) return true;
    const address = this.options.peers().get(peer) ?? this.#trusted.get(peer)?.address;
    if (!address || !this.#certificate || this.#pauseLeftMs(peer) > 0) return false;
    try {
      const { peer: proven, socket } = await dialLink({
        address,
        peer,
        lane,
        certificate: this.#certificate,
        networkId: this.options.networkId,
        limits: this.#limits,
        identify: (tls, expected) => identifyPeer(tls, this.#trusted, expected),
        signal: this.#stopping.signal,
      });
      return this.#adopt(proven, lane, socket, 'self') || this.#links[lane].has(peer);
    } catch (error) {
      if (this.#stopping.signal.aborted) return true;
      const reason = error instanceof Error ? error.message : String(error);
      if (this.#scheduleOf(peer, lane).isNews(reason)) this.#observe('peer_dial_failed', { peer, lane, reason });
      return this.#links[lane].has(peer);
    }
  }

  #dialsFirst(peer: Did): 'self' | 'peer' {
    return compareStrings(this.options.self, peer) < 0 ? 'self' : 'peer';
  }

  /**
   * Nobody dials while it has a link, so a second one means that the other side lost the first, and replaces it. Only when
   * both dialled at the same time, the one of the smaller DID stays, or each side would keep another one.
   */
  #staysBefore(earlier: Link, dialledBy: 'self' | 'peer'): boolean {
    const { peer, dialledBy: earlierDialledBy } = earlier.identity;
    const isCrossing = earlierDialledBy !== dialledBy && Date.now() - earlier.openedAt < this.#limits.handshakeMs;
    return isCrossing && earlierDialledBy === this.#dialsFirst(peer);
  }

  #isTrusted(peer: Did, proven: PublicKey): boolean {
    return this.#trusted.get(peer)?.keys.some((key) => bytesEqual(key, proven)) === true;
  }

  #pauseLeftMs(peer: Did): number {
    const until = this.#pausedUntil.get(peer);
    if (until === undefined) return 0;
    const left = until - Date.now();
    if (left <= 0) this.#pausedUntil.delete(peer);
    return Math.max(left, 0);
  }
}
