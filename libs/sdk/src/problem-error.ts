import type { Problem } from './api-types.js';

/**
 * What an answer that is no success throws. `code` is stable (docs/reference/errors.md); the codes below are the client's own, for
 * what never reached the node.
 *
 * - `SDK_UNREACHABLE`: no answer; the request may or may not have been carried out
 * - `SDK_NOT_A_PROBLEM`: an answer that is none of a node's, a proxy's error page for instance
 * - `SDK_ABORTED`: the caller's signal
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly code: string,
    /** HTTP status; 0 when there was no answer. */
    readonly status: number,
    readonly detail: string,
    readonly errors: Problem['errors'] = [],
    readonly requestId: string | undefined = undefined,
    /** Seconds after which trying again makes sense, if the node said so. */
    readonly retryAfterSeconds: number | undefined = undefined,
  ) {
    super(`${code}: ${detail}`);
  }
}

/** Reads an answer that is no success. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const body: unknown = await response.json().catch(() => undefined);
  if (!isProblem(body)) {
    return new ProblemError(
      'SDK_NOT_A_PROBLEM',
      response.status,
      `The answer was HTTP ${response.status} without a reason.`,
    );
  }
  return new ProblemError(
    body.code,
    response.status,
    body.detail,
    Array.isArray(body.errors) ? body.errors : [],
    body.requestId,
    Number.isFinite(retryAfter) ? retryAfter : undefined,
  );
}

function isProblem(body: unknown): body is Problem {
  return (
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    typeof body.code === 'string' &&
    'detail' in body &&
    typeof body.detail === 'string'
  );
}
