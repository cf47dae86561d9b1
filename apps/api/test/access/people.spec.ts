import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openAccessRecords } from '#index';
import { startTestPostgres, type TestPostgres } from '../../../../libs/index/testing/test-postgres.js';
import { startTestApp } from '../start-test-app.js';
import { openOrganization, personOf, RP, tokenOf, type Organization, type Person } from './open-organization.js';
import { SoftwarePasskey, type Misbehaviour } from './software-passkey.js';

let postgres: TestPostgres;
let org: Organization;
let ada: Person;

beforeAll(async () => {
  postgres = await startTestPostgres(process.env['DATABASE_URL']);
  // Many sign-ins from one address.
  org = await openOrganization(postgres, { limits: { signIn: 1_000 } });
  ada = await org.admin();
}, 60_000);
afterAll(async () => {
  await org.close();
  await postgres.stop();
});

const signIn = async (passkey: SoftwarePasskey, wrong: Misbehaviour = {}) => {
  const options = await org.call('POST', '/api/v1/session/options', { body: {} });
  return org.call('POST', '/api/v1/session', { body: { response: passkey.assert(options.body, wrong) } });
};
const actions = async () => (await org.records.audit.list({}, { limit: 200 })).items.map(({ action }) => action);

describe('the first admin', () => {
  it('enrols by a link, and is signed in', async () => {
    const session = await ada.call('GET', '/api/v1/session');
    expect(session.body).toMatchObject({
      caller: { kind: 'person', name: 'Ada', role: 'admin' },
      csrfToken: ada.csrf,
      scopes: expect.arrayContaining(['admin', 'governance']),
    });
    expect(await actions()).toEqual(
      expect.arrayContaining(['link.created', 'person.enrolled', 'passkey.added', 'session.started']),
    );
  });

  it('is offered algorithms whose signatures fit into a header', async () => {
    const token = await org.firstAdminToken();
    const begun = await org.call('POST', '/api/v1/enrolment/options', { body: { token, name: 'Eve' } });
    expect(begun.body['options']).toMatchObject({
      pubKeyCredParams: [-8, -7, -257].map((alg) => ({ alg, type: 'public-key' })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
  });

  it('gives their name', async () => {
    const token = await org.firstAdminToken();
    const { status, body } = await org.call('POST', '/api/v1/enrolment/options', { body: { token } });
    expect({ status, body }).toMatchObject({ status: 400, body: { errors: [{ pointer: '/name' }] } });
  });

  it.each(['used', 'replaced', 'never made'])('is not made by a link that was %s', async (what) => {
    let token = 'A'.repeat(43);
    if (what !== 'never made') token = await org.firstAdminToken();
    if (what === 'used') await org.enrol(token, 'Second');
    if (what === 'replaced') await org.firstAdminToken();
    for (const path of ['/api/v1/enrolment/options', '/api/v1/enrolment']) {
      const response = new SoftwarePasskey(RP).register({ challenge: 'AAAA', user: { id: 'AAAA' } });
      const body = path.endsWith('options') ? { token, name: 'Eve' } : { token, name: 'Eve', response };
      expect(await org.call('POST', path, { body })).toMatchObject({
        status: 403,
        body: { code: 'ACCESS_LINK_INVALID' },
      });
    }
  });

  it('enrols with an answer to this link’s challenge only', async () => {
    const token = await org.firstAdminToken();
    const begun = await org.call('POST', '/api/v1/enrolment/options', { body: { token, name: 'Eve' } });
    const response = new SoftwarePasskey(RP).register(begun.body['options'] as object);
    const body = { token: await org.firstAdminToken(), name: 'Eve', response };
    expect(await org.call('POST', '/api/v1/enrolment', { body })).toMatchObject({
      status: 403,
      body: { code: 'ACCESS_PASSKEY_REFUSED' },
    });
  });

  it.each<[string, Misbehaviour]>([
    ['another page', { origin: 'http://localhost:7402' }],
    ['another relying party', { rpId: 'evil.example' }],
    ['an authenticator that did not verify the user', { isUserVerified: false }],
    ['another ceremony', { type: 'webauthn.get' }],
    ['an invented challenge', { challenge: 'A'.repeat(43) }],
  ])('does not enrol from %s', async (_what, wrong) => {
    const token = await org.firstAdminToken();
    const begun = await org.call('POST', '/api/v1/enrolment/options', { body: { token, name: 'Eve' } });
    const response = new SoftwarePasskey(RP).register(begun.body['options'] as object, wrong);
    expect(await org.call('POST', '/api/v1/enrolment', { body: { token, name: 'Eve', response } })).toMatchObject({
      status: 403,
      body: { code: 'ACCESS_PASSKEY_REFUSED' },
    });
  });
});

describe('signing in', () => {
  it('answers a cookie that scripts and other sites do not get', async () => {
    const answer = await signIn(ada.passkey);
    expect(answer).toMatchObject({ status: 201, body: { caller: { name: 'Ada' } } });
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^lading-[0-9a-f]{8}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(JSON.stringify(answer.body)).not.toContain(String(answer.headers['set-cookie']).slice(16, 40));
  });

  it.each<[string, Misbehaviour]>([
    ['another page', { origin: 'https://localhost:7401' }],
    ['another relying party', { rpId: 'lading.example' }],
    ['an authenticator that did not verify the user', { isUserVerified: false }],
    ['a copy of the passkey, whose counter is behind', { counter: 1 }],
    ['a registration', { type: 'webauthn.create' }],
    ['an invented challenge', { challenge: 'B'.repeat(43) }],
  ])('is refused from %s, and that is on record', async (_what, wrong) => {
    const before = (await org.records.audit.verify()).count;
    const { counter } = ada.passkey;
    expect(await signIn(ada.passkey, wrong)).toMatchObject({ status: 403, body: { code: 'ACCESS_PASSKEY_REFUSED' } });
    ada.passkey.counter = Math.max(counter, ada.passkey.counter);
    const [recorded] = (await org.records.audit.list({})).items;
    expect(recorded).toMatchObject({ seq: before + 1, action: 'session.refused', actor: { kind: 'unknown' } });
    expect(String(recorded?.details['reason']).includes('copy')).toBe(wrong.counter !== undefined);
  });

  it('is let in once of two copies of a passkey that come at the same moment', async () => {
    const counter = ada.passkey.counter + 1;
    const begin = async () => (await org.call('POST', '/api/v1/session/options', { body: {} })).body;
    const answers = [await begin(), await begin()].map((options) => ada.passkey.assert(options, { counter }));
    const both = await Promise.all(
      answers.map((response) => org.call('POST', '/api/v1/session', { body: { response } })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 403]);
  });

  it('is refused to a passkey that nobody registered', async () => {
    expect(await signIn(new SoftwarePasskey(RP))).toMatchObject({ status: 403 });
  });

  it('takes an answer once', async () => {
    const options = await org.call('POST', '/api/v1/session/options', { body: {} });
    const body = { response: ada.passkey.assert(options.body) };
    expect((await org.call('POST', '/api/v1/session', { body })).status).toBe(201);
    expect((await org.call('POST', '/api/v1/session', { body })).status).toBe(403);
  });

  it.each([{}, { response: {} }, { response: { id: 'x'.repeat(5_000) } }, { response: [], role: 'admin' }])(
    'is refused to nonsense: %j',
    async (body) => {
      expect(await org.call('POST', '/api/v1/session', { body })).toMatchObject({ status: 400 });
    },
  );
});

describe('a session', () => {
  it('changes nothing without its CSRF token', async () => {
    for (const headers of [{}, { 'x-csrf-token': '' }, { 'x-csrf-token': `${ada.csrf}x` }]) {
      const answer = await org.call('POST', '/api/v1/products', {
        body: {},
        headers: { cookie: ada.cookie, ...headers },
      });
      expect(answer).toMatchObject({ status: 403, body: { code: 'ACCESS_CSRF' } });
    }
    expect((await org.call('GET', '/api/v1/network', { headers: { cookie: ada.cookie } })).status).toBe(200);
  });

  it('ends by signing out, and the cookie goes away', async () => {
    const other = personOf(org.call, ada.passkey, await signIn(ada.passkey));
    const out = await other.call('DELETE', '/api/v1/session');
    expect(out.status).toBe(204);
    expect(String(out.headers['set-cookie'])).toContain('Max-Age=0');
    expect((await other.call('GET', '/api/v1/session')).status).toBe(401);
    expect((await ada.call('GET', '/api/v1/session')).status).toBe(200);
  });

  it('is listed to its person, and everybody’s to admins', async () => {
    const ben = await org.invite(ada, 'viewer', 'Ben');
    const own = (await ben.call('GET', '/api/v1/sessions')).body['items'] as {
      personName: string;
      isCurrent: boolean;
    }[];
    expect(own).toMatchObject([{ personName: 'Ben', isCurrent: true }]);
    expect((await ben.call('GET', '/api/v1/sessions?all=true')).status).toBe(403);
    const all = (await ada.call('GET', '/api/v1/sessions?all=true')).body['items'] as {
      id: string;
      personId: string;
    }[];
    const bens = all.find(({ personId }) => personId === ben.id);
    expect((await ada.call('DELETE', `/api/v1/sessions/${String(bens?.id)}`)).status).toBe(204);
    expect((await ben.call('GET', '/api/v1/network')).status).toBe(401);
  });

  it('is good in every process of the organisation, wherever it was begun', async () => {
    const other = await startTestApp({
      access: openAccessRecords(org.dataSource),
      config: { apiKeySha256: '00'.repeat(32), publicReads: false, access: { origin: RP.origin } },
    });
    try {
      const options = await org.call('POST', '/api/v1/session/options', { body: {} });
      const signedIn = await other.inject({
        method: 'POST',
        url: '/api/v1/session',
        payload: { response: ada.passkey.assert(options.body) },
      });
      expect(signedIn.statusCode).toBe(201);
      const cookie = String(signedIn.headers['set-cookie']).split(';', 1)[0] as string;
      expect((await org.call('GET', '/api/v1/session', { headers: { cookie } })).status).toBe(200);
      const headers = { cookie, 'x-csrf-token': signedIn.json<{ csrfToken: string }>().csrfToken };
      expect((await org.call('DELETE', '/api/v1/session', { headers })).status).toBe(204);
      expect((await other.inject({ url: '/api/v1/session', headers })).statusCode).toBe(401);
    } finally {
      await other.close();
    }
  });

  it('does not outlive half an hour without a request', async () => {
    const cem = await org.invite(ada, 'viewer', 'Cem');
    await org.dataSource.query(`UPDATE session SET last_seen_at = now() - interval '31 minutes' WHERE person_id = $1`, [
      cem.id,
    ]);
    expect((await cem.call('GET', '/api/v1/network')).status).toBe(401);
  });
});

describe('people', () => {
  it('are invited by a link and get the role that the admin gave, whatever they ask for', async () => {
    const invited = await ada.confirmed('POST', '/api/v1/people/invitations', { name: 'Dot', role: 'quality' });
    const token = tokenOf(invited.body['url'] as string);
    expect(invited.body['url']).toMatch(/^http:\/\/localhost:7401\/enrol#/);
    expect(JSON.stringify((await ada.call('GET', '/api/v1/people/invitations')).body)).not.toContain(token);
    const dot = await org.enrol(token, 'Somebody Else');
    expect((await dot.call('GET', '/api/v1/session')).body).toMatchObject({
      caller: { name: 'Dot', role: 'quality' },
      scopes: ['read', 'capture', 'recall'],
    });
  });

  it('may do what their role may, at once', async () => {
    const eli = await org.invite(ada, 'operator', 'Eli');
    expect((await eli.call('POST', '/api/v1/products', { body: {} })).status).toBe(400);
    expect((await eli.call('GET', '/api/v1/people')).status).toBe(403);
    expect((await ada.confirmed('PATCH', `/api/v1/people/${eli.id}`, { role: 'viewer' })).body).toMatchObject({
      role: 'viewer',
    });
    expect(await eli.call('POST', '/api/v1/products', { body: {} })).toMatchObject({
      status: 403,
      body: { code: 'ACCESS_FORBIDDEN' },
    });
    await ada.confirmed('PATCH', `/api/v1/people/${eli.id}`, { status: 'disabled' });
    expect((await eli.call('GET', '/api/v1/session')).status).toBe(401);
    expect((await signIn(eli.passkey)).status).toBe(403);
  });

  it('always have an active admin', async () => {
    const only = await openOrganization(postgres);
    try {
      const fay = await only.admin();
      for (const change of [{ role: 'viewer' }, { status: 'disabled' }])
        expect(await fay.confirmed('PATCH', `/api/v1/people/${fay.id}`, change)).toMatchObject({
          status: 409,
          body: { code: 'ACCESS_LAST_ADMIN' },
        });
    } finally {
      await only.close();
    }
  });

  it('who lost their passkeys get a link from an admin, and keep who they are', async () => {
    const gil = await org.invite(ada, 'operator', 'Gil');
    const recovery = await ada.confirmed('POST', `/api/v1/people/${gil.id}/recovery`, {});
    const back = await org.enrol(tokenOf(recovery.body['url'] as string));
    expect(back.id).toBe(gil.id);
    expect((await ada.call('GET', `/api/v1/people/${gil.id}`)).body).toMatchObject({ name: 'Gil', passkeys: 2 });
  });

  it('add further passkeys and remove all but the last', async () => {
    const hal = await org.invite(ada, 'viewer', 'Hal');
    const options = await hal.call('POST', '/api/v1/session/passkeys/options', { body: {} });
    const second = new SoftwarePasskey(RP);
    const added = await hal.confirmed('POST', '/api/v1/session/passkeys', {
      name: 'Phone',
      response: second.register(options.body),
    });
    expect(added).toMatchObject({ status: 201, body: { id: second.id } });
    expect((await signIn(second)).status).toBe(201);
    const path = `/api/v1/session/passkeys/${hal.passkey.id}`;
    expect((await hal.confirmed('DELETE', path)).status).toBe(204);
    const rest = personOf(org.call, second, await signIn(second));
    expect(await rest.confirmed('DELETE', `/api/v1/session/passkeys/${second.id}`)).toMatchObject({
      status: 409,
      body: { code: 'ACCESS_LAST_PASSKEY' },
    });
    expect((await signIn(hal.passkey)).status).toBe(403);
  });
});

describe('a fresh passkey assertion', () => {
  const PATH = '/api/v1/people/invitations';
  const BODY = { name: 'Ivy', role: 'viewer' };
  const send = (header: string | undefined, body: unknown = BODY, path = PATH) =>
    ada.call('POST', path, { body, headers: header === undefined ? {} : { 'passkey-assertion': header } });

  it('is asked for', async () => {
    expect(await send(undefined)).toMatchObject({ status: 403, body: { code: 'ACCESS_PASSKEY_REQUIRED' } });
  });

  it('confirms one request, once', async () => {
    const header = await ada.assertion('POST', PATH, BODY);
    expect((await send(header)).status).toBe(201);
    expect(await send(header)).toMatchObject({ status: 403, body: { code: 'ACCESS_PASSKEY_REFUSED' } });
    expect((await org.records.audit.list({})).items[0]).toMatchObject({
      action: 'passkey.refused',
      actor: { name: 'Ada' },
      target: ada.passkey.id,
      details: { method: 'POST', path: PATH },
    });
  });

  it('confirms no other body, path or method', async () => {
    expect((await send(await ada.assertion('POST', PATH, BODY), { name: 'Ivy', role: 'admin' })).status).toBe(403);
    expect((await send(await ada.assertion('POST', `${PATH}?x=1`, BODY))).status).toBe(403);
    expect((await send(await ada.assertion('DELETE', PATH, BODY))).status).toBe(403);
  });

  it('counts in its own session and for its own person only', async () => {
    const other = personOf(org.call, ada.passkey, await signIn(ada.passkey));
    const ofOther = await other.assertion('POST', PATH, BODY);
    expect((await send(ofOther)).status).toBe(403);
    const jon = await org.invite(ada, 'viewer', 'Jon');
    const challenge = await ada.challenge('POST', PATH, BODY);
    const header = Buffer.from(JSON.stringify(jon.passkey.assert(challenge))).toString('base64url');
    expect(await send(header)).toMatchObject({ status: 403, body: { code: 'ACCESS_PASSKEY_REFUSED' } });
  });

  it('is too old after two minutes', async () => {
    const header = await ada.assertion('POST', PATH, BODY);
    await org.dataSource.query(`UPDATE challenge SET expires_at = expires_at - interval '2 minutes'`);
    expect((await send(header)).status).toBe(403);
  });

  it.each(['', 'e30', Buffer.from('{"id":1,"response":{}}').toString('base64url'), '{"id":"x"}', 'x'.repeat(9_000)])(
    'is not %j',
    async (header) => {
      expect((await send(header)).status).toBe(403);
    },
  );

  it('is bound to the passkeys that the person has: the challenge names them', async () => {
    const challenge = await ada.call('POST', '/api/v1/session/challenge', {
      body: { method: 'POST', path: PATH, bodySha256: 'a'.repeat(64) },
    });
    expect(challenge.body).toMatchObject({
      userVerification: 'required',
      allowCredentials: [{ id: ada.passkey.id }],
    });
  });
});
