import { z } from 'zod';
import { findingSchema, pageQuerySchema, pageSchema } from '../reads/read.contract.js';

export const findingPageSchema = pageSchema(findingSchema, 'FindingPage');

export const findingsQuerySchema = z.strictObject({
  ...pageQuerySchema.shape,
  code: z
    .string()
    .regex(/^FINDING_[A-Z_]{1,64}$/, 'a code of a finding, for instance FINDING_COMMISSIONED_TWICE')
    .optional(),
  item: z.string().min(1).max(1_024).optional().describe('A GS1 Digital Link, EPC URN or any other URI.'),
  author: z.string().max(255).optional().describe('DID of the organisation whose claim contradicts the ledger.'),
});
