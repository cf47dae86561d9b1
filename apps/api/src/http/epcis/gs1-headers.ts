import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblem } from '../problem/problem.js';

export type CaptureErrorBehaviour = 'rollback' | 'proceed';

/** EPCIS 2.0 REST bindings: what this server speaks, told with every answer under /epcis. */
export function tellVersions(reply: FastifyReply): void {
  reply.headers({
    'GS1-EPCIS-Version': '2.0.0',
    'GS1-EPCIS-Min': '2.0.0',
    'GS1-EPCIS-Max': '2.0.0',
    'GS1-CBV-Version': '2.0.0',
    'GS1-CBV-Min': '2.0.0',
    'GS1-CBV-Max': '2.0.0',
  });
}

/** @throws ApiProblem API_INVALID_REQUEST for a value that the standard does not name */
export function captureErrorBehaviour(request: FastifyRequest): CaptureErrorBehaviour {
  const header = request.headers['gs1-capture-error-behaviour'] ?? 'rollback';
  if (header === 'rollback' || header === 'proceed') return header;
  throw new ApiProblem('API_INVALID_REQUEST', 'GS1-Capture-Error-Behaviour is "rollback" or "proceed".');
}
