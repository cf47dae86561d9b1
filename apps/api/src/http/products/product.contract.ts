import { z } from 'zod';
import { asOfSchema, entryReferenceSchema, pageSchema } from '../reads/read.contract.js';
import { receiptShape } from '../writes/receipt.contract.js';

export const gtinSchema = z
  .string()
  .regex(/^([0-9]{8}|[0-9]{12,14})$/, 'a GTIN of 8, 12, 13 or 14 digits')
  .transform((gtin) => gtin.padStart(14, '0'));

export const gtinParamSchema = gtinSchema;

const productShape = {
  gtin: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  owner: z.string().describe('DID of the organisation that holds the GTIN’s company prefix.'),
  registered: entryReferenceSchema,
  attributes: z.record(z.string(), z.unknown()).nullable(),
};

export const productPageSchema = pageSchema(z.object(productShape).meta({ id: 'Product' }), 'ProductPage');
export const productDetailSchema = z.object({ ...productShape, asOf: asOfSchema }).meta({ id: 'ProductAsOf' });

export const attributesSchema = z
  .record(z.string().min(1).max(64), z.union([z.string().max(512), z.number(), z.boolean()]))
  .describe('Up to 64 members of text, numbers and truth values. Numbers are recorded digit for digit.');

export const productInputSchema = z
  .strictObject({
    gtin: gtinSchema,
    name: z.string().min(1).max(200),
    description: z.string().min(1).max(2_000).optional(),
    attributes: attributesSchema.optional(),
  })
  .meta({ id: 'ProductInput' });

export const productReceiptSchema = z.object({ ...receiptShape, gtin: z.string() }).meta({ id: 'ProductReceipt' });
