import { z } from 'zod';
import {
  asOfSchema,
  entryReferenceShape,
  findingSchema,
  heightText,
  limitText,
  pageQuerySchema,
  pageSchema,
  readQuerySchema,
} from '../reads/read.contract.js';

const hash = z.string().describe('64 hexadecimal characters.');

const blockShape = {
  height: z.int(),
  hash,
  parentHash: hash,
  time: z.string(),
  proposer: z.string(),
  entryCount: z.int(),
  sizeBytes: z.int(),
  entriesRoot: hash,
  logSize: z.int(),
  logRoot: hash,
  stateRoot: hash,
};

export const indexedEntrySchema = z
  .object({
    ...entryReferenceShape,
    kind: z.string(),
    subject: z.string(),
    keyId: z.string(),
    contentType: z.string(),
    contentHash: hash,
    sizeBytes: z.int(),
    findings: z.array(findingSchema),
  })
  .meta({ id: 'IndexedEntry' });

export const blockPageSchema = pageSchema(z.object(blockShape).meta({ id: 'Block' }), 'BlockPage');

export const blockDetailSchema = z
  .object({
    ...blockShape,
    certificate: z
      .object({
        round: z.int(),
        seals: z.array(
          z.object({ validator: z.string(), signature: z.string().describe('Base64, over the block’s checkpoint.') }),
        ),
      })
      .nullable()
      .describe('Seals of a quorum; null for the genesis block.'),
    entries: z.object({ items: z.array(indexedEntrySchema), nextCursor: z.string().nullable() }),
    asOf: asOfSchema,
  })
  .meta({ id: 'BlockDetail' });

export const blocksQuerySchema = z.strictObject({
  ...readQuerySchema.shape,
  before: heightText.optional().describe('Only blocks below this height.'),
  limit: limitText(200).optional().describe('Blocks of a page, 1 to 200; 50 when omitted.'),
  cursor: pageQuerySchema.shape.cursor,
});

export const heightParamSchema = heightText;
