import type { NewLink } from '#index';
import type { AccessSettings } from '../auth/access-settings.js';
import { newId, newToken, sha256Hex } from '../auth/tokens.js';

const HOUR_MS = 3_600_000;
export const FIRST_ADMIN_MS = 24 * HOUR_MS;
export const INVITATION_MS = 72 * HOUR_MS;
export const RECOVERY_MS = 24 * HOUR_MS;

/** A link to give to somebody, and what is kept of it. Behind `#`, the token reaches no server's log. */
export function newLink(
  { origin }: Pick<AccessSettings, 'origin'>,
  lifetimeMs: number,
): { readonly link: NewLink; readonly url: string } {
  const token = newToken();
  return { link: { id: newId(), tokenHash: sha256Hex(token), lifetimeMs }, url: `${origin}/enrol#${token}` };
}
