import { assertInvariant, decodeCbor, encodeCbor, type CborValue, type RecordReader, type RecordType } from '#codec';
import { CURRENT, quorum, type Did, type Height, type PublicKey, type ValidatorSet } from '#identity';
import type { Certificate } from '../block.types.js';

/** A validator that missed its last turn or turns. Validators that did not have no standing. */
export interface Standing {
  readonly validator: Did;
  /** Turns missed since the last one made, counted up to `SKIP_AFTER_MISSED`. */
  readonly missed: number;
  /** Certificates that held its seal since it is skipped. */
  readonly sealed: number;
}

/**
 * State record `turns/current`, written by every block: who decided at that height, who had turns, and how reliable they were.
 * The next block needs it to judge this block's certificate.
 */
export interface Turns {
  readonly validators: ValidatorSet;
  readonly turnOrder: readonly Did[];
  /** Sorted by validator. */
  readonly standings: readonly Standing[];
}

/** Two, not one: a single slow block must not cost a turn. */
export const SKIP_AFTER_MISSED = 2;
/** Seals that show a skipped validator is back. */
export const REJOIN_AFTER_SEALS = 3;

/** proposer(h, r) of DESIGN section 6, item 2. */
export function proposerOf(turnOrder: readonly Did[], height: Height, round: number): Did {
  const proposer = turnOrder[(height + round) % turnOrder.length];
  assertInvariant(proposer !== undefined, 'INV-TURNS-1', { height, round });
  return proposer;
}

/**
 * Who gets turns: the validators in their order without those skipped. When fewer than a quorum would remain, skipping does not
 * help any more, and all have turns.
 */
export function turnOrderOf(validators: ValidatorSet, standings: readonly Standing[]): readonly Did[] {
  const skipped = new Set(missing(standings));
  const all = validators.map(({ id }) => id);
  const reliable = all.filter((id) => !skipped.has(id));
  return reliable.length >= quorum(all.length) ? reliable : all;
}

/** Validators that are skipped, or would be if the others were enough: as the chain knows it, they do not seal now. */
export function missedTurns(state: RecordReader): ReadonlySet<Did> {
  return new Set(missing(state.get(TURNS, CURRENT)?.standings ?? []));
}

function missing(standings: readonly Standing[]): readonly Did[] {
  return standings.filter(({ missed }) => missed >= SKIP_AFTER_MISSED).map(({ validator }) => validator);
}

/**
 * What a certificate says about the turns at its height: the proposer of its round made its turn, those of the rounds below
 * missed theirs, a seal brings a skipped validator closer to its return. Rules: docs/protocol/blocks.md#turns.
 *
 * @param turns - the record as that height's block left it
 * @param certificate - of that block; one per block stands on the chain, in the body of the next
 */
export function standingsAfter(turns: Turns, certificate: Certificate): readonly Standing[] {
  const { height, round, seals } = certificate;
  const made = proposerOf(turns.turnOrder, height, round);
  const missed = new Set<Did>();
  for (let r = 0; r < Math.min(round, turns.turnOrder.length); r++) missed.add(proposerOf(turns.turnOrder, height, r));
  const sealing = new Set(seals.map(({ validator }) => validator));
  const before = new Map(turns.standings.map((standing) => [standing.validator, standing]));
  return turns.validators.flatMap(({ id }): Standing[] => {
    const standing = before.get(id) ?? { validator: id, missed: 0, sealed: 0 };
    if (id === made) return [];
    if (missed.has(id)) {
      return [{ validator: id, missed: Math.min(standing.missed + 1, SKIP_AFTER_MISSED), sealed: 0 }];
    }
    if (standing.missed < SKIP_AFTER_MISSED) return standing.missed === 0 ? [] : [standing];
    const sealed = standing.sealed + (sealing.has(id) ? 1 : 0);
    // Back on probation: who seals but never proposes is skipped again at the first missed turn.
    if (sealed >= REJOIN_AFTER_SEALS) return [{ validator: id, missed: SKIP_AFTER_MISSED - 1, sealed: 0 }];
    return [{ ...standing, sealed }];
  });
}

/** CBOR [[[DID, node key] …], [DID …], [[DID, missed, sealed] …]]. */
export const TURNS: RecordType<Turns> = {
  prefix: 'turns',
  encode: ({ validators, turnOrder, standings }) =>
    encodeCbor([
      validators.map(({ id, publicKey }) => [id, publicKey]),
      turnOrder,
      standings.map(({ validator, missed, sealed }) => [validator, missed, sealed]),
    ]),
  decode(bytes) {
    const decoded = decodeCbor(bytes);
    const parts = decoded.ok && Array.isArray(decoded.value) ? (decoded.value as readonly CborValue[]) : [];
    assertInvariant(parts.length === 3 && parts.every(Array.isArray), 'INV-STATE-2', { record: 'turns' });
    const [validators, turnOrder, standings] = parts as unknown as [
      [Did, PublicKey][],
      Did[],
      [validator: Did, missed: number, sealed: number][],
    ];
    return {
      validators: validators.map(([id, publicKey]) => ({ id, publicKey })),
      turnOrder,
      standings: standings.map(([validator, missed, sealed]) => ({ validator, missed, sealed })),
    };
  },
};
