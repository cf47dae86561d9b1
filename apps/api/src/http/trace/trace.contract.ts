import { z } from 'zod';
import { TRACE_DEPTH_DEFAULT, TRACE_DEPTH_MAX, TRACE_NODES_DEFAULT, TRACE_NODES_MAX } from '#index';
import { readDateTime } from '#trace';
import { asOfSchema, findingSchema, readQuerySchema } from '../reads/read.contract.js';

/** A "+" that a client did not percent-encode arrives as a space. */
const momentText = z
  .string()
  .max(64)
  .transform((text, context) => {
    const ms = readDateTime(text.replace(' ', '+'));
    if (ms !== undefined) return ms;
    context.addIssue({ code: 'custom', message: 'a date and time with offset, for instance 2026-02-01T10:00:00Z' });
    return z.NEVER;
  });

function countText(min: number, max: number) {
  return z
    .string()
    .regex(/^[0-9]{1,5}$/, `a number from ${min} to ${max}`)
    .transform(Number)
    .pipe(z.int().min(min).max(max));
}

export const TRACE_FORMATS = ['json', 'csv', 'epcis'] as const;

export const traceQuerySchema = z.strictObject({
  ...readQuerySchema.shape,
  direction: z
    .enum(['up', 'down', 'both'])
    .default('both')
    .describe('up: what it was made of and held; down: what was made of it and held it. both when omitted.'),
  at: momentText
    .optional()
    .describe('RFC 3339 time. up looks at what happened until then, down at what happened from then on.'),
  depth: countText(0, TRACE_DEPTH_MAX)
    .optional()
    .describe(`Steps from the item, 0 to ${TRACE_DEPTH_MAX}; ${TRACE_DEPTH_DEFAULT} when omitted.`),
  limit: countText(1, TRACE_NODES_MAX)
    .optional()
    .describe(`Nodes in the answer, 1 to ${TRACE_NODES_MAX}; ${TRACE_NODES_DEFAULT} when omitted.`),
  format: z
    .enum(TRACE_FORMATS)
    .optional()
    .describe('csv: the graph as tables (also with `Accept: text/csv`); epcis: the events as an EPCISQueryDocument.'),
});
export type TraceQuery = z.infer<typeof traceQuerySchema>;

const quantitySchema = z.object({ value: z.string(), uom: z.string().nullable() });
const positionSchema = z.int().describe('`position` of an event.');
const momentSchema = z.object({ time: z.string(), event: positionSchema });

const nodeSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['item', 'lot', 'class', 'container']),
    status: z.string(),
    owner: z.string().nullable(),
    custodian: z.string().nullable(),
    container: z.string().nullable(),
    lot: z.string().nullable(),
    product: z.string().nullable(),
    quantity: quantitySchema.nullable(),
    place: z
      .object({
        bizLocation: z.string().nullable(),
        readPoint: z.string().nullable(),
        eventTime: z.string(),
        event: positionSchema,
      })
      .nullable()
      .describe('The last place that an event of this trace tells.'),
    depth: z
      .object({ up: z.int().nullable(), down: z.int().nullable() })
      .describe('Steps from the item, by way; both null for a lot or class that is named for its members only.'),
  })
  .meta({ id: 'TraceNode' });

const edgeSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('transformation'),
      input: z.string(),
      output: z.string(),
      transformationId: z.string().nullable(),
      inputQuantity: quantitySchema.nullable(),
      outputQuantity: quantitySchema.nullable(),
      share: z.string().nullable().describe('Part of all inputs that this one was, 0 to 1; null unless all have one unit.'),
      events: z.array(positionSchema),
    }),
    ...(['containment', 'association'] as const).map((kind) =>
      z.object({
        kind: z.literal(kind),
        child: z.string(),
        parent: z.string(),
        from: momentSchema,
        to: momentSchema.nullable().describe('Null: it still is.'),
      }),
    ),
    z.object({ kind: z.literal('memberOf'), member: z.string(), of: z.string() }),
  ])
  .meta({ id: 'TraceEdge' });

const eventSchema = z
  .object({
    position: z.int().describe('Number of the event on the chain.'),
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
    eventIndex: z.int(),
    entryId: z.string(),
    author: z.string(),
    height: z.int(),
    index: z.int(),
    blockTime: z.string(),
    disputed: z.boolean().describe('As of an entry reference: the key is not trusted at that height any more.'),
    items: z.array(z.object({ item: z.string(), roles: z.array(z.string()) })).describe('Nodes that it names.'),
    findings: z.array(findingSchema),
  })
  .meta({ id: 'TraceEvent' });

export const traceSchema = z
  .object({
    item: z.string(),
    direction: z.enum(['up', 'down', 'both']),
    at: z.string().nullable(),
    nodes: z.array(nodeSchema),
    edges: z.array(edgeSchema),
    events: z.array(eventSchema).describe('In order of event time.'),
    tombstones: z
      .array(
        z
          .object({
            item: z.string(),
            direction: z.enum(['up', 'down']),
            reason: z.enum(['depth', 'limit', 'superseded', 'unknown-item']),
            event: positionSchema.nullable(),
          })
          .meta({ id: 'TraceTombstone' }),
      )
      .describe('Where branches end, and why.'),
    truncated: z.boolean().describe('Something is missing because of depth or limit.'),
    asOf: asOfSchema,
  })
  .meta({ id: 'Trace' });
