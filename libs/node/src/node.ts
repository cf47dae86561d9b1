import { compareStrings, success, type Result } from '#codec';
import { ORGANIZATION, ORGANIZATION_KEY, type Did, type Genesis, type Height, type PublicKey, type SignatureVerifier, type Signer } from '#identity';
import {
  authenticateEntry,
  decodeEntry,
  type Block,
  type ChainHead,
  type DecodedEntry,
  type EntryId,
  type EntryPosition,
  type EntryRules,
  type NextHeight,
} from '#ledger';
import { Agreement } from './agreement/agreement.js';
import { Chain } from './chain/chain.js';
import type { CommittedBlock, EntryStatus, LadingNode, PeerReport, ValidatorStatus } from './node.types.js';
import { CatchUp } from './peer/catch-up.js';
import { ClockDrift } from './peer/clock-drift.js';
import { Gossip } from './peer/gossip.js';
import { decodePeerMessage, encodePeerMessage, type EntryBytes } from './peer/peer-message.js';
import { trustedPeers, type TrustedPeers } from './peer/trusted-peers.js';
import { Outcomes } from './pool/outcomes.js';
import { Pool, POOL_LIMITS, type PoolLimits } from './pool/pool.js';
import type { ChainStore, Clock, Observer, Transport, VoteJournal } from './ports.js';

export interface NodeOptions {
  readonly self: Did;
  readonly genesis: Genesis;
  readonly rules: EntryRules;
  readonly store: ChainStore;
  readonly journal: VoteJournal;
  readonly transport: Transport;
  readonly clock: Clock;
  /** The node key with this public key: votes and seals. More than one while a rotation is under way. */
  readonly signerOf: (publicKey: PublicKey) => Signer | undefined;
  /** Node keys of others that the operator vouches for until the own ledger knows them (a node that joins). */
  readonly introduced?: ReadonlyMap<Did, PublicKey>;
  readonly verifier: SignatureVerifier;
  readonly observe: Observer;
  readonly poolLimits?: PoolLimits;
}

/** The own head, and own entries that are still waiting, are told again this often: a peer may have missed them. */
const REPEAT_MS = 1_000;
const REPEAT_ENTRIES_MAX = 500;
const REPEAT_BYTES_MAX = 4 * 1024 * 1024;
/** Own entries that blocks pass by are told again this seldom: every so many repetitions. */
const REPEAT_ANYWAY_ROUNDS = 5;

/** @see LadingNode */
export function createNode(options: NodeOptions): LadingNode {
  return new Node(options);
}

class Node implements LadingNode {
  private readonly chain: Chain;
  private readonly waiting: Pool;
  private readonly outcomes = new Outcomes();
  private readonly gossip: Gossip;
  private readonly catchUp: CatchUp;
  private readonly agreement: Agreement;
  private readonly clockDrift: ClockDrift;
  private trusted: TrustedPeers = { peers: new Map(), until: 0 };
  /** Entries that came in through this node, in the pool or not yet known to be final, and how often they could have been repeated. */
  private readonly own = new Map<EntryId, number>();
  private readonly lastSealed = new Map<Did, Height>();
  /** The oldest entry was found valid for this height: asked often, computed once. */
  private validAt: { readonly id: EntryId | undefined; readonly height: Height } = { id: undefined, height: -1 };
  private cancelRepeat: () => void = () => undefined;
  private isStopped = false;

