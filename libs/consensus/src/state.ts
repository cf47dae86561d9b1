import type { Did, PublicKey } from '#identity';
import type {
  Commit,
  ConsensusMessage,
  Digest,
  Prepare,
  Proposal,
  Round,
  RoundChange,
  Value,
} from './message.types.js';
import { quorum as quorumOf } from '#identity';
import type { HeightConfig } from './step.types.js';
import { votesFor, type VoteBook } from './vote-book.js';

/** Everything that consensus remembers between steps. Never changed in place. */
export interface ConsensusState {
  /** Undefined before the first `HeightStarted`. */
  readonly current: HeightState | undefined;
  readonly future: FutureMessages;
}

/** Messages of the next heights, one per (height, kind, sender); their signatures hold under the present validators' keys. */
export type FutureMessages = ReadonlyMap<string, FutureMessage>;

export interface FutureMessage {
  readonly message: ConsensusMessage;
  readonly verifiedWith: PublicKey;
}

/**
 * One height. Whatever can be read off the votes is computed from them, not stored: `isPrepared`, quorums, who leads.
 */
export interface HeightState {
  readonly config: HeightConfig;
  readonly keys: ReadonlyMap<Did, PublicKey>;
  readonly round: Round;
  /** Something is to be agreed on: set by the first work or message, so that an idle network stays silent. */
  readonly isRunning: boolean;
  /** The timer of the present round was started. */
  readonly isTimed: boolean;
  /** The `Commit` effect was emitted; nothing more is said at this height. */
  readonly isDecided: boolean;
  /** How often own messages were sent again in this round. */
  readonly resends: number;
  readonly askedToBuildIn: Round | undefined;
  /** Of the latest rounds that had one; a bounded number, because values are large. */
  readonly proposals: ReadonlyMap<Round, HeldProposal>;
  readonly prepares: VoteBook<Prepare>;
  /** Outer signature verified; seals are verified when a quorum of commits and the value are there. */
  readonly commits: VoteBook<Commit>;
  /** The latest of each validator. */
  readonly roundChanges: ReadonlyMap<Did, RoundChange>;
  readonly lock: Lock | undefined;
  readonly own: OwnVotes;
  /** Validators that signed a commit with a wrong seal at this height: their commits no longer count. */
  readonly badSealers: ReadonlySet<Did>;
  /** `<validator>/<kind>` of the contradictions already reported: one piece of evidence each is enough. */
  readonly reported: ReadonlySet<string>;
}

export interface HeldProposal {
  readonly message: Proposal;
  /** False: the value is kept in case that others finalise it, but this node does not vote for it. */
  readonly isAccepted: boolean;
}

/** The value this node committed to in the highest round, with the prepare quorum that justified it. */
export interface Lock {
  readonly round: Round;
  readonly value: Value;
  readonly prepares: readonly Prepare[];
}

/** The latest own message of each kind at this height. Rounds only rise, so older ones can never be contradicted again. */
export interface OwnVotes {
  readonly proposal?: Proposal;
  readonly prepare?: Prepare;
  readonly commit?: Commit;
  readonly 'round-change'?: RoundChange;
}

/** Before the first `HeightStarted`. */
export function createConsensus(): ConsensusState {
  return { current: undefined, future: new Map() };
}

export function newHeight(config: HeightConfig): HeightState {
  return {
    config,
    keys: new Map(config.validators.map(({ id, publicKey }) => [id, publicKey])),
    round: 0,
    isRunning: false,
    isTimed: false,
    isDecided: false,
    resends: 0,
    askedToBuildIn: undefined,
    proposals: new Map(),
    prepares: new Map(),
    commits: new Map(),
    roundChanges: new Map(),
    lock: undefined,
    own: {},
    badSealers: new Set(),
    reported: new Set(),
  };
}

export function proposerOf({ height, turnOrder }: HeightConfig, round: Round): Did | undefined {
  return turnOrder[(height + round) % turnOrder.length];
}

export function quorum(height: HeightState): number {
  return quorumOf(height.keys.size);
}

/** The prepares for the proposal that this node accepted in the present round; empty without one. */
export function matchingPrepares(height: HeightState): readonly Prepare[] {
  const held = height.proposals.get(height.round);
  return held?.isAccepted === true ? votesFor(height.prepares, height.round, held.message.digest) : [];
}

/** A quorum of prepares stands behind the proposal that this node accepted in the present round. */
export function isPrepared(height: HeightState): boolean {
  return matchingPrepares(height).length >= quorum(height);
}

/**
 * A quorum is in the present round or beyond. Only then its timer starts: a node cut off from the others waits in the round
 * after its last shared one instead of running ahead, where with capped timers nobody would ever catch up with it.
 */
export function isRoundShared(height: HeightState): boolean {
  const { round, proposals, own, roundChanges } = height;
  // A proposal of a later round was justified by a quorum; an own prepare, after a restart, says that there was one.
  if (round === 0 || proposals.has(round) || own.prepare?.round === round) return true;
  return [...roundChanges.values()].filter((roundChange) => roundChange.round >= round).length >= quorum(height);
}

/** A value by its digest, from whatever brought it here. */
export function knownValue(height: HeightState, digest: Digest): Value | undefined {
  if (height.lock?.value.digest === digest) return height.lock.value;
  for (const { message } of height.proposals.values()) if (message.digest === digest) return message.value;
  for (const { value } of height.roundChanges.values()) if (value?.digest === digest) return value;
  return undefined;
}

export function isSelfValidator(height: HeightState, self: Did | undefined): self is Did {
  return self !== undefined && height.keys.has(self);
}
