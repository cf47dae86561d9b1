import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import type { SubscriptionDto, SubscriptionStore } from '#index';
import { Operation } from '../../openapi/operation.js';
import { SUBSCRIPTIONS } from '../../parts.js';
import { ApiProblem } from '../../problem/problem.js';
import { whileDatabaseIsUp } from '../../reads/index-reader.js';
import { present } from '../../reads/present.js';
import {
  deliveryPageSchema,
  ownPageQuerySchema,
  replayedSchema,
  replaySchema,
  subscriptionPageSchema,
  type OwnPageQuery,
  type ReplayRequest,
} from './subscription.contract.js';
import { shownSubscription, unknownSubscription } from './subscriptions.controller.js';

/** What the standard has no resources for: all subscriptions at once, what became of each delivery, and doing it again. */
@Controller('api/v1/subscriptions')
export class SubscriptionLogController {
  constructor(@Inject(SUBSCRIPTIONS) private readonly store: SubscriptionStore) {}

  @Get()
  @Operation({
    id: 'listAllSubscriptions',
    tag: 'Subscriptions',
    summary: 'The subscriptions to all named queries.',
    access: 'subscriptions',
    answer: subscriptionPageSchema,
    problems: [400, 503],
  })
  async list(@Query({ schema: ownPageQuerySchema }) query: OwnPageQuery) {
    const page = await whileDatabaseIsUp(() => this.store.list(undefined, present(query)));
    return { items: page.items.map(shownSubscription), nextCursor: page.nextCursor };
  }

  @Get(':id/deliveries')
  @Operation({
    id: 'listDeliveries',
    tag: 'Subscriptions',
    summary: 'What a subscriber was sent or will be, last first.',
    access: 'subscriptions',
    answer: deliveryPageSchema,
    problems: [400, 404, 503],
  })
  async deliveries(@Param('id') id: string, @Query({ schema: ownPageQuerySchema }) query: OwnPageQuery) {
    await this.find(id);
    return await whileDatabaseIsUp(() => this.store.deliveries(id, present(query)));
  }

  @Post(':id/replay')
  @Operation({
    id: 'replayDeliveries',
    tag: 'Subscriptions',
    summary: 'Sends again, from a position on or what has failed, and wakes a subscription that was given up.',
    access: 'subscriptions',
    answer: replayedSchema,
    problems: [400, 404, 409, 503],
  })
  async replay(@Param('id') id: string, @Body({ schema: replaySchema }) { from }: ReplayRequest) {
    await this.find(id);
    const queued = await whileDatabaseIsUp(() => this.store.replay(id, from, new Date()));
    if (queued === 'too-early')
      throw new ApiProblem(
        'API_REPLAY_TOO_EARLY',
        `Deliveries from position ${from} are not kept: they were before this subscription, or long ago. Subscribe anew with initialRecordTime.`,
      );
    return { queued };
  }

  private async find(id: string): Promise<SubscriptionDto> {
    const found = await whileDatabaseIsUp(() => this.store.get(id));
    if (found === undefined) throw unknownSubscription(id);
    return found;
  }
}
