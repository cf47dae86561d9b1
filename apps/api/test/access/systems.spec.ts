import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { httpbis } from 'http-message-signatures';
import { utf8Encode } from '#codec';
import { keyIdOf, portableSigner } from '#identity';
import type { AuditEventDto } from '#index';
import { encodeEntry, signEntry } from '#ledger';
import { startTestPostgres, type TestPostgres } from '../../../../libs/index/testing/test-postgres.js';
import { AUTHORIZED } from '../start-test-app.js';
import { openOrganization, type Organization, type Person } from './open-organization.js';

let postgres: TestPostgres;
let org: Organization;
let ada: Person;
/** Of the application, listening on a port of its own: signatures are of real requests. */
let base: string;

beforeAll(async () => {
  postgres = await startTestPostgres(process.env['DATABASE_URL']);
  org = await openOrganization(postgres);
  ada = await org.admin();
  await org.t.app.listen(0, '127.0.0.1');
  base = `http://127.0.0.1:${(org.t.app.getHttpServer().address() as AddressInfo).port}`;
}, 60_000);
afterAll(async () => {
  await org.close();
  await postgres.stop();
});

async function account(scopes: readonly string[], by: Person = ada): Promise<string> {
  const made = await by.confirmed('POST', '/api/v1/service-accounts', { name: 'ERP', scopes });
  expect(made.status).toBe(201);
  return made.body['id'] as string;
}
async function apiKey(scopes: readonly string[]): Promise<{ account: string; id: string; secret: string }> {
  const id = await account(scopes);
  const { body } = await ada.confirmed('POST', `/api/v1/service-accounts/${id}/keys`, { kind: 'secret' });
  return { account: id, id: body['id'] as string, secret: body['secret'] as string };
}
const bearer = (secret: string) => ({ headers: { authorization: `Bearer ${secret}` } });
const network = (secret: string) => org.call('GET', '/api/v1/network', bearer(secret));

