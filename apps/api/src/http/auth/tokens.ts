import { createHash, createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;

/** 256 random bits, base64url. */
export function newToken(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** Names a thing in lists and paths. */
export function newId(): string {
  return randomUUID();
}

/** What is kept of a secret. Secrets are random and long, so that a fast hash is enough. */
export function sha256Hex(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

export function isSameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Belongs to a session without being kept: whoever has the cookie's token can compute it, pages of other sites cannot. */
export function csrfTokenOf(sessionToken: string): string {
  return createHmac('sha256', sessionToken).update('lading csrf').digest('base64url');
}

/** An API key: its id finds it, its secret proves it. */
export function formatApiKey(id: string, secret: string): string {
  return `lading_${id}_${secret}`;
}

export function parseApiKey(text: string): { readonly id: string; readonly secret: string } | undefined {
  const match = /^lading_([0-9a-f]{12})_([\w-]{43})$/.exec(text);
  return match === null ? undefined : { id: match[1] as string, secret: match[2] as string };
}

export function newApiKeyId(): string {
  return randomBytes(6).toString('hex');
}
