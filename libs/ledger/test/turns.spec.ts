import { describe, expect, it } from '@jest/globals';
import type { Did } from '#identity';
import { proposerOf, standingsAfter, TURNS, turnOrderOf, type Certificate, type Standing, type Turns } from '#ledger';
import { MEMBERS, TestNetwork } from './network.js';

const { validators } = new TestNetwork().next;
const [carrier, maker, retailer, wholesaler] = MEMBERS.map(({ did }) => did) as [Did, Did, Did, Did];
const ALL = [carrier, maker, retailer, wholesaler];

/** Lets heights pass: each with the round that was needed, and who sealed. */
function pass(
  start: Turns,
  firstHeight: number,
  certificates: readonly { readonly round: number; readonly by: readonly Did[] }[],
): Turns {
  let turns = start;
  certificates.forEach(({ round, by }, i) => {
    const seals = [...by].sort().map((validator) => ({ validator, signature: new Uint8Array(64) }));
    const certificate: Certificate = {
      height: firstHeight + i,
      round,
      blockHash: '' as Certificate['blockHash'],
      seals,
    };
    const standings = standingsAfter(turns, certificate);
    turns = { validators, standings, turnOrder: turnOrderOf(validators, standings) };
  });
  return turns;
}

const START: Turns = { validators, turnOrder: ALL, standings: [] };
const WITHOUT_CARRIER = [maker, retailer, wholesaler];

describe('turns', () => {
  it('go round the validators by height and round', () => {
    expect([4, 5, 6, 7, 8].map((height) => proposerOf(ALL, height, 0))).toEqual([...ALL, carrier]);
    expect(proposerOf(ALL, 4, 1)).toBe(maker);
    expect(proposerOf(ALL, 7, 1)).toBe(carrier);
  });

  it('stay as they are while everybody makes them', () => {
    const turns = pass(
      START,
      4,
      [0, 0, 0, 0, 0].map((round) => ({ round, by: ALL })),
    );
    expect(turns).toEqual(START);
  });

  it('are taken from a validator that missed two in a row', () => {
    const once = pass(START, 4, [{ round: 1, by: WITHOUT_CARRIER }]);
    expect(once.standings).toEqual([{ validator: carrier, missed: 1, sealed: 0 }]);
    expect(once.turnOrder).toEqual(ALL);
    const twice = pass(once, 8, [{ round: 1, by: WITHOUT_CARRIER }]);
    expect(twice.turnOrder).toEqual(WITHOUT_CARRIER);
  });

  it('are not taken from one that missed one, made one, missed one', () => {
    const turns = pass(
      START,
      4,
      [1, 0, 0, 0, 0, 0, 0, 0, 1].map((round) => ({ round, by: ALL })),
    );
    expect(turns.standings).toEqual([{ validator: carrier, missed: 1, sealed: 0 }]);
    expect(turns.turnOrder).toEqual(ALL);
  });

  it('come back after seals in three certificates, on probation', () => {
    const skipped: Turns = {
      validators,
      turnOrder: WITHOUT_CARRIER,
      standings: [{ validator: carrier, missed: 2, sealed: 0 }],
    };
    const almost = pass(skipped, 9, [
      { round: 0, by: ALL },
      { round: 0, by: WITHOUT_CARRIER },
      { round: 0, by: ALL },
    ]);
    expect(almost.turnOrder).toEqual(WITHOUT_CARRIER);
    const back = pass(almost, 12, [{ round: 0, by: ALL }]);
    expect(back.turnOrder).toEqual(ALL);
    expect(back.standings).toEqual([{ validator: carrier, missed: 1, sealed: 0 }]);
    // Seals but never proposes: the next missed turn is enough.
    expect(pass(back, 16, [{ round: 1, by: ALL }]).turnOrder).toEqual(WITHOUT_CARRIER);
    // Proposes again: forgotten.
    expect(pass(back, 16, [{ round: 0, by: ALL }]).standings).toEqual([]);
  });

  it('never fall to fewer than a quorum: then all have turns', () => {
    const standing = (validator: Did): Standing => ({ validator, missed: 2, sealed: 0 });
    expect(turnOrderOf(validators, [standing(carrier)])).toEqual(WITHOUT_CARRIER);
    expect(turnOrderOf(validators, [standing(carrier), standing(maker)])).toEqual(ALL);
    expect(turnOrderOf(validators.slice(0, 1), [standing(carrier)])).toEqual([carrier]);
  });

  it('count one miss per height, however high the round', () => {
    const turns = pass(START, 4, [{ round: 1_000_000_003, by: ALL }]);
    expect(turns.standings).toEqual(
      [carrier, maker, retailer].map((validator) => ({ validator, missed: 1, sealed: 0 })),
    );
  });

  it('forget who is no validator any more', () => {
    const standings = [{ validator: 'did:web:gone.example' as Did, missed: 2, sealed: 1 }];
    expect(pass({ ...START, standings }, 4, [{ round: 0, by: ALL }]).standings).toEqual([]);
  });

  it('come back from their record', () => {
    const turns: Turns = { ...START, standings: [{ validator: maker, missed: 2, sealed: 1 }] };
    expect(TURNS.decode(TURNS.encode(turns))).toEqual(turns);
  });

  it('follow from the certificates on the chain', () => {
    const network = new TestNetwork();
    const sealing = MEMBERS.slice(1);
    const rounds = [0, 0, 0, 1, 0, 0, 0, 1, 0];
    for (const round of rounds) network.grow([], round, sealing);
    // Heights 4 and 8 were the carrier's; the certificate of 8 stands in block 9.
    expect(network.next.turnOrder).toEqual(WITHOUT_CARRIER);
    for (let i = 0; i < 4; i++) network.grow([], 0, MEMBERS);
    expect(network.next.turnOrder).toEqual(ALL);
  });
});
