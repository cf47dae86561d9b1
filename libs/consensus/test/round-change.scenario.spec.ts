import { describe, expect, it, jest } from '@jest/globals';
import { success } from '#codec';
import type { Did } from '#identity';
import type { Effect, RoundChange } from '#consensus';
import { roundDurationMs } from '#consensus';
import { makeValue, TIMING } from './fixture.js';
import { bare, OneNode } from './one-node.js';

/** Prepared in round 0, all at height 4: validator r leads round r. */
function preparedNode(self: number): { node: OneNode; value: ReturnType<OneNode['value']> } {
  const node = new OneNode(self);
  const value = node.value();
  node.start();
  node.receive(node.proposal(value), ...node.prepares(value));
  expect(node.said('commit')).toHaveLength(1);
  return { node, value };
}

function permutations<T>(things: readonly T[]): T[][] {
  if (things.length < 2) return [[...things]];
  return things.flatMap((thing, i) => permutations(things.toSpliced(i, 1)).map((rest) => [thing, ...rest]));
}

describe('when a round fails', () => {
  it('moves to the next round and says that nothing was prepared', () => {
    const node = new OneNode(2);
    node.start();
    node.feed({ type: 'WorkArrived' });
    const effects = node.expire(0);
    expect(node.said('round-change', effects)).toMatchObject([{ round: 1, prepared: null, prepares: [], value: null }]);
    expect(node.records(effects)).toMatchObject([{ kind: 'round-change', round: 1, digest: '' }]);
  });

  it('says what it prepared, with the value and a quorum of prepares', () => {
    const { node, value } = preparedNode(2);
    const [roundChange] = node.said('round-change', node.expire(0));
    expect(roundChange).toMatchObject({ round: 1, prepared: { round: 0, digest: value.digest }, value });
    expect(new Set(roundChange?.prepares.map(({ from }) => from)).size).toBeGreaterThanOrEqual(3);
  });

  it('lets the next leader propose a new value on a quorum of round changes', () => {
    const node = new OneNode(1);
    node.start();
    node.receive(node.roundChange(2, 1), node.roundChange(3, 1));
    expect(node.all('BuildValue')).toMatchObject([{ round: 1 }]);
    const value = node.value('new', 1);
    const [proposal] = node.said('proposal', node.feed({ type: 'ValueBuilt', height: 4, round: 1, value }));
    expect(proposal?.roundChanges.map(({ from }) => from)).toEqual([node.id(1), node.id(2), node.id(3)]);
    expect(proposal?.prepares).toEqual([]);
    const other = new OneNode(2);
    other.start();
    expect(other.said('prepare', other.receive(proposal as never))).toMatchObject([{ round: 1, digest: value.digest }]);
  });

  it('re-proposes the prepared value byte for byte, although another node built it (Besu #7875, #9204)', () => {
    const judge = jest.fn((value: unknown, _isNew: boolean) => success(value));
    const node = new OneNode(1, { env: { judge } });
    const value = node.value('a', 0);
    node.start();
    node.receive(node.roundChange(2, 1, { value, round: 0 }), node.roundChange(3, 1));
    const [proposal] = node.said('proposal');
    expect(proposal?.value.bytes).toEqual(value.bytes);
    expect(proposal?.value.proposer).toBe(node.id(0));
    expect(proposal?.prepares).toHaveLength(3);
    expect(node.all('BuildValue')).toEqual([]);
    expect(judge.mock.calls.map(([, isNew]) => isNew)).toEqual([false]);

    const judgeOfOther = jest.fn((judged: unknown, _isNew: boolean) => success(judged));
    const other = new OneNode(3, { env: { judge: judgeOfOther } });
    other.start();
    expect(other.said('prepare', other.receive(proposal as never))).toHaveLength(1);
    expect(judgeOfOther.mock.calls.map(([, isNew]) => isNew)).toEqual([false]);
  });

  it('re-proposes a prepared value instead of the one that it asked for meanwhile', () => {
    const node = new OneNode(1);
    const value = node.value('a', 0);
    node.start();
    node.receive(node.roundChange(2, 1), node.roundChange(3, 1));
    expect(node.all('BuildValue')).toHaveLength(1);
    node.receive(node.roundChange(0, 1, { value, round: 0 }));
    expect(node.said('proposal')).toMatchObject([{ digest: value.digest }]);
    expect(node.feed({ type: 'ValueBuilt', height: 4, round: 1, value: node.value('new', 1) })).toEqual([]);
  });

  it('takes a prepared but uncommitted value through later rounds until it is final', () => {
    const { node, value } = preparedNode(2);
    node.expire(0);
    const roundChanges = [0, 1, 3].map((by) => node.roundChange(by, 1, { value, round: 0 }));
    const proposal = node.proposal(value, 1, { roundChanges: roundChanges.map(bare), prepares: node.prepares(value) });
    node.receive(proposal, ...[0, 1].map((by) => node.prepare(by, value, 1)));
    node.receive(...[0, 1].map((by) => node.commit(by, value, 1)));
    expect(node.all('Commit')).toMatchObject([{ round: 1, value: { digest: value.digest } }]);
  });
});

