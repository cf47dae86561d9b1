import { quorum as quorumOf } from '#identity';
import { describe, expect, it } from '@jest/globals';
import { failure } from '#codec';
import { decodeMessage } from '#consensus';
import { readTestValue, sealTextOf } from './fixture.js';
import { OneNode } from './one-node.js';

describe('a height without faults', () => {
  it('is silent until there is work', () => {
    const node = new OneNode(1);
    expect(node.start()).toEqual([]);
  });

  it('starts timers and asks the proposer, once, for a value when work arrives', () => {
    const node = new OneNode(0);
    node.start();
    const first = node.feed({ type: 'WorkArrived' });
    expect(node.all('BuildValue', first)).toEqual([{ type: 'BuildValue', height: 4, round: 0 }]);
    expect(node.all('StartTimer', first).map(({ timer, afterMs }) => [timer.kind, timer.round, afterMs])).toEqual([
      ['resend', 0, 500],
      ['round', 0, 1_000],
    ]);
    expect(node.feed({ type: 'WorkArrived' })).toEqual([]);
  });

  it('starts the timers of who has no work of its own with the first valid message', () => {
    const node = new OneNode(1);
    node.start();
    const effects = node.receive(node.proposal(node.value()));
    expect(node.all('StartTimer', effects).map(({ timer }) => timer.kind)).toEqual(['resend', 'round']);
  });

  it('proposes what it built, prepares it, and commits after a quorum of prepares, not before', () => {
    const node = new OneNode(0);
    const value = node.value();
    node.start();
    node.feed({ type: 'WorkArrived' });
    const built = node.feed({ type: 'ValueBuilt', height: 4, round: 0, value });
    expect(node.said('proposal', built)).toHaveLength(1);
    expect(node.said('prepare', built)).toHaveLength(1);
    expect(node.said('commit', node.receive(node.prepare(1, value)))).toHaveLength(0);
    expect(node.said('commit', node.receive(node.prepare(2, value)))).toHaveLength(1);
  });

  it('counts only prepares and commits for the value that was proposed', () => {
    const node = new OneNode(1);
    const [value, other] = [node.value('a'), node.value('b')];
    node.start();
    node.receive(node.proposal(value), node.prepare(2, other), node.prepare(3, other));
    expect(node.said('commit')).toEqual([]);
    node.receive(node.commit(0, value), node.commit(2, other), node.commit(3, other));
    expect(node.all('Commit')).toEqual([]);
  });

  it('makes every own vote durable before anything leaves the node', () => {
    const node = new OneNode(1);
    const value = node.value();
    node.start();
    for (const effects of [node.receive(node.proposal(value)), node.receive(...node.prepares(value))]) {
      const firstBroadcast = effects.findIndex(({ type }) => type === 'Broadcast');
      const lastPersist = effects.findLastIndex(({ type }) => type === 'Persist');
      expect(firstBroadcast).toBeGreaterThan(lastPersist);
      expect(lastPersist).toBeGreaterThanOrEqual(0);
    }
    const commit = node.records().find(({ kind }) => kind === 'commit');
    expect(commit?.lock).toBeDefined();
    expect(decodeMessage(commit?.message as Uint8Array, readTestValue)).toMatchObject({
      ok: true,
      value: { kind: 'commit' },
    });
  });

  it('finalises with the seals of a quorum of distinct validators, sorted', () => {
    const node = new OneNode(1);
    const value = node.value();
    node.start();
    node.receive(node.proposal(value), ...node.prepares(value));
    const effects = node.receive(node.commit(3, value), node.commit(3, value), node.commit(0, value));
    const [commit] = node.all('Commit', effects);
    expect(commit?.seals.map(({ validator }) => validator)).toEqual([node.id(0), node.id(1), node.id(3)]);
    expect(commit?.value).toBe(value);
    for (const { validator, signature } of commit?.seals ?? []) {
      expect(signature).toEqual(node.keyring.sign(validator, sealTextOf(value, 0)));
    }
  });

  it('finalises once and says nothing more at that height', () => {
    const node = new OneNode(1);
    const value = node.value();
    node.start();
    node.receive(node.proposal(value), ...node.prepares(value), node.commit(0, value), node.commit(2, value));
    expect(node.all('Commit')).toHaveLength(1);
    const after = [
      ...node.receive(node.commit(3, value), node.roundChange(2, 1), node.roundChange(3, 1)),
      ...node.expire(0),
      ...node.feed({ type: 'WorkArrived' }),
      ...node.feed({ type: 'PeerConnected', peer: node.id(2) }),
    ];
    expect(after.every(({ type }) => type === 'Dropped')).toBe(true);
  });

  it('finalises from commits that came before the value', () => {
    const node = new OneNode(1);
    const value = node.value();
    node.start();
    node.receive(node.commit(0, value), node.commit(2, value), node.commit(3, value));
    expect(node.all('Commit')).toHaveLength(0);
    node.receive(node.proposal(value));
    expect(node.all('Commit')).toHaveLength(1);
  });

  it('decides alone when it is the only validator', () => {
    const node = new OneNode(0, { n: 1 });
    node.start();
    node.feed({ type: 'WorkArrived' });
    const effects = node.feed({ type: 'ValueBuilt', height: 4, round: 0, value: node.value() });
    expect(effects.map(({ type }) => type).filter((type) => type !== 'Broadcast')).toEqual([
      'Persist',
      'Persist',
      'Persist',
      'Commit',
    ]);
  });

  it('does not prepare a value that it judges wrong, but accepts that a quorum finalised it', () => {
    const node = new OneNode(1);
    const value = node.value('bad');
    node.start();
    expect(node.codes(node.receive(node.proposal(value)))).toEqual(['reject TEST_REFUSED']);
    expect(node.said('prepare')).toHaveLength(0);
    node.receive(...node.prepares(value));
    expect(node.said('commit')).toHaveLength(0);
    node.receive(node.commit(0, value), node.commit(2, value), node.commit(3, value));
    expect(node.all('Commit')).toHaveLength(1);
  });

  it('does not propose a value of its own that it would not vote for', () => {
    const node = new OneNode(0, { env: { judge: () => failure('TEST_REFUSED', 'no') } });
    node.start();
    node.feed({ type: 'WorkArrived' });
    expect(node.feed({ type: 'ValueBuilt', height: 4, round: 0, value: node.value() })).toEqual([]);
  });

  it('builds strictly on the present height and round: a value built for another is not proposed', () => {
    const node = new OneNode(0);
    node.start();
    node.feed({ type: 'WorkArrived' });
    expect(node.feed({ type: 'ValueBuilt', height: 3, round: 0, value: node.value() })).toEqual([]);
    expect(node.feed({ type: 'ValueBuilt', height: 4, round: 4, value: node.value() })).toEqual([]);
  });
});

