import type { Did, Height, PublicKey } from '#identity';
import type { VoteRecord } from '#consensus';
import type { BlockCommit, BlockHash, ChainState, EntryId, EntryPosition } from '#ledger';

/**
 * The chain as stored. Reads see every `commit` at once; durability comes later and is reported.
 * Implemented by `libs/store` (LMDB) and by the simulator's disk.
 */
export interface ChainStore extends ChainState {
  /** Undefined before genesis is written. */
  readonly height: Height | undefined;
  /** Encoded block. */
  block(height: Height): Uint8Array | undefined;
  /** Encoded certificate of that block (each block's own; the next block's body carries it too). Undefined for genesis. */
  certificate(height: Height): Uint8Array | undefined;
  /** Encoded `BlockOutcome`. */
  outcome(height: Height): Uint8Array | undefined;
  heightOf(hash: BlockHash): Height | undefined;
  entryPosition(id: EntryId): EntryPosition | undefined;
  /** Ids of the state's records of one type, sorted. Of few records, asked for seldom. @param prefix - of `RecordType`, without the slash */
  stateIds(prefix: string): readonly string[];
  /**
   * Writes block, certificate, outcome, entry positions, state, tree and log nodes in one transaction.
   * @param onDurable - called once, when a crash of the machine can no longer undo it
   * @throws InvariantViolation INV-CHAIN-1, INV-CHAIN-2 when the block does not follow the stored head
   */
  commit(commit: EncodedCommit, onDurable: () => void): void;
}

/** `BlockCommit` with what the store keeps as bytes already encoded. */
export interface EncodedCommit {
  readonly commit: BlockCommit;
  readonly certificateBytes: Uint8Array | null;
  readonly outcomeBytes: Uint8Array;
}

/** What this node has signed. Durable before the signature leaves; see INV-CONS-2. */
export interface VoteJournal {
  /** Records of the given height and above, oldest first. */
  load(height: Height): readonly VoteRecord[];
  /**
   * @param records - of one step: written in one transaction
   * @param onDurable - called once, after fsync
   * @throws InvariantViolation INV-CONS-2 when another digest is recorded for the same height, round and kind; the same
   *   digest again is an allowed repeat
   */
  record(records: readonly VoteRecord[], onDurable: () => void): void;
  /**
   * From which height this node votes, when a former run found that out with this journal still empty
   * (docs/protocol/consensus.md#lost-votes); durable some time after it was set.
   */
  votesFrom: Height | undefined;
  /** Forgets heights below `height`: they are final, and durable in the chain store. */
  prune(height: Height): void;
}

/** `vote`: small and urgent, never queued behind `bulk` (blocks and entries for a node that catches up). */
export type Lane = 'vote' | 'bulk';

/** Authenticated links to the nodes of other organisations. A message arrives whole or not at all, in order per lane. */
export interface Transport {
  /** Organisations with a live `vote` lane, sorted. */
  peers(): readonly Did[];
  /** Drops the message when the peer is not connected or its queue is full; @returns false then. */
  send(to: Did, lane: Lane, message: Uint8Array): boolean;
  onMessage(handler: (from: Did, lane: Lane, message: Uint8Array) => void): void;
  /** Called when the set of connected peers changed. */
  onPeers(handler: (connected: Did | undefined) => void): void;
  /** Ends the link with a peer at fault; it may connect again after a pause. */
  disconnect(peer: Did, reason: string): void;
  /** Who may connect, and with which keys; replaced when the ledger changes them. Links with other keys end. */
  trust(peers: ReadonlyMap<Did, TrustedPeer>): void;
}

/** What the ledger says about an organisation's node. */
export interface TrustedPeer {
  /** That the handshake accepts: more than one while a rotation overlaps. */
  readonly keys: readonly PublicKey[];
  /** Where the node listens, where its organisation has said so; `host` is a name or an address. */
  readonly address?: PeerAddress;
}

/** Where a node listens for others. */
export interface PeerAddress {
  readonly host: string;
  readonly port: number;
}

/** Time and timers: real in the node, virtual in the simulator. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** @returns cancel */
  after(ms: number, fire: () => void): () => void;
}

/** Structured events for the log at the edge. `detail` holds no keys and no contents. */
export type Observer = (event: string, detail: Readonly<Record<string, unknown>>) => void;
