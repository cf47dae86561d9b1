import { createHmac } from 'node:crypto';
import { toBase64, utf8Encode } from '#codec';
import type { Self } from '../../parts.js';

export interface SignedMessage {
  /** The same at every attempt. */
  readonly id: string;
  /** Of this attempt. */
  readonly at: Date;
  readonly body: string;
}

/**
 * Headers that prove where a delivery comes from (docs/operations/webhooks.md#signatures):
 * - `GS1-Signature`: HMAC-SHA-256 of the body with the subscriber's token, the simplest that the standard names;
 * - `webhook-id`, `webhook-timestamp`, `webhook-signature` (Standard Webhooks): the HMAC over id, time and body as `v1`, and the
 *   organisation's Ed25519 signature over the same as `v1a`, which a third party can check with the key on the ledger.
 *
 * @param token - undefined: the subscriber gave none, then only the organisation signs
 */
export function signatureHeaders(
  message: SignedMessage,
  token: string | undefined,
  self: Self,
): Record<string, string> {
  const timestamp = Math.floor(message.at.getTime() / 1_000);
  const signed = `${message.id}.${timestamp}.${message.body}`;
  const key = self.signingKeys.current();
  const signatures = [`v1a,${toBase64(key.sign(utf8Encode(signed)))}`];
  if (token !== undefined)
    signatures.unshift(`v1,${createHmac('sha256', secretOf(token)).update(signed).digest('base64')}`);
  return {
    ...(token !== undefined && { 'GS1-Signature': createHmac('sha256', token).update(message.body).digest('hex') }),
    'webhook-id': message.id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
    'lading-organization': self.did,
    'lading-key-id': key.keyId,
  };
}

/** Standard Webhooks spells a secret `whsec_` and base64; any other token is used as the text that it is. */
function secretOf(token: string): Buffer {
  return token.startsWith('whsec_') ? Buffer.from(token.slice('whsec_'.length), 'base64') : Buffer.from(token, 'utf8');
}
