import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';
import fc from 'fast-check';
import { selfSignedCertificate } from './node-certificate.js';
import { eventually, identityOf, NETWORK, TestNetwork, type TestPeer } from '../testing/network-fixture.js';

const maker = identityOf('maker');
const carrier = identityOf('carrier');
const PING = 0x89;
const BINARY = 0x82;

let network: TestNetwork;
let node: TestPeer;
beforeEach(async () => {
  network = new TestNetwork();
  node = await network.start(maker, [maker, carrier], { limits: { pingMs: 60 } });
});
afterEach(() => network.stopAll());

describe('a link to a trusted peer that', () => {
  it('does not answer pings is given up after three', async () => {
    const socket = await openByHand('vote');
    const since = Date.now();
    socket.resume();
    await eventually('given up', () => lastReason() === 'no sign of life');
    expect(Date.now() - since).toBeGreaterThanOrEqual(3 * 60 - 20);
    expect(node.transport.peers()).toEqual([]);
  });

  it('stops reading is given up, and what waits for it stays bounded', async () => {
    const socket = await openByHand('bulk');
    socket.pause();
    const message = randomBytes(2 ** 20);
    let taken = 0;
    while (node.transport.send(carrier.did, 'bulk', message)) taken++;
    expect(taken).toBeLessThan(40);
    await eventually('given up', () => lastReason() === 'no sign of life');
    expect(node.transport.send(carrier.did, 'bulk', message)).toBe(false);
  });

  it('only pings stays', async () => {
    const socket = await openByHand('vote');
    socket.resume();
    const pings = setInterval(() => socket.write(frame(PING, Buffer.alloc(0))), 30);
    await new Promise((resolve) => setTimeout(resolve, 500));
    clearInterval(pings);
    expect(node.transport.peers()).toEqual([carrier.did]);
    socket.destroy();
  });

  it('announces a message beyond the bound is closed before the message is there', async () => {
    const socket = await openByHand('vote');
    const head = Buffer.alloc(14);
    head[0] = BINARY;
    head[1] = 0x80 | 127;
    head.writeBigUInt64BE(BigInt(12 * 2 ** 20 + 1), 2);
    socket.write(head);
    socket.resume();
    await eventually('closed', () => node.transport.peers().length === 0);
    expect(node.received).toEqual([]);
  });

  it('sends a compressed frame is closed: nothing is ever unpacked', async () => {
    const socket = await openByHand('vote');
    socket.write(frame(BINARY | 0x40, randomBytes(100)));
    socket.resume();
    await eventually('closed', () => node.transport.peers().length === 0);
    expect(node.received).toEqual([]);
  });

  it('sends any bytes at all does not disturb the node', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (garbage) => {
        const socket = await openByHand('vote');
        socket.end(garbage);
        socket.resume();
        await once(socket, 'close');
        await eventually('link gone', () => node.transport.peers().length === 0);
      }),
      { numRuns: 25 },
    );
    const socket = await openByHand('vote');
    socket.write(frame(BINARY, Buffer.from('still here')));
    await eventually('delivered', () => node.received.at(-1)?.message.toString() === 'still here');
    socket.destroy();
  });
});

/** The carrier's end of a link, as a bare TLS connection after the upgrade. */
async function openByHand(lane: 'vote' | 'bulk'): Promise<TLSSocket> {
  const certificate = await selfSignedCertificate(carrier.seed, carrier.did);
  const socket = connect({ host: '127.0.0.1', port: node.port, ...certificate, ALPNProtocols: ['lading/1'], rejectUnauthorized: false });
  socket.on('error', () => undefined);
  await once(socket, 'secureConnect');
  socket.write(
    [
      `GET /lading/1/${lane}/${NETWORK} HTTP/1.1`,
      'Host: peer',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      '\r\n',
    ].join('\r\n'),
  );
  await once(socket, 'readable');
  await eventually('linked', () => node.transport.send(carrier.did, lane, Buffer.alloc(0)));
  return socket;
}

/** A masked frame, the mask zero, with up to 125 bytes. */
function frame(first: number, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from([first, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

function lastReason(): unknown {
  return node.events.filter(({ event }) => event === 'peer_disconnected').at(-1)?.detail['reason'];
}
