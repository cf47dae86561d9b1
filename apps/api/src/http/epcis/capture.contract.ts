import { z } from 'zod';
import type { CaptureJobDto } from '#index';

export const captureJobSchema = z
  .object({
    captureID: z.string(),
    createdAt: z.string(),
    finishedAt: z.string().optional().describe('Absent while running.'),
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
    errorFile: z.null().describe('Errors always stand in `errors`.'),
  })
  .meta({ id: 'CaptureJob', description: 'EPCIS 2.0 REST bindings, CaptureJob.' });

export const captureJobListSchema = z.array(captureJobSchema).meta({ id: 'CaptureJobList' });

/**
 * As the standard's OpenAPI has it. Its CaptureJob is "one of" a job with `errors` and a job with `errorFile`, none of them
 * required, so that a job which merely leaves `errorFile` out would be both and not valid: hence the null.
 */
export function captureJobAnswer({ finishedAt, ...job }: CaptureJobDto): z.infer<typeof captureJobSchema> {
  return {
    ...job,
    ...(finishedAt !== null && { finishedAt }),
    errors: [...job.errors],
    errorFile: null,
  };
}
