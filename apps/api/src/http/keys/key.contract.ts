import { z } from 'zod';
import { fromHex } from '#codec';
import { OVERLAP_BLOCKS_MAX } from '#identity';
import { organizationKeySchema } from '../organizations/organization.contract.js';
import { asOfSchema, entryReferenceShape } from '../reads/read.contract.js';
import { receiptShape } from '../writes/receipt.contract.js';

const hex = (bytes: number) =>
  z
    .string()
    .refine((text) => fromHex(text, bytes) !== undefined, `${bytes * 2} lower-case hexadecimal characters`)
    .describe(`${bytes} bytes, hexadecimal.`);

export const keyIdSchema = hex(32);

const newKeyShape = {
  publicKey: hex(32)
    .optional()
    .describe('The new Ed25519 public key. Without it the node makes one and goes over to it when it is valid.'),
  proof: hex(64)
    .optional()
    .describe(
      'With publicKey: its signature over the rotation message (docs/protocol/governance.md). Nobody registers a key that they do not hold.',
    ),
};
const PAIR = { path: ['proof'], message: 'publicKey and proof belong together' };
const isPair = ({ publicKey, proof }: { publicKey?: string | undefined; proof?: string | undefined }): boolean =>
  (publicKey === undefined) === (proof === undefined);

export const rotationInputSchema = z
  .strictObject({
    purpose: z.enum(['sign', 'node', 'admin']),
    ...newKeyShape,
    overlapBlocks: z
      .int()
      .min(0)
      .max(OVERLAP_BLOCKS_MAX)
      .optional()
      .describe(
        'Blocks during which the old key stays valid beside the new one; 1,000 when omitted, 0 with revokeOld.',
      ),
    revokeOld: z.boolean().default(false).describe('The old key is compromised: it ends at once, marked as revoked.'),
  })
  .refine(isPair, PAIR)
  .meta({ id: 'KeyRotationInput' });

const height = z.int().min(0);
const revocationShape = {
  keyId: keyIdSchema.describe('Of a key of this organisation.'),
  notTrustedFrom: height.describe('Entries that it signed at this height or later are disputed.'),
};

export const revocationInputSchema = z
  .strictObject({
    ...revocationShape,
    reason: z.string().min(1).max(2_000),
    ...newKeyShape,
    replace: z
      .boolean()
      .optional()
      .describe(
        'Whether a new key takes its place at once; without it, where the node holds the key or a publicKey is given.',
      ),
  })
  .refine(isPair, PAIR)
  .meta({ id: 'KeyRevocationInput' });

export const keyReceiptSchema = z
  .object({ ...receiptShape, keyId: z.string().nullable().describe('Of the new key; null where there is none.') })
  .meta({ id: 'KeyReceipt' });

export const revocationPreviewInputSchema = z
  .strictObject({
    keyId: keyIdSchema.describe('Of any organisation.'),
    notTrustedFrom: height,
    limit: z.int().min(1).max(200).optional().describe('Entries of a page; 50 when omitted.'),
    cursor: z.string().min(1).max(1_024).optional().describe('`nextCursor` of the page before.'),
  })
  .meta({ id: 'KeyRevocationPreviewInput' });

export const revocationPreviewSchema = z
  .object({
    key: z.object({ ...organizationKeySchema.shape, organization: z.string() }),
    notTrustedFrom: z.int(),
    entries: z.int().describe('How many entries would be disputed.'),
    byKind: z.array(z.object({ kind: z.string(), entries: z.int() })),
    openTransfers: z.array(z.string()).describe('Unanswered offers among them, by entry id.'),
    items: z
      .array(z.object({ ...entryReferenceShape, kind: z.string(), subject: z.string() }))
      .describe('The entries, oldest first.'),
    nextCursor: z.string().nullable(),
    asOf: asOfSchema,
  })
  .meta({ id: 'KeyRevocationPreview' });
