import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DeliveryQueue, EventFeeds, NamedQueryStore } from '#index';
import { DELIVERY_QUEUE, EVENT_FEED, LOGGER, NAMED_QUERIES, SELF, WEBHOOKS, type Self } from '../../parts.js';
import { EpcFormats } from '../answers/epc-format.js';
import { DeliveryLoop } from './delivery-loop.js';
import type { WebhookOptions } from './webhook-options.js';

/** This process's share of the work on subscriptions; `startNode` starts it when the database is there. */
@Injectable()
export class Deliveries implements OnModuleDestroy {
  private readonly loop: DeliveryLoop;

  constructor(
    @Inject(DELIVERY_QUEUE) queue: DeliveryQueue,
    @Inject(EVENT_FEED) feed: EventFeeds,
    @Inject(NAMED_QUERIES) queries: NamedQueryStore,
    @Inject(EpcFormats) formats: EpcFormats,
    @Inject(SELF) self: Self,
    @Inject(WEBHOOKS) options: WebhookOptions,
    @Inject(LOGGER) log: Logger,
  ) {
    const { allowPrivateDestinations, ...times } = options;
    const policy = { allowPrivateDestinations };
    this.loop = new DeliveryLoop({
      queue,
      feed,
      queries,
      formats,
      self,
      policy,
      log,
      ...times,
      now: () => new Date(),
      random: Math.random,
    });
  }

  start(): void {
    this.loop.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.loop.stop();
  }
}
