import { quorum as quorumOf } from '#identity';
import type { Did } from '#identity';
import type { ConsensusMessage, Prepare, RoundChange, Value } from '#consensus';
import { heightAndParentOf, makeValue, sealTextOf, signAs, type Keyring } from './fixture.js';
import type { Random } from './random.js';

/**
 * A Byzantine validator: votes for everything it hears of, in every round, whatever it voted before; denies what it
 * prepared; proposes different values to different peers, choosing among the round changes those that suit it, and forging
 * what does not.
 */
export class Liar {
  private readonly votedFor = new Set<string>();
  private readonly proposedIn = new Set<string>();
  private readonly roundChanges = new Map<string, Map<Did, RoundChange>>();
  private readonly deniedIn = new Set<string>();
  private parents = new Map<number, string>();

  constructor(
    private readonly id: Did,
    private readonly accomplices: ReadonlySet<Did>,
    private readonly keyring: Keyring,
    private readonly random: Random,
    private readonly send: (to: Did, message: ConsensusMessage) => void,
  ) {}

  receive(message: ConsensusMessage): void {
    if (message.from === this.id) return;
    const { height, round } = message;
    if (message.kind === 'proposal') this.parents.set(height, heightAndParentOf(message.value).parent);
    if (message.kind === 'proposal') this.vote(height, round, message.value);
    if (message.kind === 'commit') this.proposeTwice(height + 1, 0, [], message.digest);
    if (message.kind === 'round-change') this.uponRoundChange(message);
  }

  private vote(height: number, round: number, value: Value): void {
    const place = `${height}/${round}/${value.digest}`;
    if (this.votedFor.has(place)) return;
    this.votedFor.add(place);
    const { digest } = value;
    const head = { from: this.id, height, round, digest };
    const prepare = signAs(this.keyring, { kind: 'prepare', ...head });
    const sealedRound = this.random.chance(0.1) ? round + 1 : round;
    const seal = this.keyring.sign(this.id, sealTextOf(value, sealedRound));
    const commit = signAs(this.keyring, { kind: 'commit', ...head, seal });
    // Often withheld from some, so that one honest node finalises and another does not.
    const rates = this.random.chance(0.6) ? [1] : [0, 0.3, 0.8];
    const [prepareRate, commitRate] = [this.random.pick(rates), this.random.pick(rates)];
    for (const to of this.audienceOf(value, height, round)) {
      if (this.random.chance(prepareRate)) this.send(to, prepare);
      if (this.random.chance(commitRate)) this.send(to, commit);
    }
  }

  private uponRoundChange(message: RoundChange): void {
    const { height, round } = message;
    const place = `${height}/${round}`;
    const denial = signAs(this.keyring, {
      kind: 'round-change',
      from: this.id,
      height,
      round,
      prepared: null,
      prepares: [],
      value: null,
    });
    if (!this.deniedIn.has(place)) for (const to of this.others()) this.send(to, denial);
    this.deniedIn.add(place);
    const known = this.roundChanges.get(place) ?? new Map<Did, RoundChange>([[this.id, denial]]);
    known.set(message.from, message);
    this.roundChanges.set(place, known);
    if (this.leaderOf(height, round) === this.id) this.proposeWithChosen(height, round, [...known.values()]);
  }

  /** Those that prepared nothing, or little, come first. */
  private proposeWithChosen(height: number, round: number, known: readonly RoundChange[]): void {
    const preparedRound = (roundChange: RoundChange) => roundChange.prepared?.round ?? -1;
    const chosen = [...known]
      .sort((a, b) => preparedRound(a) - preparedRound(b))
      .slice(0, quorumOf(this.keyring.validators.length));
    if (chosen.length < quorumOf(this.keyring.validators.length)) return;
    const highest = chosen.at(-1) as RoundChange;
    this.forge(height, round, known);
    const stripped = chosen.map(withoutProof);
    if (highest.value === null) this.proposeTwice(height, round, stripped, this.parents.get(height) ?? '');
    else this.propose(height, round, highest.value, stripped, highest.prepares, this.others());
  }

  /** A value of its own where none is due, with a justification that only looks like one. */
  private forge(height: number, round: number, known: readonly RoundChange[]): void {
    const value = makeValue(height, this.id, `forged ${round}`, this.parents.get(height) ?? '');
    const all = known.map(withoutProof);
    const mine = all.find(({ from }) => from === this.id) as RoundChange;
    const prepared = { round: round - 1, digest: value.digest };
    const forgedPrepares = this.keyring.validators.map(({ id }): Prepare => {
      const head = { kind: 'prepare', from: id, height, ...prepared } as const;
      return id === this.id ? signAs(this.keyring, head) : { ...head, signature: new Uint8Array(64) };
    });
    const claim = signAs(this.keyring, { ...mine, prepared });
    const forgeries: readonly (readonly [readonly RoundChange[], readonly Prepare[]])[] = [
      [all, []],
      [all.map((roundChange) => ({ ...roundChange, prepared: null })), []],
      [all.map(() => mine), []],
      [[mine], []],
      [all.map((roundChange) => (roundChange === mine ? claim : roundChange)), forgedPrepares],
      [
        all.map((roundChange) => (roundChange === mine ? claim : roundChange)),
        forgedPrepares.map(() => forgedPrepares.find(({ from }) => from === this.id) as Prepare),
      ],
    ];
    for (const [roundChanges, prepares] of forgeries)
      this.propose(height, round, value, roundChanges, prepares, this.others());
  }

  private proposeTwice(height: number, round: number, roundChanges: readonly RoundChange[], parent: string): void {
    const place = `${height}/${round}`;
    if (this.leaderOf(height, round) !== this.id || this.proposedIn.has(place)) return;
    this.proposedIn.add(place);
    const [one, other] = ['one', 'other'].map((label) => makeValue(height, this.id, `${label} ${round}`, parent)) as [
      Value,
      Value,
    ];
    for (const value of [one, other]) {
      this.propose(height, round, value, roundChanges, [], this.audienceOf(value, height, round));
    }
  }

  private propose(
    height: number,
    round: number,
    value: Value,
    roundChanges: readonly RoundChange[],
    prepares: readonly Prepare[],
    peers: readonly Did[],
  ): void {
    const head = { from: this.id, height, round, digest: value.digest };
    const proposal = signAs(this.keyring, { kind: 'proposal', ...head, value, roundChanges, prepares });
    for (const to of peers) this.send(to, proposal);
    this.vote(height, round, value);
  }

  /** Of two values each half of the honest is told about one, by all liars alike. */
  private audienceOf(value: Value, height: number, round: number): readonly Did[] {
    const side = ['one', 'other'].indexOf(heightAndParentOf(value).label.split(' ')[0] ?? '');
    if (side < 0) return this.others();
    const sideOf = (peer: Did) => (this.keyring.validators.findIndex(({ id }) => id === peer) + height + round) % 2;
    return this.others().filter((peer) => this.accomplices.has(peer) || sideOf(peer) === side);
  }

  private leaderOf(height: number, round: number): Did {
    return this.keyring.id((height + round) % this.keyring.validators.length);
  }

  private others(): Did[] {
    return this.keyring.validators.map(({ id }) => id).filter((id) => id !== this.id);
  }
}

function withoutProof(roundChange: RoundChange): RoundChange {
  return { ...roundChange, prepares: [], value: null };
}
