import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EventSearches, FoundEvent } from '#index';
import { parseEventQuery, type EventQuery } from '#trace';
import { EVENT_SEARCH } from '../parts.js';
import { ApiProblem } from '../problem/problem.js';
import { whileDatabaseIsUp } from '../reads/index-reader.js';
import { EpcFormats } from './answers/epc-format.js';
import { queryDocument } from './answers/query-document.js';
import { answerTypeOf, epcFormatOf, extensionsOf } from './gs1-headers.js';
import { Pages, parameterProblem } from './paging/pages.js';

/** A question about events: parameters by name, each with the text of one value or of several. */
export interface EventQuestion {
  readonly parameters: ReadonlyMap<string, string | readonly string[]>;
  /** What the prefixes in names of parameters stand for. */
  readonly namespaces: ReadonlyMap<string, string>;
  /** Of a named query. */
  readonly queryName?: string;
  /** What the answer depends on that does not stand in the URL. */
  readonly detail?: string;
}

/** Answers questions about events with EPCISQueryDocuments, page by page. */
@Injectable()
export class EventQueries {
  constructor(
    @Inject(EVENT_SEARCH) private readonly search: EventSearches,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(EpcFormats) private readonly formats: EpcFormats,
  ) {}

  /**
   * @param fixed - the parameter that the path stands for, which the URL must not have too
   * @throws ApiProblem EPCIS_QUERY_…, API_BAD_PAGE_TOKEN, API_INDEX_UNAVAILABLE
   */
  async answerUrl(
    request: FastifyRequest,
    reply: FastifyReply,
    fixed?: { readonly parameter: string; readonly value: string },
  ): Promise<void> {
    const parameters = parametersOf(request);
    if (fixed !== undefined) {
      if (parameters.has(fixed.parameter))
        throw parameterProblem(fixed.parameter, 'The path of this resource says it already.');
      // A list, so that a value with a "|" in it stays one value.
      parameters.set(fixed.parameter, [fixed.value]);
    }
    const namespaces = extensionsOf(request);
    await this.answer(request, reply, { parameters, namespaces, detail: JSON.stringify([...namespaces]) });
  }

  async answer(request: FastifyRequest, reply: FastifyReply, question: EventQuestion): Promise<void> {
    const query = readEventQuery(question);
    const { perPage, cursor } = this.pages.at(request, query, question.detail);
    const page = await whileDatabaseIsUp(() =>
      this.search.search(query, { perPage, ...(cursor !== undefined && { after: cursor }) }),
    );
    if (!page.ok) throw new ApiProblem(page.code, page.detail);
    this.pages.linkNext(request, reply, page.value.nextCursor, question.detail);
    await this.send(request, reply, page.value.events, question.queryName);
  }

  async send(
    request: FastifyRequest,
    reply: FastifyReply,
    events: readonly FoundEvent[],
    queryName?: string,
  ): Promise<void> {
    const { text, namespaces } = queryDocument(events, {
      spelling: await this.formats.spelling(epcFormatOf(request)),
      createdAt: new Date(),
      ...(queryName !== undefined && { queryName }),
    });
    const extensions = [...namespaces]
      .map(([prefix, uri]) => `${prefix}=${uri}`)
      .filter((pair) => /^[^\s,]+$/.test(pair));
    if (extensions.length > 0) reply.header('GS1-Extensions', extensions.join(','));
    await reply.code(200).type(answerTypeOf(request)).send(text);
  }
}

/** @throws ApiProblem EPCIS_QUERY_PARAMETER, which names the parameter */
export function readEventQuery({ parameters, namespaces }: EventQuestion): EventQuery {
  const query = parseEventQuery(parameters, namespaces);
  if (query.ok) return query.value;
  const { code, detail, pointer: parameter } = query;
  throw new ApiProblem(code, detail, [{ ...(parameter !== undefined && { parameter }), detail, code }]);
}

function parametersOf(request: FastifyRequest): Map<string, string | readonly string[]> {
  const query = request.query as Readonly<Record<string, string | readonly string[]>>;
  return new Map(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'string' ? withPlus(value) : value.map(withPlus),
    ]),
  );
}

/** A "+" that a client did not percent-encode arrives as a space; before the offset of a time it can only have been that. */
function withPlus(value: string): string {
  return value.replace(/(T[\d:.]+) (\d\d:\d\d)$/, '$1+$2');
}
