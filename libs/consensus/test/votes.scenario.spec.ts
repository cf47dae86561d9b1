import { describe, expect, it } from '@jest/globals';
import { InvariantViolation } from '#codec';
import { decodeMessage, encodeMessage, signedPart, type ConsensusMessage, type VoteRecord } from '#consensus';
import { environmentOf, readTestValue } from './fixture.js';
import { bare, OneNode } from './one-node.js';

/** The same organisation after a crash: nothing left but the journal. */
function restarted(node: OneNode, journal: readonly VoteRecord[] = node.records()): OneNode {
  const again = new OneNode(node.self, node.options);
  again.start(journal);
  return again;
}

describe('after a restart', () => {
  it('repeats what it said, exactly, and starts the timer of its round', () => {
    const node = new OneNode(1);
    const value = node.value();
    node.start();
    node.receive(node.proposal(value), ...node.prepares(value));
    const again = restarted(node);
    expect(again.said('prepare')).toEqual(node.said('prepare'));
    expect(again.said('commit')).toEqual(node.said('commit'));
    expect(again.records()).toEqual([]);
    expect(again.all('StartTimer').map(({ timer }) => timer.kind)).toEqual(['resend', 'round']);
  });

  it('does not prepare another value in the round in which it prepared one', () => {
    const node = new OneNode(1);
    node.start();
    node.receive(node.proposal(node.value('a')));
    const again = restarted(node);
    const other = node.value('b');
    expect(again.codes(again.receive(again.proposal(other)))).toEqual(['ignore CONSENSUS_ALREADY_VOTED']);
    again.receive(...again.prepares(other));
    expect(again.records()).toEqual([]);
  });

  it('goes on with the value that it prepared when it sees the proposal again', () => {
    const node = new OneNode(1);
    const value = node.value();
    node.start();
    node.receive(node.proposal(value));
    const again = restarted(node);
    const effects = again.receive(again.proposal(value), again.prepare(0, value), again.prepare(2, value));
    expect(again.records(effects).map(({ kind }) => kind)).toEqual(['commit']);
  });

  it('never proposes a second value for the same round', () => {
    const node = new OneNode(0);
    node.start();
    node.feed({ type: 'WorkArrived' });
    node.feed({ type: 'ValueBuilt', height: 4, round: 0, value: node.value('a') });
    for (const journal of [node.records(), node.records().slice(0, 1)]) {
      const again = restarted(node, journal);
      again.feed({ type: 'WorkArrived' });
      again.feed({ type: 'ValueBuilt', height: 4, round: 0, value: node.value('b') });
      expect(again.all('BuildValue')).toEqual([]);
      expect(again.said('proposal').map(({ digest }) => digest)).toEqual([node.value('a').digest]);
      expect(again.said('prepare').map(({ digest }) => digest)).toEqual([node.value('a').digest]);
    }
  });

  it('keeps its lock: the amnesia of three nodes does not make a second value (reference, section 2)', () => {
    const value = new OneNode(1).value();
    const nodes = [1, 2, 3].map((self) => {
      const node = new OneNode(self);
      node.start();
      node.receive(node.proposal(value), ...node.prepares(value));
      expect(node.said('commit')).toHaveLength(1);
      return restarted(node);
    });
    const roundChanges = nodes.flatMap((node) => node.said('round-change', node.expire(0)));
    expect(roundChanges.map(({ prepared }) => prepared?.digest)).toEqual([value.digest, value.digest, value.digest]);
    const [leader] = nodes as [OneNode];
    leader.receive(...roundChanges.filter(({ from }) => from !== leader.env.self));
    expect(leader.all('BuildValue')).toEqual([]);
    expect(leader.said('proposal')).toMatchObject([{ round: 1, digest: value.digest }]);
  });

  it('comes back in the round in which it was and refuses to go back', () => {
    const node = new OneNode(2);
    node.start();
    node.receive(node.roundChange(0, 7), node.roundChange(1, 7));
    const again = restarted(node);
    expect(again.said('round-change')).toMatchObject([{ round: 7 }]);
    expect(again.codes(again.receive(again.proposal(again.value())))).toEqual(['ignore CONSENSUS_PAST_ROUND']);
  });

  it('finalises with its own recorded commit and those of others', () => {
    const node = new OneNode(1);
    const value = node.value();
    node.start();
    node.receive(node.proposal(value), ...node.prepares(value));
    const again = restarted(node);
    again.receive(again.commit(0, value), again.commit(2, value));
    expect(again.all('Commit')).toHaveLength(1);
  });

  it('finishes a height of its own alone when it is the only validator', () => {
    const node = new OneNode(0, { n: 1 });
    node.start();
    node.feed({ type: 'WorkArrived' });
    node.feed({ type: 'ValueBuilt', height: 4, round: 0, value: node.value() });
    for (let kept = 1; kept <= 3; kept++) {
      expect(restarted(node, node.records().slice(0, kept)).all('Commit')).toMatchObject([
        { value: { digest: node.value().digest } },
      ]);
    }
  });

  it('stops when the journal cannot be read: it no longer knows what it signed', () => {
    const node = new OneNode(1);
    const record: VoteRecord = {
      height: 4,
      round: 0,
      kind: 'prepare',
      digest: 'aa'.repeat(32),
      message: new Uint8Array(3),
    };
    expect(() => node.start([record])).toThrow(InvariantViolation);
  });
});

