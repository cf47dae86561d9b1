import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiExtension, ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { z } from 'zod';
import type { Access } from '../auth/authenticate.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    freshPasskey?: boolean;
    /**
     * How often one address may ask: seldom where something could be guessed, as a person does where anybody may look something up,
     * always where others depend on the answer.
     */
    limit?: 'guessable' | 'public-page' | 'none';
    /** Name under which the act stands in the audit log. */
    audited?: string;
    /** `bytes`: the handler gets the body as a Buffer, exactly as sent. */
    body?: 'bytes';
    bodyLimitBytes?: number;
  }
}

export interface OperationOptions {
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  /** A person must confirm this very request with their passkey (docs/reference/access.md#a-fresh-passkey-assertion). */
  readonly freshPasskey?: boolean;
  readonly limit?: 'guessable' | 'none';
  readonly status?: number;
  /** Schema of the answer; left out where the answer is not JSON. */
  readonly answer?: z.ZodType;
  /** Statuses of problem answers beside 401 and 500. */
  readonly problems?: readonly number[];
  readonly body?: 'bytes';
  readonly bodyLimitBytes?: number;
  /** A write that waits for finality: documents `Prefer`, `Idempotency-Key` and 202. */
  readonly isWrite?: boolean;
}

const PROBLEM_CONTENT = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
const PROBLEM_MEANING: Readonly<Record<number, string>> = {
  400: 'The request is not well-formed.',
  401: 'Nobody known: no session, key or signature, or one that does not hold.',
  403: 'Refused: the caller, or the organisation, may not do this.',
  404: 'There is no such thing.',
  406: 'What the client accepts is not spoken here.',
  409: 'It exists already, or the same request is being carried out.',
  413: 'The body, or what is asked for, is too large.',
  414: 'The URL is too long.',
  415: 'The Content-Type is not read here.',
  422: 'Refused by a rule of the ledger; `code` says which.',
  429: 'Too many requests; `Retry-After` says when to go on.',
  500: 'A fault of this node.',
  501: 'Not offered by this server.',
  503: 'The database or the network is not available; try again.',
  504: 'The index did not reach the asked height in time.',
};

/** One route: who may call it, what Fastify needs to know of it, and its place in the OpenAPI document. */
export function Operation(options: OperationOptions): MethodDecorator {
  const { access, body, bodyLimitBytes, freshPasskey = false, status = 200 } = options;
  const problems = [
    ...new Set([
      ...(options.problems ?? []),
      ...(options.isWrite === true ? [400, 409, 422, 503] : []),
      ...(access === 'public' ? [] : access === 'identified' ? [401] : [401, 403]),
      429,
      500,
    ]),
  ].sort();
  return applyDecorators(
    HttpCode(status),
    RouteConfig({
      access,
      freshPasskey,
      ...(options.limit && { limit: options.limit }),
      ...(AUDITED.includes(access) && { audited: options.id }),
      ...(body && { body }),
      ...(bodyLimitBytes && { bodyLimitBytes }),
    }),
    ApiExtension('x-access', access),
    ...(freshPasskey ? [ApiExtension('x-fresh-passkey', true), FRESH_PASSKEY_HEADER] : []),
    ApiOperation({
      operationId: options.id,
      tags: [options.tag],
      summary: options.summary,
      ...(options.description && { description: options.description }),
    }),
    ApiResponse(
      options.answer
        ? { status, description: options.summary, standardSchema: options.answer }
        : { status, description: options.summary },
    ),
    ...(access === 'public' ? [] : [ApiBearerAuth(), ApiCookieAuth()]),
    ...(options.isWrite === true ? WRITE_DECORATORS : []),
    ...problems.map((problem) =>
      ApiResponse({ status: problem, description: PROBLEM_MEANING[problem] ?? '', content: PROBLEM_CONTENT }),
    ),
  );
}

/** Whoever carries out such an act is on record. */
const AUDITED: readonly Access[] = ['governance'];

const FRESH_PASSKEY_HEADER = ApiHeader({
  name: 'Passkey-Assertion',
  required: false,
  description:
    'For people: a fresh assertion for this very request (`POST /api/v1/session/challenge`), base64url of its JSON. Good for 2 minutes, once.',
  schema: { type: 'string' },
});

const WRITE_DECORATORS = [
  ApiHeader({
    name: 'Prefer',
    required: false,
    description: '`respond-async`: answer 202 with `Location` at once instead of waiting for finality.',
    schema: { type: 'string' },
  }),
  ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Up to 255 characters. The same key with the same request gets the first answer again.',
    schema: { type: 'string', maxLength: 255 },
  }),
  ApiResponse({ status: 202, description: 'Taken, not final yet; `Location` is where its state can be read.' }),
];
