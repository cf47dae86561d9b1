import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ProductDto } from '#index';
import { productRegistration } from '#trace';
import type { z } from 'zod';
import { exactAttributes } from './exact-attributes.js';
import { Operation } from '../openapi/operation.js';
import { IndexReader } from '../reads/index-reader.js';
import { present } from '../reads/present.js';
import { stringifyWithRaw } from '../reads/raw-json.js';
import { pageQuerySchema, readQuerySchema, type PageQuery, type ReadQuery } from '../reads/read.contract.js';
import { ActWriter } from '../writes/act-writer.js';
import {
  gtinParamSchema,
  productDetailSchema,
  productInputSchema,
  productPageSchema,
  productReceiptSchema,
} from './product.contract.js';

@Controller('api/v1/products')
export class ProductsController {
  constructor(
    @Inject(IndexReader) private readonly index: IndexReader,
    @Inject(ActWriter) private readonly acts: ActWriter,
  ) {}

  @Post()
  @Operation({
    id: 'registerProduct',
    tag: 'Products',
    summary: 'Registers a product (a GTIN under one’s own company prefix).',
    access: 'products',
    status: 201,
    answer: productReceiptSchema,
    problems: [403],
    isWrite: true,
  })
  async register(
    @Body({ schema: productInputSchema }) input: z.infer<typeof productInputSchema>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.acts.write(request, reply, {
      draft: () => productRegistration({ ...input, attributes: exactAttributes(request) }),
      answer: (receipt) => ({ ...receipt, gtin: input.gtin }),
      location: () => `/api/v1/products/${input.gtin}`,
    });
  }

  @Get()
  @Operation({
    id: 'listProducts',
    tag: 'Products',
    summary: 'The products of all organisations.',
    access: 'read',
    answer: productPageSchema,
    problems: [400, 503, 504],
  })
  async list(@Query({ schema: pageQuerySchema }) query: PageQuery, @Res() reply: FastifyReply): Promise<void> {
    const page = await this.index.read(query, (reads) =>
      reads.products(present({ limit: query.limit, cursor: query.cursor })),
    );
    const items = `[${page.items.map(productJson).join(',')}]`;
    await reply
      .type('application/json')
      .send(stringifyWithRaw({ nextCursor: page.nextCursor, asOf: page.asOf }, { name: 'items', json: items }));
  }

  @Get(':gtin')
  @Operation({
    id: 'getProduct',
    tag: 'Products',
    summary: 'One product.',
    access: 'read',
    answer: productDetailSchema,
    problems: [400, 404, 503, 504],
  })
  async product(
    @Param('gtin', { schema: gtinParamSchema }) gtin: string,
    @Query({ schema: readQuerySchema }) query: ReadQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const product = await this.index.readOne(query, `product ${gtin}`, (reads) => reads.product(gtin));
    await reply.type('application/json').send(productJson(product));
  }
}

function productJson({ attributesJson, ...product }: ProductDto): string {
  return stringifyWithRaw(product, { name: 'attributes', json: attributesJson ?? 'null' });
}
