import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvariantViolation } from '#codec';
import { API_KEY, AUTHORIZED, startTestApp, type TestApp } from './start-test-app.js';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const JSON_TYPE = { 'content-type': 'application/json' };

describe('authentication', () => {
  it('asks who calls, for reads and for writes', async () => {
    for (const request of [
      { method: 'GET', url: '/api/v1/network' },
      { method: 'GET', url: '/metrics' },
      { method: 'POST', url: '/api/v1/products' },
    ] as const) {
      const answer = await t.inject(request);
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['www-authenticate']).toContain('Bearer');
      expect(answer.json()).toMatchObject({
        status: 401,
        code: 'API_UNAUTHENTICATED',
        type: '/docs/errors#API_UNAUTHENTICATED',
      });
    }
  });

  it.each(['Bearer wrong', 'Bearer', `Basic ${API_KEY}`, `Bearer ${API_KEY} x`, `Bearer ${API_KEY.toUpperCase()}`])(
    'refuses "%s"',
    async (authorization) => {
      const answer = await t.inject({ method: 'GET', url: '/api/v1/network', headers: { authorization } });
      expect(answer.statusCode).toBe(401);
    },
  );

  it('lets in who has the key', async () => {
    const answer = await t.inject({ method: 'GET', url: '/api/v1/network', headers: AUTHORIZED });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ id: t.self.networkId, self: t.self.did, indexHeight: 7 });
  });

  it('refuses before it reads the body', async () => {
    const answer = await t.inject({
      method: 'POST',
      url: '/api/v1/products',
      headers: JSON_TYPE,
      payload: '{"not json',
    });
    expect(answer.statusCode).toBe(401);
  });

  it('leaves health, description and documentation open', async () => {
    for (const url of [
      '/healthz',
      '/readyz',
      '/openapi.json',
      '/docs',
      '/docs/errors',
      '/docs/assets/start.js',
      '/docs/assets/swagger-ui.css',
    ]) {
      expect({ url, status: (await t.inject({ method: 'GET', url })).statusCode }).toEqual({ url, status: 200 });
    }
  });

  it('answers reads without a key when the organisation says so, but not writes and not the metrics of strangers', async () => {
    const open = await startTestApp({ config: { apiKeySha256: '00'.repeat(32), publicReads: true } });
    try {
      expect((await open.inject({ method: 'GET', url: '/api/v1/network' })).statusCode).toBe(200);
      expect((await open.inject({ method: 'GET', url: '/epcis/capture' })).statusCode).toBe(200);
      expect((await open.inject({ method: 'POST', url: '/api/v1/products' })).statusCode).toBe(401);
      expect((await open.inject({ method: 'GET', url: '/metrics' })).statusCode).toBe(401);
    } finally {
      await open.close();
    }
  });
});

