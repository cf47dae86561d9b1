import type { Result } from '#codec';
import type { Did, Height } from '#identity';
import type { Block, BlockOutcome, Certificate, ChainHead, DecodedEntry, EntryId, EntryPosition, NextHeight } from '#ledger';

/** What became of an entry, as far as this node knows. `final` never changes any more. */
export type EntryStatus =
  | { readonly status: 'unknown' }
  | { readonly status: 'pending' }
  | { readonly status: 'final'; readonly position: EntryPosition }
  | { readonly status: 'rejected'; readonly code: string; readonly detail: string };

/** A block that is part of the chain and durable on this node, decoded once for everyone who follows. */
export interface CommittedBlock {
  readonly block: Block;
  readonly certificate: Certificate | null;
  readonly outcome: BlockOutcome;
}

export interface ValidatorStatus {
  readonly id: Did;
  readonly isSelf: boolean;
  readonly connected: boolean;
  /** Last height that this validator's seal is known for. */
  readonly lastSealHeight: Height | undefined;
  /** Head that the peer last told. */
  readonly reportedHeight: Height | undefined;
}

/** Another organisation's node as this one sees it. */
export interface PeerReport {
  readonly id: Did;
  readonly isValidator: boolean;
  readonly connected: boolean;
  readonly lastSealHeight: Height | undefined;
  readonly reportedHeight: Height | undefined;
  /** The peer's clock minus this node's, in milliseconds, give or take half a round trip. */
  readonly clockOffsetMs: number | undefined;
  readonly roundTripMs: number | undefined;
}

/** One organisation's node as its API and its indexer see it. Everything on one thread; nothing here blocks. */
export interface LadingNode {
  start(): void;
  /** Stops taking part; resolves when everything recorded is durable. */
  stop(): Promise<void>;

  /**
   * Takes an entry into the pool and passes it on. Judged against the head: a success means "will be proposed", not "final".
   * An entry that is already pending or final is a success again (the id is the idempotency key).
   */
  submit(entry: { readonly statement: Uint8Array; readonly content: Uint8Array }): Result<EntryId>;
  status(id: EntryId): EntryStatus;
  /** Calls back once, when the entry is final (and durable here) or rejected; at once when it is already. @returns unsubscribe */
  onOutcome(id: EntryId, listener: (status: EntryStatus) => void): () => void;

  head(): ChainHead;
  next(): NextHeight;
  /** The durable chain; undefined above the durable head. */
  committed(height: Height): CommittedBlock | undefined;
  entry(id: EntryId): { readonly entry: DecodedEntry; readonly position: EntryPosition } | undefined;
  /** Height up to which the chain is durable on this node. */
  durableHeight(): Height;
  /** After each block that became durable, in order, without gaps. @returns unsubscribe */
  onCommitted(listener: (block: CommittedBlock) => void): () => void;

  validators(): readonly ValidatorStatus[];
  /** Every node that may connect, and every validator, sorted; without this one. */
  peers(): readonly PeerReport[];
  /** This node's clock minus the median of its peers', in milliseconds; undefined before the first comparison. */
  clockOffsetMs(): number | undefined;
  pool(): { readonly entries: number; readonly bytes: number };
}
