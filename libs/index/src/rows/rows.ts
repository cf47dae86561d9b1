import { AccessLinkRow } from './access-link.row.js';
import { ActReasonRow } from './act-reason.row.js';
import { AssociationRow } from './association.row.js';
import { AuditEventRow } from './audit-event.row.js';
import { BallotRow } from './ballot.row.js';
import { BlockRow } from './block.row.js';
import { CaptureJobRow } from './capture-job.row.js';
import { ChallengeRow } from './challenge.row.js';
import { ContainmentRow } from './containment.row.js';
import { EntryRow } from './entry.row.js';
import { EventFieldRow } from './event-field.row.js';
import { EventItemRow } from './event-item.row.js';
import { EventRow } from './event.row.js';
import { FindingRow } from './finding.row.js';
import { IdempotencyKeyRow } from './idempotency-key.row.js';
import { IndexerCursorRow } from './indexer-cursor.row.js';
import { InvitationRow } from './invitation.row.js';
import { ItemRow } from './item.row.js';
import { KeyUsageRow } from './key-usage.row.js';
import { JoinRequestRow } from './join-request.row.js';
import { LineageRow } from './lineage.row.js';
import { NamedQueryRow } from './named-query.row.js';
import { OrganizationKeyRow } from './organization-key.row.js';
import { OrganizationRow } from './organization.row.js';
import { PasskeyRow } from './passkey.row.js';
import { PersonRow } from './person.row.js';
import { ProductRow } from './product.row.js';
import { ProposalRow } from './proposal.row.js';
import { RecallAcknowledgementRow } from './recall-acknowledgement.row.js';
import { RecallItemRow } from './recall-item.row.js';
import { RecallRow } from './recall.row.js';
import { RecordVersionRow } from './record-version.row.js';
import { ServiceAccountRow } from './service-account.row.js';
import { ServiceKeyRow } from './service-key.row.js';
import { SessionRow } from './session.row.js';
import { SignatureNonceRow } from './signature-nonce.row.js';
import { SubscriptionDeliveryRow } from './subscription-delivery.row.js';
import { SubscriptionRow } from './subscription.row.js';
import { TransferRow } from './transfer.row.js';
import { VocabularyAttributeRow, VocabularyChildRow, VocabularyElementRow } from './vocabulary.row.js';

/** Rows that follow from the chain: rebuilt by `reindex`, equal on every node at the same height. */
export const CHAIN_ROWS = [
  BlockRow,
  EntryRow,
  OrganizationRow,
  OrganizationKeyRow,
  KeyUsageRow,
  ProposalRow,
  BallotRow,
  ActReasonRow,
  RecordVersionRow,
  ProductRow,
  ItemRow,
  EventRow,
  EventItemRow,
  EventFieldRow,
  ContainmentRow,
  AssociationRow,
  LineageRow,
  TransferRow,
  FindingRow,
  RecallRow,
  RecallItemRow,
  RecallAcknowledgementRow,
  VocabularyElementRow,
  VocabularyAttributeRow,
  VocabularyChildRow,
] as const;

/** Who may use this node, and what they did. */
const ACCESS_ROWS = [
  PersonRow,
  PasskeyRow,
  AccessLinkRow,
  SessionRow,
  ChallengeRow,
  ServiceAccountRow,
  ServiceKeyRow,
  SignatureNonceRow,
  AuditEventRow,
] as const;

/** The organisation's own: nothing else holds them. */
export const OWN_ROWS = [CaptureJobRow, IdempotencyKeyRow, NamedQueryRow, SubscriptionRow, SubscriptionDeliveryRow, InvitationRow, JoinRequestRow, ...ACCESS_ROWS] as const;

export const ROWS = [...CHAIN_ROWS, IndexerCursorRow, ...OWN_ROWS];
