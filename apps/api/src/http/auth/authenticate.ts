import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { AccessRecords, SessionDto } from '#index';
import { ApiProblem } from '../problem/problem.js';
import { whileDatabaseIsUp } from '../reads/index-reader.js';
import type { AccessSettings } from './access-settings.js';
import type { Caller } from './caller.js';
import { SCOPES, scopesOfRole, type Role, type Scope } from './scopes.js';
import { sessionTokenOf } from './session-cookie.js';
import { verifySignedRequest } from './signed/verify-signed-request.js';
import { csrfTokenOf, isSameText, parseApiKey, sha256Hex } from './tokens.js';

/**
 * What a route needs: nothing; a caller who is known; or a caller with that scope (`read` is everybody's where reads are public).
 */
export type Access = 'public' | 'identified' | Scope;

export interface AuthenticatorOptions {
  readonly apiKeySha256: string;
  readonly settings: AccessSettings;
  readonly records: AccessRecords;
}

/** Requests that change nothing need no CSRF token. */
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Finds out who calls, before the body is read, so that strangers cannot make the node buffer anything. A signature of the request
 * goes before a key, a key before a session. The key of the configuration needs no database.
 */
export class Authenticator {
  constructor(private readonly options: AuthenticatorOptions) {}

  /** Whether the request says anything about who sends it. */
  hasCredentials(request: FastifyRequest): boolean {
    const { headers } = request;
    return (
      headers['signature-input'] !== undefined ||
      headers.authorization !== undefined ||
      sessionTokenOf(request, this.options.settings) !== undefined
    );
  }

  /** @throws ApiProblem API_UNAUTHENTICATED, ACCESS_CSRF, ACCESS_SIGNATURE_…, API_INDEX_UNAVAILABLE */
  async identify(request: FastifyRequest): Promise<Caller> {
    if (request.headers['signature-input'] !== undefined) return this.signer(request);
    if (request.headers.authorization !== undefined) return this.keyHolder(request.headers.authorization);
    return this.person(request);
  }

  private async keyHolder(authorization: string): Promise<Caller> {
    const token = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(authorization)?.[1];
    if (token === undefined) throw unauthenticated('Send an API key as "Authorization: Bearer <key>".');
    const actual = Buffer.from(sha256Hex(token), 'hex');
    if (timingSafeEqual(actual, Buffer.from(this.options.apiKeySha256, 'hex')))
      return { kind: 'bootstrap', scopes: this.forServices(SCOPES) };
    const parsed = parseApiKey(token);
    const key = parsed && (await whileDatabaseIsUp(() => this.options.records.services.usableKey(parsed.id)));
    if (parsed === undefined || key?.kind !== 'secret' || !isSameText(sha256Hex(parsed.secret), key.material))
      throw unauthenticated('This API key is unknown, has expired or was revoked.');
    await whileDatabaseIsUp(() => this.options.records.services.noteUse(key));
    const { id, name, scopes } = key.account;
    return { kind: 'service', id, name, keyId: key.id, scopes: this.forServices(scopes as readonly Scope[]) };
  }

  private async signer(request: FastifyRequest): Promise<Caller> {
    const { records, settings } = this.options;
    const key = await whileDatabaseIsUp(() => verifySignedRequest(request, records.services, settings));
    const { id, name, scopes } = key.account;
    return { kind: 'service', id, name, keyId: key.id, scopes: this.forServices(scopes as readonly Scope[]) };
  }

  private async person(request: FastifyRequest): Promise<Caller> {
    const { settings, records } = this.options;
    const token = sessionTokenOf(request, settings);
    if (token === undefined) throw unauthenticated('Sign in, or send an API key as "Authorization: Bearer <key>".');
    const session = await whileDatabaseIsUp(() => records.sessions.find(sha256Hex(token)));
    if (session === undefined) throw unauthenticated('This session has ended: sign in again.');
    const csrfToken = csrfTokenOf(token);
    const sent = request.headers['x-csrf-token'];
    if (!SAFE_METHODS.includes(request.method) && !(typeof sent === 'string' && isSameText(sent, csrfToken)))
      throw new ApiProblem('ACCESS_CSRF', 'Send the session’s csrfToken as X-CSRF-Token.');
    return personCaller(session, csrfToken);
  }

  private forServices(scopes: readonly Scope[]): readonly Scope[] {
    return this.options.settings.servicesMayGovern ? scopes : scopes.filter((scope) => scope !== 'governance');
  }
}

function personCaller(session: SessionDto, csrfToken: string): Caller {
  const role = session.role as Role;
  const { personId: id, personName: name } = session;
  return { kind: 'person', id, name, role, session, csrfToken, scopes: scopesOfRole(role) };
}

export function unauthenticated(detail: string): ApiProblem {
  return new ApiProblem('API_UNAUTHENTICATED', detail, [], { 'www-authenticate': 'Bearer realm="lading"' });
}
