import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { createIndexDataSource, migrate, newEnrolmentLink, openAccessRecords, type AccessRecords } from '#index';
import type { TestPostgres } from '../../../../libs/index/testing/test-postgres.js';
import type { AppParts } from '../../src/http/parts.js';
import { API_KEY, startTestApp, type TestApp } from '../start-test-app.js';
import { SoftwarePasskey } from './software-passkey.js';

export const ORIGIN = 'http://localhost:7401';
export const RP = { origin: ORIGIN, rpId: 'localhost' } as const;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  // Bodies are what the API says; each test states what it expects of them.
  readonly body: Record<string, unknown>;
}

/** An HTTP application over a real database of access records: what is tested is who gets in, and what they may do. */
export interface Organization {
  readonly t: TestApp;
  readonly records: AccessRecords;
  readonly dataSource: DataSource;
  call(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, options?: CallOptions): Promise<Answer>;
  /** A link for the first admin, as the node would print it. @returns its token */
  firstAdminToken(): Promise<string>;
  /** Enrols somebody by a link’s token, with a new passkey. */
  enrol(token: string, name?: string): Promise<Person>;
  /** The first admin. */
  admin(): Promise<Person>;
  /** Somebody invited by an admin. */
  invite(by: Person, role: string, name?: string): Promise<Person>;
  close(): Promise<void>;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody who is signed in. */
export interface Person {
  readonly id: string;
  readonly passkey: SoftwarePasskey;
  readonly cookie: string;
  readonly csrf: string;
  /** A request with the session’s cookie and CSRF token. */
  call(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, options?: CallOptions): Promise<Answer>;
  /** The same, confirmed with the passkey. */
  confirmed(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer>;
  /** Options for a fresh assertion that confirms one request. */
  challenge(method: string, path: string, body?: unknown): Promise<object>;
  /** The header that confirms one request. */
  assertion(method: string, path: string, body?: unknown): Promise<string>;
}

export async function openOrganization(
  postgres: TestPostgres,
  config: AppParts['config']['access'] & { readonly publicReads?: boolean } = {},
  parts: Partial<AppParts> = {},
): Promise<Organization> {
  const dataSource = await createIndexDataSource({ url: await postgres.createDatabase(), poolSize: 4 }).initialize();
  await migrate(dataSource);
  const records = openAccessRecords(dataSource);
  const { publicReads = false, ...access } = config;
  const t = await startTestApp({
    access: records,
    config: {
      apiKeySha256: createHash('sha256').update(API_KEY).digest('hex'),
      publicReads,
      access: { origin: ORIGIN, ...access },
    },
    ...parts,
  });

  const call: Organization['call'] = async (method, path, { body, headers = {} } = {}) => {
    const answer = await t.inject({
      method,
      url: path,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { payload: textOf(body) }),
    });
    const isJson = String(answer.headers['content-type']).includes('json') && answer.body !== '';
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: isJson && !String(answer.headers['content-type']).includes('jsonl') ? answer.json() : { text: answer.body },
    };
  };

  const organization: Organization = {
    t,
    records,
    dataSource,
    call,
    async firstAdminToken() {
      const { link, url } = newEnrolmentLink(ORIGIN, 60_000);
      const node = { actor: { kind: 'node', id: null, name: null }, requestId: null, address: null } as const;
      await records.links.firstAdmin(node, link, { replace: true, evenWithAdmin: true });
      return tokenOf(url);
    },
    async enrol(token, name) {
      const passkey = new SoftwarePasskey(RP);
      const begun = await call('POST', '/api/v1/enrolment/options', { body: { token, ...(name && { name }) } });
      if (begun.status !== 200) throw new Error(JSON.stringify(begun.body));
      const response = passkey.register(begun.body['options'] as object);
      const done = await call('POST', '/api/v1/enrolment', { body: { token, ...(name && { name }), response } });
      if (done.status !== 201) throw new Error(JSON.stringify(done.body));
      return personOf(call, passkey, done);
    },
    admin: async () => organization.enrol(await organization.firstAdminToken(), 'Ada'),
    async invite(by, role, name = `A ${role}`) {
      const { status, body } = await by.confirmed('POST', '/api/v1/people/invitations', { name, role });
      if (status !== 201) throw new Error(JSON.stringify(body));
      return organization.enrol(tokenOf(body['url'] as string));
    },
    async close() {
      await t.close();
      await dataSource.destroy();
    },
  };
  return organization;
}

export function tokenOf(url: string): string {
  return url.slice(url.indexOf('#') + 1);
}

/** What the browser keeps after somebody signed in. */
export function personOf(call: Organization['call'], passkey: SoftwarePasskey, signedIn: Answer): Person {
  const cookie = String(signedIn.headers['set-cookie']).split(';', 1)[0] as string;
  const csrf = signedIn.body['csrfToken'] as string;
  const { id } = signedIn.body['caller'] as { readonly id: string };
  const asPerson = { cookie, 'x-csrf-token': csrf };
  const person: Person = {
    id,
    passkey,
    cookie,
    csrf,
    call: (method, path, { body, headers } = {}) => call(method, path, { body, headers: { ...asPerson, ...headers } }),
    async challenge(method, path, body) {
      const bodySha256 = createHash('sha256').update(textOf(body)).digest('hex');
      const challenge = await person.call('POST', '/api/v1/session/challenge', { body: { method, path, bodySha256 } });
      if (challenge.status !== 200) throw new Error(JSON.stringify(challenge.body));
      return challenge.body;
    },
    async assertion(method, path, body) {
      const options = await person.challenge(method, path, body);
      return Buffer.from(JSON.stringify(passkey.assert(options))).toString('base64url');
    },
    async confirmed(method, path, body) {
      const header = await person.assertion(method, path, body);
      return person.call(method, path, { body, headers: { 'passkey-assertion': header } });
    },
  };
  return person;
}

function textOf(body: unknown): string {
  return body === undefined ? '' : JSON.stringify(body);
}
