import type { FastifyRequest } from 'fastify';
import { JsonObject, parseStrictJson, utf8Decode, type JsonValue } from '#codec';
import { problemOfFailure } from './problem/problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The JSON body with its numbers as they were written; undefined where there is none. */
    exactBody?: JsonValue;
  }
}

/**
 * Reads a body as strictly as the content of an entry is read: what the client meant and what is signed must be one thing.
 * @returns the plain value for validation; undefined for an empty body
 * @throws ApiProblem with the JSON_ code of the first offence
 */
export function readJsonBody(request: FastifyRequest, bytes: Uint8Array): unknown {
  if (bytes.length === 0) return undefined;
  const exact = parseStrictJson(bytes);
  if (!exact.ok) throw problemOfFailure(exact);
  request.exactBody = exact.value;
  return JSON.parse(utf8Decode(bytes) as string) as unknown;
}

/** The value at `path` as the client wrote it: a validated number has lost its trailing zeros and its digits beyond 2^53. */
export function exactMember(request: FastifyRequest, ...path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (value, name) => (value instanceof JsonObject ? value.get(name) : undefined),
    request.exactBody,
  );
}
