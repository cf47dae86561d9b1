import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EPC_FORMATS, type EpcFormat } from '#trace';
import { ApiProblem } from '../problem/problem.js';

// EPCIS 2.0 REST bindings: what client and server tell each other in headers.

export const CAPTURE_ERROR_BEHAVIOURS = ['rollback', 'proceed'] as const;
export type CaptureErrorBehaviour = (typeof CAPTURE_ERROR_BEHAVIOURS)[number];

/** The one version of the standard and of its vocabulary that is spoken here; 2.0.1 of the JSON schema is an erratum of 2.0. */
const VERSION = '2.0.0';
/** Longer queries are for `POST /queries`, or the many values of one parameter belong into several requests. */
const URL_LENGTH_MAX = 8_192;

/** Of every answer under /epcis. */
const VERSION_HEADERS: Readonly<Record<string, string>> = {
  'GS1-EPCIS-Version': VERSION,
  'GS1-EPCIS-Min': VERSION,
  'GS1-EPCIS-Max': VERSION,
  'GS1-CBV-Version': VERSION,
  'GS1-CBV-Min': VERSION,
  'GS1-CBV-Max': VERSION,
};

/**
 * Runs before every handler under /epcis: tells the versions, and refuses what cannot be answered in a version, format or media
 * type that the client accepts.
 */
@Injectable()
export class Gs1Negotiation implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    http.getResponse<FastifyReply>().headers(VERSION_HEADERS);
    if (request.url.length > URL_LENGTH_MAX) {
      throw new ApiProblem(
        'API_URI_TOO_LONG',
        `The URL has more than ${URL_LENGTH_MAX} characters; store the query with POST /epcis/queries and ask for its events.`,
      );
    }
    assertVersions(request);
    epcFormatOf(request);
    if (!acceptsJson(request.headers.accept)) {
      throw new ApiProblem('API_NOT_ACCEPTABLE', 'Answers are JSON: accept application/json or application/ld+json.');
    }
    return true;
  }
}

/** @throws ApiProblem API_INVALID_REQUEST for a value that the standard does not name */
export function captureErrorBehaviour(request: FastifyRequest): CaptureErrorBehaviour {
  const header = headerOf(request, 'gs1-capture-error-behaviour') ?? 'rollback';
  const behaviour = CAPTURE_ERROR_BEHAVIOURS.find((known) => known === header);
  if (behaviour !== undefined) return behaviour;
  throw new ApiProblem('API_INVALID_REQUEST', 'GS1-Capture-Error-Behaviour is "rollback" or "proceed".');
}

/** How the client wants EPCs to be spelled. @throws ApiProblem API_NOT_ACCEPTABLE */
export function epcFormatOf(request: FastifyRequest): EpcFormat {
  const header = headerOf(request, 'gs1-epc-format') ?? 'Always_GS1_Digital_Link';
  const format = EPC_FORMATS.find((known) => known === header);
  if (format !== undefined) return format;
  throw new ApiProblem('API_NOT_ACCEPTABLE', `GS1-EPC-Format is one of ${EPC_FORMATS.join(', ')}.`);
}

/**
 * `GS1-Extensions: example=http://ns.example.com/epcis/,other=…`: the prefixes that names in a query's parameters have.
 *
 * @throws ApiProblem API_INVALID_REQUEST when the header is not of this form, or gives one prefix two meanings
 */
export function extensionsOf(request: FastifyRequest): ReadonlyMap<string, string> {
  const extensions = new Map<string, string>();
  const header = headerOf(request, 'gs1-extensions') ?? '';
  for (const pair of header
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')) {
    const [, prefix, uri] = /^([A-Za-z_][\w.-]*)=(\S+)$/.exec(pair) ?? [];
    if (prefix === undefined || uri === undefined) {
      throw new ApiProblem('API_INVALID_REQUEST', 'GS1-Extensions is a list of prefix=URI, separated by commas.');
    }
    if (extensions.has(prefix)) {
      throw new ApiProblem('API_INVALID_REQUEST', `GS1-Extensions gives the prefix ${prefix} twice.`);
    }
    extensions.set(prefix, uri);
  }
  return extensions;
}

/** `application/ld+json` for those who ask for it and for no other JSON; the standard's answers are `application/json`. */
export function answerTypeOf(request: FastifyRequest): string {
  const accept = request.headers.accept ?? '';
  return accept.includes('application/ld+json') && !accept.includes('application/json')
    ? 'application/ld+json'
    : 'application/json';
}

function assertVersions(request: FastifyRequest): void {
  for (const standard of ['epcis', 'cbv']) {
    const min = headerOf(request, `gs1-${standard}-min`);
    const max = headerOf(request, `gs1-${standard}-max`);
    const exact = headerOf(request, `gs1-${standard}-version`);
    const isSatisfied =
      (min === undefined || compareVersions(min, VERSION) <= 0) &&
      (max === undefined || compareVersions(max, VERSION) >= 0) &&
      (exact === undefined || compareVersions(exact.split('.').slice(0, 2).join('.'), VERSION) === 0);
    if (!isSatisfied) {
      throw new ApiProblem('API_NOT_ACCEPTABLE', `This server speaks ${standard.toUpperCase()} ${VERSION} only.`);
    }
  }
}

/** By numbers, missing ones are 0. @returns NaN when one is no version, which satisfies no comparison */
function compareVersions(a: string, b: string): number {
  if (![a, b].every((text) => /^[0-9]{1,5}(\.[0-9]{1,5}){0,3}$/.test(text))) return Number.NaN;
  const [left, right] = [a, b].map((text) => text.split('.').map(Number)) as [number[], number[]];
  for (let i = 0; i < 4; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const JSON_RANGE = /^\s*(?:\*\/\*|application\/(?:\*|json|ld\+json|problem\+json))\s*(?:;|$)/i;

function acceptsJson(accept: string | undefined): boolean {
  return (
    accept === undefined ||
    accept.split(',').some((range) => JSON_RANGE.test(range) && !/;\s*q=0(?:\.0*)?\s*(?:;|$)/i.test(range))
  );
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}
