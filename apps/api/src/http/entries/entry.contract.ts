import { z } from 'zod';
import { receiptShape } from '../writes/receipt.contract.js';

export const entrySchema = z
  .object({
    ...receiptShape,
    status: z.enum(['pending', 'final', 'rejected']),
    code: z.string().optional().describe('Why it was rejected.'),
    detail: z.string().optional(),
    blockTime: z.string().optional(),
    author: z.string().optional(),
    keyId: z.string().optional(),
    disputed: z
      .boolean()
      .optional()
      .describe('The key is not trusted at that height any more: somebody else may have had it.'),
    kind: z.string().optional(),
    subject: z.string().optional(),
    notAfter: z.int().optional(),
    contentType: z.string().optional(),
    contentHash: z.string().optional(),
    statement: z.string().optional().describe('The signed COSE_Sign1, base64.'),
    content: z.string().optional().describe('The content exactly as its author wrote and signed it.'),
  })
  .meta({ id: 'Entry', description: 'All members about the entry itself are present once it is final.' });
