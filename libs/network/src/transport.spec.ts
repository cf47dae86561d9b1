import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Buffer } from 'node:buffer';
import type { Did } from '#identity';
import { eventually, identityOf, isLinked, TestNetwork, trustedKeys, type TestPeer } from '../testing/network-fixture.js';

const [maker, carrier, wholesaler, retailer] = ['maker', 'carrier', 'wholesaler', 'retailer'].map(identityOf) as [
  ReturnType<typeof identityOf>,
  ReturnType<typeof identityOf>,
  ReturnType<typeof identityOf>,
  ReturnType<typeof identityOf>,
];
const ALL = [maker, carrier, wholesaler, retailer];

let network: TestNetwork;
beforeEach(() => {
  network = new TestNetwork();
});
afterEach(() => network.stopAll());

describe('transport', () => {
  it('connects four nodes with each other and delivers both lanes in order', async () => {
    const peers = await Promise.all(ALL.map((identity) => network.start(identity, ALL)));
    await allLinked(peers);
    for (const peer of peers) expect(peer.transport.peers()).toEqual(didsExcept(peer.identity.did));

    for (let i = 0; i < 200; i++) {
      for (const from of peers) {
        for (const to of peers) {
          if (from === to) continue;
          expect(from.transport.send(to.identity.did, 'vote', Buffer.from(`vote ${i}`))).toBe(true);
          expect(from.transport.send(to.identity.did, 'bulk', Buffer.from(`bulk ${i}`))).toBe(true);
        }
      }
    }
    await eventually('all messages', () => peers.every((peer) => peer.received.filter(({ message }) => message.length > 0).length === 3 * 400));
    for (const peer of peers) {
      for (const from of didsExcept(peer.identity.did)) {
        for (const lane of ['vote', 'bulk'] as const) {
          const texts = peer.received.filter((r) => r.from === from && r.lane === lane && r.message.length > 0).map((r) => r.message.toString());
          expect(texts).toEqual(Array.from({ length: 200 }, (_, i) => `${lane} ${i}`));
        }
      }
    }
  });

  it('keeps one link per lane when both sides dial', async () => {
    const a = await network.start(maker, ALL, { limits: { dialPatienceMs: 0 } });
    const b = await network.start(carrier, ALL, { limits: { dialPatienceMs: 0 } });
    await allLinked([a, b]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await allLinked([a, b]);
    const live = (peer: TestPeer): number => count(peer, 'peer_connected') - count(peer, 'peer_disconnected');
    expect([live(a), live(b)]).toEqual([2, 2]);
  });

  it('lets the greater DID dial when it alone knows the address', async () => {
    const nobody = new Map();
    const a = await network.start(carrier, ALL, { peers: () => nobody });
    const b = await network.start(maker, ALL);
    await allLinked([a, b]);
  });

  it('reconnects to a node that was stopped and started again', async () => {
    const peers = await Promise.all(ALL.map((identity) => network.start(identity, ALL)));
    await allLinked(peers);
    const [first, , , last] = peers as [TestPeer, TestPeer, TestPeer, TestPeer];
    const changes: (Did | undefined)[] = [];
    first.transport.onPeers((connected) => changes.push(connected));
    await network.stop(last);
    await eventually('loss noticed', () => first.transport.peers().length === 2);
    expect(first.transport.send(retailer.did, 'vote', Buffer.from('x'))).toBe(false);
    const again = await network.start(retailer, ALL);
    await allLinked([first, again]);
    expect(changes).toEqual([undefined, retailer.did]);
  });

  it('drops a node whose key is no longer trusted, and takes it back with its new key', async () => {
    const a = await network.start(maker, ALL);
    const b = await network.start(carrier, ALL);
    await allLinked([a, b]);
    const rotated = { ...carrier, seed: identityOf('rotated').seed, publicKey: identityOf('rotated').publicKey };
    a.transport.trust(trustedKeys([maker, rotated]));
    await eventually('link dropped', () => a.transport.peers().length === 0 && b.transport.peers().length === 0);
    await eventually('old key refused', () => a.events.some(({ detail }) => detail['code'] === 'PEER_KEY_UNKNOWN' || detail['reason'] === 'PEER_KEY_UNKNOWN'));
    await network.stop(b);
    const renewed = await network.start(rotated, ALL);
    await allLinked([a, renewed]);
  });

  it('takes a node with either key while its rotation overlaps, and goes over to the new one without a restart', async () => {
    const a = await network.start(maker, ALL);
    const b = await network.start(carrier, ALL);
    await allLinked([a, b]);
    const next = identityOf('rotated');
    const both = new Map([[carrier.did, { keys: [carrier.publicKey, next.publicKey] }]]);
    a.transport.trust(both);
    await b.transport.useKey(next.seed);
    await allLinked([a, b]);
    expect(count(a, 'peer_disconnected')).toBe(0);
    // The end of the overlap: the link of the old key ends, the next one has the new key.
    a.transport.trust(new Map([[carrier.did, { keys: [next.publicKey] }]]));
    expect(a.transport.peers()).toEqual([]);
    await allLinked([a, b]);
    expect(a.events.filter(({ event, detail }) => event === 'peer_refused' && detail['code'] === 'PEER_KEY_UNKNOWN')).toEqual([]);
  });

  it('dials the address that the ledger names, unless the operator names another', async () => {
    const b = await network.start(carrier, ALL, { peers: () => new Map() });
    const onLedger = new Map([[carrier.did, { keys: [carrier.publicKey], address: { host: '127.0.0.1', port: b.port } }]]);
    const a = await network.start(maker, ALL, { peers: () => new Map(), trusted: onLedger });
    await allLinked([a, b]);
  });

  it('stays away from a peer at fault for the pause, then connects again', async () => {
    const limits = { pauseMs: 600 };
    const a = await network.start(maker, ALL, { limits });
    const b = await network.start(carrier, ALL, { limits });
    await allLinked([a, b]);
    a.transport.disconnect(carrier.did, 'sent nonsense');
    const since = Date.now();
    await eventually('disconnected', () => b.transport.peers().length === 0);
    expect(b.events.some(({ detail }) => detail['reason'] === 'sent nonsense')).toBe(true);
    await allLinked([a, b]);
    expect(Date.now() - since).toBeGreaterThanOrEqual(590);
  });

  it('ends a link over which a message beyond the bound arrives', async () => {
    const small = { messageBytesMax: { vote: 1_000, bulk: 1_000 } };
    const a = await network.start(maker, ALL);
    const b = await network.start(carrier, ALL, { limits: small });
    await allLinked([a, b]);
    expect(a.transport.send(carrier.did, 'bulk', new Uint8Array(5_000))).toBe(true);
    await eventually('closed', () => b.events.some(({ event, detail }) => event === 'peer_disconnected' && detail['lane'] === 'bulk'));
    expect(b.received.every(({ message }) => message.length === 0)).toBe(true);
    await allLinked([a, b]);
  });

  it('does not send a message beyond its own bound', async () => {
    const a = await network.start(maker, ALL, { limits: { messageBytesMax: { vote: 1_000, bulk: 2_000 } } });
    const b = await network.start(carrier, ALL);
    await allLinked([a, b]);
    expect(a.transport.send(carrier.did, 'vote', new Uint8Array(1_001))).toBe(false);
    expect(a.transport.send(carrier.did, 'bulk', new Uint8Array(1_001))).toBe(true);
  });

  it('refuses to queue beyond the bound, per lane', async () => {
    const a = await network.start(maker, ALL);
    const b = await network.start(carrier, ALL);
    await allLinked([a, b]);
    const block = new Uint8Array(8 * 2 ** 20);
    let taken = 0;
    while (taken < 20 && a.transport.send(carrier.did, 'bulk', block)) taken++;
    // 32 MiB may wait, frame heads included; what the kernel took at once does not count.
    expect(taken).toBeGreaterThanOrEqual(3);
    expect(taken).toBeLessThan(20);
    expect(a.transport.send(carrier.did, 'vote', Buffer.from('votes never wait for blocks'))).toBe(true);
    await eventually('queue drained', () => b.received.filter(({ message }) => message.length === block.length).length === taken);
    expect(a.transport.send(carrier.did, 'bulk', block)).toBe(true);
  });

  it('returns false for a peer that is not there', async () => {
    const a = await network.start(maker, ALL);
    expect(a.transport.send(carrier.did, 'vote', new Uint8Array(1))).toBe(false);
    expect(a.transport.peers()).toEqual([]);
  });

  it('says which port is taken', async () => {
    const a = await network.start(maker, ALL);
    network.addresses.set(carrier.did, { host: '127.0.0.1', port: a.port });
    await expect(network.start(carrier, ALL)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

async function allLinked(peers: readonly TestPeer[]): Promise<void> {
  await eventually('all linked', () => peers.every((a) => peers.every((b) => a === b || isLinked(a, b))));
}

function didsExcept(self: Did): Did[] {
  return ALL.map(({ did }) => did)
    .filter((did) => did !== self)
    .sort();
}

function count(peer: TestPeer, event: string): number {
  return peer.events.filter((observed) => observed.event === event).length;
}
