import { describe, expect, it } from '@jest/globals';
import { success, type Result } from '#codec';
import { decodeMessage, encodeMessage, signedPart, type Value } from '#consensus';
import type { Did } from '#identity';
import { decodePeerMessage, encodePeerMessage, type PeerMessage, type Transport } from '#node';
import { stubSigner } from '../src/stub-crypto.js';
import { SmallNetwork } from './small-network.js';

/** A transport whose outgoing messages are changed; undefined drops one. */
function changing(transport: Transport, change: (message: PeerMessage, to: Did) => PeerMessage | undefined): Transport {
  return {
    ...transport,
    send: (to, lane, bytes) => {
      const message = decodePeerMessage(bytes);
      const changed = message.ok ? change(message.value, to) : undefined;
      return changed === undefined || transport.send(to, lane, encodePeerMessage(changed));
    },
  };
}

function unread(bytes: Uint8Array): Result<Value> {
  return success({ digest: '0'.repeat(64), proposer: '' as Did, bytes });
}

describe('a network of four', () => {
  it('goes on while one is down, and that one catches up', () => {
    const net = new SmallNetwork({ validators: 4 });
    net.peer(3).crash();
    const id = net.submit(0, net.entry({ issuer: 0, name: 'one-down' }));
    net.run(5_000);
    expect(net.node(0).status(id).status).toBe('final');
    net.peer(3).restart();
    net.run(2_000);
    expect(net.node(3).status(id).status).toBe('final');
  });

  it('makes nothing final while two are down, and goes on when one is back', () => {
    const net = new SmallNetwork({ validators: 4 });
    net.peer(2).crash();
    net.peer(3).crash();
    const id = net.submit(0, net.entry({ issuer: 0, name: 'two-down' }));
    net.run(60_000);
    expect(net.node(0).status(id).status).toBe('pending');
    expect(net.height(0)).toBe(0);
    net.peer(2).restart();
    net.run(15_000);
    expect(net.node(0).status(id).status).toBe('final');
    expect(net.node(2).status(id).status).toBe('final');
  });

  it('makes an entry final whichever node it was submitted to, also a member without a vote', () => {
    const net = new SmallNetwork({ validators: 4, members: 1 });
    const ids = net.peers.map((_peer, k) => net.submit(k, net.entry({ issuer: k, name: `through-${k}` })));
    net.run(3_000);
    for (const k of net.peers.keys()) for (const id of ids) expect(net.node(k).status(id).status).toBe('final');
  });

  it('records one of two contradicting entries and tells the submitter of the other why it was rejected', () => {
    const net = new SmallNetwork({ validators: 4 });
    const told = new Map<number, string>();
    const ids = [0, 1].map((k) => {
      const id = net.submit(k, net.entry({ issuer: 0, name: 'contested', bizStep: k === 0 ? 'shipping' : 'receiving' }));
      net.node(k).onOutcome(id, (status) => told.set(k, status.status === 'rejected' ? status.code : status.status));
      return id;
    });
    net.run(3_000);
    const outcomes = [...told.values()].sort();
    expect(outcomes).toHaveLength(2);
    expect(outcomes).toContain('final');
    expect(outcomes.find((outcome) => outcome !== 'final')).toBe('EPCIS_EVENT_EXISTS');
    const finals = ids.filter((id) => net.node(2).status(id).status === 'final');
    expect(finals).toHaveLength(1);
  });

  it('records an entry once that was submitted to two nodes, and tells both submitters', () => {
    const net = new SmallNetwork({ validators: 4 });
    const entry = net.entry({ issuer: 0, name: 'twice' });
    const told: string[] = [];
    for (const k of [0, 2]) net.node(k).onOutcome(net.submit(k, entry), ({ status }) => told.push(status));
    net.run(3_000);
    expect(told).toEqual(['final', 'final']);
    expect(net.node(1).head().header.logSize).toBe(1);
  });

  it('tells the submitter of an entry that expired in the pool, and every pool is empty then', () => {
    let isHeld = true;
    const net = new SmallNetwork({
      validators: 4,
      // Node 3 is heard, except for its entries.
      between: (did, transport) =>
        did.includes('org3') ? changing(transport, (message) => (isHeld && message.type === 'entries' ? undefined : message)) : transport,
    });
    net.makeBlocks(3, 0);
    const told: string[] = [];
    // Not proposed in time: node 3's turn has just been.
    const entry = net.entry({ issuer: 3, name: 'short-lived', notAfter: net.height(3) + 1 });
    for (;;) {
      const turn = (net.height(3) + 1) % 4;
      if (turn === 0) break;
      net.makeBlocks(1, 0);
    }
    const late = net.node(3).submit(net.entry({ issuer: 3, name: 'late', notAfter: net.height(3) + 1 }));
    expect(late.ok).toBe(true);
    if (late.ok) net.node(3).onOutcome(late.value, (status) => told.push(status.status === 'rejected' ? status.code : status.status));
    net.makeBlocks(2, 0);
    isHeld = false;
    net.run(3_000);
    expect(told).toEqual(['ENTRY_EXPIRED']);
    expect(net.node(3).submit(entry).ok).toBe(false);
    for (const k of net.peers.keys()) expect(net.node(k).pool().entries).toBe(0);
  });
});

