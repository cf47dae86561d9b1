import type { ApiQueryOptions } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { repairDocument, type Repair } from '#trace';
import { ApiProblem, problemOfFailure } from '../problem/problem.js';
import { readCaptureDocument, type CaptureDocument } from './capture-document.js';
import { documentBytes } from './document-bytes.js';
import type { CaptureErrorBehaviour } from './gs1-headers.js';

export interface RepairReport {
  readonly originalSha256: string;
  readonly repairs: readonly Repair[];
}

export const REPAIR_PARAMETER: ApiQueryOptions = {
  name: 'repair',
  required: false,
  schema: { type: 'string', enum: ['report'] },
  description:
    '`report`: repair what can be read in one way only, XML included, and list every repair in the answer (docs/reference/repair.md).',
};

/**
 * The document to capture; with `?repair=report` repaired first (docs/reference/repair.md), and then it may be XML too.
 * @throws ApiProblem for a document that cannot be read or repaired, and for any other value of `repair`
 */
export function documentToCapture(
  request: FastifyRequest,
  behaviour: CaptureErrorBehaviour,
): { readonly document: CaptureDocument; readonly report?: RepairReport } {
  const mode = (request.query as Readonly<Record<string, unknown>>).repair;
  if (mode === undefined) return { document: readCaptureDocument(documentBytes(request)) };
  if (mode !== 'report') throw new ApiProblem('API_INVALID_REQUEST', 'The parameter repair is "report", or absent.');
  const unrepairable = behaviour === 'proceed' ? 'keep' : 'refuse';
  const repaired = repairDocument(request.body as Buffer, request.headers['content-type'] ?? '', { unrepairable });
  if (!repaired.ok) throw problemOfFailure(repaired);
  const { document, ...report } = repaired.value;
  return { document: readCaptureDocument(document), report };
}
