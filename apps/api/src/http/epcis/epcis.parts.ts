import type { Provider, Type } from '@nestjs/common';
import { EpcFormats } from './answers/epc-format.js';
import { CaptureController } from './capture.controller.js';
import { CaptureRunner } from './capture-runner.js';
import { DiscoveryController } from './discovery.controller.js';
import { EventQueries } from './event-queries.js';
import { EventsController } from './events.controller.js';
import { PageTokens } from './paging/page-tokens.js';
import { Pages } from './paging/pages.js';
import { NamedQueriesController } from './queries/named-queries.controller.js';
import { RESOURCE_CONTROLLERS } from './resources/resource.controllers.js';
import { ResourceValues } from './resources/resource-values.js';
import { Deliveries } from './subscriptions/deliveries.js';
import { EventSockets } from './subscriptions/event-sockets.js';
import { StartPosition } from './subscriptions/start-position.js';
import { SubscriptionLogController } from './subscriptions/subscription-log.controller.js';
import { SubscriptionsController } from './subscriptions/subscriptions.controller.js';
import { WebSocketUpgrades } from './subscriptions/web-socket-upgrades.js';

/** The EPCIS 2.0 server, base path /epcis. */
export const EPCIS_CONTROLLERS: readonly Type[] = [
  DiscoveryController,
  CaptureController,
  EventsController,
  ...RESOURCE_CONTROLLERS,
  NamedQueriesController,
  SubscriptionsController,
  SubscriptionLogController,
];
export const EPCIS_PROVIDERS: readonly Provider[] = [
  CaptureRunner,
  EpcFormats,
  EventQueries,
  Pages,
  PageTokens,
  ResourceValues,
  StartPosition,
  Deliveries,
  EventSockets,
  WebSocketUpgrades,
];
