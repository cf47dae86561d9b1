import { z } from 'zod';
import type { CaptureJobDto } from '#index';

const repairSchema = z
  .object({
    pointer: z.string().describe('RFC 6901, in the document as it was sent; of XML, in its translation to JSON.'),
    code: z.string(),
    before: z.string().nullable().describe('JSON text, cut after 300 characters.'),
    after: z.string().nullable(),
    sentence: z.string(),
  })
  .meta({ id: 'Repair', description: 'docs/reference/repair.md' });

const repairReport = {
  originalSha256: z.string().describe('SHA-256 of the document as it was sent, hexadecimal.'),
  repairs: z.array(repairSchema),
};

/** The 202 of a capture with `?repair=report`; without it there is no body. */
export const repairReportSchema = z.object(repairReport).meta({ id: 'RepairReport' });

const capturedEventSchema = z
  .object({
    eventID: z.string().describe('The author’s; of an event without one what the ledger gave it.'),
    entryId: z.string(),
    eventHash: z
      .string()
      .nullable()
      .describe('CBV event hash id, `ni:///sha-256;…?ver=CBV2.0`; null when the event is too long to hash.'),
    eventHashCheck: z
      .enum(['absent', 'other', 'match', 'mismatch'])
      .nullable()
      .describe('How the author’s eventID stands to it: none given, another kind of id, the same hash, another hash.'),
  })
  .meta({ id: 'CapturedEvent' });

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
    originalSha256: repairReport.originalSha256.optional(),
    repairs: repairReport.repairs.optional().describe('With `?repair=report`; not in lists.'),
    events: z
      .array(capturedEventSchema)
      .optional()
      .describe('What was recorded, in document order; when no longer running, not in lists.'),
    errorFile: z.null().describe('Errors always stand in `errors`.'),
  })
  .meta({ id: 'CaptureJob', description: 'EPCIS 2.0 REST bindings, CaptureJob.' });

export const captureJobListSchema = z.array(captureJobSchema).meta({ id: 'CaptureJobList' });

/**
 * As the standard's OpenAPI has it. Its CaptureJob is "one of" a job with `errors` and a job with `errorFile`, none of them
 * required, so that a job which merely leaves `errorFile` out would be both and not valid: hence the null.
 */
export function captureJobAnswer({
  finishedAt,
  repairs,
  events,
  ...job
}: CaptureJobDto): z.infer<typeof captureJobSchema> {
  return {
    ...job,
    ...(finishedAt !== null && { finishedAt }),
    errors: [...job.errors],
    ...(repairs !== undefined && { repairs: [...repairs] }),
    ...(events !== undefined && { events: [...events] }),
    errorFile: null,
  };
}
