import type { Failure } from '#codec';
import { httpStatusOf } from './error-code-to-http.js';

/** One thing that is wrong with a request. */
export interface ProblemDetail {
  /** RFC 6901 pointer into the request's JSON body. */
  readonly pointer?: string;
  /** Name of the query or path parameter, when it is not the body. */
  readonly parameter?: string;
  readonly detail: string;
  readonly code: string;
}

/** RFC 9457 problem details, as sent. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  /** Left out of a 409 under /epcis: there the standard's OpenAPI allows 406 only, which would be wrong. */
  readonly status?: number;
  readonly detail: string;
  readonly code: string;
  readonly errors: readonly ProblemDetail[];
  readonly requestId: string;
}

/** A refusal on its way to the client; the filter makes a problem document of it. Never carries keys or contents. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;

  constructor(
    /** Stable, listed in docs/reference/errors.md. */
    readonly code: string,
    readonly detail: string,
    readonly errors: readonly ProblemDetail[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${code}: ${detail}`);
    this.status = httpStatusOf(code);
  }
}

/** A refusal by the ledger, the node or a content builder, told to the client. */
export function problemOfFailure(failure: Pick<Failure, 'code' | 'detail' | 'pointer'>): ApiProblem {
  const errors =
    failure.pointer === undefined ? [] : [{ pointer: failure.pointer, detail: failure.detail, code: failure.code }];
  return new ApiProblem(
    failure.code,
    failure.detail,
    errors,
    httpStatusOf(failure.code) === 503 ? { 'retry-after': '1' } : {},
  );
}

/** `TRACE_NOT_OWNER` → "Not owner": the short summary that does not change from one occurrence to the next. */
export function titleOf(code: string): string {
  const words = code.split('_').slice(1).join(' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
