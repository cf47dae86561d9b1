import { z } from 'zod';
import { ITEMS_PER_ACT_MAX, RECALL_STATES } from '#trace';
import { asOfSchema, entryReferenceSchema, pageQuerySchema, pageSchema } from '../reads/read.contract.js';
import { receiptShape } from '../writes/receipt.contract.js';

const recallStateSchema = z.enum(RECALL_STATES);
const identifier = z.string().min(1).max(1_024).describe('A GS1 Digital Link, EPC URN or any other URI.');
const identifiers = z.array(identifier).max(ITEMS_PER_ACT_MAX);
const dateTime = z.string().min(1).max(64).describe('RFC 3339 with offset.');
const windowSchema = z.strictObject({ from: dateTime.optional(), to: dateTime.optional() });

/** Items and lots may stand in one list or in two. */
export const targetsShape = {
  items: identifiers.optional().describe('Items and lots, together 1 to 1,000.'),
  lots: identifiers.optional(),
};

export const openingInputSchema = z
  .strictObject({
    title: z.string().min(1).max(200),
    reason: z.string().min(1).max(2_000),
    class: z.string().min(1).max(64).optional().describe('How grave it is, in the words of the authority: I, II, III.'),
    ...targetsShape,
    window: windowSchema.optional().describe('What production or shipping period is meant.'),
    instructions: z.string().min(1).max(4_000).optional().describe('What whoever holds the goods shall do.'),
  })
  .meta({ id: 'RecallOpeningInput' });

const note = z.string().min(1).max(2_000);
/** Text: a JSON number would not keep its digits. */
const quantity = z
  .string()
  .regex(/^[0-9]{1,18}(\.[0-9]{1,9})?$/, 'a decimal number as text, for instance "12.5"')
  .optional();

export const acknowledgementInputSchema = z.preprocess(
  (body) => body ?? {},
  z
    .strictObject({
      quantities: z
        .array(
          z.strictObject({
            item: identifier,
            uom: z.string().min(2).max(3).optional().describe('UN/ECE unit code; pieces when left out.'),
            found: quantity,
            held: quantity,
            returned: quantity,
            destroyed: quantity,
            sold: quantity,
          }),
        )
        .max(ITEMS_PER_ACT_MAX)
        .optional(),
      note: note.optional(),
    })
    .meta({ id: 'RecallAcknowledgementInput' }),
);

export const closingInputSchema = z.preprocess(
  (body) => body ?? {},
  z.strictObject({ note: note.optional() }).meta({ id: 'RecallClosingInput' }),
);

const recallShape = {
  id: z.string().describe('Entry id of its opening.'),
  state: recallStateSchema,
  openedBy: z.string(),
  title: z.string(),
  reason: z.string(),
  class: z.string().nullable(),
  window: z.object({ from: z.string().nullable(), to: z.string().nullable() }),
  instructions: z.string().nullable(),
  itemCount: z.int(),
  acknowledgedBy: z.array(z.string()).describe('DIDs of the organisations that have acknowledged it.'),
  opened: entryReferenceSchema,
  closed: entryReferenceSchema.nullable(),
  closingNote: z.string().nullable(),
};

const amount = z.string().nullable();

export const recallPageSchema = pageSchema(z.object(recallShape).meta({ id: 'RecallSummary' }), 'RecallPage');
export const recallDetailSchema = z
  .object({
    ...recallShape,
    items: z.array(z.string()),
    acknowledgements: z
      .array(
        z
          .object({
            organization: z.string(),
            entry: entryReferenceSchema,
            count: z.int().describe('How many it has given; this is the latest.'),
            note: z.string().nullable(),
            quantities: z.array(
              z.object({
                item: z.string(),
                uom: amount,
                found: amount,
                held: amount,
                returned: amount,
                destroyed: amount,
                sold: amount,
              }),
            ),
          })
          .meta({ id: 'RecallAcknowledgement' }),
      )
      .describe('The latest of each organisation.'),
    asOf: asOfSchema,
  })
  .meta({ id: 'Recall' });

export const recallsQuerySchema = z.strictObject({
  ...pageQuerySchema.shape,
  state: recallStateSchema.optional(),
  openedBy: z.string().max(255).optional().describe('DID'),
  item: z.string().min(1).max(1_024).optional().describe('An item or lot that is called back.'),
});

export const recallReceiptSchema = z
  .object({
    ...receiptShape,
    id: recallShape.id,
    state: recallStateSchema,
    openedBy: z.string(),
    items: z.array(z.string()),
  })
  .meta({ id: 'RecallReceipt' });