describe('a node that only follows', () => {
  it.each([
    ['has no identity', undefined],
    ['is no longer a validator', 9],
  ])('finalises and never votes when it %s', (_why, self) => {
    const node = new OneNode(self === undefined ? undefined : 0, {
      ...(self === undefined ? {} : { env: { self: 'did:web:gone.example' as never } }),
    });
    const value = node.value();
    node.start();
    node.feed({ type: 'WorkArrived' });
    node.receive(node.proposal(value), ...[0, 1, 2].map((by) => node.prepare(by, value)));
    node.receive(...[0, 1, 2].map((by) => node.commit(by, value)));
    expect(node.all('Commit')).toHaveLength(1);
    expect(node.effects.map(({ type }) => type)).toEqual(['Commit']);
  });
});

describe('the next heights', () => {
  it('keeps votes of the next two heights and counts them when their height starts', () => {
    const node = new OneNode(0);
    const next = new OneNode(0, { height: 5 });
    const value = next.value('next', 1);
    node.start();
    const early = [next.commit(1, value), next.commit(2, value), next.commit(3, value)];
    expect(node.receive(...early, next.proposal(value, 0, { from: node.id(1) }))).toEqual([]);
    expect(node.all('Commit', node.start([], { height: 5 }))).toMatchObject([{ height: 5 }]);
  });

  it('replays a first proposal that came early', () => {
    const node = new OneNode(0);
    const next = new OneNode(0, { height: 5 });
    const value = next.value('next', 1);
    node.start();
    node.receive(next.proposal(value, 0, { from: node.id(1) }));
    const effects = node.start([], { height: 5 });
    expect(node.said('prepare', effects)).toMatchObject([{ height: 5, digest: value.digest }]);
  });

  it('keeps one message per sender, kind and height, and none that is further away or carries values of later rounds', () => {
    const node = new OneNode(1);
    node.start();
    const at = (height: number) => new OneNode(1, { height });
    const value = node.value();
    expect(node.codes(node.receive(at(7).prepare(0, value)))).toEqual(['ignore CONSENSUS_FUTURE_HEIGHT']);
    expect(node.codes(node.receive(at(6).prepare(0, value), at(6).prepare(0, value)))).toEqual([
      'ignore CONSENSUS_DUPLICATE',
    ]);
    const bulky = at(5).roundChange(0, 3, { value: at(5).value(), round: 2 });
    expect(node.codes(node.receive(bulky))).toEqual(['ignore CONSENSUS_FUTURE_HEIGHT']);
    for (let round = 0; round < 1_000; round++)
      node.receive(at(5).prepare(2, value, round), at(6).commit(2, value, round));
    expect(node.state.future.size).toBe(3);
  });

  it('does not let one peer fill a place in the name of another', () => {
    const node = new OneNode(1);
    const next = new OneNode(1, { height: 5 });
    node.start();
    const forged = { ...next.prepare(2, next.value()), signature: new Uint8Array(64) };
    expect(node.codes(node.receive(forged))).toEqual(['ignore CONSENSUS_FUTURE_HEIGHT']);
    expect(node.codes(node.receive(next.prepare(2, next.value())))).toEqual([]);
  });

  it('does not count an early vote of a validator that is none at that height', () => {
    const node = new OneNode(1);
    const next = new OneNode(1, { height: 5 });
    node.start();
    node.receive(next.prepare(3, next.value()));
    const without = node.keyring.validators.slice(0, 3);
    const effects = node.start([], { height: 5, validators: without, turnOrder: without.map(({ id }) => id) });
    expect(node.codes(effects)).toEqual(['reject CONSENSUS_NOT_A_VALIDATOR']);
  });

  it('ignores a height that has started already, and messages of past ones', () => {
    const node = new OneNode(1);
    node.start();
    expect(node.start([], { height: 3 })).toEqual([]);
    const past = new OneNode(1, { height: 3 });
    expect(node.codes(node.receive(past.prepare(2, past.value())))).toEqual(['ignore CONSENSUS_PAST_HEIGHT']);
  });

  it('moves on when catching up ends a height in the middle of a round change', () => {
    const node = new OneNode(1);
    const value = node.value();
    node.start();
    node.receive(node.proposal(value), ...node.prepares(value));
    node.expire(0);
    expect(node.start([], { height: 5 })).toEqual([]);
    node.feed({ type: 'WorkArrived' });
    expect(node.all('BuildValue')).toMatchObject([{ height: 5, round: 0 }]);
  });
});

