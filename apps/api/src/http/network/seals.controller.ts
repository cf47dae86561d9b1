import { Controller, Get, Inject, Query } from '@nestjs/common';
import { z } from 'zod';
import { decodeCertificate } from '#ledger';
import type { LadingNode } from '#node';
import { Operation } from '../openapi/operation.js';
import { CHAIN_STATE, LADING_NODE, type ProvableState } from '../parts.js';
import { limitText } from '../reads/read.contract.js';

const BLOCKS_DEFAULT = 200;
const BLOCKS_MAX = 1_000;

const sealsSchema = z
  .object({
    validators: z.array(z.string()).describe('DIDs of the present validators.'),
    blocks: z.array(
      z.object({
        height: z.int(),
        round: z.int().describe('Above 0: the first proposer did not manage in time.'),
        sealedBy: z.array(z.string()).describe('DIDs of the validators whose seals are in the certificate.'),
      }),
    ),
  })
  .meta({ id: 'Seals' });

const sealsQuerySchema = z.strictObject({
  limit: limitText(BLOCKS_MAX)
    .optional()
    .describe(`How many blocks, 1 to ${BLOCKS_MAX}; ${BLOCKS_DEFAULT} when omitted.`),
});

/** Who keeps sealing. From certificates in the node's own store, so that it answers while the database is away. */
@Controller('api/v1/network/seals')
export class SealsController {
  constructor(
    @Inject(LADING_NODE) private readonly node: LadingNode,
    @Inject(CHAIN_STATE) private readonly chain: ProvableState,
  ) {}

  @Get()
  @Operation({
    id: 'listSeals',
    tag: 'Network',
    summary: 'Which validators sealed the latest blocks, newest first.',
    access: 'read',
    answer: sealsSchema,
    problems: [400],
  })
  seals(
    @Query({ schema: sealsQuerySchema }) { limit = BLOCKS_DEFAULT }: z.infer<typeof sealsQuerySchema>,
  ): z.infer<typeof sealsSchema> {
    const blocks: z.infer<typeof sealsSchema>['blocks'] = [];
    for (let height = this.node.durableHeight(); height > 0 && blocks.length < limit; height--) {
      const bytes = this.chain.certificate(height);
      const certificate = bytes && decodeCertificate(bytes);
      if (certificate?.ok !== true) break;
      const { round, seals } = certificate.value;
      blocks.push({ height, round, sealedBy: seals.map(({ validator }) => validator) });
    }
    return { validators: this.node.validators().map(({ id }) => id), blocks };
  }
}
