import type { Result } from '#codec';
import type { EventQuery } from '#trace';
import type { EventSearchErrorCode, FoundEvent } from '../event-search/event-search.types.js';
import type { PageRequest } from '../queries.types.js';

/** What a subscriber asked for. */
export interface NewSubscription {
  readonly id: string;
  readonly queryName: string;
  readonly dest: string;
  /** Secret of the subscriber, to sign deliveries with. */
  readonly signatureToken: string | undefined;
  readonly epcFormat: string;
  /** Fields of the standard's QuerySchedule; undefined: as soon as an event matches. */
  readonly schedule: Readonly<Record<string, string>> | undefined;
  readonly reportIfEmpty: boolean;
  readonly initialRecordTime: Date;
  /** Where on the chain it begins. */
  readonly position: number;
  readonly pageSize: number;
  readonly nextRunAt: Date | undefined;
  readonly createdAt: Date;
}

/** A subscription as it may be shown: without the secret. */
export interface SubscriptionDto {
  readonly subscriptionID: string;
  readonly queryName: string;
  readonly dest: string;
  readonly createdAt: string;
  readonly initialRecordTime: string;
  /** Of the last run of the schedule; before the first the initial record time. */
  readonly minRecordTime: string;
  readonly epcFormat: string;
  readonly reportIfEmpty: boolean;
  readonly schedule: Readonly<Record<string, string>> | null;
  readonly lastNotifiedAt: string | null;
  /** `failed`: nothing is sent until somebody asks for a replay. */
  readonly state: 'active' | 'failed';
  /** Events before it stand in deliveries already. */
  readonly position: number;
  readonly nextRunAt: string | null;
  readonly retryAt: string | null;
  readonly lastError: string | null;
}

export interface DeliveryDto {
  readonly deliveryID: string;
  readonly state: 'pending' | 'delivered' | 'failed';
  /** Replay from here repeats it. */
  readonly fromPosition: number;
  readonly toPosition: number;
  readonly eventCount: number;
  readonly createdAt: string;
  readonly queuedAt: string;
  readonly attempts: number;
  readonly lastAttemptAt: string | null;
  /** HTTP status of the last answer; null when there was none. */
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly deliveredAt: string | null;
}

interface Listed<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** What the API does with subscriptions. */
export interface SubscriptionStore {
  /** @returns `limit`: there are as many as may be; `no-query`: the named query is gone */
  create(subscription: NewSubscription, limit: number): Promise<'created' | 'limit' | 'no-query'>;
  get(id: string): Promise<SubscriptionDto | undefined>;
  /** In byte order of their ids. @param queryName - of all queries when omitted */
  list(queryName: string | undefined, page?: PageRequest): Promise<Listed<SubscriptionDto>>;
  /** Ends it, with all that has not been delivered. @returns false when there is none */
  delete(queryName: string, id: string): Promise<boolean>;
  /** In reverse chain order. */
  deliveries(id: string, page?: PageRequest): Promise<Listed<DeliveryDto>>;
  /**
   * Queues again every delivery that reaches beyond a position, as it was, and wakes a failed subscription.
   *
   * @param from - undefined: what failed
   * @returns how many are queued again; `too-early` when deliveries from there are not kept
   */
  replay(id: string, from: number | undefined, now: Date): Promise<number | 'too-early'>;
}

/** A subscription that this process works on until its lease ends. */
export interface LeasedSubscription {
  readonly id: string;
  readonly lease: string;
  readonly queryName: string;
  readonly dest: string;
  readonly signatureToken: string | null;
  readonly epcFormat: string;
  readonly schedule: Readonly<Record<string, string>> | null;
  readonly reportIfEmpty: boolean;
  readonly position: number;
  readonly pageSize: number;
  readonly nextRunAt: Date | null;
  readonly runHeight: number | null;
  readonly runUntil: number | null;
  readonly owesReport: boolean;
}

export interface PendingDelivery {
  readonly id: string;
  readonly fromPosition: number;
  readonly toPosition: number;
  readonly height: number;
  readonly eventCount: number;
  readonly createdAt: Date;
  readonly queuedAt: Date;
  readonly attempts: number;
}

/** A document to be: `eventCount` matching events from a position on, as of a height. */
export interface Cut {
  readonly toPosition: number;
  readonly height: number;
  readonly eventCount: number;
}

/** How an attempt ended. */
export type AttemptOutcome =
  | { readonly kind: 'delivered'; readonly status: number }
  | { readonly kind: 'retry' | 'failed'; readonly status: number | null; readonly error: string; readonly retryAt: Date };

/**
 * The outbox. Each change is made under the lease that `claim` gave; one that finds the lease gone (it expired, the subscription was
 * deleted or replayed) changes nothing and says so.
 */
export interface DeliveryQueue {
  /** Subscriptions with something to do, longest not served first; no other process gets them until the lease ends. */
  claim(options: { readonly lease: string; readonly now: Date; readonly until: Date; readonly limit: number }): Promise<readonly LeasedSubscription[]>;
  /** As of now: undefined when the lease is gone. @param until - the lease is good until then from now on */
  renew(subscription: LeasedSubscription, until: Date): Promise<LeasedSubscription | undefined>;
  /** @param retryAt - nothing is done before; with the error that made it necessary */
  release(subscription: LeasedSubscription, now: Date, rest?: { readonly retryAt: Date; readonly error: string }): Promise<void>;
  /** The first that has not been delivered. */
  pending(subscription: LeasedSubscription): Promise<PendingDelivery | undefined>;
  /** A run of the schedule begins. */
  beginRun(
    subscription: LeasedSubscription,
    run: { readonly head: FeedHead; readonly now: Date; readonly nextRunAt: Date },
  ): Promise<boolean>;
  /** Puts a delivery into the outbox and moves the subscription behind it. @param delivery - undefined: nothing matched, only move */
  cut(subscription: LeasedSubscription, cut: Cut, delivery: { readonly id: string; readonly now: Date } | undefined): Promise<boolean>;
  /** Replaces a delivery that is too large for its receiver by two; later ones are as small. */
  split(
    subscription: LeasedSubscription,
    delivery: PendingDelivery,
    parts: readonly [Cut & { readonly id: string }, Cut & { readonly id: string }],
  ): Promise<boolean>;
  settle(subscription: LeasedSubscription, delivery: PendingDelivery, outcome: AttemptOutcome, now: Date): Promise<boolean>;
  /** Forgets what was delivered before a time. @returns how many */
  prune(before: Date): Promise<number>;
}

/** How far the index has come. */
export interface FeedHead {
  readonly height: number;
  /** Of the first event of the next block. */
  readonly position: number;
}

/** The matching events in chain order. */
export interface EventFeeds {
  head(): Promise<FeedHead>;
  /** Of the first event recorded at or after a time; that of the head when there is none yet. */
  positionAt(time: Date): Promise<number>;
  /**
   * Up to `limit` events from a position on, in blocks up to `height`: the same whenever and on whichever node it is asked.
   *
   * @throws IndexQueryError `INDEX_BEHIND` when the index does not reach `height`
   */
  read(
    query: EventQuery,
    range: { readonly from: number; readonly height: number; readonly limit: number },
  ): Promise<Result<{ readonly events: readonly FoundEvent[]; readonly hasMore: boolean }, EventSearchErrorCode>>;
}
