import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ItemDto } from '#index';
import { AUTHORIZED, startTestApp, type TestApp } from './start-test-app.js';

const ITEM: ItemDto = {
  id: 'https://id.gs1.org/01/09521234567899/21/1001',
  owner: 'did:web:maker.example',
  custodian: 'did:web:maker.example',
  container: null,
  lot: null,
  product: '09521234567899',
  quantity: null,
  status: 'active',
  openTransfer: null,
  openTransfers: { ownership: null, custody: null },
  openRecalls: [],
  findings: [],
  history: { count: 1, digest: 'ab'.repeat(32) },
};

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
  t.index.items.set(ITEM.id, ITEM);
});
afterAll(() => t.close());

const get = (url: string) => t.inject({ method: 'GET', url, headers: AUTHORIZED });

describe('GET /api/v1/items/{id}', () => {
  it.each([
    ['the canonical Digital Link', ITEM.id],
    ['a Digital Link of another domain', 'https://maker.example/01/09521234567899/21/1001'],
    ['the EPC URN', 'urn:epc:id:sgtin:9521234.056789.1001'],
  ])('answers the same for %s', async (_spelling, id) => {
    const answer = await get(`/api/v1/items/${encodeURIComponent(id)}`);
    expect(answer.json()).toEqual({ ...ITEM, asOf: { height: 7 } });
  });

  it('takes ids of 500 characters, every one of them percent-encoded', async () => {
    const id = `urn:x-lading:${'a'.repeat(487)}`;
    t.index.items.set(id, { ...ITEM, id });
    const encoded = [...id].map((character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`).join('');
    expect(id).toHaveLength(500);
    expect((await get(`/api/v1/items/${encoded}`)).json()).toMatchObject({ id });
  });

  it('refuses an identifier that names nothing, with its code', async () => {
    const answer = await get(`/api/v1/items/${encodeURIComponent('https://id.gs1.org/01/09521234567890/21/1')}`);
    expect(answer.json()).toMatchObject({ code: 'GS1_BAD_CHECK_DIGIT', errors: [{ parameter: 'id' }] });
    expect(answer.statusCode).toBe(400);
  });

  it('answers 404 for what the ledger does not know', async () => {
    const answer = await get(`/api/v1/items/${encodeURIComponent('urn:uuid:5b3c6f1e-0000-4000-8000-000000000000')}`);
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ code: 'API_NOT_FOUND' });
  });
});

describe('reads of the index', () => {
  it('wait for a height, and say so when it does not come', async () => {
    const url = `/api/v1/items/${encodeURIComponent(ITEM.id)}`;
    expect((await get(`${url}?minHeight=7`)).statusCode).toBe(200);
    const behind = await get(`${url}?minHeight=8`);
    expect(behind.statusCode).toBe(504);
    expect(behind.headers['retry-after']).toBe('5');
    expect(behind.json()).toMatchObject({ code: 'API_INDEX_BEHIND' });
  });

  it.each([
    Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' }),
    Object.assign(new Error('failed'), {
      driverError: Object.assign(new Error('terminating connection'), { code: '57P01' }),
    }),
    new Error('Connection terminated unexpectedly'),
    new Error('Driver not Connected'),
  ])('say that the database is away, and what goes on meanwhile: %s', async (error) => {
    t.index.failure = error;
    try {
      const answer = await get('/api/v1/products');
      expect(answer.statusCode).toBe(503);
      expect(answer.headers['retry-after']).toBe('2');
      expect(answer.json()).toMatchObject({ code: 'API_INDEX_UNAVAILABLE' });
      expect((await get('/api/v1/network')).statusCode).toBe(200);
    } finally {
      t.index.failure = undefined;
    }
  });

  it('refuse a cursor that is none of theirs', async () => {
    t.index.failure = Object.assign(new Error('bad cursor'), { code: 'INDEX_BAD_CURSOR' });
    try {
      expect((await get('/api/v1/products?cursor=x')).json()).toMatchObject({ status: 400, code: 'INDEX_BAD_CURSOR' });
    } finally {
      t.index.failure = undefined;
    }
  });

  it('give attributes back as they were written, digit for digit', async () => {
    t.index.productList = [
      {
        gtin: '09521234567899',
        name: 'Tea',
        description: null,
        attributesJson: '{"weight":1.50,"id":12345678901234567890}',
        owner: 'did:web:maker.example',
        registered: {
          entryId: 'ab'.repeat(32),
          author: 'did:web:maker.example',
          height: 1,
          index: 0,
          blockTime: '2026-01-01T00:00:00.000Z',
          disputed: false,
        },
      },
    ];
    expect((await get('/api/v1/products')).body).toContain('"attributes":{"weight":1.50,"id":12345678901234567890}');
    const one = await get('/api/v1/products/9521234567899');
    expect(one.body).toContain('"weight":1.50');
    expect(one.json()).toMatchObject({ gtin: '09521234567899', asOf: { height: 7 } });
  });
});

describe('readiness', () => {
  it('is 200 when database, index, peers and quorum are well', async () => {
    const answer = await get('/readyz');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ status: 'ready' });
  });

  it('is 503 and says what to do when the database is away', async () => {
    t.index.failure = new Error('gone');
    try {
      const answer = await get('/readyz');
      expect(answer.statusCode).toBe(503);
      const { checks } = answer.json<{ checks: { name: string; ok: boolean; detail: string }[] }>();
      expect(checks.find((check) => !check.ok)).toMatchObject({
        name: 'database',
        detail: expect.stringContaining('databaseUrl'),
      });
    } finally {
      t.index.failure = undefined;
    }
  });

  it('is 503 when no quorum can be reached', async () => {
    const self = 'did:web:maker.example';
    const validators = [
      { id: self, connected: false },
      ...['b', 'c', 'd'].map((name, i) => ({ id: `did:web:${name}.example`, connected: i === 0 })),
    ];
    const lonely = await startTestApp({}, validators);
    try {
      const answer = await lonely.inject({ method: 'GET', url: '/readyz' });
      expect(answer.statusCode).toBe(503);
      expect(answer.json<{ checks: object[] }>().checks).toContainEqual(
        expect.objectContaining({ name: 'quorum', ok: false, detail: expect.stringContaining('2 of 4') }),
      );
    } finally {
      await lonely.close();
    }
  });
});

describe('the own clock', () => {
  const clockCheck = async (offset: number | undefined) => {
    t.node.clockOffset = offset;
    const answer = await get('/readyz');
    const { checks } = answer.json<{ checks: { name: string; ok: boolean; detail: string }[] }>();
    return { status: answer.statusCode, ...checks.find(({ name }) => name === 'clock') };
  };

  it.each([
    [undefined, 200, /no clock to compare/],
    [-40, 200, /40 ms behind the median of its peers, 10000 ms are allowed\.$/],
    [5_001, 200, /5001 ms ahead of .* Warning: synchronise it/],
    [-10_001, 503, /its proposals get no votes\. Synchronise the clock/],
  ])('%s ms ahead of the peers: readiness is %i', async (offset, status, detail) => {
    expect(await clockCheck(offset)).toMatchObject({
      status,
      ok: status === 200,
      detail: expect.stringMatching(detail),
    });
    t.node.clockOffset = undefined;
  });

  it('stands in the list of peers and in the metrics', async () => {
    t.node.clockOffset = -1_500;
    expect((await get('/api/v1/network/peers')).json()).toEqual({
      clockOffsetMs: -1_500,
      clockDriftMaxMs: 10_000,
      items: [],
    });
    expect((await get('/metrics')).body).toContain('clock_offset_seconds -1.5');
    t.node.clockOffset = undefined;
    expect((await get('/metrics')).body).toContain('clock_offset_seconds Nan');
  });
});

describe('metrics', () => {
  it('name routes by their pattern, never by their ids', async () => {
    await get(`/api/v1/items/${encodeURIComponent(ITEM.id)}`);
    const { body } = await get('/metrics');
    for (const name of [
      'ledger_height',
      'index_height 7',
      'pool_entries',
      'peers_connected',
      'process_cpu_seconds_total',
    ])
      expect(body).toContain(name);
    expect(body).toContain('route="/api/v1/items/:id"');
    expect(body).not.toContain('09521234567899');
  });
});
