import type { FastifyRequest } from 'fastify';
import type { AccessSettings } from './access-settings.js';

/** The session token that the browser sent; undefined when there is none of the right form. */
export function sessionTokenOf(request: FastifyRequest, { cookieName }: AccessSettings): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (pair.slice(0, at).trim() !== cookieName) continue;
    const value = pair.slice(at + 1).trim();
    return /^[\w-]{43}$/.test(value) ? value : undefined;
  }
  return undefined;
}

/** `Set-Cookie` for a session; an empty token takes the cookie away. How long a session lasts is kept with the session. */
export function sessionCookie(token: string, { cookieName, origin }: AccessSettings): string {
  const secure = origin.startsWith('https:') ? '; Secure' : '';
  return `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Strict${secure}${token === '' ? '; Max-Age=0' : ''}`;
}
