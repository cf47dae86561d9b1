import { randomUUID } from 'node:crypto';
import type {
  DeliveryQueue,
  EventFeeds,
  FoundEvent,
  LeasedSubscription,
  NamedQueryStore,
  PendingDelivery,
} from '#index';
import type { EpcFormat } from '#trace';
import type { Self } from '../../parts.js';
import type { EpcFormats } from '../answers/epc-format.js';
import { readDestination, type DestinationPolicy, type Resolve } from './destination.js';
import { postDocument } from './post-document.js';
import { retryDelayMs } from './retry-delay.js';
import { nextRun, readSchedule } from './schedule.js';
import { signatureHeaders } from './sign-delivery.js';
import { subscribedDocument } from './subscribed-document.js';
import { subscribedQuery } from './subscribed-query.js';

/** What serving subscriptions needs. Time and chance come as arguments: a test decides about them. */
export interface ServingParts {
  readonly queue: DeliveryQueue;
  readonly feed: EventFeeds;
  readonly queries: Pick<NamedQueryStore, 'get'>;
  readonly formats: Pick<EpcFormats, 'spelling'>;
  readonly self: Self;
  readonly policy: DestinationPolicy;
  readonly resolve?: Resolve;
  readonly now: () => Date;
  /** 0 ≤ random < 1 */
  readonly random: () => number;
  readonly attemptTimeoutMs: number;
  /** A delivery that was queued so long ago and fails again is given up. */
  readonly giveUpAfterMs: number;
}

/** Whether there may be more to do for the subscription now. */
export type Step = 'again' | 'rest';

/**
 * Does the one next thing for a subscription, in this order: send what waits in the outbox, begin a run of the schedule that is due, put
 * the next events into the outbox, tell that a run found nothing. So events are sent in the order of the chain, and none is put into the
 * outbox before the one before has been taken.
 */
export async function serveSubscription(
  held: LeasedSubscription,
  parts: ServingParts,
  signal: AbortSignal,
): Promise<Step> {
  const { queue, feed } = parts;
  const pending = await queue.pending(held);
  if (pending !== undefined) return await attempt(held, pending, parts, signal);

  const now = parts.now();
  if (held.schedule !== null && held.nextRunAt !== null && held.nextRunAt <= now) {
    const head = await feed.head();
    return stepOf(await queue.beginRun(held, { head, now, nextRunAt: nextRunOf(held.schedule, now) }));
  }

  const target =
    held.schedule === null ? await feed.head() : { height: held.runHeight ?? -1, position: held.runUntil ?? 0 };
  if (held.position < target.position) {
    const found = await eventsFrom(held, { from: held.position, height: target.height, limit: held.pageSize }, parts);
    const last = found.events.at(-1);
    const toPosition = found.hasMore && last !== undefined ? last.position + 1 : target.position;
    const cut = { toPosition, height: target.height, eventCount: found.events.length };
    return stepOf(await queue.cut(held, cut, last === undefined ? undefined : { id: randomUUID(), now }));
  }
  if (!held.owesReport) return 'rest';
  const empty = { toPosition: held.position, height: target.height, eventCount: 0 };
  return stepOf(await queue.cut(held, empty, { id: randomUUID(), now }));
}

async function attempt(
  held: LeasedSubscription,
  delivery: PendingDelivery,
  parts: ServingParts,
  signal: AbortSignal,
): Promise<Step> {
  const { events } = await eventsFrom(
    held,
    { from: delivery.fromPosition, height: delivery.height, limit: delivery.eventCount },
    parts,
  );
  const body = await subscribedDocument(
    events,
    {
      queryName: held.queryName,
      subscriptionID: held.id,
      epcFormat: held.epcFormat as EpcFormat,
      createdAt: delivery.createdAt,
      nextPosition: delivery.toPosition,
    },
    parts.formats,
  );
  const dest = readDestination(held.dest, parts.policy);
  const startedAt = parts.now();
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Lading',
    'GS1-EPCIS-Version': '2.0.0',
    'GS1-CBV-Version': '2.0.0',
    ...signatureHeaders({ id: delivery.id, at: startedAt, body }, held.signatureToken ?? undefined, parts.self),
  };
  const outcome =
    typeof dest === 'string'
      ? { error: dest }
      : await postDocument(
          dest,
          { headers, body },
          {
            policy: parts.policy,
            timeoutMs: parts.attemptTimeoutMs,
            signal,
            ...(parts.resolve !== undefined && { resolve: parts.resolve }),
          },
        );
  // Interrupted by the stop of this process: that says nothing about the receiver.
  if (signal.aborted && 'error' in outcome) return 'rest';
  const now = parts.now();
  if ('status' in outcome && outcome.status >= 200 && outcome.status < 300)
    return stepOf(await parts.queue.settle(held, delivery, { kind: 'delivered', status: outcome.status }, now));
  if ('status' in outcome && outcome.status === 413 && events.length > 1)
    return stepOf(await parts.queue.split(held, delivery, halves(delivery, events)));
  const isGivenUp = now.getTime() - delivery.queuedAt.getTime() >= parts.giveUpAfterMs;
  await parts.queue.settle(
    held,
    delivery,
    {
      kind: isGivenUp ? 'failed' : 'retry',
      status: 'status' in outcome ? outcome.status : null,
      error: 'status' in outcome ? `The receiver answered ${outcome.status}.` : outcome.error,
      retryAt: new Date(now.getTime() + retryDelayMs(delivery.attempts + 1, parts.random())),
    },
    now,
  );
  return 'rest';
}

async function eventsFrom(
  held: LeasedSubscription,
  range: { readonly from: number; readonly height: number; readonly limit: number },
  { queries, feed }: ServingParts,
): Promise<{ readonly events: readonly FoundEvent[]; readonly hasMore: boolean }> {
  if (range.limit === 0) return { events: [], hasMore: false };
  const named = await queries.get(held.queryName);
  if (named === undefined) throw new Error('The named query is gone.');
  const found = await feed.read(subscribedQuery(named).query, range);
  if (!found.ok) throw new Error(found.detail);
  return found.value;
}

/** "The client asks the server to send EPCIS events in smaller batches." */
function halves({ toPosition, height }: PendingDelivery, events: readonly FoundEvent[]) {
  const first = Math.ceil(events.length / 2);
  const middle = events[first]?.position ?? toPosition;
  return [
    { id: randomUUID(), toPosition: middle, height, eventCount: first },
    { id: randomUUID(), toPosition, height, eventCount: events.length - first },
  ] as const;
}

function nextRunOf(text: Readonly<Record<string, string>>, now: Date): Date {
  const read = readSchedule(text);
  const next = read.ok ? nextRun(read.schedule, now) : undefined;
  if (next === undefined) throw new Error('The stored schedule has no next run.');
  return next;
}

/** A lease that is gone leaves nothing to do here. */
function stepOf(isHeld: boolean): Step {
  return isHeld ? 'again' : 'rest';
}
