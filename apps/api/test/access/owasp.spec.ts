import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestPostgres, type TestPostgres } from '../../../../libs/index/testing/test-postgres.js';
import { ROLES, SCOPES, scopesOfRole, type Role } from '../../src/http/auth/scopes.js';
import { API_KEY, AUTHORIZED, startTestApp } from '../start-test-app.js';
import { openOrganization, tokenOf, type Organization, type Person } from './open-organization.js';
import { SoftwarePasskey } from './software-passkey.js';

// Tests that docs/security/owasp-api-top-10.md names, where no other file has them.

interface Route {
  readonly method: string;
  readonly path: string;
  readonly access: string;
  readonly freshPasskey: boolean;
}

let postgres: TestPostgres;
let org: Organization;
let ada: Person;
let people: Record<Role, Person>;
let routes: readonly Route[];

beforeAll(async () => {
  postgres = await startTestPostgres(process.env['DATABASE_URL']);
  org = await openOrganization(postgres, { limits: { signIn: 1_000 } });
  ada = await org.admin();
  people = {
    admin: ada,
    operator: await org.invite(ada, 'operator'),
    quality: await org.invite(ada, 'quality'),
    viewer: await org.invite(ada, 'viewer'),
  };
  routes = (await ada.call('GET', '/api/v1/access/routes')).body['items'] as Route[];
}, 60_000);
afterAll(async () => {
  await org.close();
  await postgres.stop();
});

/** A path of the route with something in place of its parameters. */
const concrete = (path: string): string => path.replaceAll(/:\w+/g, 'x').replaceAll('*', 'x');
const ownRoutes = () => routes.filter(({ method }) => method !== 'HEAD' && method !== 'OPTIONS');

describe('every route', () => {
  it('declares what it needs', () => {
    const known = ['public', 'identified', ...SCOPES];
    expect(routes.length).toBeGreaterThan(60);
    expect(routes.filter(({ access }) => !known.includes(access))).toEqual([]);
  });

  it('that is public is one of these', () => {
    const paths = ownRoutes()
      .filter(({ access }) => access === 'public')
      .map(({ method, path }) => `${method} ${path}`);
    expect(paths).toEqual([
      'GET /.well-known/did.json',
      'GET /.well-known/gs1resolver',
      'GET /00/*',
      'GET /01/*',
      'POST /api/v1/enrolment',
      'POST /api/v1/enrolment/options',
      'POST /api/v1/join-requests',
      'GET /api/v1/join-requests/:id',
      'POST /api/v1/join-requests/preview',
      'POST /api/v1/session',
      'POST /api/v1/session/options',
      'GET /assets/:name',
      'GET /docs',
      'GET /docs/assets/:name',
      'GET /docs/errors',
      'GET /healthz',
      'GET /openapi.json',
      'GET /readyz',
    ]);
  });

  it('that votes, handles keys or gives rights away asks people for their passkey', () => {
    const unconfirmed = ownRoutes().filter(
      ({ method, access, path, freshPasskey }) =>
        method !== 'GET' &&
        ['governance', 'admin'].includes(access) &&
        !freshPasskey &&
        !/(simulate|preview)$/.test(path),
    );
    // A ticket lets somebody ask: ballots decide. The others take something away, at once.
    expect(unconfirmed.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/v1/invitations',
      'DELETE /api/v1/invitations/:id',
      'DELETE /api/v1/join-requests/:id',
      'DELETE /api/v1/people/invitations/:id',
    ]);
  });

  it('refuses nobody known, before it looks at the body', async () => {
    for (const { method, path } of ownRoutes().filter(({ access }) => access !== 'public')) {
      const answer = await org.t.inject({
        method: method as 'GET',
        url: concrete(path),
        headers: { 'content-type': 'application/json' },
        ...(method !== 'GET' && { payload: '{"not json' }),
      });
      expect({ method, path, status: answer.statusCode }).toEqual({ method, path, status: 401 });
    }
  });

  it.each(ROLES.map((role) => [role]))(
    'refuses a %s what the role may not, and nothing else for that reason',
    async (role) => {
      const scopes: readonly string[] = scopesOfRole(role);
      for (const { method, path, access } of ownRoutes()) {
        if (access === 'public' || /stream/.test(path) || path === '/api/v1/session') continue;
        const answer = await people[role].call(method as 'GET', concrete(path), method === 'GET' ? {} : { body: 0 });
        const isRefused = answer.status === 403 && answer.body['code'] === 'ACCESS_FORBIDDEN';
        const isAllowed = access === 'identified' || scopes.includes(access);
        expect({ method, path, isRefused }).toEqual({ method, path, isRefused: !isAllowed });
      }
    },
  );
});

