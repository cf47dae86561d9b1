import type { FastifyRequest } from 'fastify';
import { ApiProblem } from '../problem/problem.js';
import { sha256Hex } from './tokens.js';

const HEADER = 'passkey-assertion';
/** An assertion has about 1,000 bytes. */
const HEADER_LENGTH_MAX = 8_192;

/** The very request that an assertion confirms. */
export interface ConfirmedRequest {
  readonly method: string;
  /** With the query, as sent. */
  readonly path: string;
  /** SHA-256 of the body's bytes, hexadecimal. */
  readonly bodySha256: string;
}

/** What a challenge for a fresh assertion is bound to: a session and one request. */
export function freshBinding(sessionId: string, { method, path, bodySha256 }: ConfirmedRequest): string {
  return `request ${sessionId} ${sha256Hex(`${method}\n${path}\n${bodySha256}`)}`;
}

/** The assertion that came with a request. @throws ApiProblem ACCESS_PASSKEY_REQUIRED, ACCESS_PASSKEY_REFUSED */
export function assertionOf(request: FastifyRequest): { readonly id: string } {
  const header = request.headers[HEADER];
  if (header === undefined)
    throw new ApiProblem(
      'ACCESS_PASSKEY_REQUIRED',
      'Confirm this request with your passkey: POST /api/v1/session/challenge, then send its answer as Passkey-Assertion.',
    );
  const value = typeof header === 'string' && header.length <= HEADER_LENGTH_MAX ? parse(header) : undefined;
  if (!isAssertion(value))
    throw new ApiProblem('ACCESS_PASSKEY_REFUSED', 'Passkey-Assertion is not base64url of an assertion’s JSON.');
  return value;
}

function parse(header: string): unknown {
  try {
    return JSON.parse(Buffer.from(header, 'base64url').toString());
  } catch {
    return undefined;
  }
}

function isAssertion(value: unknown): value is { readonly id: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'response' in value &&
    typeof value.response === 'object' &&
    value.response !== null
  );
}
