import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { InvariantViolation } from '#codec';
import { ApiProblem, titleOf, type Problem } from './problem.js';
import { epcisExceptionOf } from '../epcis/epcis-exception.js';

/** What Fastify and Nest themselves refuse, in our codes. */
const CODE_OF_STATUS: Readonly<Record<number, string>> = {
  400: 'API_INVALID_REQUEST',
  404: 'API_NOT_FOUND',
  413: 'API_BODY_TOO_LARGE',
  414: 'API_URI_TOO_LONG',
  415: 'API_UNSUPPORTED_MEDIA_TYPE',
};
const DETAIL_OF_CODE: Readonly<Record<string, string>> = {
  API_BODY_TOO_LARGE: 'The request body is larger than this operation takes.',
  API_UNSUPPORTED_MEDIA_TYPE: 'This operation does not read bodies of this Content-Type.',
  API_URI_TOO_LONG: 'A part of the path is longer than any identifier.',
};

/** Makes a problem document (RFC 9457) of everything that goes wrong, whoever threw it. The one place that logs it. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: Logger,
    private readonly onFatal: (error: Error) => void,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const refusal = toApiProblem(thrown, request);
    if (refusal.code === 'API_INTERNAL') this.log.error({ requestId: request.id, err: thrown }, 'request failed');
    if (thrown instanceof InvariantViolation) this.onFatal(thrown);
    if (!reply.sent) sendProblem(refusal, request, reply);
  }
}

/** Also for what Fastify's router refuses before Nest sees it. */
export function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const refusal = toApiProblem(thrown, request);
  const isEpcis = /^\/epcis(?:[/?]|$)/.test(request.url);
  const problem: Problem = {
    type: isEpcis ? epcisExceptionOf(refusal.status, refusal.code) : `/docs/errors#${refusal.code}`,
    title: titleOf(refusal.code),
    ...(!(isEpcis && refusal.status === 409) && { status: refusal.status }),
    detail: refusal.detail,
    code: refusal.code,
    errors: refusal.errors,
    requestId: request.id,
  };
  void reply
    .code(refusal.status)
    .type('application/problem+json')
    .headers(refusal.headers)
    .send(JSON.stringify(problem));
}

function toApiProblem(thrown: unknown, request: FastifyRequest): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown;
  const status = statusOf(thrown);
  if (status === 404) {
    return new ApiProblem(
      'API_NOT_FOUND',
      `There is no ${request.method} ${request.url.split('?', 1)[0] ?? ''} here; /docs lists what there is.`,
    );
  }
  const code = CODE_OF_STATUS[status];
  if (code === undefined) {
    return new ApiProblem(
      'API_INTERNAL',
      'Something went wrong in this node; its log has the details under this requestId.',
    );
  }
  return new ApiProblem(code, DETAIL_OF_CODE[code] ?? (thrown as Error).message);
}

/** Nest's HTTP exceptions and Fastify's errors; everything else is a fault of ours. */
function statusOf(thrown: unknown): number {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if (thrown instanceof Error && 'statusCode' in thrown && typeof thrown.statusCode === 'number')
    return thrown.statusCode;
  return 500;
}
