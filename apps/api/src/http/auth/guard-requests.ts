import { createHash, timingSafeEqual, type Hash } from 'node:crypto';
import { Transform } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { AccessRecords } from '#index';
import type { Passkeys } from '../access/passkeys.js';
import { ApiProblem } from '../problem/problem.js';
import { whileDatabaseIsUp } from '../reads/index-reader.js';
import { unauthenticated, type Access, type Authenticator } from './authenticate.js';
import { contextOf } from './caller.js';
import { assertionOf, freshBinding } from './fresh-passkey.js';
import type { RateLimits } from './rate-limits.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Hashes of the body as it comes in, by the name that node:crypto has for them. */
    bodyHashes?: ReadonlyMap<string, Hash>;
  }
}

export interface Guards {
  readonly publicReads: boolean;
  readonly authenticator: Authenticator;
  readonly limits: RateLimits;
  readonly passkeys: Passkeys;
  readonly records: AccessRecords;
  readonly log: Logger;
}

/** As long as WebAuthn has them, in base64url. */
const PASSKEY_ID_LENGTH_MAX = 1_400;
/** Acts whose refusal is on record too. */
const SENSITIVE: readonly (Access | undefined)[] = ['admin', 'audit', 'governance'];

/**
 * What every request passes: who calls and how often, before the body is read; then, with the body, its digest, the fresh passkey and
 * the audit log.
 */
export function guardRequests(fastify: FastifyInstance, guards: Guards): void {
  fastify.addHook('onRequest', (request) => letIn(request, guards));
  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    const hashes = new Map(hashesNeeded(request).map((name) => [name, createHash(name)]));
    if (hashes.size === 0) {
      done(null, payload);
      return;
    }
    request.bodyHashes = hashes;
    done(null, payload.pipe(hashing(hashes)));
  });
  fastify.addHook('preHandler', async (request) => {
    requireDigest(request);
    await requireFreshPasskey(request, guards);
    // Before the act: what cannot be put on record does not happen.
    await recordAct(request, guards, 'requested', { path: request.url });
  });
  fastify.addHook('onResponse', async (request, reply) => {
    await recordAct(request, guards, 'answered', { status: reply.statusCode }).catch((error: unknown) =>
      guards.log.error({ requestId: request.id, err: error }, 'the outcome of an act is not in the audit log'),
    );
  });
}

async function letIn(request: FastifyRequest, guards: Guards): Promise<void> {
  const { authenticator, limits, publicReads } = guards;
  const { access, limit } = request.routeOptions.config;
  if (request.is404 || access === 'public') {
    if (limit === 'guessable') await limits.ofGuesses(request);
    else if (limit === 'public-page') await limits.ofPublicPage(request);
    else if (limit !== 'none') await limits.ofAddress(request);
    return;
  }
  if (!authenticator.hasCredentials(request)) {
    await limits.ofAddress(request);
    if (access === 'read' && publicReads) return;
    throw unauthenticated('Sign in, or send an API key as "Authorization: Bearer <key>".');
  }
  try {
    request.caller = await authenticator.identify(request);
  } catch (error) {
    await limits.ofAddress(request);
    throw error;
  }
  await limits.ofCaller(request);
  await requireScope(request, access, guards);
}

/** A route that does not say what it needs is for admins. */
async function requireScope(request: FastifyRequest, access: Access | undefined, { records }: Guards): Promise<void> {
  const needed = access ?? 'admin';
  const { caller } = request;
  if (needed === 'public' || needed === 'identified' || caller?.scopes.includes(needed)) return;
  if (SENSITIVE.includes(access))
    await whileDatabaseIsUp(() =>
      records.audit.append(contextOf(request), {
        action: 'access.refused',
        target: `${request.method} ${request.routeOptions.url ?? ''}`,
        details: { needed },
      }),
    );
  const hint =
    needed === 'governance' && caller?.kind !== 'person'
      ? ' For services it counts only where the configuration says access.servicesMayGovern.'
      : '';
  throw new ApiProblem('ACCESS_FORBIDDEN', `This needs the scope ${needed}, which the caller does not have.${hint}`);
}

function hashesNeeded(request: FastifyRequest): string[] {
  const isFresh =
    request.routeOptions.config.freshPasskey === true || request.routeOptions.config.audited !== undefined;
  const names = [...(isFresh ? ['sha256'] : []), ...(request.signedDigest ? [request.signedDigest.hash] : [])];
  return [...new Set(names)];
}

function hashing(hashes: ReadonlyMap<string, Hash>): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      for (const hash of hashes.values()) hash.update(chunk);
      done(null, chunk);
    },
  });
}

function requireDigest({ signedDigest, bodyHashes }: FastifyRequest): void {
  if (signedDigest === undefined) return;
  const actual = bodyHashes?.get(signedDigest.hash)?.copy().digest();
  if (actual?.length !== signedDigest.value.length || !timingSafeEqual(actual, signedDigest.value))
    throw new ApiProblem('ACCESS_DIGEST_MISMATCH', 'The body is not the one that Content-Digest states.');
}

/** People confirm the very request; services have no passkeys, and what they may do their scopes say. */
async function requireFreshPasskey(request: FastifyRequest, { passkeys, records }: Guards): Promise<void> {
  const { caller } = request;
  if (request.routeOptions.config.freshPasskey !== true || caller?.kind !== 'person') return;
  const assertion = assertionOf(request);
  const { method, url: path } = request;
  const binding = freshBinding(caller.session.id, { method, path, bodySha256: bodySha256(request) });
  await whileDatabaseIsUp(async () => {
    try {
      const proven = await passkeys.prove(assertion, binding);
      if (proven.personId !== caller.id)
        throw new ApiProblem('ACCESS_PASSKEY_REFUSED', 'This is the passkey of somebody else.');
    } catch (error) {
      if (error instanceof ApiProblem)
        await records.audit.append(contextOf(request), {
          action: 'passkey.refused',
          target: assertion.id.slice(0, PASSKEY_ID_LENGTH_MAX),
          details: { method, path, reason: error.detail },
        });
      throw error;
    }
  });
}

async function recordAct(
  request: FastifyRequest,
  { records }: Guards,
  stage: 'requested' | 'answered',
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { audited } = request.routeOptions.config;
  if (audited === undefined || request.caller === undefined || request.method === 'GET') return;
  await whileDatabaseIsUp(() =>
    records.audit.append(contextOf(request), {
      action: `${audited}.${stage}`,
      details: { ...details, bodySha256: bodySha256(request) },
    }),
  );
}

function bodySha256({ bodyHashes }: FastifyRequest): string {
  // A body of no bytes does not pass the hashing stream.
  return (bodyHashes?.get('sha256')?.copy() ?? createHash('sha256')).digest('hex');
}