describe('problem documents', () => {
  const problemOf = async (options: {
    method?: 'GET' | 'POST';
    url: string;
    headers?: Record<string, string>;
    payload?: string;
  }) => {
    const answer = await t.inject({
      method: options.method ?? 'POST',
      url: options.url,
      headers: { ...AUTHORIZED, ...options.headers },
      ...(options.payload !== undefined && { payload: options.payload }),
    });
    expect(answer.headers['content-type']).toContain('application/problem+json');
    const body = answer.json<Record<string, unknown>>();
    expect(Object.keys(body).sort()).toEqual(['code', 'detail', 'errors', 'requestId', 'status', 'title', 'type']);
    expect(body['requestId']).toBe(answer.headers['x-request-id']);
    expect(body['status']).toBe(answer.statusCode);
    return body;
  };

  it('tell of a route that does not exist', async () => {
    expect(await problemOf({ method: 'GET', url: '/api/v1/nothing?token=secret' })).toMatchObject({
      status: 404,
      code: 'API_NOT_FOUND',
      detail: 'There is no GET /api/v1/nothing here; /docs lists what there is.',
    });
  });

  it('tell of a method that does not exist', async () => {
    expect(await problemOf({ url: '/healthz', headers: JSON_TYPE, payload: '{}' })).toMatchObject({ status: 404 });
  });

  it.each(['{"gtin":', '', '{"__proto__":{"a":1}}', '{"constructor":{"prototype":{}}}'])(
    'tell of bad JSON: %j',
    async (payload) => {
      expect(await problemOf({ url: '/api/v1/products', headers: JSON_TYPE, payload })).toMatchObject({ status: 400 });
    },
  );

  it('tell of a body of another type', async () => {
    expect(
      await problemOf({ url: '/api/v1/products', headers: { 'content-type': 'text/plain' }, payload: 'x' }),
    ).toMatchObject({ status: 415, code: 'API_UNSUPPORTED_MEDIA_TYPE' });
    expect(
      await problemOf({ url: '/api/v1/products', headers: { 'content-type': 'application/cbor' }, payload: 'x' }),
    ).toMatchObject({ status: 415, code: 'API_UNSUPPORTED_MEDIA_TYPE' });
  });

  it.each([
    ['that is not JSON', '{"gtin":', 'JSON_SYNTAX'],
    ['with a key twice', '{"gtin":"1","gtin":"2"}', 'JSON_DUPLICATE_KEY'],
    ['with a forbidden key', '{"__proto__":{}}', 'JSON_FORBIDDEN_KEY'],
    ['that is nested too deeply', `${'['.repeat(100)}${']'.repeat(100)}`, 'JSON_TOO_DEEP'],
    ['that is not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'JSON_NOT_UTF8'],
    ['that is empty', '', 'API_INVALID_REQUEST'],
  ])('tell of a body %s', async (_, payload, code) => {
    const headers = { ...AUTHORIZED, 'content-type': 'application/json' };
    const answer = await t.inject({ method: 'POST', url: '/api/v1/products', headers, payload });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ code });
  });

  it('tell of a body that is too large', async () => {
    const payload = JSON.stringify({ gtin: '09521234567899', name: 'x'.repeat(1_100_000) });
    expect(await problemOf({ url: '/api/v1/products', headers: JSON_TYPE, payload })).toMatchObject({
      status: 413,
      code: 'API_BODY_TOO_LARGE',
    });
  });

  it('point at each field that is missing, wrong or unknown', async () => {
    const problem = await problemOf({
      url: '/api/v1/products',
      headers: JSON_TYPE,
      payload: JSON.stringify({ name: '', 'a/b': 1 }),
    });
    expect(problem).toMatchObject({ status: 400, code: 'API_INVALID_REQUEST' });
    expect(problem['errors']).toEqual([
      { pointer: '/gtin', detail: 'This field is required.', code: 'API_FIELD_REQUIRED' },
      { pointer: '/name', detail: expect.any(String), code: 'API_FIELD_INVALID' },
      { pointer: '/a~1b', detail: 'This field is not known.', code: 'API_FIELD_UNKNOWN' },
    ]);
  });

  it('point into the shape that the client meant, where there are several', async () => {
    const problem = await problemOf({
      url: '/api/v1/items',
      headers: JSON_TYPE,
      payload: JSON.stringify({ gtin: '09521234567899', serials: [''] }),
    });
    expect(problem).toMatchObject({ errors: [{ pointer: '/serials/0', code: 'API_FIELD_INVALID' }] });
  });

  it('tell of a path parameter that is too long', async () => {
    expect(await problemOf({ method: 'GET', url: `/api/v1/items/${'a'.repeat(2_000)}` })).toMatchObject({
      status: 414,
      code: 'API_URI_TOO_LONG',
    });
  });

  it('tell of a path that is not well-formed', async () => {
    expect(await problemOf({ method: 'GET', url: '/api/v1/items/%zz' })).toMatchObject({
      status: 400,
      code: 'API_INVALID_REQUEST',
    });
  });

  it('name the query parameter that is wrong', async () => {
    expect(await problemOf({ method: 'GET', url: '/api/v1/products?limit=201' })).toMatchObject({
      status: 400,
      errors: [{ parameter: 'limit', code: 'API_FIELD_INVALID' }],
    });
    expect(await problemOf({ method: 'GET', url: '/api/v1/products?limits=2' })).toMatchObject({
      status: 400,
      errors: [{ parameter: 'limits', code: 'API_FIELD_UNKNOWN' }],
    });
    expect(await problemOf({ method: 'GET', url: '/api/v1/blocks/-1' })).toMatchObject({
      status: 400,
      errors: [{ parameter: 'height', code: 'API_FIELD_INVALID' }],
    });
  });

  it('have the type that EPCIS wants under /epcis', async () => {
    expect(
      await problemOf({ url: '/epcis/capture', headers: { 'content-type': 'application/xml' }, payload: '<a/>' }),
    ).toMatchObject({ status: 415, type: 'epcisException:UnsupportedMediaTypeException' });
    expect(await problemOf({ method: 'GET', url: '/epcis/capture/unknown' })).toMatchObject({
      status: 404,
      type: 'epcisException:NoSuchNameException',
    });
  });

  it('hide what went wrong inside, and log it with the request id', async () => {
    t.index.failure = new Error('secret table name');
    try {
      const problem = await problemOf({ method: 'GET', url: '/api/v1/products' });
      expect(problem).toMatchObject({ status: 500, code: 'API_INTERNAL' });
      expect(JSON.stringify(problem)).not.toContain('secret');
      expect(t.log()).toContain('secret table name');
      expect(t.log()).toContain(String(problem['requestId']));
    } finally {
      t.index.failure = undefined;
    }
  });

  it('come with a fatal report when an invariant is broken', async () => {
    t.index.failure = new InvariantViolation('INV-TEST-1', {});
    try {
      await problemOf({ method: 'GET', url: '/api/v1/products' });
      expect(t.fatal).toHaveLength(1);
    } finally {
      t.index.failure = undefined;
    }
  });
});