describe('moving between rounds', () => {
  it('jumps to the lowest round of f + 1 others that are further', () => {
    const node = new OneNode(0, { n: 7, height: 7 });
    node.start();
    node.receive(node.roundChange(1, 9), node.roundChange(2, 5));
    expect(node.said('round-change')).toHaveLength(0);
    node.receive(node.roundChange(3, 7));
    expect(node.said('round-change').map(({ round }) => round)).toEqual([5]);
  });

  it('is not moved by f validators, however far they pretend to be', () => {
    const node = new OneNode(0, { n: 7, height: 7 });
    node.start();
    for (let round = 1; round < 50; round++)
      node.receive(node.roundChange(1, round), node.roundChange(2, round * 1_000));
    expect(node.said('round-change')).toHaveLength(0);
  });

  it('does not run ahead alone: its round timer starts when a quorum shares the round (celo#706)', () => {
    const node = new OneNode(0);
    node.start();
    node.feed({ type: 'WorkArrived' });
    const alone = node.expire(0);
    expect(node.all('StartTimer', alone).map(({ timer }) => timer.kind)).toEqual(['resend']);
    expect(node.expire(0)).toEqual([]);
    const effects = node.receive(node.roundChange(1, 1), node.roundChange(2, 1));
    expect(node.all('StartTimer', effects)).toMatchObject([{ timer: { kind: 'round', round: 1 }, afterMs: 1_500 }]);
  });

  it('goes to the round of a justified proposal without a round change of its own', () => {
    const node = new OneNode(2);
    node.start();
    const roundChanges = [0, 1, 3].map((by) => node.roundChange(by, 5));
    const effects = node.receive(node.proposal(node.value('new', 1), 5, { roundChanges }));
    expect(node.said('prepare', effects)).toMatchObject([{ round: 5 }]);
    expect(node.said('round-change')).toHaveLength(0);
    expect(node.expire(0)).toEqual([]);
    expect(node.said('round-change', node.expire(5))).toMatchObject([{ round: 6 }]);
  });

  it('keeps timers linear and capped through 10,000 failed rounds, and agrees in the next (quorum#1664)', () => {
    const node = new OneNode(2);
    node.start();
    const waits = new Set<number>();
    for (let round = 1; round <= 10_000; round++) {
      const effects = node.receive(node.roundChange(0, round), node.roundChange(1, round));
      for (const { timer, afterMs } of node.all('StartTimer', effects)) if (timer.kind === 'round') waits.add(afterMs);
      node.effects.length = 0;
    }
    expect([...waits]).toEqual([1_000, 1_500, 2_000, 2_500, 3_000, 3_500, 4_000]);
    const roundChanges = [0, 1, 3].map((by) => node.roundChange(by, 10_001));
    const value = node.value('at last', 1);
    node.receive(node.proposal(value, 10_001, { roundChanges }), ...node.prepares(value, 10_001));
    node.receive(node.commit(0, value, 10_001), node.commit(1, value, 10_001));
    expect(node.all('Commit')).toHaveLength(1);
  });

  it('computes the wait of any round, also of 2^31, without overflow', () => {
    expect([0, 1, 6, 7, 2 ** 31].map((round) => roundDurationMs(round, TIMING))).toEqual([
      1_000, 1_500, 4_000, 4_000, 4_000,
    ]);
  });

  it('ignores timers of finished rounds and heights (Besu PR #10052)', () => {
    const node = new OneNode(2);
    const value = node.value();
    node.start();
    node.receive(node.proposal(value), ...node.prepares(value), node.commit(0, value), node.commit(1, value));
    node.start([], { height: 5 });
    node.feed({ type: 'WorkArrived' });
    expect(node.expire(0)).toEqual([]);
    expect(node.feed({ type: 'TimerFired', timer: { kind: 'resend', height: 4, round: 0 } })).toEqual([]);
  });

  it('asks for a value in its turn whenever work arrives, also during a round change (Besu #8354, #10917)', () => {
    const node = new OneNode(1);
    node.start();
    node.feed({ type: 'WorkArrived' });
    node.expire(0);
    expect(node.feed({ type: 'WorkArrived' })).toEqual([]);
    node.receive(node.roundChange(2, 1), node.roundChange(3, 1));
    expect(node.all('BuildValue')).toMatchObject([{ round: 1 }]);
  });
});

