import type { Result } from '#codec';
import type { Did, Height, ValidatorSet } from '#identity';
import type { ConsensusMessage, Digest, Round, Value } from './message.types.js';

/** Given once per height: what the ledger says about who decides. */
export interface HeightConfig {
  readonly height: Height;
  readonly validators: ValidatorSet;
  /** proposer(h, r) = turnOrder[(h + r) mod length]. */
  readonly turnOrder: readonly Did[];
  /** Round r lasts min(baseMs + r × stepMs, capMs). */
  readonly timing: { readonly baseMs: number; readonly stepMs: number; readonly capMs: number };
  /** What this node has already signed at this height, from the vote journal; empty after a clean start of the height. */
  readonly recovered: readonly VoteRecord[];
}

export type ConsensusEvent =
  /** The chain grew (by consensus or by catching up), or the node started. Ends whatever was going on below `height`. */
  | { readonly type: 'HeightStarted'; readonly config: HeightConfig }
  /** There is something to agree on at the current height (or a heartbeat is due). Starts the round timer. May come often. */
  | { readonly type: 'WorkArrived' }
  /** Answer to `BuildValue`; ignored when stale. */
  | { readonly type: 'ValueBuilt'; readonly height: Height; readonly round: Round; readonly value: Value }
  /** Decoded; nothing about it has been verified. */
  | { readonly type: 'MessageReceived'; readonly message: ConsensusMessage }
  | { readonly type: 'TimerFired'; readonly timer: Timer }
  /** A validator (re)connected: what it needs to join the present round is sent to it again. */
  | { readonly type: 'PeerConnected'; readonly peer: Did };

export interface Timer {
  readonly kind: 'round' | 'resend';
  readonly height: Height;
  readonly round: Round;
}

/**
 * What to do, in this order. `Persist` is a barrier: what it holds must be durable (fsync) before any later effect, of this
 * step or of a later one, is carried out.
 */
export type Effect =
  | { readonly type: 'Persist'; readonly record: VoteRecord }
  /** To all other validators. */
  | { readonly type: 'Broadcast'; readonly message: ConsensusMessage }
  | { readonly type: 'Send'; readonly to: Did; readonly message: ConsensusMessage }
  /** Timers of finished heights and rounds need not be cancelled: firing late, they are ignored. */
  | { readonly type: 'StartTimer'; readonly timer: Timer; readonly afterMs: number }
  /**
   * This node is the proposer: make a value, answer with `ValueBuilt`. Asked once per round. In rounds above 0 an empty value is
   * better than no answer: the others are waiting.
   */
  | { readonly type: 'BuildValue'; readonly height: Height; readonly round: Round }
  /** Final. `seals` are of distinct validators, at least a quorum, sorted by validator. At most once per height. */
  | {
      readonly type: 'Commit';
      readonly height: Height;
      readonly round: Round;
      readonly value: Value;
      readonly seals: readonly { readonly validator: Did; readonly signature: Uint8Array }[];
    }
  /** Two contradicting votes of one validator, both with valid signatures. */
  | { readonly type: 'ReportEquivocation'; readonly first: ConsensusMessage; readonly second: ConsensusMessage }
  /**
   * A received message was not used; one that was used is new and verified, and may be relayed. `reject`: it breaks the
   * protocol (whom that counts against: docs/protocol/consensus.md). `ignore`: harmless (late, duplicate, not needed).
   */
  | {
      readonly type: 'Dropped';
      readonly verdict: 'ignore' | 'reject';
      readonly code: string;
      readonly message: ConsensusMessage;
    };

/** One vote, as the journal keeps it. `digest` = '' for a round change without a prepared value. */
export interface VoteRecord {
  readonly height: Height;
  readonly round: Round;
  readonly kind: 'proposal' | 'prepare' | 'commit' | 'round-change';
  readonly digest: Digest;
  /**
   * The signed message, so that a restart can repeat it, encoded with `encodeMessage`. For a commit the lock goes with it:
   * the prepares that justify it and the value.
   */
  readonly message: Uint8Array;
  readonly lock?: Uint8Array;
}

/** What the core needs from outside, as pure functions: same arguments, same answer. */
export interface ConsensusEnvironment {
  /** Undefined: this node is no validator and only follows. */
  readonly self: Did | undefined;
  readonly networkId: string;
  verify(signature: Uint8Array, message: Uint8Array, publicKey: ValidatorSet[number]['publicKey']): boolean;
  /** @param publicKey - this node's key at the height of the vote: another one may count at the next */
  sign(message: Uint8Array, publicKey: ValidatorSet[number]['publicKey']): Uint8Array;
  /** Reads a value's digest and proposer from its bytes. */
  readValue(bytes: Uint8Array): Result<Value>;
  /**
   * Executes and judges, also the values that this node built. `isNew` = first proposed in this round: its time is judged
   * too. Same answer when asked again.
   */
  judge(value: Value, isNew: boolean): Result<unknown>;
  /** The text that a commit's seal signs. */
  sealText(value: Value, round: Round): Uint8Array;
}
