import { Controller, Get, Inject, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiQuery } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { writeJson } from '#codec';
import type { EventSearches, IndexProgress } from '#index';
import { CONTENT_BYTES_MAX } from '#ledger';
import { effectiveEventId } from '#trace';
import { Operation } from '../openapi/operation.js';
import { EVENT_SEARCH, INDEX_PROGRESS } from '../parts.js';
import { ApiProblem } from '../problem/problem.js';
import { whileDatabaseIsUp } from '../reads/index-reader.js';
import { ActWriter } from '../writes/act-writer.js';
import { readBareEvent, withEventId } from './bare-event.js';
import { ApiEventQuery, EPC_FORMAT_HEADER } from './event-query.openapi.js';
import { queryDocumentSchema } from './epcis.contract.js';
import { EventQueries } from './event-queries.js';
import { Gs1Negotiation } from './gs1-headers.js';
import { documentToCapture, REPAIR_PARAMETER } from './repaired-document.js';

/** An event that was recorded can be read at its `Location` at once, unless the index lags more than this. */
const INDEX_WAIT_MS = 3_000;

@Controller('epcis/events')
@UseGuards(Gs1Negotiation)
export class EventsController {
  constructor(
    @Inject(EventQueries) private readonly queries: EventQueries,
    @Inject(EVENT_SEARCH) private readonly search: EventSearches,
    @Inject(ActWriter) private readonly acts: ActWriter,
    @Inject(INDEX_PROGRESS) private readonly progress: IndexProgress,
  ) {}

  @Get()
  @ApiEventQuery()
  @Operation({
    id: 'queryEvents',
    tag: 'EPCIS',
    summary: 'The events that match a query (EPCIS 2.0 SimpleEventQuery).',
    description:
      'Every query parameter of EPCIS 2.0, also those whose names follow a pattern; several values of one parameter are parted by "|". Pages: `Link` with rel="next".',
    access: 'read',
    answer: queryDocumentSchema,
    problems: [400, 406, 413, 414, 503],
  })
  query(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.queries.answerUrl(request, reply);
  }

  @Get(':eventID')
  @ApiHeader(EPC_FORMAT_HEADER)
  @Operation({
    id: 'getEvent',
    tag: 'EPCIS',
    summary: 'The event with this eventID, and its error declaration.',
    access: 'read',
    answer: queryDocumentSchema,
    problems: [404, 406, 503],
  })
  async one(
    @Param('eventID') eventID: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { events } = await whileDatabaseIsUp(() => this.search.eventsById(eventID));
    if (events.length === 0) throw new ApiProblem('API_NOT_FOUND', 'No event with this eventID is recorded.');
    await this.queries.send(request, reply, events);
  }

  @Post()
  @ApiConsumes('application/json', 'application/ld+json', 'application/xml', 'text/xml')
  @ApiBody({
    schema: {
      type: 'object',
      description: 'One EPCIS event with its own @context; with `repair=report` also a document of one event.',
    },
  })
  @ApiQuery(REPAIR_PARAMETER)
  @Operation({
    id: 'captureEvent',
    tag: 'EPCIS',
    summary: 'Records one event and answers when it is final; `Location` is where it can be read.',
    description:
      'The answer is the event with its eventID, with `repair=report` as `event` beside `originalSha256` and `repairs`; `Lading-Event-Hash` is its CBV event hash id, `Lading-Event-Hash-Check` how its eventID stands to that (absent, other, match, mismatch). At most 1 MiB.',
    access: 'capture',
    status: 201,
    problems: [403, 406, 413, 415],
    body: 'bytes',
    bodyLimitBytes: CONTENT_BYTES_MAX,
    isWrite: true,
  })
  async capture(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { document, report } = documentToCapture(request, 'rollback');
    const { draft, event, hash } = readBareEvent(document.bytes, { inDocument: report !== undefined });
    if (hash !== undefined)
      reply.headers({ 'Lading-Event-Hash': hash.hashId, 'Lading-Event-Hash-Check': hash.verdict });
    await this.acts.write(request, reply, {
      draft: () => draft,
      location: (entryId) => `/epcis/events/${encodeURIComponent(effectiveEventId(event, entryId))}`,
      answer: async ({ entryId, height }) => {
        await this.progress.waitFor(height, INDEX_WAIT_MS);
        const recorded = writeJson(withEventId(event.json, effectiveEventId(event, entryId)));
        return report === undefined ? recorded : `${JSON.stringify(report).slice(0, -1)},"event":${recorded}}`;
      },
    });
  }
}
