export { createIndexDataSource, type IndexDatabaseOptions } from './connection/create-index-data-source.js';
export { migrate } from './connection/migrate.js';
export { project } from './projection/project.js';
export { checksum, type IndexChecksum } from './projection/checksum.js';
export { dropIndex } from './projection/drop-index.js';
export { Indexer, type IndexerOptions, type IndexSource } from './indexer.js';
export { IndexQueries } from './queries/index-queries.js';
export type {
  AffectedHolderDto,
  AffectedItemDto,
  AffectedQuantityDto,
  ImpactedOrganizationDto,
  RecallImpactDto,
  RecallImpactRequest,
  UnknownImpactDto,
} from './recall-impact/recall-impact.types.js';
export {
  TRACE_DEPTH_DEFAULT,
  TRACE_DEPTH_MAX,
  TRACE_NODES_DEFAULT,
  TRACE_NODES_MAX,
  TraceQueries,
} from './trace/trace-queries.js';
export type {
  MembershipEdgeDto,
  StayEdgeDto,
  TombstoneDto,
  TombstoneReason,
  TraceDirection,
  TraceDto,
  TraceEdgeDto,
  TraceEventDto,
  TraceEventSource,
  TraceNodeDto,
  TracePlaceDto,
  TraceQuantityDto,
  TraceReads,
  TraceRequest,
  TransformationEdgeDto,
} from './trace/trace.types.js';
export { EventSearch } from './event-search/event-search.js';
export type {
  EventPage,
  EventPageRequest,
  EventResource,
  EventSearchErrorCode,
  EventSearches,
  FoundEvent,
} from './event-search/event-search.types.js';
export { newEnrolmentLink } from './own/access/enrolment-link.js';
export { openAccessRecords, pruneAccess, type AccessRecords } from './own/access/access-records.js';
export type {
  ActContext,
  Actor,
  AuditEventDto,
  AuditFact,
  AuditFilter,
  AuditLogStore,
  AuditVerification,
  ChallengeStore,
  LinkDto,
  LinkKind,
  LinkStore,
  ListPage,
  NewLink,
  NewPasskey,
  NewServiceKey,
  NewSession,
  PasskeyDto,
  PeopleStore,
  PersonDto,
  ServiceAccountDto,
  ServiceAccountStore,
  ServiceKeyDto,
  SessionDto,
  SessionStore,
  UsableServiceKey,
} from './own/access/access.types.js';
export { recordAsJson } from './governance/record-as-json.js';
export type {
  BallotDto,
  KeyEntriesDto,
  KeyEntryDto,
  OrganizationDetailDto,
  OrganizationFilter,
  OrganizationVersionDto,
  ProposalDto,
  ProposalFilter,
  ProposalStateDto,
} from './governance/governance.types.js';
export { CaptureJobs } from './own/capture-jobs.js';
export { IdempotencyStore } from './own/idempotency-store.js';
export { Invitations } from './own/invitations.js';
export type { InvitationDto, InvitationStore, JoinRequestDto } from './own/invitation.types.js';
export { NamedQueries } from './own/named-queries.js';
export { DeliveryOutbox } from './subscriptions/delivery-outbox.js';
export { EventFeed } from './subscriptions/event-feed.js';
export { Subscriptions } from './subscriptions/subscriptions.js';
export type {
  AttemptOutcome,
  DeliveryDto,
  DeliveryQueue,
  EventFeeds,
  FeedHead,
  LeasedSubscription,
  NewSubscription,
  PendingDelivery,
  SubscriptionDto,
  SubscriptionStore,
} from './subscriptions/subscription.types.js';
export { IndexQueryError, ProjectionError, type ProjectionErrorCode } from './index-errors.js';
export type {
  AsOf,
  At,
  BlockDto,
  CapturedEventDto,
  CaptureErrorDto,
  CaptureJobDto,
  CaptureJobStore,
  EntryDto,
  EntryReference,
  FindingDto,
  FindingFilter,
  HistoryEventDto,
  IdempotencyClaim,
  IdempotencyKeyStore,
  IndexerStatus,
  IndexProgress,
  IndexReads,
  ItemDto,
  ItemHistoryDto,
  LotBalanceDto,
  LotBalanceSidesDto,
  LotItemsDto,
  LotOrganizationBalanceDto,
  LotUnitBalanceDto,
  NamedQuery,
  NamedQueryStore,
  OrganizationDto,
  OrganizationKeyDto,
  Page,
  PageRequest,
  ProductDto,
  RecallAcknowledgementDto,
  RecallDto,
  RecallFilter,
  RecallQuantityDto,
  RecallSummaryDto,
  TransferDto,
  TransferFilter,
  TransferState,
} from './queries.types.js';
