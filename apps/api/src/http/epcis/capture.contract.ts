import { z } from 'zod';

export const captureJobSchema = z
  .object({
    captureID: z.string(),
    createdAt: z.string(),
    finishedAt: z.string().nullable(),
    running: z.boolean(),
    success: z.boolean(),
    captureErrorBehaviour: z.enum(['rollback', 'proceed']),
    errors: z.array(
      z.object({
        type: z.string(),
        title: z.string(),
        status: z.int().optional(),
        detail: z.string().optional(),
        code: z.string().optional(),
        pointer: z.string().optional().describe('RFC 6901 pointer into the document.'),
        eventID: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'CaptureJob', description: 'EPCIS 2.0 REST bindings, CaptureJob.' });

export const captureJobListSchema = z
  .object({ items: z.array(captureJobSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'CaptureJobList' });
