import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pino } from 'pino';
import { WebSocket, WebSocketServer } from 'ws';
import type { NamedQuery } from '#index';
import { EventSockets } from '../../src/http/epcis/subscriptions/event-sockets.js';
import type { StartPosition } from '../../src/http/epcis/subscriptions/start-position.js';
import type { WebSocketUpgrades } from '../../src/http/epcis/subscriptions/web-socket-upgrades.js';
import { startDeliveryBench, type DeliveryBench } from './delivery-bench.js';
import { serialsIn } from './receiver.js';

const FORMATS = {
  spelling: () => Promise.resolve({ event: (event: unknown) => event, id: (id: string) => id }),
} as unknown as ConstructorParameters<typeof EventSockets>[2];

describe('a client of a WebSocket', () => {
  let bench: DeliveryBench;
  let server: WebSocketServer;

  beforeAll(async () => {
    bench = await startDeliveryBench();
    server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
    await once(server, 'listening');
  });
  afterAll(async () => {
    for (const client of server.clients) client.terminate();
    await new Promise((resolve) => server.close(resolve));
    await bench.stop();
  });

  /** A real connection; only the way of its request through the API is left out. */
  async function connect(
    options: { socketSendTimeoutMs: number; socketLifeMs: number },
    from: number,
  ): Promise<{ client: WebSocket; atServer: WebSocket }> {
    const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const [[atServer]] = (await Promise.all([once(server, 'connection'), once(client, 'open')])) as [
      [WebSocket],
      unknown,
    ];
    const upgrades = { count: 0, accept: () => Promise.resolve(atServer) } as unknown as WebSocketUpgrades;
    const sockets = new EventSockets(
      bench.feed,
      bench.queries,
      FORMATS,
      {} as StartPosition,
      upgrades,
      options,
      pino({ level: 'silent' }),
    );
    const request = {
      headers: {},
      query: { stream: 'true', from: String(from), perPage: '1' },
    } as unknown as FastifyRequest;
    await sockets.open((await bench.queries.get('seen')) as NamedQuery, request, {} as FastifyReply);
    return { client, atServer };
  }

  it('that does not read has one document waiting for it, and is cut off; others get theirs', async () => {
    const { position } = await bench.feed.head();
    const serials = Array.from({ length: 40 }, (_, i) => `big${i}`);
    for (const serial of serials) await bench.recordWith({ 'example:note': 'x'.repeat(400_000) }, serial);
    const options = { socketSendTimeoutMs: 700, socketLifeMs: 60_000 };
    const idle = await connect(options, position);
    idle.client.pause();
    const reading = await connect(options, position);
    const messages: { body: string }[] = [];
    reading.client.on('message', (data: Buffer) => messages.push({ body: data.toString() }));
    let mostBytes = 0;
    const watch = setInterval(() => (mostBytes = Math.max(mostBytes, idle.atServer.bufferedAmount)), 5);
    await once(idle.atServer, 'close');
    clearInterval(watch);
    expect(mostBytes).toBeGreaterThan(0);
    expect(mostBytes).toBeLessThan(1_000_000);
    while (messages.length < serials.length) await new Promise((resume) => setTimeout(resume, 20));
    expect(serialsIn(messages)).toEqual(serials);
    reading.client.terminate();
    idle.client.terminate();
  });

  it('has to come again when its time is over', async () => {
    const { client } = await connect({ socketSendTimeoutMs: 1_000, socketLifeMs: 300 }, 0);
    const [code] = (await once(client, 'close')) as [number];
    expect(code).toBe(1012);
  });
});