describe('a member without a vote', () => {
  it('tells an entry again that was lost on the way, although blocks come all the time', () => {
    let drops = 4;
    const net = new SmallNetwork({
      validators: 4,
      members: 1,
      between: (did, transport) =>
        did.includes('org4') ? changing(transport, (message) => (message.type === 'entries' && drops-- > 0 ? undefined : message)) : transport,
    });
    const id = net.submit(4, net.entry({ issuer: 4, name: 'lost-on-the-way' }));
    for (let k = 0; k < 15; k++) {
      net.makeBlocks(1, 0);
      net.run(600);
    }
    expect(net.node(4).status(id).status).toBe('final');
  });
});

describe('a node that is far behind', () => {
  function farBehind(blocks: number, between?: (did: Did, transport: Transport) => Transport): SmallNetwork {
    const net = new SmallNetwork(between === undefined ? { validators: 4 } : { validators: 4, between });
    net.peer(3).crash();
    // One block is made slowly while node 3 is missed at its turn; after that it has no turns.
    net.makeBlocks(blocks + 40, 0);
    expect(net.height(0)).toBeGreaterThan(blocks);
    return net;
  }

  it('catches up through several bounded ranges', () => {
    const asked: number[] = [];
    const net = farBehind(260, (did, transport) =>
      did.includes('org3')
        ? changing(transport, (message) => {
            if (message.type === 'get-blocks') asked.push(message.countMax);
            return message;
          })
        : transport,
    );
    net.peer(3).restart();
    net.run(3_000);
    expect(net.height(3)).toBe(net.height(0));
    expect(asked.length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...asked)).toBeLessThanOrEqual(128);
  });

  it('is not held up by a peer that claims an absurd height and never answers', () => {
    const net = farBehind(60, (did, transport) =>
      changing(transport, (message) => {
        if (message.type === 'blocks') return did.includes('org1') ? undefined : { ...message, blocks: message.blocks.slice(0, 5) };
        return message.type === 'status' && did.includes('org1') ? { ...message, height: 2 ** 50 } : message;
      }),
    );
    net.peer(3).restart();
    // One wait for the liar's answer, not one for each range.
    net.run(7_000);
    expect(net.height(3)).toBe(net.height(0));
  });

  it('refuses blocks with a wrong certificate, avoids who sent them, and gets them elsewhere', () => {
    const net = farBehind(20, (did, transport) =>
      did.includes('org3')
        ? transport
        : did.includes('org1')
          ? changing(transport, (message) => {
              if (message.type !== 'blocks') return message;
              const [first] = message.blocks;
              return { ...message, blocks: message.blocks.map(({ block }) => ({ block, certificate: first?.certificate ?? new Uint8Array() })).slice(1) };
            })
          : transport,
    );
    net.peer(3).restart();
    net.run(3_000);
    expect(net.height(3)).toBe(net.height(0));
  });

  it('takes an answer that comes after the wait for it: a slow link is no reason to stay behind', () => {
    const late: (() => void)[] = [];
    const net = farBehind(20, (_did, transport) => ({
      ...transport,
      send: (to, lane, bytes) => {
        const message = decodePeerMessage(bytes);
        if (!message.ok || message.value.type !== 'blocks') return transport.send(to, lane, bytes);
        late.push(() => transport.send(to, lane, bytes));
        return true;
      },
    }));
    net.peer(3).restart();
    net.run(5_100);
    // Node 3 has given up waiting for the first answer.
    late.shift()?.();
    net.run(1_000);
    expect(net.height(3)).toBe(net.height(0));
  });

  it('asks again soon when its request could not be sent', () => {
    let refusals = 3;
    const net = farBehind(20, (did, transport) => ({
      ...transport,
      send: (to, lane, bytes) => {
        const isRequest = did.includes('org3') && lane === 'bulk' && decodePeerMessage(bytes).ok;
        return isRequest && refusals-- > 0 ? false : transport.send(to, lane, bytes);
      },
    }));
    net.peer(3).restart();
    net.run(2_500);
    expect(net.height(3)).toBe(net.height(0));
  });

  it('appends nothing any more once it was told to stop', () => {
    const asked: (() => void)[] = [];
    const net = farBehind(20, (did, transport) =>
      changing(transport, (message) => {
        if (did.includes('org3') && message.type === 'get-blocks') asked.forEach((act) => act());
        return message;
      }),
    );
    net.peer(3).restart();
    asked.push(() => void net.node(3).stop());
    net.run(3_000);
    expect(net.height(3)).toBe(0);
  });
});

