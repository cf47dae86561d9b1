import { Controller, Get, Inject, Query } from '@nestjs/common';
import type { z } from 'zod';
import { itemIdParam } from '../items/items.controller.js';
import { Operation } from '../openapi/operation.js';
import { IndexReader } from '../reads/index-reader.js';
import { present } from '../reads/present.js';
import { findingPageSchema, findingsQuerySchema } from './finding.contract.js';

@Controller('api/v1/findings')
export class FindingsController {
  constructor(@Inject(IndexReader) private readonly index: IndexReader) {}

  @Get()
  @Operation({
    id: 'listFindings',
    tag: 'Findings',
    summary: 'Recorded claims that contradict the ledger, newest first.',
    access: 'read',
    answer: findingPageSchema,
    problems: [400, 503, 504],
  })
  list(@Query({ schema: findingsQuerySchema }) query: z.infer<typeof findingsQuerySchema>) {
    const { code, author, limit, cursor } = query;
    const item = query.item === undefined ? undefined : itemIdParam(query.item);
    return this.index.read(query, (reads) =>
      reads.findingList(present({ code, item, author }), present({ limit, cursor })),
    );
  }
}