describe('connections', () => {
  it('gives a validator that connects what it needs to join the round, votes of others included', () => {
    const node = new OneNode(1);
    const value = node.value();
    node.start();
    node.receive(node.proposal(value), node.prepare(2, value), node.prepare(3, value), node.commit(2, value));
    const effects = node.feed({ type: 'PeerConnected', peer: node.id(3) });
    const sent = node.all('Send', effects);
    expect(sent.every(({ to }) => to === node.id(3))).toBe(true);
    const names = sent.map(({ message }) => `${message.kind} ${message.from.slice(8, 13)}`).sort();
    expect(names).toEqual(['commit org01', 'commit org02', 'prepare org01', 'prepare org02', 'proposal org00']);
    const peer = new OneNode(3);
    peer.start();
    peer.receive(...sent.map(({ message }) => message));
    expect(peer.all('Commit')).toHaveLength(1);
  });

  it('repeats its own latest messages while it waits, ever more slowly up to two seconds', () => {
    const node = new OneNode(1);
    node.start();
    node.receive(node.proposal(node.value()));
    const timer = { kind: 'resend', height: 4, round: 0 } as const;
    const waits = [1, 2, 3, 4].map(() => {
      const effects = node.feed({ type: 'TimerFired', timer });
      expect(node.said('prepare', effects)).toHaveLength(1);
      expect(node.records(effects)).toHaveLength(0);
      return node.all('StartTimer', effects)[0]?.afterMs;
    });
    expect(waits).toEqual([1_000, 2_000, 2_000, 2_000]);
  });
});

it.each([1, 2, 3, 4, 5, 6, 7, 10, 13, 20])('%i validators finalise with a quorum and not with one less', (n) => {
  const node = new OneNode(undefined, { n, height: n });
  const value = node.value();
  node.start();
  node.receive(node.proposal(value));
  for (let by = 0; by < quorumOf(n) - 1; by++) node.receive(node.commit(by, value));
  expect(node.all('Commit')).toHaveLength(0);
  node.receive(node.commit(n - 1, value));
  expect(node.all('Commit')).toHaveLength(1);
});
