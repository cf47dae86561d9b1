import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { itemIdParam } from '../items/items.controller.js';
import { Operation } from '../openapi/operation.js';
import { IndexReader } from '../reads/index-reader.js';
import { readQuerySchema, type ReadQuery } from '../reads/read.contract.js';
import { lotBalanceSchema } from './lot.contract.js';

@Controller('api/v1/lots')
export class LotsController {
  constructor(@Inject(IndexReader) private readonly index: IndexReader) {}

  @Get(':id/balance')
  @Operation({
    id: 'getLotBalance',
    tag: 'Lots',
    summary: 'What was created of a lot, and where it went: by unit of measure and organisation.',
    description: '`id`: a percent-encoded GS1 Digital Link, EPC URN or any other URI.',
    access: 'read',
    answer: lotBalanceSchema,
    problems: [400, 404, 503, 504],
  })
  balance(@Param('id') text: string, @Query({ schema: readQuerySchema }) query: ReadQuery) {
    const id = itemIdParam(text);
    return this.index.readOne(query, `lot ${id}`, (reads) => reads.lotBalance(id));
  }
}
