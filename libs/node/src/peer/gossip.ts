import type { Did, Height } from '#identity';
import type { BlockHash, DecodedEntry } from '#ledger';
import type { Clock, Lane, Transport } from '../ports.js';
import { encodePeerMessage, ENTRIES_PER_MESSAGE_MAX, type EntryBytes } from './peer-message.js';

/** What a peer last said about itself. */
export interface PeerStatus {
  readonly height: Height;
  readonly headHash: BlockHash;
  readonly connected: ReadonlySet<Did>;
}

/** New entries are collected this long, so that one message carries many. */
const ENTRIES_WAIT_MS = 2;
/** Bound on the entry bytes of one message, well below the frame limit of the bulk lane. */
const ENTRY_BYTES_PER_MESSAGE_MAX = 4 * 1024 * 1024;
/** A status follows a new head at the latest after this time. */
const STATUS_WAIT_MS = 100;

/**
 * Spreads what every node must get. What one node sends to all, the others pass on only to those that the sender has no
 * link with: in a full mesh nothing travels twice, and a broken link between two does not part them.
 */
export class Gossip {
  private readonly statuses = new Map<Did, PeerStatus>();
  private readonly outgoing: EntryBytes[] = [];
  private cancelEntries: (() => void) | undefined;
  private cancelStatus: (() => void) | undefined;

  constructor(
    private readonly transport: Transport,
    private readonly clock: Clock,
    private readonly head: () => { readonly height: Height; readonly hash: BlockHash },
  ) {}

  statusOf(peer: Did): PeerStatus | undefined {
    return this.statuses.get(peer);
  }

  onStatus(peer: Did, status: PeerStatus): void {
    this.statuses.set(peer, status);
  }

  onDisconnected(): void {
    const connected = new Set(this.transport.peers());
    for (const peer of [...this.statuses.keys()]) if (!connected.has(peer)) this.statuses.delete(peer);
    this.announce();
  }

  broadcast(lane: Lane, bytes: Uint8Array): void {
    for (const peer of this.transport.peers()) this.transport.send(peer, lane, bytes);
  }

  /** Passes on what `from` sent to everyone it has a link with. */
  relay(from: Did, lane: Lane, bytes: Uint8Array): void {
    for (const peer of this.peersWithoutLinkTo(from)) this.transport.send(peer, lane, bytes);
  }

  relayEntries(from: Did, entries: readonly EntryBytes[]): void {
    if (!this.hasPeersWithoutLinkTo(from)) return;
    for (const bytes of entryMessages(entries)) this.relay(from, 'bulk', bytes);
  }

  hasPeersWithoutLinkTo(from: Did): boolean {
    return this.peersWithoutLinkTo(from).length > 0;
  }

  /** Sends an entry of this node's own clients to all peers, soon and together with others. */
  publish(entry: DecodedEntry): void {
    this.outgoing.push({ statement: entry.statement.bytes, content: entry.content });
    this.cancelEntries ??= this.clock.after(ENTRIES_WAIT_MS, () => {
      this.cancelEntries = undefined;
      for (const bytes of entryMessages(this.outgoing.splice(0))) this.broadcast('bulk', bytes);
    });
  }

  sendEntries(to: Did, entries: Iterable<DecodedEntry>): void {
    const pairs: EntryBytes[] = [];
    for (const entry of entries) pairs.push({ statement: entry.statement.bytes, content: entry.content });
    for (const bytes of entryMessages(pairs)) this.transport.send(to, 'bulk', bytes);
  }

  /** Tells the peers the new head or the new links, soon. */
  announce(): void {
    this.cancelStatus ??= this.clock.after(STATUS_WAIT_MS, () => {
      this.cancelStatus = undefined;
      this.broadcast('vote', this.status());
    });
  }

  announceTo(peer: Did): void {
    this.transport.send(peer, 'vote', this.status());
  }

  stop(): void {
    this.cancelEntries?.();
    this.cancelStatus?.();
  }

  private peersWithoutLinkTo(from: Did): readonly Did[] {
    const known = this.statuses.get(from)?.connected;
    // Before its first status a peer's links are unknown; it has just connected and repeats itself anyway.
    if (known === undefined) return [];
    return this.transport.peers().filter((peer) => peer !== from && !known.has(peer));
  }

  private status(): Uint8Array {
    const { height, hash } = this.head();
    return encodePeerMessage({ type: 'status', height, headHash: hash, connected: this.transport.peers() });
  }
}

function entryMessages(entries: readonly EntryBytes[]): Uint8Array[] {
  const messages: Uint8Array[] = [];
  let batch: EntryBytes[] = [];
  let size = 0;
  const flush = (): void => {
    if (batch.length > 0) messages.push(encodePeerMessage({ type: 'entries', entries: batch }));
    batch = [];
    size = 0;
  };
  for (const entry of entries) {
    batch.push(entry);
    size += entry.statement.length + entry.content.length;
    if (batch.length === ENTRIES_PER_MESSAGE_MAX || size >= ENTRY_BYTES_PER_MESSAGE_MAX) flush();
  }
  flush();
  return messages;
}

