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

/** The EPCIS 2.0 server, base path /epcis. */
export const EPCIS_CONTROLLERS: readonly Type[] = [
  DiscoveryController,
  CaptureController,
  EventsController,
  ...RESOURCE_CONTROLLERS,
  NamedQueriesController,
];
export const EPCIS_PROVIDERS: readonly Provider[] = [
  CaptureRunner,
  EpcFormats,
  EventQueries,
  Pages,
  PageTokens,
  ResourceValues,
];