describe('objects of others (API1)', () => {
  it('sessions and passkeys of somebody else look like none', async () => {
    const { viewer, operator } = people;
    const theirs = (await operator.call('GET', '/api/v1/sessions')).body['items'] as { id: string }[];
    expect(await viewer.call('DELETE', `/api/v1/sessions/${String(theirs[0]?.id)}`)).toMatchObject({ status: 404 });
    const path = `/api/v1/session/passkeys/${operator.passkey.id}`;
    expect(await viewer.confirmed('DELETE', path)).toMatchObject({ status: 404 });
    expect((await operator.call('GET', '/api/v1/session')).status).toBe(200);
    expect(JSON.stringify((await viewer.call('GET', '/api/v1/session/passkeys')).body)).not.toContain(
      operator.passkey.id,
    );
  });

  it('a key of one service account is not to be had through another', async () => {
    const make = async () => {
      const { body } = await ada.confirmed('POST', '/api/v1/service-accounts', { name: 'X', scopes: ['read'] });
      const key = await ada.confirmed('POST', `/api/v1/service-accounts/${String(body['id'])}/keys`, {
        kind: 'secret',
      });
      return { account: body['id'] as string, key: key.body['id'] as string };
    };
    const [a, b] = [await make(), await make()];
    expect((await ada.confirmed('DELETE', `/api/v1/service-accounts/${a.account}/keys/${b.key}`)).status).toBe(404);
    expect((await ada.confirmed('POST', `/api/v1/service-accounts/${a.account}/keys/${b.key}/rotate`, {})).status).toBe(
      404,
    );
  });
});

describe('properties (API3)', () => {
  it.each([
    ['PATCH', '/api/v1/people/ID', { id: 'x' }],
    ['PATCH', '/api/v1/people/ID', { name: 'X', passkeys: 0 }],
    ['POST', '/api/v1/people/invitations', { name: 'X', role: 'viewer', personId: 'y' }],
    ['POST', '/api/v1/people/invitations', { name: 'X', role: 'root' }],
    ['POST', '/api/v1/people/invitations', { name: 'X\u0000', role: 'viewer' }],
    ['POST', '/api/v1/service-accounts', { name: 'X', scopes: ['read', 'root'] }],
    ['POST', '/api/v1/service-accounts', { name: 'X', scopes: ['read'], id: 'mine' }],
  ] as const)('that nobody may set are refused: %s %s %j', async (method, path, body) => {
    const answer = await ada.confirmed(method, path.replace('ID', ada.id), body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'API_INVALID_REQUEST' } });
  });

  it('of an enrolment come from the link, not from the request', async () => {
    const token = await org.firstAdminToken();
    for (const extra of [{ role: 'admin' }, { personId: ada.id }])
      expect(
        (await org.call('POST', '/api/v1/enrolment/options', { body: { token, name: 'X', ...extra } })).status,
      ).toBe(400);
  });

  it('that prove something are in no answer', async () => {
    const seen = [];
    for (const path of [
      '/api/v1/people',
      '/api/v1/session/passkeys',
      '/api/v1/sessions?all=true',
      '/api/v1/service-accounts',
      '/api/v1/people/invitations',
      '/api/v1/audit',
    ])
      seen.push(JSON.stringify((await ada.call('GET', path)).body));
    const rows = await Promise.all(
      [
        'SELECT token_hash AS x FROM session',
        'SELECT token_hash AS x FROM access_link',
        'SELECT material AS x FROM service_key',
        'SELECT public_key AS x FROM passkey',
      ].map((query) => org.dataSource.query(query) as Promise<{ x: string }[]>),
    );
    for (const { x } of rows.flat()) expect(seen.join()).not.toContain(x);
    expect(rows.flat().length).toBeGreaterThan(10);
  });
});

