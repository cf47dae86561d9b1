import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { toBase64 } from '#codec';
import type { LadingNode } from '#node';
import type { z } from 'zod';
import { Operation } from '../openapi/operation.js';
import { LADING_NODE } from '../parts.js';
import { IndexReader } from '../reads/index-reader.js';
import { pageQuerySchema, type PageQuery } from '../reads/read.contract.js';
import { present } from '../reads/present.js';
import { blockDetailSchema, blockPageSchema, blocksQuerySchema, heightParamSchema } from './block.contract.js';

@Controller('api/v1/blocks')
export class BlocksController {
  constructor(
    @Inject(IndexReader) private readonly index: IndexReader,
    @Inject(LADING_NODE) private readonly node: LadingNode,
  ) {}

  @Get()
  @Operation({
    id: 'listBlocks',
    tag: 'Chain',
    summary: 'Blocks, newest first.',
    access: 'read',
    answer: blockPageSchema,
    problems: [400, 503, 504],
  })
  list(@Query({ schema: blocksQuerySchema }) query: z.infer<typeof blocksQuerySchema>) {
    return this.index.read(query, (reads) => reads.blocks(present({ before: query.before, limit: query.limit, cursor: query.cursor })));
  }

  @Get(':height')
  @Operation({
    id: 'getBlock',
    tag: 'Chain',
    summary: 'One block with its certificate and a page of its entries.',
    access: 'read',
    answer: blockDetailSchema,
    problems: [400, 404, 503, 504],
  })
  async block(
    @Param('height', { schema: heightParamSchema }) height: number,
    @Query({ schema: pageQuerySchema }) query: PageQuery,
  ) {
    const block = await this.index.readOne(query, `block ${height}`, (reads) => reads.block(height));
    const entries = await this.index.read({}, (reads) =>
      reads.entriesOfBlock(height, present({ limit: query.limit, cursor: query.cursor })),
    );
    const certificate = this.node.committed(height)?.certificate ?? null;
    return {
      ...block,
      certificate: certificate && {
        round: certificate.round,
        seals: certificate.seals.map(({ validator, signature }) => ({ validator, signature: toBase64(signature) })),
      },
      entries: { items: entries.items, nextCursor: entries.nextCursor },
    };
  }
}
