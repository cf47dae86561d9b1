import type { FastifyReply, FastifyRequest } from 'fastify';
import type { NewSession, SessionDto } from '#index';
import type { AccessSettings } from '../auth/access-settings.js';
import type { Caller } from '../auth/caller.js';
import { scopesOfRole, type Role, type Scope } from '../auth/scopes.js';
import { sessionCookie } from '../auth/session-cookie.js';
import { csrfTokenOf, newId, newToken, sha256Hex } from '../auth/tokens.js';

/** Who is calling, as `/api/v1/session` tells it. */
export interface SessionAnswer {
  readonly caller: {
    readonly kind: Caller['kind'];
    readonly id?: string;
    readonly name?: string;
    readonly role?: Role;
  };
  readonly scopes: readonly Scope[];
  readonly csrfToken?: string;
  readonly idleExpiresAt?: string;
  readonly expiresAt?: string;
}

/** A session about to begin, and the token that only the browser keeps. */
export function newSession(request: FastifyRequest): { readonly token: string; readonly session: NewSession } {
  const token = newToken();
  const userAgent = request.headers['user-agent'] ?? null;
  return { token, session: { id: newId(), tokenHash: sha256Hex(token), address: request.ip, userAgent } };
}

/** 201 with the cookie. */
export async function answerSignedIn(
  reply: FastifyReply,
  started: SessionDto,
  token: string,
  settings: AccessSettings,
): Promise<void> {
  const { personId, personName, idleExpiresAt, expiresAt } = started;
  const role = started.role as Role;
  const answer: SessionAnswer = {
    caller: { kind: 'person', id: personId, name: personName, role },
    scopes: scopesOfRole(role),
    csrfToken: csrfTokenOf(token),
    idleExpiresAt,
    expiresAt,
  };
  await reply.code(201).header('set-cookie', sessionCookie(token, settings)).send(answer);
}
