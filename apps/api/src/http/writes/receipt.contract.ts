import { z } from 'zod';

export const receiptShape = {
  entryId: z.string().describe('64 hexadecimal characters.'),
  status: z.enum(['final', 'pending']).describe('`pending` only with status 202.'),
  height: z.int().optional(),
  index: z.int().optional().describe('Position within the block.'),
};
export const receiptSchema = z.object(receiptShape).meta({ id: 'Receipt' });
