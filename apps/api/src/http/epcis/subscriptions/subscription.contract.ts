import { z } from 'zod';
import { limitText } from '../../reads/read.contract.js';

const time = z.string().describe('ISO 8601, UTC.');

export const subscriptionSchema = z
  .object({
    subscriptionID: z.string(),
    queryName: z.string(),
    dest: z.string(),
    createdAt: time,
    initialRecordTime: time,
    minRecordTime: time.describe('Of the last run of the schedule; before the first the initial record time.'),
    epcFormat: z.string(),
    lastNotifiedAt: time.optional(),
    stream: z.literal(true).optional(),
    schedule: z.record(z.string(), z.string()).optional(),
    reportIfEmpty: z.boolean().optional(),
    state: z.enum(['active', 'failed']).describe('`failed`: given up; nothing is sent until a replay is asked for.'),
    position: z.int().describe('Events before it stand in deliveries already.'),
    nextRunAt: time.optional(),
    retryAt: time.optional(),
    lastError: z.string().optional(),
  })
  .meta({
    id: 'Subscription',
    description: 'EPCIS 2.0 REST bindings, a query subscription, and how it stands. Never with its token.',
  });

export const subscriptionsSchema = z.array(subscriptionSchema).meta({ id: 'Subscriptions' });

export const subscriptionPageSchema = z
  .object({ items: subscriptionsSchema, nextCursor: z.string().nullable() })
  .meta({ id: 'SubscriptionPage' });

export const deliverySchema = z
  .object({
    deliveryID: z.string().describe('`webhook-id` of the request, the same at every attempt.'),
    state: z.enum(['pending', 'delivered', 'failed']),
    fromPosition: z.int().describe('A replay from here repeats it.'),
    toPosition: z.int().describe('Where the next delivery begins.'),
    eventCount: z.int(),
    createdAt: time,
    queuedAt: time.describe('When it was made, or last asked to be repeated.'),
    attempts: z.int(),
    lastAttemptAt: time.nullable(),
    lastStatus: z.int().nullable().describe('HTTP status of the last answer; null when there was none.'),
    lastError: z.string().nullable(),
    deliveredAt: time.nullable(),
  })
  .meta({ id: 'Delivery' });

export const deliveryPageSchema = z
  .object({ items: z.array(deliverySchema), nextCursor: z.string().nullable() })
  .meta({ id: 'DeliveryPage' });

export const ownPageQuerySchema = z.strictObject({
  limit: limitText(200).optional().describe('1 to 200; 50 when omitted.'),
  cursor: z.string().min(1).max(1_024).optional().describe('`nextCursor` of the page before.'),
});
export type OwnPageQuery = z.infer<typeof ownPageQuerySchema>;

export const replaySchema = z
  .strictObject({
    from: z
      .int()
      .min(0)
      .optional()
      .describe('A position (`fromPosition` of a delivery); when omitted, what has failed is tried again.'),
  })
  .meta({ id: 'ReplayRequest' });
export type ReplayRequest = z.infer<typeof replaySchema>;

export const replayedSchema = z
  .object({ queued: z.int().describe('Deliveries that are sent again, each under its id and with its events.') })
  .meta({ id: 'Replayed' });
