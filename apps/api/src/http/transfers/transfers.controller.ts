import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RecordReader } from '#codec';
import type { EntryId } from '#ledger';
import {
  TRANSFER,
  transferAcceptance,
  transferCancellation,
  transferOffer,
  transferRejection,
  type EntryDraft,
} from '#trace';
import type { z } from 'zod';
import { Operation } from '../openapi/operation.js';
import { LEDGER_STATE } from '../parts.js';
import { toldInRequest } from '../problem/in-request.js';
import { IndexReader } from '../reads/index-reader.js';
import { present } from '../reads/present.js';
import { readQuerySchema, type ReadQuery } from '../reads/read.contract.js';
import { ActWriter, entryIdParam } from '../writes/act-writer.js';
import {
  acceptanceInputSchema,
  noInputSchema,
  offerInputSchema,
  rejectionInputSchema,
  transferDetailSchema,
  transferPageSchema,
  transferReceiptSchema,
  transfersQuerySchema,
} from './transfer.contract.js';

/** An answer names its transfer in the path. */
const PLACES = new Map([['/transfer', { parameter: 'id' }]]);

@Controller('api/v1/transfers')
export class TransfersController {
  constructor(
    @Inject(IndexReader) private readonly index: IndexReader,
    @Inject(ActWriter) private readonly acts: ActWriter,
    @Inject(LEDGER_STATE) private readonly state: RecordReader,
  ) {}

  @Post()
  @Operation({
    id: 'offerTransfer',
    tag: 'Transfers',
    summary: 'Offers items, with all that is inside them, to another organisation.',
    access: 'transfer',
    status: 201,
    answer: transferReceiptSchema,
    problems: [403],
    isWrite: true,
  })
  async offer(
    @Body({ schema: offerInputSchema }) input: z.infer<typeof offerInputSchema>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.acts.write(request, reply, {
      draft: () => transferOffer(input),
      answer: (receipt) => ({ ...this.transferNow(receipt.entryId), ...receipt }),
      location: (id) => `/api/v1/transfers/${id}`,
    });
  }

  @Post(':id/accept')
  @Operation({
    id: 'acceptTransfer',
    tag: 'Transfers',
    summary: 'Accepts an offer made to this organisation, whole or in part.',
    access: 'transfer',
    status: 201,
    answer: transferReceiptSchema,
    problems: [403, 404],
    isWrite: true,
  })
  accept(
    @Param('id') text: string,
    @Body({ schema: acceptanceInputSchema }) input: z.infer<typeof acceptanceInputSchema>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const id = entryIdParam(text, 'transfer');
    return this.answer(id, transferAcceptance({ ...input, transfer: id }), request, reply);
  }

  @Post(':id/reject')
  @Operation({
    id: 'rejectTransfer',
    tag: 'Transfers',
    summary: 'Rejects an offer made to this organisation.',
    access: 'transfer',
    status: 201,
    answer: transferReceiptSchema,
    problems: [403, 404],
    isWrite: true,
  })
  reject(
    @Param('id') text: string,
    @Body({ schema: rejectionInputSchema }) input: z.infer<typeof rejectionInputSchema>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const id = entryIdParam(text, 'transfer');
    return this.answer(id, transferRejection({ ...input, transfer: id }), request, reply);
  }

  @Post(':id/cancel')
  @Operation({
    id: 'cancelTransfer',
    tag: 'Transfers',
    summary: 'Takes back an unanswered offer of this organisation.',
    access: 'transfer',
    status: 201,
    answer: transferReceiptSchema,
    problems: [403, 404],
    isWrite: true,
  })
  cancel(
    @Param('id') text: string,
    @Body({ schema: noInputSchema }) _input: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const id = entryIdParam(text, 'transfer');
    return this.answer(id, transferCancellation({ transfer: id }), request, reply);
  }

  @Get()
  @Operation({
    id: 'listTransfers',
    tag: 'Transfers',
    summary: 'Transfers of all organisations, newest first.',
    access: 'read',
    answer: transferPageSchema,
    problems: [400, 503, 504],
  })
  list(@Query({ schema: transfersQuerySchema }) query: z.infer<typeof transfersQuerySchema>) {
    const { state, from, to, party, limit, cursor } = query;
    const disputed = query.disputed === 'true' ? true : undefined;
    return this.index.read(query, (reads) =>
      reads.transfers(present({ state, from, to, party, disputed }), present({ limit, cursor })),
    );
  }

  @Get(':id')
  @Operation({
    id: 'getTransfer',
    tag: 'Transfers',
    summary: 'One transfer: its content, its offer and its answer.',
    access: 'read',
    answer: transferDetailSchema,
    problems: [404, 503, 504],
  })
  transfer(@Param('id') text: string, @Query({ schema: readQuerySchema }) query: ReadQuery) {
    const id = entryIdParam(text, 'transfer');
    return this.index.readOne(query, `transfer ${id}`, (reads) => reads.transfer(id));
  }

  private answer(id: EntryId, draft: EntryDraft, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    return toldInRequest(PLACES, () =>
      this.acts.write(request, reply, {
        draft: () => draft,
        answer: (receipt) => ({ ...this.transferNow(id), ...receipt }),
        location: () => `/api/v1/transfers/${id}`,
      }),
    );
  }

  /** As the ledger has it after the entry: the index may be a moment behind. */
  private transferNow(id: EntryId): object {
    const transfer = this.state.get(TRANSFER, id);
    if (transfer === undefined) return { id };
    const { state, from, to, transfers, items, content, expiresAfterHeight, reference, accepted } = transfer;
    return {
      id,
      state,
      from,
      to,
      transfers,
      items,
      content,
      reference: reference ?? null,
      expiresAfterHeight,
      accepted,
    };
  }
}
