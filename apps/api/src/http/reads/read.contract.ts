import { z } from 'zod';

/** Heights in queries arrive as text. */
export const heightText = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,14})$/, 'a block height')
  .transform(Number);

/** What every read of the index takes. */
export const readQuerySchema = z.strictObject({
  minHeight: heightText.optional().describe('Wait (at most 5 s) until the index has reached this height.'),
});

/** A page's size arrives as text too. */
export function limitText(max: number) {
  return z
    .string()
    .regex(/^[0-9]{1,4}$/, `a number from 1 to ${max}`)
    .transform(Number)
    .pipe(z.int().min(1).max(max));
}

/** What every list takes. */
export const pageQuerySchema = z.strictObject({
  ...readQuerySchema.shape,
  limit: limitText(200).optional().describe('Entries of a page, 1 to 200; 50 when omitted.'),
  cursor: z.string().min(1).max(1_024).optional().describe('`nextCursor` of the page before.'),
});

export type ReadQuery = z.infer<typeof readQuerySchema>;
export type PageQuery = z.infer<typeof pageQuerySchema>;

export const asOfSchema = z
  .object({ height: z.int().describe('The height at which the answer is true; −1 before anything is indexed.') })
  .meta({ id: 'AsOf' });

export const entryReferenceShape = {
  entryId: z.string().describe('64 hexadecimal characters.'),
  author: z.string().describe('DID of the organisation that signed it.'),
  height: z.int(),
  index: z.int().describe('Position within the block.'),
  blockTime: z.string(),
  disputed: z
    .boolean()
    .describe('Signed with a key that is not trusted at that height any more: somebody else may have had it.'),
};
export const entryReferenceSchema = z.object(entryReferenceShape).meta({ id: 'EntryReference' });

export const findingSchema = z
  .object({
    code: z.string(),
    item: z.string(),
    entry: entryReferenceSchema,
    eventIndex: z.int(),
    contradicts: z.array(z.string()),
    detail: z.string(),
  })
  .meta({ id: 'Finding', description: 'A contradiction between a recorded claim and the ledger.' });

/** A page of a list, as the index gives it. */
export function pageSchema<T extends z.ZodType>(item: T, id: string) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable(), asOf: asOfSchema }).meta({ id });
}
