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
    publicKey: hex(32)
      .optional()
      .describe(
        'The new Ed25519 public key, hexadecimal. Without it the node makes a new signing key and goes over to it.',
      ),
    proof: hex(64)
      .optional()
      .describe(
        'With publicKey: its signature over the rotation message (docs/protocol), hexadecimal. Nobody registers a key that they do not hold.',
      ),
    overlapBlocks: z
      .int()
      .min(0)
      .max(OVERLAP_BLOCKS_MAX)
      .optional()
      .describe(
        'Blocks during which the old key stays valid beside the new one; 1,000 when omitted, 0 with revokeOld.',
      ),
    revokeOld: z
      .boolean()
      .default(false)
      .describe('The old key is compromised: it ends at once and is marked as revoked.'),
  })
  .refine(({ publicKey, proof }) => (publicKey === undefined) === (proof === undefined), {
    path: ['proof'],
    message: 'publicKey and proof belong together',
  })
  .refine(({ purpose, publicKey }) => purpose === 'sign' || publicKey !== undefined, {
    path: ['publicKey'],
    message: 'a node key is made outside (lading keys new) and takes over when the node is started with it',
  })
  .meta({ id: 'KeyRotationInput' });

export const rotationReceiptSchema = z
  .object({ ...receiptShape, keyId: z.string() })
  .meta({ id: 'KeyRotationReceipt' });
