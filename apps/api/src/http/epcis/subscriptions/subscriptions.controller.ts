import { randomUUID } from 'node:crypto';
import { Controller, Delete, Get, Inject, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBody, ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { NamedQueryStore, SubscriptionDto, SubscriptionStore } from '#index';
import { Operation } from '../../openapi/operation.js';
import { NAMED_QUERIES, SUBSCRIPTIONS, WEBHOOKS } from '../../parts.js';
import { ApiProblem } from '../../problem/problem.js';
import { whileDatabaseIsUp } from '../../reads/index-reader.js';
import { documentBytes } from '../document-bytes.js';
import { ApiPaging, EPC_FORMAT_HEADER } from '../event-query.openapi.js';
import { answerTypeOf, epcFormatOf, Gs1Negotiation } from '../gs1-headers.js';
import { Pages, urlOf, type PageAsked } from '../paging/pages.js';
import type { DestinationPolicy } from './destination.js';
import { nextRun } from './schedule.js';
import { controlsProblem, readWebhookRequest } from './subscription-controls.js';
import { subscriptionSchema, subscriptionsSchema } from './subscription.contract.js';
import { StartPosition } from './start-position.js';
import { subscribedQuery } from './subscribed-query.js';

const BODY_BYTES_MAX = 16 * 1024;
/** Of a node: each costs a query per block. */
const SUBSCRIPTIONS_MAX = 1_000;

/** Webhooks of named queries. Who has no key does not see them: a destination is nobody else's business. */
@Controller('epcis/queries/:queryName/subscriptions')
@UseGuards(Gs1Negotiation)
export class SubscriptionsController {
  constructor(
    @Inject(SUBSCRIPTIONS) private readonly store: SubscriptionStore,
    @Inject(NAMED_QUERIES) private readonly queries: NamedQueryStore,
    @Inject(StartPosition) private readonly start: StartPosition,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(WEBHOOKS) private readonly policy: DestinationPolicy,
  ) {}

  @Post()
  @ApiHeader(EPC_FORMAT_HEADER)
  @ApiBody({
    schema: {
      type: 'object',
      description:
        '`{ "dest", "signatureToken"?, "initialRecordTime"?, "stream": true }` or `{ "dest", …, "schedule": { "hour": "1", "minute": "5" }, "reportIfEmpty"? }`; docs/reference/subscriptions.md.',
    },
  })
  @Operation({
    id: 'createSubscription',
    tag: 'EPCIS',
    summary: 'Has the events of a named query sent to a URL; `Location` is the subscription.',
    access: 'subscriptions',
    status: 201,
    answer: subscriptionSchema,
    problems: [400, 404, 406, 413, 415, 503, 504],
    body: 'bytes',
    bodyLimitBytes: BODY_BYTES_MAX,
  })
  async create(
    @Param('queryName') queryName: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const named = await whileDatabaseIsUp(() => this.queries.get(queryName));
    if (named === undefined) throw unknownQuery(queryName);
    const asked = readWebhookRequest(documentBytes(request), this.policy);
    const { eventsPerDocument } = subscribedQuery(named);
    const createdAt = new Date();
    const id = randomUUID();
    const outcome = await this.store.create(
      {
        id,
        queryName,
        dest: asked.dest,
        signatureToken: asked.signatureToken,
        epcFormat: epcFormatOf(request),
        schedule: asked.schedule?.text,
        reportIfEmpty: asked.reportIfEmpty,
        initialRecordTime: asked.initialRecordTime ?? createdAt,
        position: await this.start.positionOf(asked.initialRecordTime),
        pageSize: eventsPerDocument,
        nextRunAt: asked.schedule === undefined ? undefined : nextRun(asked.schedule.times, createdAt),
        createdAt,
      },
      SUBSCRIPTIONS_MAX,
    );
    if (outcome === 'no-query') throw unknownQuery(queryName);
    if (outcome === 'limit')
      throw controlsProblem(
        '',
        `This node has ${SUBSCRIPTIONS_MAX} subscriptions; delete one first.`,
        'EPCIS_TOO_MANY_SUBSCRIPTIONS',
      );
    const made = await this.find(queryName, id);
    await reply
      .code(201)
      .type(answerTypeOf(request))
      // The standard wants a URI here, not a path.
      .header(
        'location',
        new URL(`/epcis/queries/${encodeURIComponent(queryName)}/subscriptions/${id}`, urlOf(request)).href,
      )
      .send(JSON.stringify(shownSubscription(made)));
  }

  @Get()
  @ApiPaging()
  @Operation({
    id: 'listSubscriptions',
    tag: 'EPCIS',
    summary: 'The subscriptions to a named query.',
    access: 'subscriptions',
    answer: subscriptionsSchema,
    problems: [400, 404, 406, 503],
  })
  async list(
    @Param('queryName') queryName: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { perPage, cursor } = this.page(request);
    if ((await whileDatabaseIsUp(() => this.queries.get(queryName))) === undefined) throw unknownQuery(queryName);
    const page = await whileDatabaseIsUp(() =>
      this.store.list(queryName, { limit: perPage, ...(cursor !== undefined && { cursor }) }),
    );
    this.pages.linkNext(request, reply, page.nextCursor);
    await reply
      .code(200)
      .type(answerTypeOf(request))
      .send(JSON.stringify(page.items.map(shownSubscription)));
  }

  @Get(':subscriptionID')
  @Operation({
    id: 'getSubscription',
    tag: 'EPCIS',
    summary: 'A subscription and how it stands.',
    access: 'subscriptions',
    answer: subscriptionSchema,
    problems: [404, 406, 503],
  })
  async one(
    @Param('queryName') queryName: string,
    @Param('subscriptionID') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.find(queryName, id);
    await reply
      .code(200)
      .type(answerTypeOf(request))
      .send(JSON.stringify(shownSubscription(found)));
  }

  @Delete(':subscriptionID')
  @Operation({
    id: 'deleteSubscription',
    tag: 'EPCIS',
    summary: 'Ends a subscription; what has not been delivered is not delivered any more.',
    access: 'subscriptions',
    status: 204,
    problems: [404, 406, 503],
  })
  async delete(@Param('queryName') queryName: string, @Param('subscriptionID') id: string): Promise<void> {
    if (!(await whileDatabaseIsUp(() => this.store.delete(queryName, id)))) throw unknownSubscription(id);
  }

  /** The standard has one exception for all that can be wrong with a request here. */
  private page(request: FastifyRequest): PageAsked {
    try {
      return this.pages.asked(request);
    } catch (problem) {
      throw problem instanceof ApiProblem ? controlsProblem('', problem.detail) : problem;
    }
  }

  private async find(queryName: string, id: string): Promise<SubscriptionDto> {
    const found = await whileDatabaseIsUp(() => this.store.get(id));
    if (found?.queryName !== queryName) throw unknownSubscription(id);
    return found;
  }
}

/** As the standard spells it: exactly one of stream and schedule, nothing that is null. */
export function shownSubscription({ schedule, reportIfEmpty, ...given }: SubscriptionDto): object {
  const members = Object.entries(given).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(members), ...(schedule === null ? { stream: true } : { schedule, reportIfEmpty }) };
}

function unknownQuery(name: string): ApiProblem {
  return new ApiProblem('API_NOT_FOUND', `There is no query named ${name}.`);
}

export function unknownSubscription(id: string): ApiProblem {
  return new ApiProblem('EPCIS_NO_SUCH_SUBSCRIPTION', `There is no subscription ${id}.`);
}