  constructor(private readonly options: NodeOptions) {
    const { self, genesis, rules, store, journal, transport, clock, signerOf, verifier, observe } = options;
    this.waiting = new Pool(options.poolLimits ?? POOL_LIMITS);
    this.chain = new Chain({ store, genesis, rules, verifier, known: (leafHash) => this.waiting.withLeafHash(leafHash) });
    this.gossip = new Gossip(transport, clock, () => ({ height: this.chain.head.header.height, hash: this.chain.head.hash }));
    this.clockDrift = new ClockDrift(
      transport,
      clock,
      () => this.chain.next.parameters.clockDriftMaxMs,
      (offsetMs) => observe('clock.off', { offsetMs, allowedMs: this.chain.next.parameters.clockDriftMaxMs }),
    );
    this.catchUp = new CatchUp({
      chain: this.chain,
      store,
      transport,
      clock,
      observe,
      heights: () => this.peerHeights(),
      onAppended: (blocks) => {
        for (const block of blocks) this.blockAppended(block);
        this.agreement.startHeight();
      },
    });
    this.agreement = new Agreement({
      self,
      chain: this.chain,
      journal,
      clock,
      signerOf,
      verifier,
      observe,
      candidates: (countMax) => this.waiting.oldest(countMax),
      hasWork: () => this.hasWork(),
      onLeftOut: (id, code, detail) => this.reject(id, code, detail),
      broadcast: (message) => this.gossip.broadcast('vote', encodePeerMessage({ type: 'consensus', bytes: message })),
      send: (to, message) => void transport.send(to, 'vote', encodePeerMessage({ type: 'consensus', bytes: message })),
      relay: (from, message) => {
        if (!this.gossip.hasPeersWithoutLinkTo(from)) return;
        this.gossip.relay(from, 'vote', encodePeerMessage({ type: 'consensus', bytes: message }));
      },
      onFault: (peer, code) => transport.disconnect(peer, code),
      onAppended: (block) => this.blockAppended(block),
    });
    this.chain.onCommitted((committed) => this.settle(committed));
  }

  start(): void {
    const { transport } = this.options;
    this.trustTheLedger();
    transport.onMessage((from, _lane, bytes) => this.receive(from, bytes));
    transport.onPeers((connected) => {
      if (this.isStopped) return;
      if (connected === undefined) {
        this.gossip.onDisconnected();
        this.catchUp.peersChanged(transport.peers());
        this.clockDrift.peersChanged(transport.peers());
      } else {
        this.peerConnected(connected);
      }
    });
    this.agreement.headsTold(this.peerHeights());
    this.agreement.startHeight();
    this.scheduleRepeat();
    this.clockDrift.start();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.cancelRepeat();
    this.gossip.stop();
    this.clockDrift.stop();
    this.catchUp.stop();
    this.agreement.stop();
    const height = this.chain.head.header.height;
    if (this.chain.durableHeight >= height) return;
    await new Promise<void>((resolve) => {
      const unsubscribe = this.chain.onCommitted((committed) => {
        if (committed.block.header.height < height) return;
        unsubscribe();
        resolve();
      });
    });
  }

  submit(bytes: EntryBytes): Result<EntryId> {
    const { rules, clock } = this.options;
    const decoded = decodeEntry(bytes.statement, bytes.content, { networkId: this.chain.networkId, rules });
    if (!decoded.ok) return decoded;
    const entry = decoded.value;
    const id = entry.statement.entryId;
    if (this.positionOf(id) !== undefined) return success(id);
    if (this.waiting.has(id)) {
      if (!this.own.has(id)) this.own.set(id, 0);
      return success(id);
    }
    const authentic = this.authenticate(entry);
    if (!authentic.ok) return authentic;
    // An entry may build on one that its author has waiting; only without such is the head's answer the answer.
    if (this.waiting.waitingOf(entry.statement.issuer) === 0) {
      const checked = this.chain.check(entry, clock.now());
      if (!checked.ok) return checked;
    }
    const full = this.waiting.add(entry);
    if (full !== undefined) return { ok: false, code: full, detail: 'too many entries are waiting; try again later' };
    this.outcomes.forget(id);
    this.own.set(id, 0);
    this.gossip.publish(entry);
    this.agreement.workArrived();
    return success(id);
  }

  status(id: EntryId): EntryStatus {
    const position = this.positionOf(id);
    if (position !== undefined) {
      return position.height <= this.chain.durableHeight ? { status: 'final', position } : { status: 'pending' };
    }
    if (this.waiting.has(id)) return { status: 'pending' };
    return this.outcomes.rejectionOf(id) ?? { status: 'unknown' };
  }

  onOutcome(id: EntryId, listener: (status: EntryStatus) => void): () => void {
    const status = this.status(id);
    if (status.status !== 'pending') {
      listener(status);
      return () => undefined;
    }
    return this.outcomes.wait(id, listener);
  }

  head(): ChainHead {
    return this.chain.head;
  }

  next(): NextHeight {
    return this.chain.next;
  }

  durableHeight(): Height {
    return this.chain.durableHeight;
  }

  committed(height: Height): CommittedBlock | undefined {
    return this.chain.committed(height);
  }

  entry(id: EntryId): { readonly entry: DecodedEntry; readonly position: EntryPosition } | undefined {
    const position = this.positionOf(id);
    if (position === undefined) return undefined;
    const entry = this.chain.committed(position.height)?.block.entries[position.index];
    return entry === undefined ? undefined : { entry, position };
  }

