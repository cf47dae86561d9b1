import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Scope } from './scopes.js';
import { ApiProblem } from '../problem/problem.js';

/**
 * What a route needs: nothing; a caller who is known; or a caller with that scope (`read` is everybody's where reads are public).
 * `key` is the former word for every write.
 */
export type Access = 'public' | 'identified' | 'key' | Scope;

/**
 * Decides about a request before its body is read, so that strangers cannot make the node buffer anything.
 * The key is compared as its SHA-256 in constant time; the node never holds the key itself.
 *
 * @returns the refusal, or undefined when the request may go on
 */
export function createAuthenticator(options: { readonly apiKeySha256: string; readonly publicReads: boolean }) {
  const expected = Buffer.from(options.apiKeySha256, 'hex');

  return (request: FastifyRequest): ApiProblem | undefined => {
    const access: Access = request.is404 ? 'public' : (request.routeOptions.config.access ?? 'key');
    if (access === 'public' || (access === 'read' && options.publicReads)) return undefined;
    const token = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) return refusal('Send the organisation’s API key as "Authorization: Bearer <key>".');
    const actual = createHash('sha256').update(token).digest();
    return timingSafeEqual(actual, expected) ? undefined : refusal('This API key is not the organisation’s.');
  };
}

function refusal(detail: string): ApiProblem {
  return new ApiProblem('API_UNAUTHENTICATED', detail, [], { 'www-authenticate': 'Bearer realm="lading"' });
}
