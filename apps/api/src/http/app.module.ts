import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ACCESS_CONTROLLERS, ACCESS_PROVIDERS } from './access/access.parts.js';
import type { RouteTable } from './access/route-table.js';
import type { AccessSettings } from './auth/access-settings.js';
import { BlocksController } from './blocks/blocks.controller.js';
import { DidController } from './did/did.controller.js';
import { DashboardController } from './dashboard/dashboard.controller.js';
import { DashboardFiles } from './dashboard/dashboard-files.js';
import { DocsController } from './docs/docs.controller.js';
import { DocsPages } from './docs/docs-pages.js';
import { EPCIS_CONTROLLERS, EPCIS_PROVIDERS } from './epcis/epcis.parts.js';
import { EntriesController } from './entries/entries.controller.js';
import { FindingsController } from './findings/findings.controller.js';
import { HealthController } from './health/health.controller.js';
import { Metrics } from './health/metrics.js';
import { Readiness } from './health/readiness.js';
import { InvitationsController } from './invitations/invitations.controller.js';
import { JOINING } from './invitations/joining.js';
import { JoinRequests } from './invitations/join-requests.js';
import { JoinRequestsController } from './invitations/join-requests.controller.js';
import { TicketOffice } from './invitations/ticket-office.js';
import { ItemsController } from './items/items.controller.js';
import { KeysController } from './keys/keys.controller.js';
import { LotsController } from './lots/lots.controller.js';
import { NetworkController } from './network/network.controller.js';
import { SealsController } from './network/seals.controller.js';
import { StreamController } from './network/stream.controller.js';
import { OrganizationsController } from './organizations/organizations.controller.js';
import {
  ACCESS_RECORDS,
  ACCESS_SETTINGS,
  CAPTURE_JOBS,
  CHAIN_STATE,
  DELIVERY_QUEUE,
  EVENT_FEED,
  EVENT_SEARCH,
  GS1_PREFIX_LENGTHS,
  GENESIS_FILE,
  IDEMPOTENCY_KEYS,
  INDEX_PROGRESS,
  INDEX_READS,
  LADING_NODE,
  LEDGER_STATE,
  LOGGER,
  NAMED_QUERIES,
  PAGE_TOKEN_SECRET,
  PUBLIC_PAGE,
  ROUTE_TABLE,
  SELF,
  SUBSCRIPTIONS,
  WEBHOOKS,
  type AppParts,
} from './parts.js';
import { ProductsController } from './products/products.controller.js';
import { ProposalSimulator } from './proposals/proposal-simulator.js';
import { ProposalsController } from './proposals/proposals.controller.js';
import { ProofsController } from './proofs/proofs.controller.js';
import { PublicController } from './public/public.controller.js';
import { publicPageSettings } from './public/public-page-settings.js';
import { PublicRecords } from './public/public-records.js';
import { RecallsController } from './recalls/recalls.controller.js';
import { IndexReader } from './reads/index-reader.js';
import { TraceController } from './trace/trace.controller.js';
import { TransfersController } from './transfers/transfers.controller.js';
import { ActWriter } from './writes/act-writer.js';
import { Idempotency } from './writes/idempotency.js';

/** What `createApp` has made before the module: the way in. */
export interface AccessOfApp {
  readonly settings: AccessSettings;
  readonly routes: RouteTable;
}

/** The only place where ports meet adapters. */
@Module({})
export class AppModule {
  static of(parts: AppParts, access: AccessOfApp): DynamicModule {
    return {
      module: AppModule,
      imports: parts.dataSource === undefined ? [] : [typeOrmOf(parts.dataSource)],
      controllers: [
        HealthController,
        NetworkController,
        SealsController,
        StreamController,
        ProofsController,
        BlocksController,
        EntriesController,
        OrganizationsController,
        DidController,
        KeysController,
        ProposalsController,
        ProductsController,
        ItemsController,
        TraceController,
        LotsController,
        FindingsController,
        RecallsController,
        TransfersController,
        InvitationsController,
        JoinRequestsController,
        ...EPCIS_CONTROLLERS,
        ...ACCESS_CONTROLLERS,
        PublicController,
        DocsController,
        DashboardController,
      ],
      providers: [
        ...portsOf(parts),
        { provide: ACCESS_SETTINGS, useValue: access.settings },
        { provide: ROUTE_TABLE, useValue: access.routes },
        IndexReader,
        ActWriter,
        Idempotency,
        ProposalSimulator,
        TicketOffice,
        JoinRequests,
        ...EPCIS_PROVIDERS,
        ...ACCESS_PROVIDERS,
        PublicRecords,
        Metrics,
        Readiness,
        DocsPages,
        DashboardFiles,
      ],
    };
  }
}

function portsOf(parts: AppParts): Provider[] {
  return [
    { provide: LADING_NODE, useValue: parts.node },
    { provide: LEDGER_STATE, useValue: parts.state },
    { provide: CHAIN_STATE, useValue: parts.chain },
    { provide: GENESIS_FILE, useValue: parts.genesisFile },
    { provide: SELF, useValue: parts.self },
    { provide: PUBLIC_PAGE, useValue: publicPageSettings(parts.config.publicPage) },
    { provide: INDEX_READS, useValue: parts.index },
    { provide: INDEX_PROGRESS, useValue: parts.indexProgress },
    { provide: EVENT_SEARCH, useValue: parts.eventSearch },
    { provide: NAMED_QUERIES, useValue: parts.namedQueries },
    { provide: PAGE_TOKEN_SECRET, useValue: parts.config.apiKeySha256 },
    { provide: GS1_PREFIX_LENGTHS, useValue: parts.gs1PrefixLengths ?? (() => undefined) },
    { provide: SUBSCRIPTIONS, useValue: parts.subscriptions },
    { provide: DELIVERY_QUEUE, useValue: parts.deliveries },
    { provide: EVENT_FEED, useValue: parts.eventFeed },
    { provide: WEBHOOKS, useValue: parts.webhooks },
    { provide: ACCESS_RECORDS, useValue: parts.access },
    { provide: JOINING, useValue: parts.joining },
    { provide: CAPTURE_JOBS, useValue: parts.captureJobs },
    { provide: IDEMPOTENCY_KEYS, useValue: parts.idempotencyKeys },
    { provide: LOGGER, useValue: parts.logger },
  ];
}

/** Connected by `startNode` when the database is there, not by Nest: the node starts without it. */
function typeOrmOf(dataSource: NonNullable<AppParts['dataSource']>): DynamicModule {
  return TypeOrmModule.forRootAsync({
    useFactory: () => ({ ...dataSource.options, manualInitialization: true }),
    dataSourceFactory: () => Promise.resolve(dataSource),
  });
}
