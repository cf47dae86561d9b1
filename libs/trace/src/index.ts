export {
  createTraceRules,
  asTraceAction,
  CONTENT_TYPE,
  type GovernanceAct,
  type TraceAction,
  type TraceKind,
  type TraceRulesOptions,
} from './rules.js';
export { concernedItems } from './concerned-items.js';

export type { ProductRegister } from './acts/product-register.js';
export type { ItemCommission, LotCommission } from './acts/commission.js';
export type { EpcisCapture } from './acts/epcis-capture.js';
export type { TransferOffer } from './acts/transfer-offer.js';
export { EXPIRES_AFTER_BLOCKS_DEFAULT, EXPIRES_AFTER_BLOCKS_MAX } from './acts/transfer-offer.js';
export type { TransferAccept, TransferReject, TransferCancel } from './acts/transfer-answer.js';
export type { RecallOpen, RecallWindow } from './acts/recall-open.js';
export type { RecallAcknowledge, RecallClose, RecallOutcome, RecallQuantity } from './acts/recall-answer.js';
export { RECALL_OUTCOMES } from './acts/recall-answer.js';
export type { KeyRotate } from './acts/key-rotate.js';
export type { KeyRevoke } from './acts/governance/key-revoke.js';
export type { KeyRecover } from './acts/governance/key-recover.js';
export type { OrganizationUpdate } from './acts/governance/organization-update.js';
export type { ProposalOpen } from './acts/governance/proposal-open.js';
export type { ProposalVote, ProposalWithdraw } from './acts/governance/proposal-answer.js';
export { ITEMS_PER_ACT_MAX } from './acts/content-fields.js';

export {
  productRegistration,
  itemCommissioning,
  lotCommissioning,
  transferOffer,
  transferAcceptance,
  transferRejection,
  transferCancellation,
  recallOpening,
  recallAcknowledgement,
  recallClosing,
  keyRotation,
  type EntryDraft,
  type QuantityInput,
  type ProductRegistrationInput,
  type ItemCommissioningInput,
  type LotCommissioningInput,
  type TransferOfferInput,
  type TransferAcceptanceInput,
  type RecallOpeningInput,
  type RecallQuantityInput,
  type RecallAcknowledgementInput,
  type KeyRotationInput,
} from './drafts/act-drafts.js';
export {
  ballot,
  keyRecovery,
  keyRevocation,
  organizationUpdate,
  proposalOpening,
  proposalWithdrawal,
  type BallotInput,
  type KeyRecoveryInput,
  type KeyRevocationInput,
  type ProposalActionInput,
  type ProposalOpeningInput,
} from './drafts/governance-drafts.js';
export { epcisEntries, type CaptureMode } from './drafts/epcis-drafts.js';
export { dropRepeatedMembers, type DroppedMember } from './drafts/drop-repeated-members.js';

export { ITEM, type Item, type ItemStatus, type Quantity } from './records/item.js';
export { PRODUCT, type Product } from './records/product.js';
export { CONTENTS, CONTAINER_CHILDREN_MAX } from './records/contents.js';
export { EVENT, EVENT_DECLARATION, type LotMovement, type RecordedEvent } from './records/event.js';
export { TRANSFER, type Transfer, type TransferScope } from './records/transfer.js';
export { LOT_ACCOUNT, ACCOUNT_ENTRIES_MAX, type LotAccount } from './records/lot-account.js';
export { SIGHTING, type Sighting } from './records/sighting.js';
export {
  RECALL,
  RECALL_ACKNOWLEDGEMENT,
  recallAcknowledgementId,
  type Recall,
  type RecallAcknowledgement,
} from './records/recall.js';
export { RECALL_STATES, RECALL_LIFE_CYCLE, type RecallAct, type RecallState } from './recalls/life-cycle.js';
export { measure, measureSum, amountText, amountOf, PIECES, type Amount, type Measured } from './quantities/amount.js';
export {
  TRANSFER_STATES,
  TRANSFER_LIFE_CYCLE,
  transferStateAt,
  type TransferAct,
  type TransferState,
} from './transfers/life-cycle.js';
export { contentHashOf, TRANSFER_CONTENT_MAX } from './transfers/content.js';

export type { FindingCode } from './findings/finding-log.js';

export { canonicalId, gs1KeyDigits, type CanonicalId, type IdentifierErrorCode } from './identifiers/canonical-id.js';
export type { IdKind } from './identifiers/gs1-keys.js';
export { URI_LENGTH_MAX } from './identifiers/absolute-uri.js';
export { checkDigit } from './identifiers/check-digit.js';
export { readGtin, productKey, lotKey, itemKey, isSerialOrLot } from './identifiers/gtin.js';
export { idPattern, type IdPattern } from './identifiers/id-pattern.js';
export { classKeyOf, lotKeyOf, finerKeysLike } from './identifiers/key-levels.js';
export {
  companyPrefixLength,
  companyPrefixOf,
  readGs1PrefixList,
  type CompanyPrefixLength,
} from './identifiers/company-prefix.js';
export { toDigitalLink, toEpcUrn, type Translation } from './identifiers/translate-id.js';
export { translateEvent, EPC_FORMATS, type EpcFormat } from './identifiers/translate-event.js';
export {
  eventHashId,
  checkEventHash,
  eventHashes,
  type EventHash,
  type EventHashErrorCode,
} from './event-hash/event-hash-id.js';
export { eventHashContext, type EventHashContext } from './event-hash/hash-context.js';

export {
  readEpcisContent,
  EVENTS_PER_ENTRY_MAX,
  ITEMS_PER_ENTRY_MAX,
  type EpcisContent,
} from './epcis/read-content.js';
export { effectiveEventId } from './epcis/event-id.js';
export { readMasterData, type NoteProblem, type VocabularyAttribute, type VocabularyElement } from './epcis/master-data.js';
export { readDateTime } from './epcis/time.js';
export type {
  EpcisEvent,
  EpcisAction,
  EventItem,
  EventQuantity,
  EventLocation,
  EventParty,
  BizTransaction,
  ErrorDeclaration,
  ItemRole,
  StandardEventType,
} from './epcis/epcis-event.types.js';

export { parseEventQuery, type QueryParameters } from './query/parse-event-query.js';
export { declaredNamespaces, remoteContexts, type Namespaces } from './query/field-name.js';
export { searchableFields, type SearchableField } from './query/searchable-fields.js';
export { usedNamespaces } from './query/used-namespaces.js';
export { VALUE_LENGTH_MAX as QUERY_VALUE_LENGTH_MAX } from './query/parameter.js';
export { plainDecimal } from './query/plain-decimal.js';
export { comparableMeasure, type ComparableMeasure } from './query/units.js';
export type {
  Comparison,
  EventOrder,
  EventPredicate,
  EventQuery,
  EventQueryErrorCode,
  FieldName,
  FieldPredicate,
  FieldScope,
  FieldTest,
  FieldValue,
  IdMatch,
  ItemPredicate,
  MasterDataField,
  MasterDataPredicate,
  MeasureTest,
  NumberTest,
  PlacePredicate,
  QuantityPredicate,
  SensorMeasurePredicate,
  TermPredicate,
  TimePredicate,
} from './query/event-query.types.js';

export {
  repairDocument,
  ORIGINAL_HASH_FIELD,
  type RepairedDocument,
  type RepairOptions,
} from './repair/repair-document.js';
export { REPAIR_CODES, REPAIRS_MAX, type Repair, type RepairCode } from './repair/repair-log.js';
export { XML_BYTES_MAX } from './repair/xml/read-xml.js';
