import type { FastifyRequest } from 'fastify';
import { ApiProblem } from '../problem/problem.js';

/** The body as it was sent. @throws ApiProblem API_UNSUPPORTED_MEDIA_TYPE when it is not said to be JSON */
export function documentBytes(request: FastifyRequest): Uint8Array {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/(ld\+)?json\s*(;|$)/i.test(type))
    throw new ApiProblem('API_UNSUPPORTED_MEDIA_TYPE', 'Send the document as application/json or application/ld+json.');
  return request.body as Buffer;
}
