import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblem } from '../../problem/problem.js';
import { PageTokens } from './page-tokens.js';

/** EPCIS 2.0 REST bindings, PerPage. */
export const PER_PAGE_DEFAULT = 30;
/** "There can be a global upper limit for the perPage value": more is answered with so many. */
export const PER_PAGE_MAX = 1_000;

/** Which page is asked for. */
export interface PageAsked {
  readonly perPage: number;
  /** Where it begins; undefined for the first. */
  readonly cursor: string | undefined;
}

/** Paging as the standard does it: `perPage` and `nextPageToken` in, `Link` and `GS1-Next-Page-Token-Expires` out. */
@Injectable()
export class Pages {
  constructor(@Inject(PageTokens) private readonly tokens: PageTokens) {}

  /**
   * For lists that take no other parameters.
   *
   * @throws ApiProblem EPCIS_QUERY_PARAMETER, API_BAD_PAGE_TOKEN
   */
  asked(request: FastifyRequest): PageAsked {
    const parameters = this.parametersOf(request);
    const perPage = parameters.get('perPage');
    if (perPage !== undefined && !/^[1-9][0-9]{0,8}$/.test(perPage))
      throw parameterProblem('perPage', 'a whole number above 0');
    return this.at(request, {
      perPage: perPage === undefined ? undefined : Number(perPage),
      nextPageToken: parameters.get('nextPageToken'),
    });
  }

  /** `perPage` and `nextPageToken` of a URL that has no others. @throws ApiProblem EPCIS_QUERY_PARAMETER */
  parametersOf(request: FastifyRequest): ReadonlyMap<string, string> {
    const parameters = new Map<string, string>();
    for (const [name, value] of Object.entries(request.query as Readonly<Record<string, unknown>>)) {
      if (name !== 'perPage' && name !== 'nextPageToken')
        throw parameterProblem(name, 'not a parameter of this resource');
      if (typeof value !== 'string') throw parameterProblem(name, 'stands more than once');
      parameters.set(name, value);
    }
    return parameters;
  }

  /** @throws ApiProblem API_BAD_PAGE_TOKEN */
  at(
    request: FastifyRequest,
    page: { readonly perPage: number | undefined; readonly nextPageToken: string | undefined },
    detail = '',
  ): PageAsked {
    return {
      perPage: Math.min(page.perPage ?? PER_PAGE_DEFAULT, PER_PAGE_MAX),
      cursor:
        page.nextPageToken === undefined
          ? undefined
          : this.tokens.open(questionOf(request, detail), page.nextPageToken),
    };
  }

  /**
   * Tells where the next page is; on the last one nothing, as the standard wants.
   *
   * @param detail - what the answer depends on beside the URL
   */
  linkNext(request: FastifyRequest, reply: FastifyReply, nextCursor: string | null, detail = ''): void {
    if (nextCursor === null) return;
    const { token, expires } = this.tokens.issue(questionOf(request, detail), nextCursor);
    const url = urlOf(request);
    url.searchParams.set('nextPageToken', token);
    reply.headers({ link: `<${url.href}>; rel="next"`, 'GS1-Next-Page-Token-Expires': expires.toISOString() });
  }
}

export function parameterProblem(parameter: string, detail: string): ApiProblem {
  return new ApiProblem('EPCIS_QUERY_PARAMETER', `${parameter}: ${detail}`, [
    { parameter, detail, code: 'EPCIS_QUERY_PARAMETER' },
  ]);
}

/** What stays the same from page to page. */
function questionOf(request: FastifyRequest, detail: string): string {
  const url = urlOf(request);
  url.searchParams.delete('nextPageToken');
  url.searchParams.delete('perPage');
  url.searchParams.sort();
  return JSON.stringify([url.pathname, url.search, detail]);
}

/** As the client sees it; a proxy that ends TLS says so in `X-Forwarded-Proto`. */
export function urlOf(request: FastifyRequest): URL {
  const scheme = request.headers['x-forwarded-proto'] === 'https' ? 'https' : request.protocol;
  return new URL(request.url, `${scheme}://${request.host}`);
}