describe('resources (API4)', () => {
  it('a caller, an address and whoever tries to sign in may ask so often a minute', async () => {
    const small = await openOrganization(postgres, { limits: { perCaller: 12, perAddress: 7, signIn: 5 } });
    try {
      const statuses = async (count: number, ask: () => Promise<{ status: number }>) => {
        const seen: number[] = [];
        for (let i = 0; i < count; i++) seen.push((await ask()).status);
        return seen;
      };
      const limited = (allowed: number, status: number, count: number) => [
        ...Array<number>(allowed).fill(status),
        ...Array<number>(count - allowed).fill(429),
      ];
      expect(await statuses(14, () => small.call('GET', '/api/v1/network', { headers: AUTHORIZED }))).toEqual(
        limited(12, 200, 14),
      );
      expect(
        await statuses(9, () => small.call('GET', '/api/v1/network', { headers: { authorization: 'Bearer wrong' } })),
      ).toEqual(limited(7, 401, 9));
      expect(await statuses(7, () => small.call('POST', '/api/v1/session/options', { body: {} }))).toEqual(
        limited(5, 200, 7),
      );
      const refused = await small.call('GET', '/docs');
      expect(refused).toMatchObject({ status: 429, body: { code: 'API_RATE_LIMITED' } });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect(refused.headers['content-type']).toContain('application/problem+json');
      // Others depend on these answers.
      expect(await statuses(9, () => small.call('GET', '/healthz'))).toEqual(Array(9).fill(200));
    } finally {
      await small.close();
    }
  });

  it('an address is the socket’s unless a proxy that is trusted says otherwise', async () => {
    const addressOf = async (trustedProxies: string[] | undefined) => {
      const one = await openOrganization(postgres, { ...(trustedProxies && { trustedProxies }) });
      try {
        await one.call('POST', '/api/v1/session', {
          body: { response: new SoftwarePasskey({ origin: 'http://x', rpId: 'x' }).assert({ challenge: 'AAAA' }) },
          headers: { 'x-forwarded-for': '203.0.113.9' },
        });
        return (await one.records.audit.list({})).items[0]?.address;
      } finally {
        await one.close();
      }
    };
    expect(await addressOf(undefined)).toBe('127.0.0.1');
    expect(await addressOf(['127.0.0.1'])).toBe('203.0.113.9');
  });

  it('bodies of sign-in are small, and those of strangers are not read at all', async () => {
    const body = { response: 'x'.repeat(70_000) };
    expect((await org.call('POST', '/api/v1/session', { body })).status).toBe(413);
    expect((await org.call('POST', '/api/v1/products', { body })).status).toBe(401);
  });

  it('lists end at 200', async () => {
    expect((await ada.call('GET', '/api/v1/audit?limit=201')).status).toBe(400);
    expect((await ada.call('GET', '/api/v1/people?cursor=nonsense')).status).toBe(400);
  });
});

describe('configuration (API8)', () => {
  it('every answer tells browsers to sniff, frame, cache and run nothing', async () => {
    const answers = [
      await org.call('GET', '/api/v1/network', { headers: AUTHORIZED }),
      await org.call('GET', '/api/v1/network'),
      await org.call('GET', '/nothing'),
      await org.call('GET', '/api/v1/items/%zz'),
      await org.call('POST', '/api/v1/session', { body: {} }),
    ];
    for (const { headers } of answers)
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'content-security-policy': expect.stringMatching(/^default-src 'none'; frame-ancestors 'none'/),
        'cross-origin-resource-policy': 'same-origin',
      });
  });

  it('pages load and run nothing from elsewhere', async () => {
    const { headers } = await org.call('GET', '/docs');
    expect(headers['content-security-policy']).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe-inline/);
  });

  it('no other site is let in by CORS', async () => {
    for (const method of ['GET', 'OPTIONS'] as const) {
      const answer = await org.t.inject({
        method,
        url: '/api/v1/network',
        headers: { ...AUTHORIZED, origin: 'https://evil.example', 'access-control-request-method': 'POST' },
      });
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });

  it('behind TLS the cookie is Secure and of this host only, and browsers keep to TLS', async () => {
    const secure = await startTestApp({
      access: org.records,
      config: {
        apiKeySha256: createHash('sha256').update(API_KEY).digest('hex'),
        publicReads: false,
        access: { origin: 'https://lading.maker.example' },
      },
    });
    try {
      const token = await org.firstAdminToken();
      const rp = { origin: 'https://lading.maker.example', rpId: 'lading.maker.example' };
      const begun = await secure.inject({
        method: 'POST',
        url: '/api/v1/enrolment/options',
        payload: { token, name: 'Sue' },
      });
      const response = new SoftwarePasskey(rp).register(begun.json<{ options: object }>().options);
      const done = await secure.inject({
        method: 'POST',
        url: '/api/v1/enrolment',
        payload: { token, name: 'Sue', response },
      });
      expect(done.headers['set-cookie']).toMatch(
        /^__Host-lading-[0-9a-f]{8}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
      );
      expect(done.headers['strict-transport-security']).toContain('max-age=');
    } finally {
      await secure.close();
    }
  });
});

