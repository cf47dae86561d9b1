import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fromHex } from '#codec';
import { admitPublicKey, keyIdOf, rotationProofMessage, type PublicKey } from '#identity';
import { keyRotation } from '#trace';
import type { z } from 'zod';
import { Operation } from '../openapi/operation.js';
import { SELF, type Self } from '../parts.js';
import { problemOfFailure } from '../problem/problem.js';
import { IndexReader } from '../reads/index-reader.js';
import { present } from '../reads/present.js';
import { pageQuerySchema, readQuerySchema, type PageQuery, type ReadQuery } from '../reads/read.contract.js';
import { ActWriter } from '../writes/act-writer.js';
import {
  organizationDetailSchema,
  organizationPageSchema,
  rotationInputSchema,
  rotationReceiptSchema,
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
    summary: 'The organisations of the network with their keys.',
    access: 'read',
    answer: organizationPageSchema,
    problems: [400, 503, 504],
  })
  list(@Query({ schema: pageQuerySchema }) query: PageQuery) {
    return this.index.read(query, (reads) =>
      reads.organizations(present({ limit: query.limit, cursor: query.cursor })),
    );
  }

  @Post('self/keys')
  @Operation({
    id: 'rotateKey',
    tag: 'Organisations',
    summary: 'Replaces a key of this organisation; the new key proves itself by a signature.',
    access: 'governance',
    freshPasskey: true,
    status: 201,
    answer: rotationReceiptSchema,
    problems: [403],
    isWrite: true,
  })
  async rotate(
    @Body({ schema: rotationInputSchema }) input: z.infer<typeof rotationInputSchema>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const next = await this.nextKey(input);
    const { purpose, revokeOld, overlapBlocks = revokeOld ? 0 : OVERLAP_BLOCKS_DEFAULT } = input;
    await this.acts.write(request, reply, {
      draft: () => keyRotation({ purpose, revokeOld, overlapBlocks, ...next }),
      answer: (receipt) => ({ ...receipt, keyId: keyIdOf(next.publicKey) }),
      location: () => '/api/v1/organizations/self',
    });
  }

  /** The client's, with its proof; or one that this node makes and proves itself. */
  private async nextKey({
    purpose,
    publicKey,
    proof,
  }: z.infer<typeof rotationInputSchema>): Promise<{ readonly publicKey: PublicKey; readonly proof: Uint8Array }> {
    if (publicKey !== undefined && proof !== undefined) {
      const admitted = admitPublicKey(bytesOf(publicKey));
      if (!admitted.ok) throw problemOfFailure({ ...admitted, pointer: '/publicKey' });
      return { publicKey: admitted.value, proof: bytesOf(proof) };
    }
    const { did, networkId, signingKeys } = this.self;
    const next = await signingKeys.prepareNext();
    const message = rotationProofMessage({ networkId, organization: did, purpose, publicKey: next.publicKey });
    return { publicKey: next.publicKey, proof: next.sign(message) };
  }

  @Get(':did')
  @Operation({
    id: 'getOrganization',
    tag: 'Organisations',
    summary: 'One organisation; self is the one whose node answers.',
    access: 'read',
    answer: organizationDetailSchema,
    problems: [404, 503, 504],
  })
  organization(@Param('did') did: string, @Query({ schema: readQuerySchema }) query: ReadQuery) {
    const wanted = did === 'self' ? this.self.did : did;
    return this.index.readOne(query, `organisation ${wanted}`, (reads) => reads.organization(wanted));
  }
}

const OVERLAP_BLOCKS_DEFAULT = 1_000;

/** The schema has found it to be hexadecimal. */
function bytesOf(hex: string): Uint8Array {
  return fromHex(hex) ?? new Uint8Array();
}
