import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Buffer } from 'node:buffer';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectTcp, createServer as createTcpServer } from 'node:net';
import { connect, createServer, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import type { Did, NetworkId } from '#identity';
import { selfSignedCertificate, type NodeCertificate } from './node-certificate.js';
import { eventually, identityOf, NETWORK, TestNetwork, type Identity, type TestPeer } from '../testing/network-fixture.js';

const maker = identityOf('maker');
const carrier = identityOf('carrier');
const stranger = identityOf('stranger');
const TRUSTED = [maker, carrier];

let network: TestNetwork;
let node: TestPeer;
beforeEach(async () => {
  network = new TestNetwork();
  node = await network.start(maker, TRUSTED, { limits: { handshakeMs: 300, handshakesMax: 4 } });
});
afterEach(() => network.stopAll());

describe('who dials in', () => {
  it('is refused in the handshake with a key that is not on the ledger', async () => {
    const socket = await dialAs(await certificateOf(stranger));
    expect(await bytesUntilClosed(socket)).toBe(0);
    expectRefusal('PEER_KEY_UNKNOWN');
  });

  it('is refused when a trusted key comes with another organisation’s DID', async () => {
    const socket = await dialAs(await selfSignedCertificate(carrier.seed, maker.did));
    expect(await bytesUntilClosed(socket)).toBe(0);
    expectRefusal('PEER_DID_MISMATCH');
  });

  it('is refused without a certificate', async () => {
    const socket = await dialAs({});
    expect(await bytesUntilClosed(socket)).toBe(0);
    expectRefusal('PEER_NO_CERTIFICATE');
  });

  it('is refused with a trusted key’s certificate but without that key', async () => {
    const { cert } = await certificateOf(carrier);
    const { privateKey } = generateKeyPairSync('ed25519');
    await expect(dialAs({ cert, key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString() })).rejects.toThrow(/key values mismatch/);
  });

  it('is refused with TLS 1.2', async () => {
    await expect(dialAs({ ...(await certificateOf(carrier)), minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' })).rejects.toThrow(/alert protocol version/);
    expectRefusal('PEER_TLS_FAILED');
  });

  it('is refused with another application protocol, or none', async () => {
    const certificate = await certificateOf(carrier);
    await expect(dialAs({ ...certificate, ALPNProtocols: ['h2'] })).rejects.toThrow(/no application protocol/);
    const socket = await dialAs({ ...certificate, ALPNProtocols: [] });
    expect(await bytesUntilClosed(socket)).toBe(0);
    expectRefusal('PEER_WRONG_PROTOCOL');
  });

  it('is dropped when it does not speak TLS', async () => {
    const socket = connectTcp({ host: '127.0.0.1', port: node.port });
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    socket.resume();
    await once(socket, 'close');
    expectRefusal('PEER_TLS_FAILED');
  });

  it('is dropped when it says nothing, before TLS or after', async () => {
    const since = Date.now();
    const silent = connectTcp({ host: '127.0.0.1', port: node.port });
    const silentAfterTls = await dialAs(await certificateOf(carrier));
    silent.on('error', () => undefined).resume();
    await Promise.all([once(silent, 'close'), bytesUntilClosed(silentAfterTls)]);
    expect(Date.now() - since).toBeLessThan(2_000);
  });

  it('is dropped at once when too many are in the handshake, and none of them holds up the others for long', async () => {
    const silent = Array.from({ length: 6 }, () => connectTcp({ host: '127.0.0.1', port: node.port }).on('error', () => undefined).resume());
    await Promise.race([once(silent[4]!, 'close'), once(silent[5]!, 'close')]);
    expect(silent.slice(0, 4).every((socket) => !socket.closed)).toBe(true);
    await Promise.all(silent.filter((socket) => !socket.closed).map((socket) => once(socket, 'close')));
    const peer = await network.start(carrier, TRUSTED);
    await eventually('connected', () => peer.transport.peers().length === 1);
  });

  it.each([
    ['another network', `/lading/1/vote/${'22'.repeat(32)}`, 'LINK_OTHER_NETWORK'],
    ['another version', `/lading/2/vote/${NETWORK}`, 'LINK_OTHER_VERSION'],
    ['an unknown lane', `/lading/1/gossip/${NETWORK}`, 'LINK_MALFORMED'],
  ])('is told why when it asks for %s', async (_name, path, refusal) => {
    const socket = await dialAs(await certificateOf(carrier));
    const webSocket = new WebSocket(`ws://peer${path}`, { createConnection: () => socket });
    webSocket.on('error', () => undefined);
    const [, response] = (await once(webSocket, 'unexpected-response')) as [unknown, { statusCode: number; headers: Record<string, string> }];
    expect(response.statusCode).toBe(403);
    expect(response.headers['lading-refusal']).toBe(refusal);
    socket.destroy();
  });

  it('loses the link when it sends text', async () => {
    const socket = await dialAs(await certificateOf(carrier));
    const webSocket = new WebSocket(`ws://peer/lading/1/vote/${NETWORK}`, { createConnection: () => socket });
    await once(webSocket, 'open');
    webSocket.send('{}');
    const [code] = (await once(webSocket, 'close')) as [number];
    expect(code).toBe(1003);
    expect(node.received).toEqual([]);
  });
});

describe('who is dialled', () => {
  it('is refused with a key that is not on the ledger, before a request is sent', async () => {
    const received = await dialledServer(await certificateOf(stranger), {});
    await eventually('refused', () => node.events.some(({ event, detail }) => event === 'peer_dial_failed' && detail['reason'] === 'PEER_KEY_UNKNOWN'));
    expect(received()).toBe(0);
  });

  it('is refused when another trusted organisation answers at its address', async () => {
    const received = await dialledServer(await selfSignedCertificate(maker.seed, maker.did), {});
    await eventually('refused', () => node.events.some(({ detail }) => detail['reason'] === 'PEER_DID_MISMATCH'));
    expect(received()).toBe(0);
  });

  it('is refused with TLS 1.2', async () => {
    await dialledServer(await certificateOf(carrier), { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' });
    await eventually('refused', () => node.events.some(({ detail }) => /protocol version/.test(String(detail['reason']))));
  });

  it('is given up when it accepts the connection and says nothing', async () => {
    const server = createTcpServer((socket) => socket.on('error', () => undefined).resume());
    await listenAsCarrier(server);
    await eventually('timed out', () => node.events.some(({ detail }) => detail['reason'] === 'handshake timed out'));
    await network.stopAll();
    server.close();
  });

  it('says that it belongs to another network', async () => {
    await network.start(carrier, TRUSTED, { networkId: '33'.repeat(32) as NetworkId });
    await eventually('refused', () => node.events.some(({ detail }) => detail['reason'] === 'refused: LINK_OTHER_NETWORK' || detail['code'] === 'LINK_OTHER_NETWORK'));
    expect(node.transport.peers()).toEqual([]);
  });
});

function certificateOf(identity: Identity): Promise<NodeCertificate> {
  return selfSignedCertificate(identity.seed, identity.did);
}

/** A TLS client that does not care who answers. */
async function dialAs(options: ConnectionOptions): Promise<TLSSocket> {
  const socket = connect({ host: '127.0.0.1', port: node.port, ALPNProtocols: ['lading/1'], rejectUnauthorized: false, ...options });
  await once(socket, 'secureConnect');
  socket.on('error', () => undefined);
  return socket;
}

async function bytesUntilClosed(socket: TLSSocket): Promise<number> {
  let bytes = 0;
  socket.on('data', (chunk: Buffer) => (bytes += chunk.length));
  if (!socket.closed) await once(socket, 'close');
  return bytes;
}

/** A server in the place of the carrier. @returns how many bytes of application data it got */
async function dialledServer(certificate: NodeCertificate, options: { minVersion?: 'TLSv1.2'; maxVersion?: 'TLSv1.2' }): Promise<() => number> {
  let bytes = 0;
  const server = createServer({ ...certificate, ...options, requestCert: true, rejectUnauthorized: false, ALPNProtocols: ['lading/1'] }, (socket) => {
    socket.on('error', () => undefined).on('data', (chunk: Buffer) => (bytes += chunk.length));
  });
  server.on('tlsClientError', () => undefined);
  await listenAsCarrier(server);
  stopLater.push(() => server.close());
  return () => bytes;
}

const stopLater: (() => void)[] = [];
afterEach(() => {
  for (const stop of stopLater.splice(0)) stop();
});

async function listenAsCarrier(server: ReturnType<typeof createTcpServer>): Promise<void> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  network.addresses.set(carrier.did as Did, { host: '127.0.0.1', port });
}

function expectRefusal(code: string): void {
  expect(node.events.filter(({ event }) => event === 'peer_refused').map(({ detail }) => detail['code'])).toContain(code);
  expect(node.transport.peers()).toEqual([]);
}
