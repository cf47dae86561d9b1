import type { FastifyRequest } from 'fastify';
import { fromHex, utf8Encode } from '#codec';
import { admitPublicKey } from '#identity';
import type { ServiceAccountStore, UsableServiceKey } from '#index';
import { sodiumVerifier } from '#keystore';
import { ApiProblem } from '../../problem/problem.js';
import type { AccessSettings } from '../access-settings.js';
import { parseContentDigest, type ContentDigest } from './content-digest.js';
import { parseSignature, parseSignatureInput, type SignatureInput } from './parse-signature-input.js';
import { authorityOf, signatureBase, type SignedMessage } from './signature-base.js';

const AGE_MAX_S = 300;
const AHEAD_MAX_S = 30;
const NONCE = /^[\x21-\x7e]{16,64}$/;

declare module 'fastify' {
  interface FastifyRequest {
    /** What a signature says about the body, to be compared once that is read. */
    signedDigest?: ContentDigest;
  }
}

/**
 * Verifies a request signed as of RFC 9421 with a service account's Ed25519 key (docs/reference/access.md#signed-requests-rfc-9421), in this
 * order: form, what is covered, window of time, key, signature, whether the request is meant for this node, nonce.
 * @throws ApiProblem ACCESS_SIGNATURE_INVALID, ACCESS_SIGNATURE_EXPIRED, ACCESS_SIGNATURE_REPLAYED
 */
export async function verifySignedRequest(
  request: FastifyRequest,
  services: Pick<ServiceAccountStore, 'usableKey' | 'takeNonce' | 'noteUse'>,
  settings: Pick<AccessSettings, 'origin'>,
  nowMs = Date.now(),
): Promise<UsableServiceKey> {
  const { input, signature } = readHeaders(request);
  const message = messageOf(request, settings);
  const { nonce, keyId } = requireCoverage(request, input);
  requireFresh(input, nowMs / 1_000);
  const key = await services.usableKey(keyId);
  const base = signatureBase(message, input);
  if (base === undefined) throw invalid('A component that the signature covers is not in the request.');
  if (key?.kind !== 'ed25519' || !isSignedBy(key.material, base, signature))
    throw invalid('The key is unknown, has expired or was revoked, or the signature is not of this request.');
  if (!ownAuthorities(request, settings).includes(authorityOf(message) ?? ''))
    throw invalid('The request was signed for another node: @authority is none of this one.');
  if (!(await services.takeNonce(keyId, nonce, (AGE_MAX_S + 2 * AHEAD_MAX_S) * 1_000)))
    throw new ApiProblem('ACCESS_SIGNATURE_REPLAYED', 'This nonce was used before: sign the request again.');
  await services.noteUse(key);
  return key;
}

function readHeaders({ headers }: FastifyRequest): { readonly input: SignatureInput; readonly signature: Uint8Array } {
  const [inputHeader, signatureHeader] = [headers['signature-input'], headers['signature']];
  const input = typeof inputHeader === 'string' ? parseSignatureInput(inputHeader) : undefined;
  if (input === undefined) throw invalid('Signature-Input does not have the form that is taken here.');
  const signature = typeof signatureHeader === 'string' ? parseSignature(signatureHeader, input.label) : undefined;
  if (signature === undefined) throw invalid('Signature has no value for the label of Signature-Input.');
  return { input, signature };
}

function messageOf(request: FastifyRequest, { origin }: Pick<AccessSettings, 'origin'>): SignedMessage {
  // A proxy that ends TLS hides the scheme; the client sees that of the origin.
  const scheme = origin.startsWith('https:') ? 'https' : 'http';
  return { method: request.method, scheme, target: request.url, headers: request.headers };
}

function requireCoverage(
  request: FastifyRequest,
  input: SignatureInput,
): { readonly nonce: string; readonly keyId: string } {
  const { components, nonce, keyId, algorithm } = input;
  const hasQuery = request.url.includes('?');
  const ofTarget = components.includes('@target-uri') ? [] : ['@authority', '@path', ...(hasQuery ? ['@query'] : [])];
  const header = request.headers['content-digest'];
  const ofBody = hasBody(request) || header !== undefined ? ['content-digest'] : [];
  const missing = ['@method', ...ofTarget, ...ofBody].filter((name) => !components.includes(name));
  if (missing.length > 0) throw invalid(`The signature does not cover ${missing.join(', ')}.`);
  if (ofBody.length > 0) {
    const digest = typeof header === 'string' ? parseContentDigest(header) : undefined;
    if (digest === undefined) throw invalid('Content-Digest has no sha-256 or sha-512.');
    request.signedDigest = digest;
  }
  if (algorithm !== undefined && algorithm !== 'ed25519') throw invalid('Only ed25519 is taken.');
  if (nonce === undefined || !NONCE.test(nonce)) throw invalid('nonce must have 16 to 64 characters.');
  if (keyId === undefined) throw invalid('keyid is missing.');
  return { nonce, keyId };
}

function requireFresh({ created, expires }: SignatureInput, nowS: number): void {
  if (created === undefined) throw invalid('created is missing.');
  const isFresh =
    created >= nowS - AGE_MAX_S && created <= nowS + AHEAD_MAX_S && (expires === undefined || expires > nowS);
  if (!isFresh)
    throw new ApiProblem('ACCESS_SIGNATURE_EXPIRED', 'The signature is too old, expired, or from the future.');
}

function isSignedBy(publicKeyHex: string, base: string, signature: Uint8Array): boolean {
  const key = admitPublicKey(fromHex(publicKeyHex) ?? new Uint8Array());
  return key.ok && sodiumVerifier.verify(signature, utf8Encode(base), key.value);
}

/** What clients may call this node: its public origin, and the address that this connection came in on. */
function ownAuthorities({ socket }: FastifyRequest, { origin }: Pick<AccessSettings, 'origin'>): readonly string[] {
  const { localAddress = '', localPort = 0 } = socket;
  const host = localAddress.includes(':') ? `[${localAddress}]` : localAddress;
  return [new URL(origin).host, `${host}:${localPort}`];
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function invalid(detail: string): ApiProblem {
  return new ApiProblem('ACCESS_SIGNATURE_INVALID', detail, [], { 'www-authenticate': 'Signature' });
}