describe('a value that others finalise while this node changes rounds', () => {
  it('is finalised in every order of two commits and the round timer (Besu #1734)', () => {
    const events = [
      (node: OneNode) => node.receive(node.commit(0, node.value())),
      (node: OneNode) => node.receive(node.commit(1, node.value())),
      (node: OneNode) => node.expire(0),
    ];
    for (const order of permutations(events)) {
      const { node, value } = preparedNode(2);
      const effects: Effect[] = order.flatMap((event) => [...event(node)]);
      expect(node.all('Commit', effects)).toMatchObject([{ round: 0, value: { digest: value.digest } }]);
      const decidedAt = effects.findIndex(({ type }) => type === 'Commit');
      expect(node.said('round-change', effects.slice(decidedAt))).toEqual([]);
      for (const roundChange of node.said('round-change', effects)) {
        expect(roundChange.prepared).toEqual({ round: 0, digest: value.digest });
      }
    }
  });

  it('is finalised by a late commit quorum of an earlier round, after own timeouts (Maru #3247)', () => {
    const { node, value } = preparedNode(2);
    node.expire(0);
    node.receive(node.roundChange(3, 2), node.roundChange(1, 2));
    node.receive(node.commit(0, value), node.commit(1, value));
    expect(node.all('Commit')).toMatchObject([{ round: 0 }]);
  });

  it('is finalised when both value and commits come late', () => {
    const node = new OneNode(2);
    const value = node.value();
    node.start();
    node.feed({ type: 'WorkArrived' });
    node.expire(0);
    expect(node.codes(node.receive(node.proposal(value)))).toEqual(['ignore CONSENSUS_PAST_ROUND']);
    node.receive(node.commit(0, value), node.commit(1, value));
    node.receive(node.proposal(value), node.commit(3, value));
    expect(node.all('Commit')).toMatchObject([{ round: 0 }]);
    expect(node.said('prepare')).toEqual([]);
  });

  it('does not add up seals of different rounds', () => {
    const { node, value } = preparedNode(2);
    node.receive(node.commit(0, value, 0), node.commit(1, value, 1), node.commit(3, value, 2));
    expect(node.all('Commit')).toEqual([]);
    node.receive(node.commit(1, value, 0));
    expect(node.all('Commit')).toHaveLength(1);
  });
});