describe('docs/security/owasp-api-top-10.md', () => {
  it('names tests that exist, for each of the ten', () => {
    const root = join(import.meta.dirname, '../../../..');
    const page = readFileSync(join(root, 'docs/security/owasp-api-top-10.md'), 'utf8').replaceAll(/\s+/g, ' ');
    const sections = page.split(/ ## (?=API\d)/).slice(1);
    expect(sections).toHaveLength(10);
    for (const section of sections) {
      const named = [...section.matchAll(/`([\w/.-]+\.spec\.ts)`(.*?)(?= - `|$)/g)];
      expect({ section: section.slice(0, 30), tests: named.length > 0 }).toMatchObject({ tests: true });
      for (const [, path = '', rest = ''] of named) {
        const file = readFileSync(join(root, path), 'utf8').replaceAll(/\s+/g, ' ');
        for (const [, name = ''] of rest.matchAll(/(?<!\*)\*([^*]+)\*/g)) {
          const begin = (name.split('…')[0] ?? '').trim();
          expect({ path, name, exists: begin.length > 7 && file.includes(begin) }).toEqual({
            path,
            name,
            exists: true,
          });
        }
      }
    }
  });
});

describe('the log of a full run', () => {
  it('holds no secret: no key, cookie, token, signature, challenge or content', async () => {
    const run = await openOrganization(postgres, { servicesMayGovern: true });
    const secrets: string[] = [API_KEY];
    const keep = <T extends string>(...texts: T[]): T => {
      secrets.push(...texts);
      return texts[0] as T;
    };
    try {
      const token = keep(await run.firstAdminToken());
      const gus = await run.enrol(token, 'Gus Secretname');
      keep(gus.cookie.slice(gus.cookie.indexOf('=') + 1), gus.csrf, 'Secretname');
      const invited = await gus.confirmed('POST', '/api/v1/people/invitations', {
        name: 'Hidden Person',
        role: 'viewer',
      });
      keep(tokenOf(invited.body['url'] as string), 'Hidden Person');
      const assertion = keep(await gus.assertion('POST', '/api/v1/people/invitations', {}));
      await gus.call('POST', '/api/v1/people/invitations', {
        body: { wrong: 1 },
        headers: { 'passkey-assertion': assertion },
      });
      const account = await gus.confirmed('POST', '/api/v1/service-accounts', {
        name: 'ERP',
        scopes: ['read', 'governance'],
      });
      const key = await gus.confirmed('POST', `/api/v1/service-accounts/${String(account.body['id'])}/keys`, {
        kind: 'secret',
      });
      const secret = keep(key.body['secret'] as string);
      keep(secret.slice(-43));
      const calls: [string, Record<string, string>, unknown?][] = [
        ['/api/v1/network', { authorization: `Bearer ${secret}` }],
        ['/api/v1/network', { authorization: `Bearer ${keep(`${secret.slice(0, -5)}wrong`)}` }],
        ['/api/v1/network', { authorization: `Bearer ${API_KEY}` }],
        ['/api/v1/network', { cookie: gus.cookie }],
        ['/api/v1/network', { cookie: `${gus.cookie.slice(0, -5)}AAAAA` }],
        [`/api/v1/network?token=${keep('token-in-a-query')}`, AUTHORIZED],
        [`/nothing/${keep('token-in-a-path')}`, AUTHORIZED],
        [
          '/api/v1/network',
          {
            'signature-input': `sig=("@method");keyid="${keep('key-id-in-a-header')}"`,
            signature: `sig=:${keep('AAAAsignatureAAAA')}:`,
          },
        ],
      ];
      for (const [path, headers] of calls) await run.call('GET', path, { headers });
      await run.call('POST', '/api/v1/session', {
        body: {
          response: new SoftwarePasskey({ origin: 'x', rpId: 'x' }).assert({ challenge: keep('challenge-as-sent') }),
        },
      });
      await run.call('POST', '/api/v1/enrolment/options', { body: { token: keep('B'.repeat(43)) } });
      await run.call('POST', '/api/v1/products', {
        headers: AUTHORIZED,
        body: { gtin: '09521234567899', name: keep('Secret product') },
      });
      // A fault of ours must not tell either; its stack may.
      run.t.index.failure = new Error('the index failed');
      await run.call('GET', '/api/v1/products', { headers: { ...AUTHORIZED, 'x-request-id': 'of-the-fault' } });
      // One that the database reports with the values that it was given.
      await run.dataSource.query('ALTER TABLE service_account ADD CHECK (length(name) < 20)');
      await gus.confirmed('POST', '/api/v1/service-accounts', {
        name: keep('Hidden system of a name'),
        scopes: ['read'],
      });
      await run.dataSource.query('ALTER TABLE session RENAME TO session_away');
      await gus.call('GET', '/api/v1/session');
      const logged = run.t.log();
      expect(logged).toContain('of-the-fault');
      expect(logged).toContain('violates check constraint');
      expect(logged.split('\n').length).toBeGreaterThan(25);
      expect(secrets.filter((text) => logged.includes(text))).toEqual([]);
      expect(logged.toLowerCase()).not.toMatch(/bearer|set-cookie|passkey-assertion/);
      expect(secrets.length).toBeGreaterThan(15);
    } finally {
      await run.close();
    }
  });
});