describe('request ids', () => {
  it('are the client’s when they can stand in a log, else new', async () => {
    const given = await t.inject({ method: 'GET', url: '/healthz', headers: { 'x-request-id': 'order-42.a' } });
    expect(given.headers['x-request-id']).toBe('order-42.a');
    const bad = await t.inject({ method: 'GET', url: '/healthz', headers: { 'x-request-id': 'a b"}\u00e9' } });
    expect(bad.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('answers', () => {
  it('carry headers against sniffing and caching', async () => {
    const answer = await t.inject({ method: 'GET', url: '/healthz' });
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    expect((await t.inject({ method: 'GET', url: '/docs' })).headers['content-security-policy']).toContain(
      "default-src 'none'",
    );
  });

  it('shows code words of the error reference as code, and each code under its own anchor', async () => {
    const { body } = await t.inject({ url: '/docs/errors' });
    expect(body).toContain('<tr id="API_INDEX_BEHIND">');
    expect(body).toContain('Send <code>Authorization: Bearer &lt;key&gt;</code>.');
    expect(body).not.toContain('`');
  });

  it('load nothing from elsewhere on the reference page', async () => {
    const page = await t.inject({ method: 'GET', url: '/docs' });
    expect(page.body).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect((await t.inject({ method: 'GET', url: '/docs/assets/swagger-ui-bundle.js' })).body.length).toBeGreaterThan(
      100_000,
    );
    expect((await t.inject({ method: 'GET', url: '/docs/assets/..%2Fpackage.json' })).statusCode).toBe(404);
  });
});

describe('the log', () => {
  it('holds no API key, no header and no content', async () => {
    await t.inject({ method: 'GET', url: '/api/v1/network', headers: AUTHORIZED });
    await t.inject({
      method: 'POST',
      url: '/api/v1/products',
      headers: { ...AUTHORIZED, ...JSON_TYPE },
      payload: JSON.stringify({ gtin: '09521234567899', name: 'very-secret-product' }),
    });
    expect(t.log()).toContain('"msg":"request"');
    expect(t.log()).not.toContain(API_KEY);
    expect(t.log()).not.toContain('very-secret-product');
    expect(t.log().toLowerCase()).not.toContain('bearer');
  });
});
