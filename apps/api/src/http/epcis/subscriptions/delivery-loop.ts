import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { LeasedSubscription } from '#index';
import { serveSubscription, type ServingParts } from './serve-subscription.js';

export interface DeliveryLoopOptions extends ServingParts {
  readonly log: Logger;
  /** Between two looks at the outbox. */
  readonly pollMs: number;
  /** Subscriptions that are served at once. */
  readonly concurrency: number;
}

/** Longer than the statements and the attempt of one step together: who dies in the middle is replaced after it. */
const LEASE_MS = 60_000;
/** Then others get their turn, whether there was much to do or a receiver takes its time. */
const STEPS_MAX = 50;
const TURN_MS = 10_000;
/** When the node itself cannot make the document: its index is being rebuilt, or the query takes too long. */
const OWN_FAULT_RETRY_MS = 5_000;
const KEEP_DELIVERED_MS = 30 * 24 * 3_600_000;
const PRUNE_EVERY_MS = 3_600_000;

/**
 * Sends what subscribers are to be sent, for as long as it runs. All that it knows stands in the database: any number of them may run
 * beside each other, and each may end at any moment.
 */
export class DeliveryLoop {
  readonly #active = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  #wake: () => void = () => {};
  #running: Promise<void> | undefined;
  #prunedAt = 0;

  constructor(private readonly options: DeliveryLoopOptions) {}

  start(): void {
    this.#running ??= this.#run();
  }

  /** Breaks off what is under way; it is sent again later, under the same id. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    await this.#running;
    await Promise.all(this.#active);
  }

  /** One look at the outbox; resolves when all that was due has been done. @returns how many subscriptions were served */
  async round(): Promise<number> {
    const count = await this.#take();
    await Promise.all(this.#active);
    return count;
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      let taken = 0;
      try {
        taken = await this.#take();
        await this.#prune();
      } catch (error) {
        // The database is away: the indexer tells of it.
        this.options.log.debug({ reason: messageOf(error) }, 'subscriptions not looked at');
      }
      if (this.#active.size >= this.options.concurrency) await Promise.race(this.#active);
      else if (taken === 0) await this.#pause();
    }
  }

  async #take(): Promise<number> {
    const now = this.options.now();
    const claimed = await this.options.queue.claim({
      lease: randomUUID(),
      now,
      until: new Date(now.getTime() + LEASE_MS),
      limit: this.options.concurrency - this.#active.size,
    });
    for (const subscription of claimed) {
      const work = this.#serve(subscription).finally(() => this.#active.delete(work));
      this.#active.add(work);
    }
    return claimed.length;
  }

  async #serve(claimed: LeasedSubscription): Promise<void> {
    const { queue, now, log } = this.options;
    const { signal } = this.#stopping;
    const turnEndsAt = now().getTime() + TURN_MS;
    try {
      let held: LeasedSubscription | undefined = claimed;
      for (let step = 0; step < STEPS_MAX && held !== undefined && !signal.aborted; step++) {
        if ((await serveSubscription(held, this.options, signal)) === 'rest' || now().getTime() >= turnEndsAt) break;
        held = await queue.renew(held, new Date(now().getTime() + LEASE_MS));
      }
      await queue.release(claimed, now());
    } catch (error) {
      const reason = messageOf(error);
      log.warn({ subscription: claimed.id, reason }, 'subscription not served');
      const retryAt = new Date(now().getTime() + OWN_FAULT_RETRY_MS);
      await queue.release(claimed, now(), { retryAt, error: reason }).catch(() => undefined);
    }
  }

  async #prune(): Promise<void> {
    const now = this.options.now().getTime();
    if (now - this.#prunedAt < PRUNE_EVERY_MS) return;
    this.#prunedAt = now;
    await this.options.queue.prune(new Date(now - KEEP_DELIVERED_MS));
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake(), this.options.pollMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