describe('the justification of a proposal', () => {
  const round = 5; // led by validator 1
  const nodeAt = () => {
    const node = new OneNode(2);
    node.start();
    return node;
  };
  const lockedOn = (node: OneNode, label: string, by: number) => ({ value: node.value(label, by), round: by });

  it('needs only the highest prepared value: lower ones may differ (sigp/anchor#600)', () => {
    const node = nodeAt();
    const [low, high] = [lockedOn(node, 'low', 0), lockedOn(node, 'high', 3)];
    const roundChanges = [
      node.roundChange(0, round, low),
      node.roundChange(1, round, high),
      node.roundChange(3, round),
    ];
    const prepares = node.prepares(high.value, high.round);
    const proposal = node.proposal(high.value, round, { roundChanges: roundChanges.map(bare), prepares });
    expect(node.said('prepare', node.receive(proposal))).toMatchObject([{ digest: high.value.digest }]);
  });

  const low = (node: OneNode) => lockedOn(node, 'low', 0);
  const high = (node: OneNode) => lockedOn(node, 'high', 3);
  const changes = (node: OneNode): RoundChange[] =>
    [node.roundChange(0, round, low(node)), node.roundChange(1, round, high(node)), node.roundChange(3, round)].map(
      bare,
    );
  const unprepared = (node: OneNode): RoundChange[] => [0, 1, 3].map((by) => node.roundChange(by, round));
  const fresh = (node: OneNode) => node.value('fresh', 1);
  type Case = [string, (node: OneNode) => ReturnType<OneNode['proposal']>, string];
  const bad = 'reject CONSENSUS_BAD_JUSTIFICATION';

  it.each<Case>([
    [
      'a new value although one is prepared',
      (node) =>
        node.proposal(fresh(node), round, {
          roundChanges: changes(node),
          prepares: node.prepares(high(node).value, 3),
        }),
      bad,
    ],
    [
      'a new value that leaves the prepares out',
      (node) => node.proposal(fresh(node), round, { roundChanges: changes(node) }),
      bad,
    ],
    [
      'a prepared value that is not the highest',
      (node) =>
        node.proposal(low(node).value, round, {
          roundChanges: changes(node),
          prepares: node.prepares(low(node).value, 0),
        }),
      bad,
    ],
    [
      'too few prepares',
      (node) =>
        node.proposal(high(node).value, round, {
          roundChanges: changes(node),
          prepares: node.prepares(high(node).value, 3, [0, 1]),
        }),
      bad,
    ],
    [
      'prepares of one validator twice',
      (node) =>
        node.proposal(high(node).value, round, {
          roundChanges: changes(node),
          prepares: node.prepares(high(node).value, 3, [0, 1, 1]),
        }),
      bad,
    ],
    [
      'prepares of another round',
      (node) =>
        node.proposal(high(node).value, round, {
          roundChanges: changes(node),
          prepares: node.prepares(high(node).value, 2),
        }),
      bad,
    ],
    [
      'prepares of another value',
      (node) =>
        node.proposal(high(node).value, round, {
          roundChanges: changes(node),
          prepares: node.prepares(low(node).value, 3),
        }),
      bad,
    ],
    [
      'a prepare with a wrong signature',
      (node) =>
        node.proposal(high(node).value, round, {
          roundChanges: changes(node),
          prepares: node.prepares(high(node).value, 3).map((p) => ({ ...p, signature: new Uint8Array(64) })),
        }),
      bad,
    ],
    [
      'too few round changes',
      (node) => node.proposal(fresh(node), round, { roundChanges: unprepared(node).slice(1) }),
      bad,
    ],
    [
      'round changes of one validator twice',
      (node) => node.proposal(fresh(node), round, { roundChanges: [0, 1, 1].map((by) => node.roundChange(by, round)) }),
      bad,
    ],
    [
      'a quorum and one of them twice',
      (node) => node.proposal(fresh(node), round, { roundChanges: [...unprepared(node), node.roundChange(1, round)] }),
      bad,
    ],
    [
      'a round change to another round',
      (node) =>
        node.proposal(fresh(node), round, {
          roundChanges: [...unprepared(node).slice(1), node.roundChange(0, round - 1)],
        }),
      bad,
    ],
    [
      'a round change with a wrong signature',
      (node) =>
        node.proposal(fresh(node), round, {
          roundChanges: unprepared(node).map((r) => ({ ...r, signature: new Uint8Array(64) })),
        }),
      bad,
    ],
    [
      'a round change whose unsigned claim was removed',
      (node) =>
        node.proposal(fresh(node), round, { roundChanges: changes(node).map((r) => ({ ...r, prepared: null })) }),
      bad,
    ],
    [
      'prepared in the very round it moves to (sigp/anchor#599)',
      (node) => {
        const claim = { value: fresh(node), round };
        return node.proposal(fresh(node), round, {
          roundChanges: [0, 1, 3].map((by) => bare(node.roundChange(by, round, claim))),
          prepares: node.prepares(fresh(node), round),
        });
      },
      bad,
    ],
    ['nothing at all', (node) => node.proposal(fresh(node), round), bad],
    [
      'prepares that nothing asks for',
      (node) =>
        node.proposal(fresh(node), round, { roundChanges: unprepared(node), prepares: node.prepares(fresh(node), 3) }),
      bad,
    ],
    [
      'a justification in round 0',
      (node) => node.proposal(node.value(), 0, { roundChanges: [0, 1, 3].map((by) => node.roundChange(by, 0)) }),
      bad,
    ],
    [
      'a new value that somebody else built',
      (node) => node.proposal(node.value('fresh', 3), round, { roundChanges: unprepared(node) }),
      'reject CONSENSUS_WRONG_VALUE_PROPOSER',
    ],
    [
      'somebody whose turn it is not',
      (node) => node.proposal(fresh(node), round, { roundChanges: unprepared(node), from: node.id(3) }),
      'reject CONSENSUS_WRONG_PROPOSER',
    ],
    [
      'a value of another digest',
      (node) => node.proposal(fresh(node), round, { roundChanges: unprepared(node), digest: node.value().digest }),
      'reject CONSENSUS_BAD_DIGEST',
    ],
    [
      'a wrong signature',
      (node) => ({
        ...node.proposal(fresh(node), round, { roundChanges: unprepared(node) }),
        signature: new Uint8Array(64),
      }),
      'reject CONSENSUS_BAD_SIGNATURE',
    ],
  ])('refuses %s', (_what, make, code) => {
    const node = nodeAt();
    const effects = node.receive(make(node));
    expect(node.codes(effects)).toEqual([code]);
    expect(node.said('prepare')).toEqual([]);
  });
});

