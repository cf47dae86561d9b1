import type { FastifyRequest } from 'fastify';
import { JsonObject } from '#codec';
import { exactMember } from '../json-body.js';

/** `attributes` of the body, digit for digit; validation has found them to be an object where they are given. */
export function exactAttributes(request: FastifyRequest): JsonObject | undefined {
  const attributes = exactMember(request, 'attributes');
  return attributes instanceof JsonObject ? attributes : undefined;
}
