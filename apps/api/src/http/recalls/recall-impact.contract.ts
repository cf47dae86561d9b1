import { z } from 'zod';
import { ITEMS_PER_ACT_MAX, readDateTime } from '#trace';
import { asOfSchema, heightText } from '../reads/read.contract.js';
import { targetsShape } from './recall.contract.js';

const moment = z
  .string()
  .max(64)
  .refine((text) => readDateTime(text) !== undefined, 'an RFC 3339 time with offset')
  .describe('RFC 3339 with offset.');

export const simulationInputSchema = z
  .strictObject({
    ...targetsShape,
    window: z
      .strictObject({ from: moment.optional(), to: moment.optional() })
      .optional()
      .describe('Only what was made of the targets in this time; what was made of that follows whenever it was.'),
  })
  .refine(({ items = [], lots = [] }) => isCount(items.length + lots.length), {
    path: ['items'],
    message: `items and lots together 1 to ${ITEMS_PER_ACT_MAX}`,
  })
  .meta({ id: 'RecallSimulationInput' });

export const simulationQuerySchema = z.strictObject({
  minHeight: heightText.optional().describe('Wait (at most 5 s) until the index has reached this height.'),
});

const text = z.string().nullable();

const affectedItem = z
  .object({
    id: z.string(),
    kind: z.string().describe('item, lot, class or container'),
    as: z.enum(['target', 'member', 'product', 'carrier']),
    depth: z.int().describe('Steps from the nearest target.'),
    share: text.describe('At most this part of it comes from the targets, 0 to 1; null where that is not known.'),
    status: z.string(),
    owner: text,
    custodian: text,
    container: text,
    lot: text,
    product: text,
    place: z
      .object({ bizLocation: text, readPoint: text, eventTime: z.string(), event: z.int() })
      .nullable()
      .describe('Where an event last saw it.'),
    quantities: z.array(
      z.object({ unit: z.string(), created: z.string(), affected: text, onHand: z.string(), away: z.string() }),
    ),
    holders: z
      .array(z.object({ organization: z.string(), unit: text, quantity: z.string() }))
      .describe('Who has how much of it now; unit null: a single item.'),
  })
  .meta({ id: 'RecallAffectedItem' });

export const recallImpactSchema = z
  .object({
    targets: z.array(z.string()),
    window: z.object({ from: text, to: text }),
    affected: z.array(affectedItem).describe('Nearest to the targets first.'),
    organizations: z.array(
      z
        .object({
          organization: z.string(),
          name: text,
          items: z.int(),
          lots: z.int(),
          quantities: z.array(z.object({ unit: z.string(), onHand: z.string() })),
        })
        .meta({ id: 'RecallImpactedOrganization' }),
    ),
    unknown: z
      .object({
        targets: z.array(z.string()),
        tombstones: z.array(
          z.object({ item: z.string(), direction: z.string(), reason: z.string(), event: z.int().nullable() }),
        ),
        away: z.array(z.object({ item: z.string(), unit: z.string(), quantity: z.string() })),
        withoutQuantity: z.array(z.string()),
        withoutShare: z.array(z.string()),
        withoutHolder: z.array(z.string()),
      })
      .meta({ id: 'RecallUnknownImpact', description: 'What the ledger cannot tell.' }),
    isComplete: z.boolean(),
    truncated: z.boolean(),
    asOf: asOfSchema,
  })
  .meta({ id: 'RecallImpact' });

function isCount(count: number): boolean {
  return count >= 1 && count <= ITEMS_PER_ACT_MAX;
}
