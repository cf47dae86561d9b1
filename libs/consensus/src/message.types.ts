import type { Did, Height } from '#identity';

/** Hexadecimal digest of a value (for Lading: the block hash). Consensus never looks inside a value. */
export type Digest = string;
export type Round = number;

/** The opaque thing that is agreed on. Its digest does not depend on the round. */
export interface Value {
  readonly digest: Digest;
  /** Who built it first, as the value itself says. */
  readonly proposer: Did;
  readonly bytes: Uint8Array;
}

/** Every message is signed by its sender's node key over a domain-tagged encoding of its signed part. */
interface Signed {
  readonly from: Did;
  readonly height: Height;
  readonly round: Round;
  readonly signature: Uint8Array;
}

export interface Prepare extends Signed {
  readonly kind: 'prepare';
  readonly digest: Digest;
}

export interface Commit extends Signed {
  readonly kind: 'commit';
  readonly digest: Digest;
  /** Signature over the value's checkpoint for this round; a quorum of these is the certificate. */
  readonly seal: Uint8Array;
}

export interface RoundChange extends Signed {
  /** `round` is the round that the sender moves to. */
  readonly kind: 'round-change';
  readonly prepared: { readonly round: Round; readonly digest: Digest } | null;
  /** Beside the signed part: the prepares that prove `prepared`, and the value itself. Empty when it stands inside a proposal. */
  readonly prepares: readonly Prepare[];
  readonly value: Value | null;
}

export interface Proposal extends Signed {
  readonly kind: 'proposal';
  readonly digest: Digest;
  /** Beside the signed part. */
  readonly value: Value;
  /** A quorum of round changes to `round`, for round > 0; without their prepares and values. */
  readonly roundChanges: readonly RoundChange[];
  /** The prepares of the highest prepared round among `roundChanges`, if any was prepared. */
  readonly prepares: readonly Prepare[];
}

export type ConsensusMessage = Proposal | Prepare | Commit | RoundChange;
