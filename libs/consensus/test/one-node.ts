import { quorum as quorumOf } from '#identity';
import type { Did } from '#identity';
import {
  createConsensus,
  step,
  type Commit,
  type ConsensusEnvironment,
  type ConsensusEvent,
  type ConsensusMessage,
  type ConsensusState,
  type Effect,
  type HeightConfig,
  type Prepare,
  type Proposal,
  type RoundChange,
  type Value,
  type VoteRecord,
} from '#consensus';
import { configOf, environmentOf, Keyring, makeValue, sealTextOf, signAs } from './fixture.js';

type EffectOf<T extends Effect['type']> = Extract<Effect, { type: T }>;

/**
 * One node of the production core among peers whose messages the test makes up. Validator i has the turn in round r of
 * height h when i = (h + r) mod n; tests use height 4 or 8 with four validators, so that validator r leads round r.
 */
export class OneNode {
  readonly keyring: Keyring;
  readonly effects: Effect[] = [];
  state: ConsensusState = createConsensus();
  readonly env: ConsensusEnvironment;

  constructor(
    readonly self: number | undefined,
    readonly options: {
      readonly n?: number;
      readonly height?: number;
      readonly env?: Partial<ConsensusEnvironment>;
    } = {},
  ) {
    this.keyring = new Keyring(options.n ?? 4);
    const id = self === undefined ? undefined : this.keyring.id(self);
    this.env = { ...environmentOf(this.keyring, id), ...options.env };
  }

  get n(): number {
    return this.keyring.validators.length;
  }

  get height(): number {
    return this.options.height ?? 4;
  }

  /** @returns this step's effects */
  feed(event: ConsensusEvent): readonly Effect[] {
    const { state, effects } = step(this.state, event, this.env);
    this.state = state;
    this.effects.push(...effects);
    return effects;
  }

  start(recovered: readonly VoteRecord[] = [], changes: Partial<HeightConfig> = {}): readonly Effect[] {
    return this.feed({
      type: 'HeightStarted',
      config: { ...configOf(this.keyring, this.height, recovered), ...changes },
    });
  }

  /** Feeds messages one by one. @returns the effects of all of them */
  receive(...messages: readonly ConsensusMessage[]): readonly Effect[] {
    return messages.flatMap((message) => this.feed({ type: 'MessageReceived', message }));
  }

  expire(round: number): readonly Effect[] {
    return this.feed({ type: 'TimerFired', timer: { kind: 'round', height: this.height, round } });
  }

  all<T extends Effect['type']>(type: T, effects: readonly Effect[] = this.effects): readonly EffectOf<T>[] {
    return effects.filter((effect): effect is EffectOf<T> => effect.type === type);
  }

  said<K extends ConsensusMessage['kind']>(kind: K, effects: readonly Effect[] = this.effects) {
    return this.all('Broadcast', effects)
      .map(({ message }) => message)
      .filter((message): message is Extract<ConsensusMessage, { kind: K }> => message.kind === kind);
  }

  records(effects: readonly Effect[] = this.effects): readonly VoteRecord[] {
    return this.all('Persist', effects).map(({ record }) => record);
  }

  codes(effects: readonly Effect[]): readonly string[] {
    return this.all('Dropped', effects).map(({ verdict, code }) => `${verdict} ${code}`);
  }

  id(index: number): Did {
    return this.keyring.id(index);
  }

  value(label = 'a', proposer = 0): Value {
    return makeValue(this.height, this.id(proposer), label);
  }

  /** By the leader of `round`, unless said otherwise. */
  proposal(value: Value, round = 0, parts: Partial<Proposal> = {}): Proposal {
    return signAs(this.keyring, {
      ...this.head(round % this.n, round),
      kind: 'proposal',
      digest: value.digest,
      value,
      roundChanges: [],
      prepares: [],
      ...parts,
    });
  }

  prepare(by: number, value: Value, round = 0, parts: Partial<Prepare> = {}): Prepare {
    return signAs(this.keyring, { kind: 'prepare', ...this.head(by, round), digest: value.digest, ...parts });
  }

  prepares(value: Value, round = 0, by = this.quorumOfOthers()): Prepare[] {
    return by.map((index) => this.prepare(index, value, round));
  }

  commit(by: number, value: Value, round = 0, parts: Partial<Commit> = {}): Commit {
    const seal = this.keyring.sign(this.id(by), sealTextOf(value, round));
    return signAs(this.keyring, { kind: 'commit', ...this.head(by, round), digest: value.digest, seal, ...parts });
  }

  /** Prepared when `lock` is given: with the prepares of a quorum that prove it. */
  roundChange(
    by: number,
    round: number,
    lock?: { value: Value; round: number },
    parts: Partial<RoundChange> = {},
  ): RoundChange {
    const prepared = lock === undefined ? null : { round: lock.round, digest: lock.value.digest };
    return signAs(this.keyring, {
      kind: 'round-change',
      ...this.head(by, round),
      prepared,
      prepares: lock === undefined ? [] : this.prepares(lock.value, lock.round),
      value: lock?.value ?? null,
      ...parts,
    });
  }

  private head(by: number, round: number): { from: Did; height: number; round: number } {
    return { from: this.id(by), height: this.height, round };
  }

  /** Enough validators to decide, this node not among them when that is possible. */
  quorumOfOthers(): number[] {
    const others = this.keyring.validators.map((_, index) => index).filter((index) => index !== this.self);
    return others.slice(0, quorumOf(this.n));
  }
}

/** As it stands inside a proposal. */
export function bare(roundChange: RoundChange): RoundChange {
  return { ...roundChange, prepares: [], value: null };
}