describe('contradicting votes', () => {
  it('are reported once with both messages, and only the first counts', () => {
    const node = new OneNode(1);
    const [a, b] = [node.value('a'), node.value('b')];
    node.start();
    node.receive(node.proposal(a));
    const effects = node.receive(node.proposal(b), node.proposal(node.value('c')));
    expect(node.all('ReportEquivocation', effects)).toMatchObject([
      { first: { digest: a.digest }, second: { digest: b.digest } },
    ]);
    expect(node.said('prepare').map(({ digest }) => digest)).toEqual([a.digest]);
  });

  it('are found among prepares, commits and round changes', () => {
    const node = new OneNode(1);
    const [a, b] = [node.value('a'), node.value('b')];
    node.start();
    node.receive(node.prepare(2, a), node.prepare(2, b), node.commit(2, a), node.commit(2, b));
    node.receive(node.roundChange(2, 4), node.roundChange(2, 4, { value: a, round: 0 }));
    expect(node.all('ReportEquivocation').map(({ first }) => first.kind)).toEqual([
      'prepare',
      'commit',
      'round-change',
    ]);
  });

  it('cannot be made up by somebody else', () => {
    const node = new OneNode(1);
    node.start();
    node.receive(node.prepare(2, node.value('a')));
    const forged = { ...node.prepare(2, node.value('b')), signature: new Uint8Array(64) };
    expect(node.codes(node.receive(forged))).toEqual(['reject CONSENSUS_BAD_SIGNATURE']);
    expect(node.all('ReportEquivocation')).toEqual([]);
  });

  it('of an echo voter and a proposer of two values do not make two values final', () => {
    // Validator 0 leads and lies: a to validator 1, b to validators 2 and 3, its votes for both to all.
    const [a, b] = [new OneNode(1).value('a'), new OneNode(1).value('b')];
    const nodes = [1, 2, 3].map((self) => new OneNode(self));
    for (const node of nodes) {
      node.start();
      node.receive(node.proposal(node.self === 1 ? a : b));
      for (const value of node.self === 1 ? [a, b] : [b, a])
        node.receive(node.prepare(0, value), node.commit(0, value));
    }
    for (let turn = 0; turn < 3; turn++) {
      for (const from of nodes) {
        const said = from.all('Broadcast').map(({ message }) => message);
        for (const to of nodes) if (to !== from) to.receive(...said);
      }
    }
    const final = nodes.flatMap((node) => node.all('Commit').map(({ value }) => value.digest));
    expect(new Set(final)).toEqual(new Set([b.digest]));
  });
});

