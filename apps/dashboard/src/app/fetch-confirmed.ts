import { startAuthentication } from '@simplewebauthn/browser';
import i18next from 'i18next';
import { bytesToBase64Url, sha256Hex } from './browser-bytes.js';

const REQUIRED = 'ACCESS_PASSKEY_REQUIRED';
const CHALLENGE = '/api/v1/session/challenge';

/**
 * `fetch`, which asks the person for their passkey where the node wants a fresh assertion for this very request, and sends it again with
 * it (docs/reference/access.md#a-fresh-passkey-assertion). Whoever closes the browser's question gets the node's refusal.
 */
export async function fetchConfirmed(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(input, init);
  if (response.status !== 403 || typeof input !== 'string') return response;
  const problem = (await response
    .clone()
    .json()
    .catch(() => undefined)) as { readonly code?: string } | undefined;
  if (problem?.code !== REQUIRED) return response;
  const assertion = await freshAssertion(input, init);
  if (assertion instanceof Response) return assertion;
  return fetch(input, {
    ...init,
    headers: { ...(init.headers as Record<string, string>), 'passkey-assertion': assertion },
  });
}

/** @returns the header's value, or the answer to show instead */
async function freshAssertion(
  path: string,
  { method = 'GET', body, headers }: RequestInit,
): Promise<string | Response> {
  const act = { method, path, bodySha256: await sha256Hex(typeof body === 'string' ? body : '') };
  const challenge = await fetch(CHALLENGE, {
    method: 'POST',
    headers: { ...(headers as Record<string, string>), 'content-type': 'application/json' },
    body: JSON.stringify(act),
  });
  if (!challenge.ok) return challenge;
  const optionsJSON = (await challenge.json()) as Parameters<typeof startAuthentication>[0]['optionsJSON'];
  try {
    const answer = await startAuthentication({ optionsJSON });
    return bytesToBase64Url(new TextEncoder().encode(JSON.stringify(answer)));
  } catch {
    const detail = i18next.t('login:notConfirmed');
    return new Response(JSON.stringify({ code: REQUIRED, detail }), { status: 403 });
  }
}
