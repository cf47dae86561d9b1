import type { FastifyRequest } from 'fastify';
import type { ActContext, Actor, SessionDto } from '#index';
import { ApiProblem } from '../problem/problem.js';
import type { Role, Scope } from './scopes.js';

/** Who sends a request, and what they may do. */
export type Caller =
  | {
      readonly kind: 'person';
      readonly id: string;
      readonly name: string;
      readonly role: Role;
      readonly session: SessionDto;
      readonly csrfToken: string;
      readonly scopes: readonly Scope[];
    }
  | {
      readonly kind: 'service';
      readonly id: string;
      readonly name: string;
      readonly keyId: string;
      readonly scopes: readonly Scope[];
    }
  /** The API key of the configuration. */
  | { readonly kind: 'bootstrap'; readonly scopes: readonly Scope[] };

export type PersonCaller = Extract<Caller, { kind: 'person' }>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Undefined where nobody needs to be known. */
    caller?: Caller;
  }
}

/** @throws ApiProblem API_UNAUTHENTICATED */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === undefined) throw new ApiProblem('API_UNAUTHENTICATED', 'Sign in, or send a key.');
  return request.caller;
}

/** For what only people have: sessions and passkeys. @throws ApiProblem ACCESS_FORBIDDEN */
export function personOf(request: FastifyRequest): PersonCaller {
  const caller = callerOf(request);
  if (caller.kind === 'person') return caller;
  throw new ApiProblem('ACCESS_FORBIDDEN', 'Only people have sessions and passkeys; this caller is a service.');
}

export function actorOf(caller: Caller | undefined): Actor {
  if (caller === undefined) return { kind: 'unknown', id: null, name: null };
  if (caller.kind === 'bootstrap') return { kind: 'bootstrap', id: null, name: null };
  return { kind: caller.kind, id: caller.id, name: caller.name };
}

/** Under what an act of this request is recorded. */
export function contextOf(request: FastifyRequest): ActContext {
  return { actor: actorOf(request.caller), requestId: request.id, address: request.ip };
}

/** Nobody gives away what they do not have. @throws ApiProblem ACCESS_FORBIDDEN */
export function requireOwn(request: FastifyRequest, given: readonly Scope[]): void {
  const own = callerOf(request).scopes;
  const missing = given.filter((scope) => !own.includes(scope));
  if (missing.length > 0)
    throw new ApiProblem(
      'ACCESS_FORBIDDEN',
      `This would give the scope ${missing.join(', ')}, which the caller does not have.`,
    );
}
