import { z } from 'zod';
import { fromHex } from '#codec';
import { OVERLAP_BLOCKS_MAX } from '#identity';
import { asOfSchema, pageSchema } from '../reads/read.contract.js';
import { receiptShape } from '../writes/receipt.contract.js';

const organizationShape = {
  did: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  gs1CompanyPrefixes: z.array(z.string()),
  gln: z.string().nullable(),
  status: z.string(),
  since: z.int(),
  keys: z.array(
    z.object({
      keyId: z.string(),
      publicKey: z.string(),
      purpose: z.string(),
      validFrom: z.int(),
      validUntil: z.int().nullable().describe('First height at which the key is no longer valid.'),
      revoked: z.boolean(),
    }),
  ),
};

export const organizationPageSchema = pageSchema(
  z.object(organizationShape).meta({ id: 'Organization' }),
  'OrganizationPage',
);
export const organizationDetailSchema = z
  .object({ ...organizationShape, asOf: asOfSchema })
  .meta({ id: 'OrganizationAsOf' });

const hex = (bytes: number) =>
  z
    .string()
    .refine((text) => fromHex(text, bytes) !== undefined, `${bytes * 2} lower-case hexadecimal characters`)
    .describe(`${bytes} bytes, hexadecimal.`);

export const rotationInputSchema = z
  .strictObject({
    purpose: z.enum(['sign', 'node']),
    publicKey: hex(32).describe('The new Ed25519 public key, hexadecimal.'),
    proof: hex(64).describe(
      'The new key’s signature over the rotation message (docs/protocol), hexadecimal: nobody registers a key that they do not hold.',
    ),
    overlapBlocks: z
      .int()
      .min(0)
      .max(OVERLAP_BLOCKS_MAX)
      .default(1_000)
      .describe('Blocks during which the old key stays valid beside the new one.'),
    revokeOld: z
      .boolean()
      .default(false)
      .describe('The old key is compromised: it ends at once and is marked as revoked; needs overlapBlocks 0.'),
  })
  .meta({ id: 'KeyRotationInput' });

export const rotationReceiptSchema = z
  .object({ ...receiptShape, keyId: z.string() })
  .meta({ id: 'KeyRotationReceipt' });
