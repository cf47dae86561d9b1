import { z } from 'zod';

/** RFC 9457 problem details, as every error is answered. */
export const problemSchema = z
  .object({
    type: z.string().describe('URI reference of the page that explains `code`; under /epcis the EPCIS exception.'),
    title: z.string(),
    status: z
      .int()
      .optional()
      .describe('Absent only from a 409 under /epcis, where the standard’s own schema has a wrong one.'),
    detail: z.string(),
    code: z.string().describe('Stable code, listed in docs/reference/errors.md.'),
    errors: z.array(
      z.object({
        pointer: z.string().optional().describe('RFC 6901 pointer into the request body.'),
        parameter: z.string().optional().describe('Name of a query or path parameter.'),
        detail: z.string(),
        code: z.string(),
      }),
    ),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' });
