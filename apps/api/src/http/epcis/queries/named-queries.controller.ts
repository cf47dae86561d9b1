import { Controller, Delete, Get, Inject, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBody, ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { NamedQuery, NamedQueryStore } from '#index';
import { Operation } from '../../openapi/operation.js';
import { NAMED_QUERIES } from '../../parts.js';
import { ApiProblem } from '../../problem/problem.js';
import { whileDatabaseIsUp } from '../../reads/index-reader.js';
import { SIMPLE_EVENT_QUERY } from '../answers/query-document.js';
import { documentBytes } from '../document-bytes.js';
import { namedQueriesSchema, queryDocumentSchema } from '../epcis.contract.js';
import { ApiPaging, EPC_FORMAT_HEADER } from '../event-query.openapi.js';
import { EventQueries, readEventQuery } from '../event-queries.js';
import { answerTypeOf, extensionsOf, Gs1Negotiation } from '../gs1-headers.js';
import { Pages } from '../paging/pages.js';
import { EventSockets } from '../subscriptions/event-sockets.js';
import { WebSocketUpgrades } from '../subscriptions/web-socket-upgrades.js';
import { readQueryDefinition, storedQuestion } from './query-definition.js';

const QUERY_BYTES_MAX = 64 * 1024;

/** Named queries: views on the events, kept by this organisation's node. */
@Controller('epcis/queries')
@UseGuards(Gs1Negotiation)
export class NamedQueriesController {
  constructor(
    @Inject(NAMED_QUERIES) private readonly store: NamedQueryStore,
    @Inject(EventQueries) private readonly queries: EventQueries,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(WebSocketUpgrades) private readonly upgrades: WebSocketUpgrades,
    @Inject(EventSockets) private readonly sockets: EventSockets,
  ) {}

  @Post()
  @ApiBody({ schema: { type: 'object', description: '`{ "name": …, "query": { "EQ_bizStep": ["shipping"], … } }`' } })
  @Operation({
    id: 'createNamedQuery',
    tag: 'EPCIS',
    summary: 'Gives a query a name; `Location` is the query.',
    access: 'capture',
    status: 201,
    problems: [400, 406, 409, 413, 415, 503],
    body: 'bytes',
    bodyLimitBytes: QUERY_BYTES_MAX,
  })
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { definition, question } = readQueryDefinition(documentBytes(request), extensionsOf(request));
    readEventQuery(question);
    const { name } = definition;
    const isNew = name !== SIMPLE_EVENT_QUERY && (await whileDatabaseIsUp(() => this.store.create(definition)));
    if (!isNew)
      throw new ApiProblem(
        'API_QUERY_EXISTS',
        `There is a query named ${name}; delete it first, or take another name.`,
      );
    await reply
      .code(201)
      .header('location', `/epcis/queries/${encodeURIComponent(name)}`)
      .send();
  }

  @Get()
  @ApiPaging()
  @Operation({
    id: 'listNamedQueries',
    tag: 'EPCIS',
    summary: 'The named queries of this node, by name.',
    access: 'read',
    answer: namedQueriesSchema,
    problems: [400, 406, 503],
  })
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { perPage, cursor } = this.pages.asked(request);
    const page = await whileDatabaseIsUp(() =>
      this.store.list({ limit: perPage, ...(cursor !== undefined && { cursor }) }),
    );
    this.pages.linkNext(request, reply, page.nextCursor);
    await sendQueries(request, reply, page.items);
  }

  @Get(':queryName')
  @Operation({
    id: 'getNamedQuery',
    tag: 'EPCIS',
    summary: 'A named query: a list of one, as the standard has it.',
    access: 'read',
    answer: namedQueriesSchema,
    problems: [404, 406, 503],
  })
  async one(
    @Param('queryName') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendQueries(request, reply, [await this.named(name)]);
  }

  @Delete(':queryName')
  @Operation({
    id: 'deleteNamedQuery',
    tag: 'EPCIS',
    summary: 'Forgets a named query and ends its subscriptions.',
    access: 'capture',
    status: 204,
    problems: [404, 406, 503],
  })
  async delete(@Param('queryName') name: string): Promise<void> {
    if (!(await whileDatabaseIsUp(() => this.store.delete(name)))) throw unknownQuery(name);
  }

  @Get(':queryName/events')
  @ApiPaging()
  @ApiHeader(EPC_FORMAT_HEADER)
  @Operation({
    id: 'queryNamedQueryEvents',
    tag: 'EPCIS',
    summary: 'The events that match a named query now.',
    description: 'With `Upgrade: websocket` those that will match, as they are recorded: docs/reference/subscriptions.md#websocket.',
    access: 'read',
    answer: queryDocumentSchema,
    problems: [400, 404, 406, 413, 414, 503],
  })
  async events(
    @Param('queryName') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const named = await this.named(name);
    if (this.upgrades.isAsked(request)) {
      await this.sockets.open(named, request, reply);
      return;
    }
    const question = storedQuestion(named);
    // The page is the one thing that a stored query leaves open.
    const parameters = new Map(question.parameters);
    for (const [parameter, value] of this.pages.parametersOf(request)) parameters.set(parameter, value);
    await this.queries.answer(request, reply, { ...question, parameters });
  }

  private async named(name: string): Promise<NamedQuery> {
    const query = await whileDatabaseIsUp(() => this.store.get(name));
    if (query === undefined) throw unknownQuery(name);
    return query;
  }
}

function unknownQuery(name: string): ApiProblem {
  return new ApiProblem('API_NOT_FOUND', `There is no query named ${name}.`);
}

async function sendQueries(
  request: FastifyRequest,
  reply: FastifyReply,
  queries: readonly NamedQuery[],
): Promise<void> {
  const list = queries.map(({ name, queryJson }) => `{"name":${JSON.stringify(name)},"query":${queryJson}}`);
  await reply
    .code(200)
    .type(answerTypeOf(request))
    .send(`[${list.join(',')}]`);
}
