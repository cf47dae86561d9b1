import { Body, Controller, Get, Inject, Param, Patch, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { organizationUpdate } from '#trace';
import type { z } from 'zod';
import { Operation } from '../openapi/operation.js';
import { SELF, type Self } from '../parts.js';
import { IndexReader } from '../reads/index-reader.js';
import { present } from '../reads/present.js';
import { readQuerySchema, type ReadQuery } from '../reads/read.contract.js';
import { ActWriter } from '../writes/act-writer.js';
import { receiptSchema } from '../writes/receipt.contract.js';
import {
  organizationDetailSchema,
  organizationPageSchema,
  organizationsQuerySchema,
  organizationUpdateSchema,
} from './organization.contract.js';

@Controller('api/v1/organizations')
export class OrganizationsController {
  constructor(
    @Inject(IndexReader) private readonly index: IndexReader,
    @Inject(ActWriter) private readonly acts: ActWriter,
    @Inject(SELF) private readonly self: Self,
  ) {}

  @Get()
  @Operation({
    id: 'listOrganizations',
    tag: 'Organisations',
    summary: 'The organisations of the network with their keys, in order of their DIDs.',
    access: 'read',
    answer: organizationPageSchema,
    problems: [400, 503, 504],
  })
  list(@Query({ schema: organizationsQuerySchema }) query: z.infer<typeof organizationsQuerySchema>) {
    const { status, role, search, limit, cursor } = query;
    return this.index.read(query, (reads) =>
      reads.organizations(present({ status, role, search }), present({ limit, cursor })),
    );
  }

  @Get(':did')
  @Operation({
    id: 'getOrganization',
    tag: 'Organisations',
    summary: 'One organisation, with its past; self is the one whose node answers.',
    access: 'read',
    answer: organizationDetailSchema,
    problems: [404, 503, 504],
  })
  organization(@Param('did') did: string, @Query({ schema: readQuerySchema }) query: ReadQuery) {
    const wanted = did === 'self' ? this.self.did : did;
    return this.index.readOne(query, `organisation ${wanted}`, (reads) => reads.organization(wanted));
  }

  @Patch('self')
  @Operation({
    id: 'updateOrganization',
    tag: 'Organisations',
    summary: 'Changes what this organisation says about itself.',
    access: 'governance',
    freshPasskey: true,
    status: 201,
    answer: receiptSchema,
    problems: [403, 501],
    isWrite: true,
  })
  async update(
    @Body({ schema: organizationUpdateSchema }) change: z.infer<typeof organizationUpdateSchema>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.acts.write(request, reply, {
      signWith: 'admin',
      draft: () => organizationUpdate(this.self.did, change),
      answer: (receipt) => receipt,
      location: () => '/api/v1/organizations/self',
    });
  }
}