describe('a validator that lost its vote journal', () => {
  /** Heights of the votes that org3 sends. */
  function watched(): { readonly net: SmallNetwork; readonly voted: number[] } {
    const voted: number[] = [];
    const net = new SmallNetwork({
      validators: 4,
      between: (did, transport) =>
        did.includes('org3')
          ? changing(transport, (message) => {
              const vote = message.type === 'consensus' ? decodeMessage(message.bytes, unread) : undefined;
              if (vote?.ok === true && vote.value.from === did) voted.push(vote.value.height);
              return message;
            })
          : transport,
    });
    return { net, voted };
  }

  it('catches up and only follows, until the chain is where it cannot have voted before', () => {
    const { net, voted } = watched();
    net.makeBlocks(5, 0);
    expect(voted.length).toBeGreaterThan(0);
    net.peer(3).crash();
    const height = net.height(0);
    voted.length = 0;
    net.peer(3).restart(net.newDisk(net.peer(3).did));
    net.run(1_000);
    expect(net.height(3)).toBe(height);
    for (let k = 0; k < 12; k++) {
      net.makeBlocks(1, 0);
      net.run(3_000);
    }
    expect(Math.min(...voted)).toBe(height + 3);
    expect(net.height(3)).toBe(net.height(0));
  });
});

describe('a hostile peer', () => {
  it('gets a bounded number of answers to a flood of requests', () => {
    const net = new SmallNetwork({ validators: 4 });
    net.makeBlocks(5, 0);
    const stranger = 'did:web:stranger.example' as Did;
    const link = net.network.connect(stranger);
    let answers = 0;
    link.onMessage((_from, _lane, bytes) => {
      const message = decodePeerMessage(bytes);
      if (message.ok && message.value.type === 'blocks') answers++;
    });
    for (let k = 0; k < 500; k++) link.send(net.peer(0).did, 'bulk', encodePeerMessage({ type: 'get-blocks', from: 1, countMax: 128 }));
    net.run(900);
    expect(answers).toBeGreaterThan(0);
    expect(answers).toBeLessThanOrEqual(64);
  });

  it('is disconnected for a forged entry, which nobody passes on', () => {
    const faults: string[] = [];
    const net = new SmallNetwork({
      validators: 4,
      between: (did, transport) => ({ ...transport, disconnect: (peer, reason) => void faults.push(`${did} ${peer} ${reason}`) }),
    });
    const link = net.network.connect('did:web:stranger.example' as Did);
    const { statement, content } = net.entry({ issuer: 0, name: 'forged' });
    const forged = statement.slice();
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
    link.send(net.peer(0).did, 'bulk', encodePeerMessage({ type: 'entries', entries: [{ statement: forged, content }] }));
    net.run(1_000);
    expect(faults).toEqual(['did:web:org0.example did:web:stranger.example ENTRY_BAD_SIGNATURE']);
    for (const k of net.peers.keys()) expect(net.node(k).pool().entries).toBe(0);
  });

  it('that prepares and commits something else towards half of the others, and hides from one, stops nobody', () => {
    const net = new SmallNetwork({
      validators: 4,
      between: (did, transport) =>
        did.includes('org1')
          ? changing(transport, (message, to) => {
              const vote = message.type === 'consensus' ? decodeMessage(message.bytes, unread) : undefined;
              if (vote?.ok !== true || vote.value.from !== did) return message;
              if (to.includes('org3')) return undefined;
              if (to.includes('org0') || (vote.value.kind !== 'prepare' && vote.value.kind !== 'commit')) return message;
              const lie = { ...vote.value, digest: 'ab'.repeat(32) };
              const signature = stubSigner(`node of ${did}`).sign(signedPart(lie, net.genesis.networkId));
              return { type: 'consensus', bytes: encodeMessage({ ...lie, signature }) };
            })
          : transport,
    });
    const ids = Array.from({ length: 8 }, (_unused, k) => {
      const id = net.submit(0, net.entry({ issuer: 0, name: `beside-a-liar-${k}` }));
      net.run(2_500);
      return id;
    });
    net.run(20_000);
    for (const k of [0, 2, 3]) for (const id of ids) expect(net.node(k).status(id).status).toBe('final');
    const height = Math.min(...[0, 2, 3].map((k) => net.height(k)));
    const heads = [0, 2, 3].map((k) => net.node(k).committed(height)?.block.hash ?? `none at ${k}`);
    expect(new Set(heads).size).toBe(1);
  });
});
