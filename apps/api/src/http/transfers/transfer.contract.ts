import { z } from 'zod';
import { EXPIRES_AFTER_BLOCKS_MAX, ITEMS_PER_ACT_MAX, TRANSFER_STATES } from '#trace';
import { asOfSchema, entryReferenceSchema, pageQuerySchema, pageSchema } from '../reads/read.contract.js';
import { receiptShape } from '../writes/receipt.contract.js';

export const transferStateSchema = z.enum(TRANSFER_STATES);

const transferShape = {
  id: z.string().describe('Entry id of the offer.'),
  state: transferStateSchema,
  from: z.string(),
  to: z.string(),
  transfers: z.string().describe('ownership, custody or both'),
  items: z.array(z.string()).describe('What the offer names.'),
  content: z.array(z.string()).describe('All that changes hands: the named items and what was inside them.'),
  reference: z.string().nullable(),
  accepted: z.array(z.string()).describe('Of `items`, those that the receiver took.'),
  expiresAfterHeight: z.int().describe('Last height at which it can be answered.'),
  entryId: z.string(),
  offered: entryReferenceSchema,
  answered: entryReferenceSchema.nullable(),
  reason: z.string().nullable().describe('What the answer says to the other side.'),
};

export const transferPageSchema = pageSchema(z.object(transferShape).meta({ id: 'Transfer' }), 'TransferPage');
export const transferDetailSchema = z.object({ ...transferShape, asOf: asOfSchema }).meta({ id: 'TransferAsOf' });

export const transfersQuerySchema = z.strictObject({
  ...pageQuerySchema.shape,
  state: transferStateSchema.optional(),
  from: z.string().max(255).optional().describe('DID of the offerer.'),
  to: z.string().max(255).optional().describe('DID of the receiver.'),
  party: z.string().max(255).optional().describe('DID of either side.'),
  disputed: z
    .literal('true')
    .optional()
    .describe(
      'Only those on which the sides do not agree: rejected, accepted in part, or signed with a key that is not trusted any more.',
    ),
});

const reason = z.string().min(1).max(500).describe('For the other side to read.');
const identifier = z.string().min(1).max(1_024).describe('A GS1 Digital Link, EPC URN or any other URI.');

export const offerInputSchema = z
  .strictObject({
    items: z.array(identifier).min(1).max(ITEMS_PER_ACT_MAX),
    to: z.string().max(255).describe('DID of the receiver.'),
    transfers: z.enum(['ownership', 'custody', 'both']),
    expiresAfterBlocks: z
      .int()
      .min(1)
      .max(EXPIRES_AFTER_BLOCKS_MAX)
      .optional()
      .describe('Blocks from now in which it can be answered.'),
    reference: z.string().min(1).max(200).optional().describe('For instance an order or despatch number.'),
  })
  .meta({ id: 'TransferOfferInput' });

export const acceptanceInputSchema = optionalBody(
  z
    .strictObject({
      accepted: z
        .array(identifier)
        .min(1)
        .max(ITEMS_PER_ACT_MAX)
        .optional()
        .describe('Only these of the named items; all when left out.'),
      reason: reason.optional(),
    })
    .meta({ id: 'TransferAcceptanceInput' }),
);
export const rejectionInputSchema = optionalBody(
  z.strictObject({ reason: reason.optional() }).meta({ id: 'TransferRejectionInput' }),
);
export const noInputSchema = optionalBody(z.strictObject({}));

export const transferReceiptSchema = z
  .object({
    ...receiptShape,
    id: transferShape.id,
    state: transferStateSchema,
    from: z.string(),
    to: z.string(),
    transfers: z.string(),
    items: z.array(z.string()),
    content: transferShape.content,
    reference: z.string().nullable(),
    expiresAfterHeight: z.int(),
    accepted: z.array(z.string()),
  })
  .meta({ id: 'TransferReceipt' });

/** No body at all is the same as `{}`. */
function optionalBody<T extends z.ZodType>(schema: T) {
  return z.preprocess((body) => body ?? {}, schema);
}