describe('a round change', () => {
  const at = (node: OneNode) => ({ value: node.value(), round: 1 });
  it.each<[string, (node: OneNode) => RoundChange, string]>([
    [
      'without the prepares that it speaks of',
      (node) => ({ ...node.roundChange(0, 3, at(node)), prepares: [] }),
      'CONSENSUS_BAD_JUSTIFICATION',
    ],
    [
      'without the value',
      (node) => ({ ...node.roundChange(0, 3, at(node)), value: null }),
      'CONSENSUS_BAD_JUSTIFICATION',
    ],
    [
      'with another value',
      (node) => ({ ...node.roundChange(0, 3, at(node)), value: makeValue(4, node.id(0), 'other') }),
      'CONSENSUS_BAD_JUSTIFICATION',
    ],
    [
      'that prepared in the round it moves to',
      (node) => node.roundChange(0, 1, at(node)),
      'CONSENSUS_BAD_JUSTIFICATION',
    ],
    [
      'with baggage although nothing is prepared',
      (node) => ({ ...node.roundChange(0, 3), value: node.value() }),
      'CONSENSUS_BAD_JUSTIFICATION',
    ],
    [
      'with a wrong signature',
      (node) => ({ ...node.roundChange(0, 3), signature: new Uint8Array(64) }),
      'CONSENSUS_BAD_SIGNATURE',
    ],
    [
      'of a stranger',
      (node) => node.roundChange(0, 3, undefined, { from: 'did:web:stranger.example' as Did }),
      'CONSENSUS_NOT_A_VALIDATOR',
    ],
    ['to a round out of bounds', (node) => node.roundChange(0, 2 ** 31 + 1), 'CONSENSUS_BAD_ROUND'],
  ])('%s is refused', (_what, make, code) => {
    const node = new OneNode(2);
    node.start();
    expect(node.codes(node.receive(make(node)))).toEqual([`reject ${code}`]);
  });
});