  onCommitted(listener: (block: CommittedBlock) => void): () => void {
    return this.chain.onCommitted(listener);
  }

  validators(): readonly ValidatorStatus[] {
    const connected = new Set(this.options.transport.peers());
    return this.chain.next.validators.map(({ id }) => ({
      id,
      isSelf: id === this.options.self,
      connected: id === this.options.self || connected.has(id),
      lastSealHeight: this.lastSealed.get(id),
      reportedHeight: id === this.options.self ? this.chain.head.header.height : this.gossip.statusOf(id)?.height,
    }));
  }

  peers(): readonly PeerReport[] {
    const { self, transport } = this.options;
    const connected = new Set(transport.peers());
    const validators = new Set(this.chain.next.validators.map(({ id }) => id));
    const known = [...new Set([...this.trusted.peers.keys(), ...validators])].filter((id) => id !== self).sort(compareStrings);
    return known.map((id) => {
      const clock = this.clockDrift.sampleOf(id);
      return {
        id,
        isValidator: validators.has(id),
        connected: connected.has(id),
        lastSealHeight: this.lastSealed.get(id),
        reportedHeight: this.gossip.statusOf(id)?.height,
        clockOffsetMs: clock?.offsetMs,
        roundTripMs: clock?.roundTripMs,
      };
    });
  }

  clockOffsetMs(): number | undefined {
    return this.clockDrift.offsetMs();
  }

  pool(): { readonly entries: number; readonly bytes: number } {
    return { entries: this.waiting.size, bytes: this.waiting.bytes };
  }

  private receive(from: Did, bytes: Uint8Array): void {
    if (this.isStopped) return;
    const decoded = decodePeerMessage(bytes);
    if (!decoded.ok) {
      this.options.observe('peer.malformed', { from, code: decoded.code, detail: decoded.detail });
      this.options.transport.disconnect(from, decoded.code);
      return;
    }
    const message = decoded.value;
    switch (message.type) {
      case 'status':
        this.gossip.onStatus(from, { height: message.height, headHash: message.headHash, connected: new Set(message.connected) });
        this.agreement.headsTold(this.peerHeights());
        return this.catchUp.consider();
      case 'consensus':
        return this.agreement.receive(from, message.bytes);
      case 'entries':
        return this.receiveEntries(from, message.entries);
      case 'get-blocks':
        return this.catchUp.answer(from, message.from, message.countMax);
      case 'blocks':
        return this.catchUp.receive(from, message.from, message.blocks);
      case 'clock-request':
        return this.clockDrift.answer(from, message.sentAt);
      case 'clock-answer':
        return this.clockDrift.receive(from, message.sentAt, message.answeredAt);
    }
  }

  private receiveEntries(from: Did, entries: readonly EntryBytes[]): void {
    const news: EntryBytes[] = [];
    const refusals: string[] = [];
    for (const pair of entries) {
      const taken = this.receiveEntry(pair);
      if (taken.ok) {
        if (taken.value) news.push(pair);
        continue;
      }
      refusals.push(taken.code);
      // Whatever a node's state is, it passes on no entry that it has not verified: whoever sends this made it up.
      if (taken.code !== 'ENTRY_BAD_SIGNATURE') continue;
      this.options.transport.disconnect(from, taken.code);
      break;
    }
    if (refusals.length > 0) this.options.observe('entry.refused', { from, count: refusals.length, code: refusals[0] });
    if (news.length === 0) return;
    // Only what was taken: for the rest this node would have to answer.
    this.gossip.relayEntries(from, news);
    this.agreement.workArrived();
  }

  /** @returns whether the entry is news and in the pool now */
  private receiveEntry(pair: EntryBytes): Result<boolean> {
    const decoded = decodeEntry(pair.statement, pair.content, { networkId: this.chain.networkId, rules: this.options.rules });
    if (!decoded.ok) return decoded;
    const id = decoded.value.statement.entryId;
    if (this.waiting.has(id) || this.positionOf(id) !== undefined) return success(false);
    const authentic = this.authenticate(decoded.value);
    if (!authentic.ok) return authentic;
    return success(this.waiting.add(decoded.value) === undefined);
  }

