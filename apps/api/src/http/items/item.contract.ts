import { z } from 'zod';
import { ITEMS_PER_ACT_MAX } from '#trace';
import { attributesSchema, gtinSchema } from '../products/product.contract.js';
import { asOfSchema, findingSchema, limitText, pageQuerySchema } from '../reads/read.contract.js';
import { receiptShape } from '../writes/receipt.contract.js';

export const itemSchema = z
  .object({
    id: z.string().describe('Canonical identifier: a GS1 Digital Link for GS1 keys, else the URI itself.'),
    owner: z.string().nullable(),
    custodian: z.string().nullable(),
    container: z.string().nullable(),
    lot: z.string().nullable(),
    product: z.string().nullable().describe('GTIN-14 of the product that it was commissioned as.'),
    quantity: z
      .object({ value: z.string(), uom: z.string().nullable() })
      .nullable()
      .describe('Of a lot: what was created.'),
    status: z.string(),
    openTransfer: z.string().nullable(),
    openTransfers: z.object({ ownership: z.string().nullable(), custody: z.string().nullable() }),
    openRecalls: z.array(z.string()).describe('Ids of the open recalls that call it back, or its lot.'),
    findings: z.array(findingSchema),
    history: z
      .object({ count: z.int(), digest: z.string() })
      .describe('As in the ledger’s state, so that a history can be proved complete.'),
    asOf: asOfSchema,
  })
  .meta({ id: 'Item' });

export const historyQuerySchema = z.strictObject({
  ...pageQuerySchema.shape,
  limit: limitText(1_000).optional().describe('Events of a page, 1 to 1,000; 1,000 when omitted.'),
});

export const itemHistorySchema = z
  .object({
    item: z.string(),
    nextCursor: z.string().nullable(),
    truncated: z.boolean().describe('The item was in more than 1,000 containers: events of the others are missing.'),
    asOf: asOfSchema,
    events: z.array(
      z
        .object({
          kind: z.string(),
          eventId: z.string().nullable(),
          type: z.string().nullable(),
          action: z.string().nullable(),
          isErrorDeclaration: z.boolean(),
          supersededBy: z.string().nullable().describe('Entry id of the error declaration that took the event back.'),
          eventTime: z.string(),
          eventTimeZoneOffset: z.string().nullable(),
          bizStep: z.string().nullable(),
          disposition: z.string().nullable(),
          readPoint: z.string().nullable(),
          bizLocation: z.string().nullable(),
          roles: z.array(z.string()),
          inheritedFrom: z.string().nullable().describe('The container whose event this is; null for the item’s own.'),
          eventIndex: z.int(),
          entryId: z.string(),
          author: z.string(),
          height: z.int(),
          index: z.int(),
          blockTime: z.string(),
          disputed: z.boolean().describe('As of an entry reference: the key is not trusted at that height any more.'),
          findings: z.array(findingSchema),
          event: z.record(z.string(), z.unknown()).describe('As its author wrote it.'),
        })
        .meta({ id: 'HistoryEvent' }),
    ),
  })
  .meta({ id: 'ItemHistory' });

const decimal = z.string().regex(/^[0-9]{1,18}(\.[0-9]{1,9})?$/, 'a decimal number as text, for instance "12.5"');

export const itemInputSchema = z
  .union([
    z.strictObject({
      gtin: gtinSchema,
      serials: z.array(z.string().min(1).max(20)).min(1).max(ITEMS_PER_ACT_MAX),
      lot: z.string().min(1).max(20).optional(),
      attributes: attributesSchema.optional(),
    }),
    z.strictObject({
      gtin: gtinSchema,
      lot: z.string().min(1).max(20),
      quantity: z.strictObject({
        value: z.union([decimal, z.number().positive()]),
        uom: z.string().min(2).max(3).describe('UN/ECE unit code, for instance KGM.'),
      }),
      attributes: attributesSchema.optional(),
    }),
  ])
  .meta({ id: 'ItemInput' });

export const itemReceiptSchema = z
  .object({ ...receiptShape, items: z.array(z.string()).describe('Canonical identifiers of what was commissioned.') })
  .meta({ id: 'ItemReceipt' });
