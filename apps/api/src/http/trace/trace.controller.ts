import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EpcFormats } from '../epcis/answers/epc-format.js';
import { queryDocument } from '../epcis/answers/query-document.js';
import { epcFormatOf } from '../epcis/gs1-headers.js';
import { itemIdParam } from '../items/items.controller.js';
import { Operation } from '../openapi/operation.js';
import { IndexReader } from '../reads/index-reader.js';
import { present } from '../reads/present.js';
import { traceCsv } from './trace-csv.js';
import { epcisEventsOf } from './trace-events.js';
import { traceQuerySchema, traceSchema, type TRACE_FORMATS, type TraceQuery } from './trace.contract.js';

@Controller('api/v1/items')
export class TraceController {
  constructor(
    @Inject(IndexReader) private readonly index: IndexReader,
    @Inject(EpcFormats) private readonly formats: EpcFormats,
  ) {}

  @Get(':id/trace')
  @Operation({
    id: 'traceItem',
    tag: 'Items',
    summary: 'What an item came from and what became of it, as a graph with every event.',
    description:
      'Transformations, contents and containers at their time, lots and their serials; siblings are never followed. Rules: docs/reference/trace.md. With `format=csv` (or `Accept: text/csv`) tables, with `format=epcis` an EPCISQueryDocument of the events.',
    access: 'read',
    answer: traceSchema,
    problems: [400, 404, 406, 413, 503, 504],
  })
  async trace(
    @Param('id') text: string,
    @Query({ schema: traceQuerySchema }) query: TraceQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const id = itemIdParam(text);
    const format = query.format ?? formatOf(request.headers.accept);
    const { direction, at, depth, limit } = query;
    const trace = await this.index.readOne(query, `item ${id}`, (reads) =>
      reads.trace(id, { direction, withSources: format === 'epcis', ...present({ atMs: at, depth, limit }) }),
    );
    switch (format) {
      case 'csv':
        await reply.type('text/csv; charset=utf-8; header=present').send(traceCsv(trace));
        return;
      case 'epcis': {
        const spelling = await this.formats.spelling(epcFormatOf(request));
        await reply.type('application/json').send(queryDocument(epcisEventsOf(trace), { spelling, createdAt: new Date() }).text);
        return;
      }
      case 'json':
        await reply.type('application/json').send(JSON.stringify({ ...trace, events: trace.events.map(({ source: _, ...event }) => event) }));
    }
  }
}

/** CSV for those who ask for it and for no JSON. */
function formatOf(accept = ''): (typeof TRACE_FORMATS)[number] {
  return accept.includes('text/csv') && !accept.includes('application/json') ? 'csv' : 'json';
}