  private authenticate(entry: DecodedEntry): Result<unknown> {
    const result = authenticateEntry(entry, this.chain.state(), this.chain.next.height, this.options.verifier);
    if (result.ok) this.chain.markVerified(entry);
    return result;
  }

  /**
   * Whether the next block would take some entry. Looks at the oldest first and rejects what has become invalid, so that no
   * node waits for a proposal that no honest proposer would make.
   */
  private hasWork(): boolean {
    const now = this.options.clock.now();
    const { height } = this.chain.next;
    for (const entry of this.waiting.entries()) {
      const { entryId: id } = entry.statement;
      if (this.validAt.id === id && this.validAt.height === height) return true;
      const checked = this.chain.check(entry, now);
      if (checked.ok) {
        this.validAt = { id, height };
        return true;
      }
      this.reject(entry.statement.entryId, checked.code, checked.detail);
    }
    return false;
  }

  private reject(id: EntryId, code: string, detail: string): void {
    this.waiting.remove(id);
    this.own.delete(id);
    // An entry that another node put into a block first is not rejected, it is final.
    if (this.positionOf(id) !== undefined) return;
    this.options.observe('entry.rejected', { id, code });
    this.outcomes.reject(id, code, detail);
  }

  private blockAppended(block: Block): void {
    for (const entry of block.entries) this.waiting.remove(entry.statement.entryId);
    for (const seal of this.chain.head.certificate?.seals ?? []) this.lastSealed.set(seal.validator, block.header.height);
    this.gossip.announce();
    this.catchUp.consider();
  }

  /** The block is durable here: now its entries are final for those who wait. */
  private settle({ block, outcome }: CommittedBlock): void {
    const { height } = block.header;
    for (const [index, entry] of block.entries.entries()) {
      this.own.delete(entry.statement.entryId);
      this.outcomes.settle(entry.statement.entryId, { status: 'final', position: { height, index } });
    }
    const isChanged = outcome.changes.some(({ key }) => key.startsWith(`${ORGANIZATION.prefix}/`) || key.startsWith(`${ORGANIZATION_KEY.prefix}/`));
    if (isChanged || this.chain.next.height >= this.trusted.until) this.trustTheLedger();
  }

  private peerConnected(peer: Did): void {
    this.gossip.announceTo(peer);
    this.gossip.announce();
    this.clockDrift.ask(peer);
    this.gossip.sendEntries(peer, this.ownWaiting());
    this.agreement.peerConnected(peer);
  }

  /** The oldest own entries, within the bounds of one repetition. */
  private *ownWaiting(): Generator<DecodedEntry> {
    let count = 0;
    let size = 0;
    for (const id of this.own.keys()) {
      const entry = this.waiting.get(id);
      if (entry === undefined) continue;
      yield entry;
      size += entry.size;
      if (++count === REPEAT_ENTRIES_MAX || size >= REPEAT_BYTES_MAX) return;
    }
  }

  private scheduleRepeat(): void {
    let lastHeight = this.chain.head.header.height;
    const again = (): void => {
      // While blocks come, an entry is on its way; one that many blocks left behind may have been lost or refused elsewhere.
      const height = this.chain.head.header.height;
      for (const entry of this.ownWaiting()) {
        const id = entry.statement.entryId;
        const rounds = (this.own.get(id) ?? 0) + 1;
        this.own.set(id, rounds);
        if (height === lastHeight || rounds % REPEAT_ANYWAY_ROUNDS === 0) this.gossip.publish(entry);
      }
      lastHeight = height;
      this.gossip.announce();
      this.cancelRepeat = this.options.clock.after(REPEAT_MS, again);
    };
    this.cancelRepeat = this.options.clock.after(REPEAT_MS, again);
  }

  private trustTheLedger(): void {
    const { store, introduced = new Map(), transport } = this.options;
    const dids = store.stateIds(ORGANIZATION.prefix) as readonly Did[];
    this.trusted = trustedPeers(this.chain.state(), dids, this.chain.next.height, introduced);
    transport.trust(this.trusted.peers);
  }

  private peerHeights(): ReadonlyMap<Did, Height> {
    const heights = new Map<Did, Height>();
    for (const peer of this.options.transport.peers()) {
      const status = this.gossip.statusOf(peer);
      if (status !== undefined) heights.set(peer, status.height);
    }
    return heights;
  }

  private positionOf(id: EntryId): EntryPosition | undefined {
    return this.options.store.entryPosition(id);
  }
}
