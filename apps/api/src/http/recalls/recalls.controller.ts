import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RecordReader } from '#codec';
import type { EntryId } from '#ledger';
import { readDateTime, RECALL, recallAcknowledgement, recallClosing, recallOpening, type EntryDraft } from '#trace';
import type { z } from 'zod';
import { itemIdParam } from '../items/items.controller.js';
import { Operation } from '../openapi/operation.js';
import { LEDGER_STATE } from '../parts.js';
import { toldInRequest } from '../problem/in-request.js';
import { IndexReader } from '../reads/index-reader.js';
import { present } from '../reads/present.js';
import { readQuerySchema, type ReadQuery } from '../reads/read.contract.js';
import { ActWriter, entryIdParam } from '../writes/act-writer.js';
import { recallImpactCsv } from './recall-impact-csv.js';
import { recallImpactSchema, simulationInputSchema, simulationQuerySchema } from './recall-impact.contract.js';
import {
  acknowledgementInputSchema,
  closingInputSchema,
  openingInputSchema,
  recallDetailSchema,
  recallPageSchema,
  recallReceiptSchema,
  recallsQuerySchema,
} from './recall.contract.js';

/** An answer names its recall in the path. */
const PLACES = new Map([['/recall', { parameter: 'id' }]]);

@Controller('api/v1/recalls')
export class RecallsController {
  constructor(
    @Inject(IndexReader) private readonly index: IndexReader,
    @Inject(ActWriter) private readonly acts: ActWriter,
    @Inject(LEDGER_STATE) private readonly state: RecordReader,
  ) {}

  @Post()
  @Operation({
    id: 'openRecall',
    tag: 'Recalls',
    summary: 'Calls back items and lots of this organisation’s products.',
    access: 'recall',
    status: 201,
    answer: recallReceiptSchema,
    problems: [403],
    isWrite: true,
  })
  async open(
    @Body({ schema: openingInputSchema }) { lots = [], items = [], ...input }: z.infer<typeof openingInputSchema>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    // The entry has one list of both.
    const ofLots = lots.map((_, i) => [`/items/${items.length + i}`, { pointer: `/lots/${i}` }] as const);
    await toldInRequest(new Map(ofLots), () =>
      this.acts.write(request, reply, {
        draft: () => recallOpening({ ...input, items: [...items, ...lots] }),
        answer: (receipt) => ({ ...this.recallNow(receipt.entryId), ...receipt }),
        location: (id) => `/api/v1/recalls/${id}`,
      }),
    );
  }

  @Post('simulate')
  @Operation({
    id: 'simulateRecall',
    tag: 'Recalls',
    summary: 'What a recall would concern: affected items, who has them, quantities and shares, and what is unknown.',
    description: 'Nothing is recorded. `Accept: text/csv` answers a line for each holder of each affected item.',
    access: 'read',
    answer: recallImpactSchema,
    problems: [400, 503, 504],
  })
  async simulate(
    @Body({ schema: simulationInputSchema }) input: z.infer<typeof simulationInputSchema>,
    @Query({ schema: simulationQuerySchema }) query: z.infer<typeof simulationQuerySchema>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const items = [...new Set([...(input.items ?? []), ...(input.lots ?? [])].map(itemIdParam))];
    const { from, to } = input.window ?? {};
    const window = present({ fromMs: readDateTime(from ?? ''), toMs: readDateTime(to ?? '') });
    const impact = await this.index.read(query, (reads) => reads.recallImpact({ items, ...window }));
    if (/\btext\/csv\b/i.test(request.headers.accept ?? '')) {
      await reply
        .type('text/csv; charset=utf-8; header=present')
        .header('content-disposition', 'attachment; filename="recall-impact.csv"')
        .send(recallImpactCsv(impact));
    } else await reply.type('application/json').send(JSON.stringify(impact));
  }

  @Post(':id/acknowledge')
  @Operation({
    id: 'acknowledgeRecall',
    tag: 'Recalls',
    summary: 'Says that this organisation has read a recall, and what it found; again whenever there is news.',
    access: 'recall',
    status: 201,
    answer: recallReceiptSchema,
    problems: [403, 404],
    isWrite: true,
  })
  acknowledge(
    @Param('id') text: string,
    @Body({ schema: acknowledgementInputSchema }) input: z.infer<typeof acknowledgementInputSchema>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const id = entryIdParam(text, 'recall');
    return this.answer(id, recallAcknowledgement({ ...input, recall: id }), request, reply);
  }

  @Post(':id/close')
  @Operation({
    id: 'closeRecall',
    tag: 'Recalls',
    summary: 'Ends a recall that this organisation opened.',
    access: 'recall',
    status: 201,
    answer: recallReceiptSchema,
    problems: [403, 404],
    isWrite: true,
  })
  close(
    @Param('id') text: string,
    @Body({ schema: closingInputSchema }) input: z.infer<typeof closingInputSchema>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const id = entryIdParam(text, 'recall');
    return this.answer(id, recallClosing({ ...input, recall: id }), request, reply);
  }

  @Get()
  @Operation({
    id: 'listRecalls',
    tag: 'Recalls',
    summary: 'Recalls of all organisations, newest first.',
    access: 'read',
    answer: recallPageSchema,
    problems: [400, 503, 504],
  })
  list(@Query({ schema: recallsQuerySchema }) query: z.infer<typeof recallsQuerySchema>) {
    const { state, openedBy, limit, cursor } = query;
    const item = query.item === undefined ? undefined : itemIdParam(query.item);
    return this.index.read(query, (reads) =>
      reads.recalls(present({ state, openedBy, item }), present({ limit, cursor })),
    );
  }

  @Get(':id')
  @Operation({
    id: 'getRecall',
    tag: 'Recalls',
    summary: 'One recall: what it calls back, and what each organisation answered last.',
    access: 'read',
    answer: recallDetailSchema,
    problems: [404, 503, 504],
  })
  recall(@Param('id') text: string, @Query({ schema: readQuerySchema }) query: ReadQuery) {
    const id = entryIdParam(text, 'recall');
    return this.index.readOne(query, `recall ${id}`, (reads) => reads.recall(id));
  }

  private answer(id: EntryId, draft: EntryDraft, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    return toldInRequest(PLACES, () =>
      this.acts.write(request, reply, {
        draft: () => draft,
        answer: (receipt) => ({ ...this.recallNow(id), ...receipt }),
        location: () => `/api/v1/recalls/${id}`,
      }),
    );
  }

  /** As the ledger has it after the entry: the index may be a moment behind. */
  private recallNow(id: EntryId): object {
    const recall = this.state.get(RECALL, id);
    if (recall === undefined) return { id };
    const { state, openedBy, items } = recall;
    return { id, state, openedBy, items };
  }
}
