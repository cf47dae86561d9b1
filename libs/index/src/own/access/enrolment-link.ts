import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { NewLink } from './access.types.js';

const TOKEN_BYTES = 32;

/**
 * A link to give to somebody, and what is kept of it. Behind `#`, the token reaches no server's log.
 *
 * @param origin - of the node's pages, without a slash at the end
 */
export function newEnrolmentLink(origin: string, lifetimeMs: number): { readonly link: NewLink; readonly url: string } {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const tokenHash = createHash('sha256').update(token).digest('hex');
  return { link: { id: randomUUID(), tokenHash, lifetimeMs }, url: `${origin}/enrol#${token}` };
}
