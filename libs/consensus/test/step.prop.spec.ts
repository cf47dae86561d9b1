import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ConsensusEvent, ConsensusMessage, RoundChange } from '#consensus';
import { bare, OneNode } from './one-node.js';

/**
 * Well-signed and forged messages of all validators over few rounds and values, own timers, restarts and heights, in any
 * order: many of them contradict each other, as if everybody else lied.
 */
const HEIGHT = 4;
const validator = fc.nat({ max: 3 });
const round = fc.nat({ max: 4 });
const maker = new OneNode(2);
const values = ['a', 'b', 'bad'].flatMap((label) => [0, 1, 2].map((by) => maker.value(label, by)));
const value = fc.constantFrom(...values);
const lock = fc.option(fc.record({ value, round }), { nil: undefined });
const roundChange = fc.tuple(validator, round, lock).map(([by, to, on]): RoundChange => maker.roundChange(by, to, on));
const roundChanges = fc.array(roundChange, { maxLength: 4 });

const message: fc.Arbitrary<ConsensusMessage> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(validator, value, round).map(([by, on, at]) => maker.prepare(by, on, at)) },
  { weight: 3, arbitrary: fc.tuple(validator, value, round).map(([by, on, at]) => maker.commit(by, on, at)) },
  { weight: 2, arbitrary: roundChange },
  { weight: 2, arbitrary: fc.tuple(value, round).map(([on, at]) => maker.proposal(on, at)) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(value, round, roundChanges, value, round)
      .map(([on, at, changes, prepared, preparedIn]) =>
        maker.proposal(on, at, { roundChanges: changes.map(bare), prepares: maker.prepares(prepared, preparedIn) }),
      ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(value, round).map(([on, at]) => {
      const changes = [0, 1, 3].map((by) => maker.roundChange(by, at));
      return maker.proposal({ ...on, proposer: maker.id(at % 4) }, at, { roundChanges: at === 0 ? [] : changes });
    }),
  },
);

const event: fc.Arbitrary<ConsensusEvent | 'restart'> = fc.oneof(
  { weight: 20, arbitrary: message.map((received) => ({ type: 'MessageReceived' as const, message: received })) },
  {
    weight: 1,
    arbitrary: message.map((received) => ({
      type: 'MessageReceived' as const,
      message: { ...received, signature: new Uint8Array(3), round: Number.NaN },
    })),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('TimerFired' as const),
      timer: fc.record({
        kind: fc.constantFrom('round' as const, 'resend' as const),
        height: fc.constant(HEIGHT),
        round,
      }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'WorkArrived' as const }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('PeerConnected' as const), peer: fc.constant(maker.id(0)) }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('ValueBuilt' as const), height: fc.constant(HEIGHT), round, value }),
  },
  { weight: 1, arbitrary: fc.constant('restart' as const) },
);

it('never throws, never votes twice, commits only to what a quorum prepared, whatever arrives in whatever order', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      let node = new OneNode(2);
      node.start();
      const journal = new Map<string, string>();
      const votes = new Map<string, ReturnType<OneNode['records']>[number]>();
      for (const next of events) {
        const effects = next === 'restart' ? undefined : node.feed(next);
        if (effects === undefined) {
          node = new OneNode(2);
          node.start([...votes.values()]);
          continue;
        }
        for (const record of node.records(effects)) {
          const place = `${record.round} ${record.kind}`;
          expect(journal.get(place) ?? record.digest).toBe(record.digest);
          journal.set(place, record.digest);
          votes.set(place, record);
        }
        for (const commit of node.said('commit', effects)) {
          if (votes.get(`${commit.round} commit`)?.lock === undefined) throw new Error('a commit without its lock');
        }
      }
      expect(node.all('Commit').length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 300 },
  );
});