describe('hostile messages', () => {
  it('with a wrong seal do not count, and neither does anything else of their sender', () => {
    const node = new OneNode(1);
    const value = node.value();
    node.start();
    node.receive(node.proposal(value), ...node.prepares(value));
    const wrong = node.commit(3, value, 0, { seal: new Uint8Array(64) });
    expect(node.codes(node.receive(node.commit(0, value), wrong))).toEqual(['reject CONSENSUS_BAD_SEAL']);
    expect(node.codes(node.receive(node.commit(3, value)))).toEqual(['ignore CONSENSUS_BAD_SEAL']);
    expect(node.all('Commit')).toEqual([]);
    node.receive(node.commit(2, value));
    expect(node.all('Commit')[0]?.seals.map(({ validator }) => validator)).toEqual([0, 1, 2].map((i) => node.id(i)));
  });

  it('from another network, height, round or kind are not accepted with the same signature', () => {
    const node = new OneNode(1);
    const value = node.value();
    node.start();
    const prepare = node.prepare(2, value);
    const foreign = {
      ...prepare,
      signature: node.keyring.sign(node.id(2), signedPart(prepare, 'bb'.repeat(32))),
    };
    const replays: ConsensusMessage[] = [
      foreign,
      { ...prepare, round: 1 },
      { ...prepare, from: node.id(3) },
      { ...new OneNode(1, { height: 3 }).prepare(2, value), height: 4 },
      { ...prepare, kind: 'commit', seal: new Uint8Array(64) },
      { ...node.commit(2, value), seal: new Uint8Array(64) },
      { ...node.prepare(0, value), kind: 'proposal', value, roundChanges: [], prepares: [] },
    ];
    expect(node.codes(node.receive(...replays))).toEqual(replays.map(() => 'reject CONSENSUS_BAD_SIGNATURE'));
  });

  it('of one validator do not count for another that registered the same key', () => {
    const node = new OneNode(1);
    const { validators } = node.keyring;
    const stolen = validators.map((validator, i) =>
      i === 3 ? { ...validator, publicKey: validators[2]!.publicKey } : validator,
    );
    node.start([], { validators: stolen });
    const copy = { ...node.prepare(2, node.value()), from: node.id(3) };
    expect(node.codes(node.receive(copy))).toEqual(['reject CONSENSUS_BAD_SIGNATURE']);
  });

  it('that name any number of rounds do not fill memory, and push out only votes of their sender (GHSA-23rh-rrqg-wq82)', () => {
    const node = new OneNode(1);
    const value = node.value();
    node.start();
    node.receive(node.commit(2, value));
    for (let round = 0; round < 5_000; round++) {
      node.receive(
        node.prepare(3, value, round * 1_000),
        node.commit(3, value, round * 1_000),
        node.roundChange(3, round * 1_000),
      );
    }
    const { current } = node.state;
    expect(current?.prepares.get(node.id(3))).toHaveLength(8);
    expect(current?.commits.get(node.id(3))).toHaveLength(8);
    expect(current?.roundChanges.size).toBe(1);
    node.receive(node.proposal(value), ...node.prepares(value, 0, [0, 2]), node.commit(0, value));
    expect(node.all('Commit')).toHaveLength(1);
  });

  it('cost no verification when they are late, doubled or not needed', () => {
    let verified = 0;
    const keyring = new OneNode(1).keyring;
    const { verify } = environmentOf(keyring, keyring.id(1));
    const node = new OneNode(1, { env: { verify: (...args) => (verified++, verify(...args)) } });
    const value = node.value();
    node.start();
    node.receive(node.proposal(value), node.prepare(0, value), node.prepare(2, value));
    const before = verified;
    node.receive(node.proposal(value), node.prepare(0, value), node.prepare(3, value));
    node.receive(new OneNode(1, { height: 3 }).prepare(2, value), node.roundChange(2, 0));
    expect(verified).toBe(before);
    // Outer signatures of two commits, and two seals with the quorum.
    node.receive(node.commit(0, value), node.commit(2, value), node.commit(3, value));
    expect(verified).toBe(before + 4);
  });

  it('mutated in any byte, signed or not, are never taken (kaia#985)', () => {
    const value = new OneNode(2).value('high', 1);
    const make = (node: OneNode): ConsensusMessage[] => {
      const lock = { value, round: 1 };
      const roundChanges = [node.roundChange(0, 5, lock), node.roundChange(1, 5), node.roundChange(3, 5)].map(bare);
      return [
        node.proposal(value, 5, { roundChanges, prepares: node.prepares(value, 1) }),
        node.roundChange(0, 5, lock),
        node.prepare(0, value),
        node.commit(0, value),
      ];
    };
    const maker = new OneNode(2);
    for (const message of make(maker)) {
      const bytes = encodeMessage(message);
      for (let i = 0; i < bytes.length; i++) {
        const mutated = bytes.slice();
        mutated[i] = (mutated[i] as number) ^ (1 << (i % 8));
        const decoded = decodeMessage(mutated, readTestValue);
        if (!decoded.ok) continue;
        const node = new OneNode(2);
        node.start();
        const effects = node.receive(decoded.value);
        expect({ i, kind: message.kind, dropped: node.codes(effects).length }).toEqual({
          i,
          kind: message.kind,
          dropped: 1,
        });
      }
    }
  });
});
