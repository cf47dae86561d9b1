import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HistoryEventDto } from '#index';
import { canonicalId, itemCommissioning, itemKey, lotCommissioning, lotKey, type QuantityInput } from '#trace';
import type { z } from 'zod';
import { JsonNumber } from '#codec';
import { exactMember } from '../json-body.js';
import { exactAttributes } from '../products/exact-attributes.js';
import { Operation } from '../openapi/operation.js';
import { ApiProblem } from '../problem/problem.js';
import { IndexReader } from '../reads/index-reader.js';
import { present } from '../reads/present.js';
import { stringifyWithRaw } from '../reads/raw-json.js';
import { readQuerySchema, type ReadQuery } from '../reads/read.contract.js';
import { ActWriter } from '../writes/act-writer.js';
import {
  historyQuerySchema,
  itemHistorySchema,
  itemInputSchema,
  itemReceiptSchema,
  itemSchema,
} from './item.contract.js';

@Controller('api/v1/items')
export class ItemsController {
  constructor(
    @Inject(IndexReader) private readonly index: IndexReader,
    @Inject(ActWriter) private readonly acts: ActWriter,
  ) {}

  @Post()
  @Operation({
    id: 'commissionItems',
    tag: 'Items',
    summary: 'Commissions serial-numbered items or a quantity of a lot.',
    access: 'capture',
    status: 201,
    answer: itemReceiptSchema,
    problems: [403],
    isWrite: true,
  })
  async commission(
    @Body({ schema: itemInputSchema }) input: z.infer<typeof itemInputSchema>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const items =
      'serials' in input ? input.serials.map((serial) => itemKey(input.gtin, serial)) : [lotKey(input.gtin, input.lot)];
    await this.acts.write(request, reply, {
      draft: () => {
        const attributes = exactAttributes(request);
        if ('serials' in input) return itemCommissioning({ ...input, attributes });
        return lotCommissioning({ ...input, quantity: exactQuantity(input.quantity, request), attributes });
      },
      answer: (receipt) => ({ ...receipt, items }),
    });
  }

  /** `id` in either spelling; Fastify has decoded the percent-encoding once. */
  @Get(':id')
  @Operation({
    id: 'getItem',
    tag: 'Items',
    summary: 'Who owns and holds an item, where it is packed, what contradicts the ledger about it.',
    description: '`id`: a percent-encoded GS1 Digital Link, EPC URN or any other URI.',
    access: 'read',
    answer: itemSchema,
    problems: [400, 404, 503, 504],
  })
  item(@Param('id') text: string, @Query({ schema: readQuerySchema }) query: ReadQuery) {
    const id = itemIdParam(text);
    return this.index.readOne(query, `item ${id}`, (reads) => reads.item(id));
  }

  @Get(':id/history')
  @Operation({
    id: 'getItemHistory',
    tag: 'Items',
    summary: 'Every event that concerns an item, its own and those of containers while it was inside.',
    access: 'read',
    answer: itemHistorySchema,
    problems: [400, 404, 503, 504],
  })
  async history(
    @Param('id') text: string,
    @Query({ schema: historyQuerySchema }) query: z.infer<typeof historyQuerySchema>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const id = itemIdParam(text);
    const { events, ...rest } = await this.index.readOne(query, `item ${id}`, (reads) =>
      reads.itemHistory(id, present({ limit: query.limit, cursor: query.cursor })),
    );
    await reply
      .type('application/json')
      .send(stringifyWithRaw(rest, { name: 'events', json: `[${events.map(eventJson).join(',')}]` }));
  }
}

/** 12.50 stays 12.50; a number with an exponent is written out. */
function exactQuantity(quantity: QuantityInput, request: FastifyRequest): QuantityInput {
  const value = exactMember(request, 'quantity', 'value');
  return value instanceof JsonNumber && !/e/i.test(value.text) ? { ...quantity, value: value.text } : quantity;
}

/** The author's own text goes out as it is: no number in it is rounded. */
function eventJson({ json, ...event }: HistoryEventDto): string {
  return stringifyWithRaw(event, { name: 'event', json });
}

/** @throws ApiProblem with the identifier's code when `text` names nothing */
export function itemIdParam(text: string): string {
  const id = canonicalId(text);
  if (!id.ok) throw new ApiProblem(id.code, id.detail, [{ parameter: 'id', detail: id.detail, code: id.code }]);
  return id.value.key;
}
