import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checksum, createIndexDataSource } from '#index';
import type { Client } from './client.js';
import { startTestNetwork, type TestNetwork } from './test-network.js';

/** GTINs under the prefixes of the four organisations, check digits included. */
const GTINS = ['09521001000017', '09521002000016', '09521003000015', '09521004000014'];

let test: TestNetwork;
let serial = 0;

beforeAll(async () => {
  test = await startTestNetwork();
  for (const [index, client] of test.clients.entries()) {
    const { status, body } = await client.post('/api/v1/products', { gtin: GTINS[index], name: `Product ${index + 1}` });
    expect({ status, body }).toMatchObject({ status: 201 });
  }
}, 60_000);

afterAll(async () => {
  await test?.remove();
}, 20_000);

beforeEach(async () => {
  for (const client of test.clients) await client.until('/readyz', ({ status }) => status === 'ready');
}, 40_000);

interface Receipt {
  readonly entryId: string;
  readonly height: number;
  readonly index: number;
}

async function commission(client: Client): Promise<Receipt> {
  const { status, body } = await client.post('/api/v1/items', { gtin: GTINS[client.k - 1], serials: [`S${serial++}`] });
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body as unknown as Receipt;
}

/** Clients that commission items one after the other until told to stop; what was acknowledged counts, failures may happen. */
function load(clients: readonly Client[], parallel: number): { stop(): Promise<Receipt[]> } {
  let isStopped = false;
  const acknowledged: Receipt[] = [];
  const workers = clients.flatMap((client) =>
    Array.from({ length: parallel }, async () => {
      while (!isStopped) {
        await commission(client).then(
          (receipt) => acknowledged.push(receipt),
          () => new Promise((resolve) => setTimeout(resolve, 200)),
        );
      }
    }),
  );
  return {
    async stop() {
      isStopped = true;
      await Promise.all(workers);
      return acknowledged;
    },
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** All nodes have the same chain, and each acknowledged entry stands where its receipt says, on every node. */
async function expectSameChainWith(receipts: readonly Receipt[]): Promise<void> {
  const heads = await Promise.all(test.clients.map(async (client) => (await client.get('/api/v1/network')).body['height'] as number));
  const height = Math.max(...heads);
  const networks = await Promise.all(
    test.clients.map((client) => client.until('/api/v1/network', (body) => (body['height'] as number) >= height)),
  );
  const hashes = await Promise.all(
    test.clients.map(async (client) => (await client.until(`/api/v1/blocks/${height}`, () => true))['hash']),
  );
  expect(new Set(hashes).size).toBe(1);
  expect(networks).toHaveLength(4);
  for (const [index, receipt] of receipts.entries()) {
    const client = test.clients[index % 4]!;
    const { body } = await client.get(`/api/v1/entries/${receipt.entryId}`);
    expect(body).toMatchObject({ status: 'final', height: receipt.height, index: receipt.index });
  }
}

describe('a network of four processes', () => {
  it('goes on without one node, which catches up when it is back', async () => {
    await test.network.stopNode(4);
    const receipts = [];
    for (let i = 0; i < 8; i++) receipts.push(await commission(test.clients[i % 3]!));
    await test.network.startNode(4);
    await expectSameChainWith(receipts);
    const seen = await commission(test.clients[3]!);
    expect(seen.height).toBeGreaterThan(receipts.at(-1)!.height);
  }, 90_000);

  it('finalises nothing without two nodes, loses nothing, and goes on when they are back', async () => {
    await test.network.stopNode(3);
    await test.network.stopNode(4);
    const before = (await test.clients[0]!.get('/api/v1/network')).body['height'];
    const { status, body, headers } = await test.clients[0]!.post(
      '/api/v1/items',
      { gtin: GTINS[0], serials: ['WAITS'] },
      { prefer: 'respond-async' },
    );
    expect(status).toBe(202);
    await pause(4_000);
    expect((await test.clients[0]!.get('/api/v1/network')).body['height']).toBe(before);
    expect((await test.clients[0]!.get(`/api/v1/entries/${body['entryId']}`)).body['status']).toBe('pending');
    const readiness = await test.clients[0]!.get('/readyz');
    expect(readiness.status).toBe(503);

    await Promise.all([test.network.startNode(3), test.network.startNode(4)]);
    const final = await test.clients[0]!.until(headers.get('location') as string, ({ status: state }) => state === 'final', 60_000);
    await expectSameChainWith([final as unknown as Receipt]);
  }, 120_000);

  it('keeps every acknowledged entry when nodes are killed at any moment under load', async () => {
    const running = load(test.clients, 3);
    const order = [2, 1, 4, 3, 1, 2];
    for (const [index, k] of order.entries()) {
      await pause(300 + 170 * index);
      await test.network.killNode(k);
      await pause(200 + 130 * index);
      await test.network.startNode(k);
    }
    await pause(1_000);
    const receipts = await running.stop();
    expect(receipts.length).toBeGreaterThan(20);
    await expectSameChainWith(receipts);
  }, 180_000);

  it('goes on while PostgreSQL is away; the index catches up with nothing twice and nothing missing', async () => {
    const running = load(test.clients, 2);
    await pause(500);
    await test.network.stopDatabase();
    const before = (await test.clients[0]!.get('/api/v1/network')).body['height'] as number;
    await pause(3_000);
    const during = (await test.clients[0]!.get('/api/v1/network')).body['height'] as number;
    expect(during).toBeGreaterThan(before);
    const read = await test.clients[0]!.get('/api/v1/products');
    expect(read.status).toBe(503);
    await test.network.startDatabase();
    await pause(500);
    const receipts = await running.stop();
    expect(receipts.length).toBeGreaterThan(10);

    const height = Math.max(
      ...(await Promise.all(test.clients.map(async (client) => (await client.get('/api/v1/network')).body['height'] as number))),
    );
    for (const client of test.clients) {
      await client.until('/api/v1/network', (body) => body['height'] === height && body['indexHeight'] === height, 60_000);
    }
    const sums = [];
    for (const url of test.network.databaseUrls) {
      const database = await createIndexDataSource({ url }).initialize();
      sums.push(await checksum(database));
      await database.destroy();
    }
    expect(sums).toEqual([sums[0], sums[0], sums[0], sums[0]]);
    const { body } = await test.clients[0]!.get('/api/v1/network');
    const { body: last } = await test.clients[0]!.get(`/api/v1/blocks/${height}`);
    expect(last['logSize']).toBe(body['logSize']);
    await expectSameChainWith(receipts);
  }, 180_000);
});