describe('an API key', () => {
  it('opens what its account may do, and nothing else', async () => {
    const { secret } = await apiKey(['read', 'products']);
    expect(secret).toMatch(/^lading_[0-9a-f]{12}_[\w-]{43}$/);
    expect((await network(secret)).status).toBe(200);
    expect((await org.call('GET', '/api/v1/session', bearer(secret))).body).toEqual({
      caller: { kind: 'service', id: expect.any(String), name: 'ERP' },
      scopes: ['read', 'products'],
    });
    expect((await org.call('POST', '/api/v1/products', { ...bearer(secret), body: {} })).status).toBe(400);
    expect((await org.call('POST', '/api/v1/transfers', { ...bearer(secret), body: {} })).status).toBe(403);
    expect((await org.call('GET', '/api/v1/people', bearer(secret))).status).toBe(403);
  });

  it('is kept as a hash, shown once, and its use is told', async () => {
    const { account: id, secret } = await apiKey(['read']);
    await network(secret);
    const told = JSON.stringify((await ada.call('GET', `/api/v1/service-accounts/${id}`)).body);
    expect(told).not.toContain(secret.slice(-43));
    expect(told).toMatch(/"lastUsedAt":"20/);
    const [row] = (await org.dataSource.query('SELECT * FROM service_key WHERE account_id = $1', [id])) as object[];
    expect(JSON.stringify(row)).not.toContain(secret.slice(-43));
  });

  it.each<[string, (secret: string) => string]>([
    ['with another secret', (secret) => `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`],
    ['with another id', (secret) => `lading_${'0'.repeat(12)}${secret.slice(19)}`],
    ['cut short', (secret) => secret.slice(0, -1)],
    ['without its secret', (secret) => secret.slice(0, 20)],
  ])('opens nothing %s', async (_what, change) => {
    expect((await network(change((await apiKey(['read'])).secret))).status).toBe(401);
  });

  it('ends by time, by revocation, and with its account', async () => {
    // One after the other: a passkey's counter grows with each use.
    const [expired, revoked, disabled] = [await apiKey(['read']), await apiKey(['read']), await apiKey(['read'])];
    await org.dataSource.query(`UPDATE service_key SET expires_at = now() WHERE id = $1`, [expired.id]);
    await ada.confirmed('DELETE', `/api/v1/service-accounts/${revoked.account}/keys/${revoked.id}`);
    await ada.confirmed('PATCH', `/api/v1/service-accounts/${disabled.account}`, { status: 'disabled' });
    for (const { secret } of [expired, revoked, disabled]) expect((await network(secret)).status).toBe(401);
  });

  it('is rotated with an overlap', async () => {
    const old = await apiKey(['read']);
    const path = `/api/v1/service-accounts/${old.account}/keys/${old.id}/rotate`;
    const rotated = await ada.confirmed('POST', path, { overlapHours: 1 });
    expect(rotated.status).toBe(201);
    const next = rotated.body['secret'] as string;
    expect([(await network(old.secret)).status, (await network(next)).status]).toEqual([200, 200]);
    await org.dataSource.query(`UPDATE service_key SET expires_at = expires_at - interval '61 minutes' WHERE id = $1`, [
      old.id,
    ]);
    expect([(await network(old.secret)).status, (await network(next)).status]).toEqual([401, 200]);
  });
});

describe('scopes', () => {
  it('are not given away by who does not have them', async () => {
    const { secret } = await apiKey(['read', 'admin']);
    const asService = (method: 'POST' | 'PATCH', path: string, body: unknown) =>
      org.call(method, path, { ...bearer(secret), body });
    expect((await asService('POST', '/api/v1/service-accounts', { name: 'X', scopes: ['read'] })).status).toBe(201);
    for (const scopes of [['governance'], ['read', 'transfer'], ['audit']])
      expect(await asService('POST', '/api/v1/service-accounts', { name: 'X', scopes })).toMatchObject({
        status: 403,
        body: { code: 'ACCESS_FORBIDDEN' },
      });
    // Whoever is admin may govern: a stolen key must not make one, nor unmake Ada, nor take over a stronger account.
    expect((await asService('POST', '/api/v1/people/invitations', { name: 'Eve', role: 'admin' })).status).toBe(403);
    expect((await asService('POST', `/api/v1/people/${ada.id}/recovery`, {})).status).toBe(403);
    expect((await asService('PATCH', `/api/v1/people/${ada.id}`, { role: 'viewer' })).status).toBe(403);
    const strong = await account(['transfer']);
    expect((await asService('POST', `/api/v1/service-accounts/${strong}/keys`, { kind: 'secret' })).status).toBe(403);
    expect((await asService('PATCH', `/api/v1/service-accounts/${strong}`, { status: 'disabled' })).status).toBe(403);
  });

  it('have governance count for services only where the operator says so', async () => {
    const rotate = { body: { purpose: 'nonsense' } };
    const path = '/api/v1/keys/rotate';
    const { secret } = await apiKey(['governance']);
    for (const headers of [bearer(secret).headers, AUTHORIZED])
      expect(await org.call('POST', path, { ...rotate, headers })).toMatchObject({
        status: 403,
        body: { code: 'ACCESS_FORBIDDEN', detail: expect.stringContaining('servicesMayGovern') },
      });
    const open = await openOrganization(postgres, { servicesMayGovern: true });
    try {
      expect((await open.call('POST', path, { ...rotate, headers: AUTHORIZED })).status).toBe(400);
      // The outcome is recorded after the answer.
      let recorded: readonly AuditEventDto[] = [];
      for (let i = 0; i < 100 && recorded.length < 2; i++) {
        await new Promise((resume) => setTimeout(resume, 20));
        recorded = (await open.records.audit.list({})).items;
      }
      expect(recorded.map(({ action, actor }) => [action, actor.kind])).toEqual([
        ['rotateOrganizationKey.answered', 'bootstrap'],
        ['rotateOrganizationKey.requested', 'bootstrap'],
      ]);
      expect(recorded[0]?.details).toMatchObject({ status: 400 });
    } finally {
      await open.close();
    }
  });
});

describe('an entry of governance that was signed elsewhere', () => {
  it('is on record before it is submitted; other entries are not', async () => {
    const { secret } = await apiKey(['capture']);
    const signer = portableSigner(new Uint8Array(32).fill(9));
    const before = (await org.records.audit.verify()).count;
    for (const kind of ['product.register', 'proposal.vote']) {
      const fields = {
        keyId: keyIdOf(signer.publicKey),
        issuer: org.t.self.did,
        subject: 'x',
        networkId: org.t.self.networkId,
        kind,
        notAfter: 500,
        contentType: 'application/json',
      };
      const payload = Buffer.from(encodeEntry(signEntry(fields, utf8Encode('{}'), signer)));
      const headers = { ...bearer(secret).headers, 'content-type': 'application/cbor' };
      expect((await org.t.inject({ method: 'POST', url: '/api/v1/entries', headers, payload })).statusCode).toBe(201);
    }
    const [recorded] = (await org.records.audit.list({})).items;
    expect(recorded).toMatchObject({
      seq: before + 1,
      actor: { kind: 'service' },
      action: 'entry.submitted',
      details: { kind: 'proposal.vote', issuer: org.t.self.did },
    });
  });
});

describe('a signed request', () => {
  let keyId: string;
  let privateKey: KeyObject;

  beforeAll(async () => {
    const pair = generateKeyPairSync('ed25519');
    privateKey = pair.privateKey;
    const publicKey = Buffer.from(pair.publicKey.export({ format: 'jwk' }).x as string, 'base64url').toString('hex');
    const id = await account(['read', 'products']);
    const added = await ada.confirmed('POST', `/api/v1/service-accounts/${id}/keys`, { kind: 'ed25519', publicKey });
    expect(added.body).not.toHaveProperty('secret');
    keyId = added.body['id'] as string;
  });

  interface Wish {
    readonly method?: string;
    readonly path?: string;
    readonly body?: string;
    readonly fields?: readonly string[];
    readonly params?: Readonly<Record<string, unknown>>;
    readonly leaveOut?: string;
    readonly url?: string;
    readonly headers?: Readonly<Record<string, string>>;
  }

  /** Signed by an independent implementation. */
  async function signed(wish: Wish = {}): Promise<{ url: string; init: RequestInit }> {
    const { method = 'GET', path = '/api/v1/network', body, headers: extra = {} } = wish;
    const url = wish.url ?? `${base}${path}`;
    const digest = createHash('sha256')
      .update(body ?? '')
      .digest('base64');
    const headers = {
      ...(body !== undefined && { 'content-type': 'application/json', 'content-digest': `sha-256=:${digest}:` }),
      ...extra,
    };
    const fields = wish.fields ?? [
      '@method',
      '@authority',
      '@path',
      ...(path.includes('?') ? ['@query'] : []),
      ...(body === undefined ? [] : ['content-digest']),
    ];
    const message = await httpbis.signMessage(
      {
        key: { id: keyId, alg: 'ed25519', sign: (data) => Promise.resolve(sign(null, data, privateKey)) },
        fields: [...fields],
        params: ['created', 'nonce', 'keyid', 'alg', 'expires'].filter((name) => name !== wish.leaveOut),
        paramValues: { created: new Date(), nonce: randomBytes(16).toString('hex'), ...wish.params },
      },
      { method, url, headers },
    );
    return {
      url,
      init: { method, headers: message.headers as Record<string, string>, ...(body !== undefined && { body }) },
    };
  }

  async function send({ url, init }: { url: string; init: RequestInit }, changed: RequestInit = {}): Promise<object> {
    const response = await fetch(url, { ...init, ...changed });
    const body = (await response.json()) as { code?: string };
    return { status: response.status, ...(body.code !== undefined && { code: body.code }) };
  }

  it('is let in as its service account', async () => {
    expect(await send(await signed())).toEqual({ status: 200 });
    expect(await send(await signed({ path: '/api/v1/products?limit=1' }))).toEqual({ status: 200 });
    expect(await send(await signed({ fields: ['@method', '@target-uri'] }))).toEqual({ status: 200 });
    const response = await fetch(
      ...(Object.values(await signed({ path: '/api/v1/session' })) as [string, RequestInit]),
    );
    expect(await response.json()).toMatchObject({
      caller: { kind: 'service', name: 'ERP' },
      scopes: ['read', 'products'],
    });
  });

  it('carries its body', async () => {
    const body = JSON.stringify({ gtin: '09521234567899', name: 'Tea' });
    expect(await send(await signed({ method: 'POST', path: '/api/v1/products', body }))).toMatchObject({ status: 201 });
  });

  it('with another body is refused before anything happens', async () => {
    const request = await signed({
      method: 'POST',
      path: '/api/v1/products',
      body: '{"gtin":"09521234567899","name":"Tea"}',
    });
    const before = org.t.node.submitted.length;
    expect(await send(request, { body: '{"gtin":"09521234567899","name":"Pea"}' })).toEqual({
      status: 401,
      code: 'ACCESS_DIGEST_MISMATCH',
    });
    expect(org.t.node.submitted).toHaveLength(before);
  });

  it('is good once', async () => {
    const request = await signed();
    expect(await send(request)).toEqual({ status: 200 });
    expect(await send(request)).toEqual({ status: 401, code: 'ACCESS_SIGNATURE_REPLAYED' });
  });

  const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);
  it.each<[string, Wish, string]>([
    ['too old', { params: { created: ago(301) } }, 'ACCESS_SIGNATURE_EXPIRED'],
    ['from the future', { params: { created: ago(-60) } }, 'ACCESS_SIGNATURE_EXPIRED'],
    ['expired', { params: { expires: ago(1) } }, 'ACCESS_SIGNATURE_EXPIRED'],
    ['without a time', { leaveOut: 'created' }, 'ACCESS_SIGNATURE_INVALID'],
    ['without a nonce', { leaveOut: 'nonce' }, 'ACCESS_SIGNATURE_INVALID'],
    ['with a nonce that is short', { params: { nonce: 'short' } }, 'ACCESS_SIGNATURE_INVALID'],
    ['without a key', { leaveOut: 'keyid' }, 'ACCESS_SIGNATURE_INVALID'],
    ['by a key that is not known', { params: { keyid: '0'.repeat(12) } }, 'ACCESS_SIGNATURE_INVALID'],
    ['with another algorithm', { params: { alg: 'hmac-sha256' } }, 'ACCESS_SIGNATURE_INVALID'],
    ['not over the method', { fields: ['@authority', '@path'] }, 'ACCESS_SIGNATURE_INVALID'],
    ['not over the host', { fields: ['@method', '@path'] }, 'ACCESS_SIGNATURE_INVALID'],
    ['not over the path', { fields: ['@method', '@authority'] }, 'ACCESS_SIGNATURE_INVALID'],
    [
      'not over the query',
      { path: '/api/v1/products?limit=1', fields: ['@method', '@authority', '@path'] },
      'ACCESS_SIGNATURE_INVALID',
    ],
    [
      'not over the body',
      { method: 'POST', path: '/api/v1/products', body: '{}', fields: ['@method', '@authority', '@path'] },
      'ACCESS_SIGNATURE_INVALID',
    ],
  ])('is refused: %s', async (_what, wish, code) => {
    expect(await send(await signed(wish))).toEqual({ status: 401, code });
  });

  it('is refused for another method, path or query than was signed', async () => {
    const refused = { status: 401, code: 'ACCESS_SIGNATURE_INVALID' };
    expect(await send(await signed({ path: '/api/v1/products' }), { method: 'POST' })).toEqual(refused);
    const { init } = await signed({ path: '/api/v1/products?limit=1' });
    expect(await send({ url: `${base}/api/v1/findings?limit=1`, init })).toEqual(refused);
    expect(await send({ url: `${base}/api/v1/products?limit=2`, init })).toEqual(refused);
  });

  it('that was meant for another node is refused, even with its host', async () => {
    const { init } = await signed({ url: 'http://lading.other.example/api/v1/network' });
    const headers = { ...(init.headers as Record<string, string>), host: 'lading.other.example' };
    const answer = await org.t.inject({ method: 'GET', url: '/api/v1/network', headers });
    expect(answer.json()).toMatchObject({
      code: 'ACCESS_SIGNATURE_INVALID',
      detail: expect.stringContaining('@authority'),
    });
  });

  it('is refused with a key that was revoked', async () => {
    const accounts = (await ada.call('GET', '/api/v1/service-accounts')).body['items'] as {
      id: string;
      keys: { id: string }[];
    }[];
    const owner = accounts.find(({ keys }) => keys.some(({ id }) => id === keyId));
    expect((await ada.confirmed('DELETE', `/api/v1/service-accounts/${String(owner?.id)}/keys/${keyId}`)).status).toBe(
      204,
    );
    expect(await send(await signed())).toEqual({ status: 401, code: 'ACCESS_SIGNATURE_INVALID' });
  });

  it('needs a key that is a point without torsion', async () => {
    const id = await account(['read']);
    const smallOrder = '0100000000000000000000000000000000000000000000000000000000000000';
    expect(
      await ada.confirmed('POST', `/api/v1/service-accounts/${id}/keys`, { kind: 'ed25519', publicKey: smallOrder }),
    ).toMatchObject({ status: 422, body: { errors: [{ pointer: '/publicKey' }] } });
  });
});
