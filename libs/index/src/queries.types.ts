import type { TraceReads } from './trace/trace.types.js';
import type { EventHash, Repair } from '#trace';
import type {
  KeyEntriesDto,
  OrganizationDetailDto,
  OrganizationFilter,
  ProposalDto,
  ProposalFilter,
} from './governance/governance.types.js';
import type { RecallImpactDto, RecallImpactRequest } from './recall-impact/recall-impact.types.js';

/**
 * What the index answers, ready for `JSON.stringify`: heights and counts are numbers, hashes lower-case hexadecimal,
 * times ISO 8601 in UTC with milliseconds. Absent values are `null`, never missing, so that clients can rely on the shape.
 */

/** The height at which an answer is true, read in the same database snapshot as the answer. −1: nothing indexed yet. */
export interface AsOf {
  readonly height: number;
}

export interface PageRequest {
  /** 1..200, default 50. */
  readonly limit?: number;
  /** `nextCursor` of the page before; opaque. A cursor that is not one is `INDEX_BAD_CURSOR`. */
  readonly cursor?: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
  readonly asOf: AsOf;
}

/** One thing, and when it was so. */
export type At<T> = T & { readonly asOf: AsOf };

/** Where an entry stands on the chain and who signed it. */
export interface EntryReference {
  readonly entryId: string;
  readonly author: string;
  readonly height: number;
  /** Position within the block. */
  readonly index: number;
  /** Time of the block. */
  readonly blockTime: string;
  /** Signed with a key that is not trusted at that height any more: somebody else may have had it. */
  readonly disputed: boolean;
}

export interface OrganizationKeyDto {
  readonly keyId: string;
  readonly publicKey: string;
  readonly purpose: string;
  /** Valid at height h when validFrom ≤ h and (validUntil is null or h < validUntil). */
  readonly validFrom: number;
  readonly validUntil: number | null;
  readonly revoked: boolean;
  /** Entries that it signed at this height or later are disputed. */
  readonly notTrustedFrom: number | null;
  /** Entries that it has signed, and at which heights the first and the last of them. */
  readonly used: { readonly entries: number; readonly firstHeight: number | null; readonly lastHeight: number | null };
}

export interface OrganizationDto {
  readonly did: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly gs1CompanyPrefixes: readonly string[];
  readonly gln: string | null;
  readonly furtherGlns: readonly string[];
  /** In further languages, by language tag. */
  readonly names: Readonly<Record<string, string>>;
  readonly contact: string | null;
  /** Where its node listens for the others: `host:port`. */
  readonly nodeAddress: string | null;
  readonly apiUrl: string | null;
  readonly status: string;
  readonly since: number;
  /** Entries that it has signed. */
  readonly entries: number;
  /** In the order in which they were registered. */
  readonly keys: readonly OrganizationKeyDto[];
}

export interface ProductDto {
  readonly gtin: string;
  readonly name: string;
  readonly description: string | null;
  /** The JSON object that the registering organisation wrote, as its text; null when there is none. */
  readonly attributesJson: string | null;
  /** The organisation that registered it (it holds the GTIN's company prefix). */
  readonly owner: string;
  readonly registered: EntryReference;
}

export interface FindingDto {
  /** Stable code, prefix `FINDING_`. */
  readonly code: string;
  /** Canonical key of the item or lot. */
  readonly item: string;
  /** The entry (and event within it) whose claim contradicts the ledger. */
  readonly entry: EntryReference;
  readonly eventIndex: number;
  /** Entry ids that it contradicts, oldest first. */
  readonly contradicts: readonly string[];
  readonly detail: string;
}

export interface ItemDto {
  /** Canonical identifier. */
  readonly id: string;
  readonly owner: string | null;
  readonly custodian: string | null;
  /** Canonical identifier of what it is packed in now. */
  readonly container: string | null;
  /** Canonical identifier of the lot that it belongs to. */
  readonly lot: string | null;
  /** GTIN-14 of the registered product that it was commissioned as. */
  readonly product: string | null;
  /** Of a lot: what was created; value is decimal text as written. */
  readonly quantity: { readonly value: string; readonly uom: string | null } | null;
  /** unknown (named by events, commissioned by nobody) | active | inactive | destroyed */
  readonly status: string;
  /** Id of the unanswered, unexpired offer that covers the item; of two, the one about ownership. */
  readonly openTransfer: string | null;
  readonly openTransfers: { readonly ownership: string | null; readonly custody: string | null };
  /** Ids of the open recalls that call it back, or its lot. */
  readonly openRecalls: readonly string[];
  readonly findings: readonly FindingDto[];
  /**
   * Entries that concern the item itself (not those inherited from containers). `digest` = h_n = H(h_{n−1} ‖ entry id) as in the
   * ledger's state, so that a history can be proved complete.
   */
  readonly history: { readonly count: number; readonly digest: string };
}

/**
 * One event of an item's history. Acts of Lading's own (commissioning, transfers) stand in it as events too: their
 * EPCIS members are null and `kind` says what they are.
 */
export interface HistoryEventDto {
  /** Entry kind. */
  readonly kind: string;
  /** EPCIS eventID, made from the entry for an event that was recorded without one; null for acts. */
  readonly eventId: string | null;
  /** `ObjectEvent` …; null for acts. */
  readonly type: string | null;
  readonly action: string | null;
  readonly isErrorDeclaration: boolean;
  /** Entry id of the error declaration that took the event back; such an event is shown, not followed. */
  readonly supersededBy: string | null;
  /** What the author says; the block's time for acts. */
  readonly eventTime: string;
  readonly eventTimeZoneOffset: string | null;
  readonly bizStep: string | null;
  readonly disposition: string | null;
  readonly readPoint: string | null;
  readonly bizLocation: string | null;
  /** In which roles the item (or the container that it was in) takes part: epc, parent, child, input, output; `transferred` in transfers, `recalled` in recalls. */
  readonly roles: readonly string[];
  /** The container whose event this is, when the item was inside it at that time; null for the item's own events. */
  readonly inheritedFrom: string | null;
  /** Position of the event within the entry's content. */
  readonly eventIndex: number;
  readonly entryId: string;
  readonly author: string;
  readonly height: number;
  readonly index: number;
  readonly blockTime: string;
  /** As of an `EntryReference`. */
  readonly disputed: boolean;
  readonly findings: readonly FindingDto[];
  /** The event's JSON exactly as its author wrote it; for acts the entry's content. */
  readonly json: string;
}

export interface ItemHistoryDto {
  readonly item: string;
  /** In order of event time; equal times in chain order. */
  readonly events: readonly HistoryEventDto[];
  /** Null when nothing follows; a page also ends early when its events are large (8 MiB of JSON together). */
  readonly nextCursor: string | null;
  /** The item was in more than 1,000 containers: events of the others are missing. */
  readonly truncated: boolean;
}

export type TransferState = 'offered' | 'accepted' | 'partially_accepted' | 'rejected' | 'cancelled' | 'expired';

export interface TransferDto {
  readonly id: string;
  /** `expired` when unanswered and asOf.height is above `expiresAfterHeight`. */
  readonly state: TransferState;
  readonly from: string;
  readonly to: string;
  /** ownership | custody | both */
  readonly transfers: string;
  /** What was named in the offer. */
  readonly items: readonly string[];
  /** Every item that changes hands: the named ones and all that was inside them when offered. */
  readonly content: readonly string[];
  /** Of `items`, those that the receiver took; empty unless accepted. */
  readonly accepted: readonly string[];
  readonly reference: string | null;
  /** Last height at which it can be answered. */
  readonly expiresAfterHeight: number;
  readonly entryId: string;
  readonly offered: EntryReference;
  /** Acceptance, rejection or cancellation. */
  readonly answered: EntryReference | null;
  /** What the answer says to the other side. */
  readonly reason: string | null;
}

export interface TransferFilter {
  readonly state?: TransferState;
  readonly from?: string;
  readonly to?: string;
  /** DID of either side. */
  readonly party?: string;
  /** Only those on which the sides do not agree: rejected, accepted in part, or with an offer or answer signed with a key that is not trusted any more. */
  readonly disputed?: boolean;
}


/** What is said of a quantity; decimal texts in the unit of the balance. */
export interface LotBalanceSidesDto {
  readonly created: string;
  /** Inputs of transformations. */
  readonly consumed: string;
  /** Destroyed or decommissioned. */
  readonly waste: string;
  /** Shipped, sold, or handed over with the whole lot by a transfer of custody. */
  readonly shipped: string;
  readonly received: string;
  /** created + received − consumed − waste − shipped */
  readonly onHand: string;
  /** Consumed or wasted according to claims that have a finding: more than was created. In none of the other sums. */
  readonly excess: string;
}

export interface LotOrganizationBalanceDto extends LotBalanceSidesDto {
  readonly organization: string;
}

export interface LotUnitBalanceDto extends LotBalanceSidesDto {
  /** UN/ECE code; units that are powers of ten of each other are summed in one. `H87` = pieces. */
  readonly unit: string;
  /** shipped − received: on its way, sold, or with somebody who says nothing here. */
  readonly away: string;
  /** Nothing was created in this unit, but in another that it cannot be compared with. */
  readonly unitMismatch: boolean;
  /** In order of their DIDs. */
  readonly organizations: readonly LotOrganizationBalanceDto[];
}

/** Serial-numbered items of a lot. */
export interface LotItemsDto {
  /** Who holds them; null: commissioned by nobody. */
  readonly organization: string | null;
  readonly status: string;
  readonly count: number;
}

export interface LotBalanceDto {
  /** Canonical identifier. */
  readonly lot: string;
  readonly units: readonly LotUnitBalanceDto[];
  readonly items: readonly LotItemsDto[];
  /** Quantities in events that cannot be counted: nothing, less than nothing, or more digits than goods have. */
  readonly uncounted: number;
  readonly openRecalls: readonly string[];
  readonly findings: readonly FindingDto[];
}

export interface FindingFilter {
  readonly code?: string;
  /** Canonical identifier. */
  readonly item?: string;
  /** DID of the organisation whose claim contradicts the ledger. */
  readonly author?: string;
}

/** What an organisation says became of one thing; decimal texts, null = nothing said. */
export interface RecallQuantityDto {
  /** Canonical identifier. */
  readonly item: string;
  /** null = pieces */
  readonly uom: string | null;
  readonly found: string | null;
  readonly held: string | null;
  readonly returned: string | null;
  readonly destroyed: string | null;
  readonly sold: string | null;
}

export interface RecallAcknowledgementDto {
  readonly organization: string;
  /** Its latest acknowledgement. */
  readonly entry: EntryReference;
  /** How many it has given. */
  readonly count: number;
  readonly note: string | null;
  readonly quantities: readonly RecallQuantityDto[];
}

export interface RecallSummaryDto {
  /** Entry id of its opening. */
  readonly id: string;
  readonly state: 'open' | 'closed';
  readonly openedBy: string;
  readonly title: string;
  readonly reason: string;
  readonly class: string | null;
  /** RFC 3339, as written. */
  readonly window: { readonly from: string | null; readonly to: string | null };
  readonly instructions: string | null;
  readonly itemCount: number;
  /** Organisations that have acknowledged it. */
  readonly acknowledgedBy: readonly string[];
  readonly opened: EntryReference;
  readonly closed: EntryReference | null;
  readonly closingNote: string | null;
}

export interface RecallDto extends RecallSummaryDto {
  /** What is called back: canonical identifiers, in the order of the entry. */
  readonly items: readonly string[];
  /** The latest of each organisation, in order of their DIDs. */
  readonly acknowledgements: readonly RecallAcknowledgementDto[];
}

export interface RecallFilter {
  readonly state?: 'open' | 'closed';
  /** DID */
  readonly openedBy?: string;
  /** Canonical identifier of a target. */
  readonly item?: string;
}

export interface BlockDto {
  readonly height: number;
  readonly hash: string;
  readonly parentHash: string;
  readonly time: string;
  readonly proposer: string;
  readonly entryCount: number;
  readonly sizeBytes: number;
  readonly entriesRoot: string;
  readonly logSize: number;
  readonly logRoot: string;
  readonly stateRoot: string;
}

export interface EntryDto extends EntryReference {
  readonly kind: string;
  readonly subject: string;
  readonly keyId: string;
  readonly contentType: string;
  readonly contentHash: string;
  readonly sizeBytes: number;
  readonly findings: readonly FindingDto[];
}

/**
 * Reads of the index. Each answer is one snapshot. Ids are canonical (the caller normalises); what does not exist is
 * `undefined`.
 * @throws IndexQueryError with `code: 'INDEX_BAD_CURSOR'` for a cursor that did not come from here
 */
export interface IndexReads extends TraceReads {
  asOf(): Promise<AsOf>;
  organizations(filter: OrganizationFilter, page?: PageRequest): Promise<Page<OrganizationDto>>;
  organization(did: string): Promise<At<OrganizationDetailDto> | undefined>;
  /** Newest first. */
  proposals(filter: ProposalFilter, page?: PageRequest): Promise<Page<ProposalDto>>;
  proposal(id: string): Promise<At<ProposalDto> | undefined>;
  /** @returns undefined when the ledger does not know the key */
  keyEntries(keyId: string, fromHeight: number, page?: PageRequest): Promise<KeyEntriesDto | undefined>;
  products(page?: PageRequest): Promise<Page<ProductDto>>;
  product(gtin: string): Promise<At<ProductDto> | undefined>;
  item(canonicalId: string): Promise<At<ItemDto> | undefined>;
  /** @param page - limit 1..1,000, default 1,000 */
  itemHistory(canonicalId: string, page?: PageRequest): Promise<At<ItemHistoryDto> | undefined>;
  findings(item: string, page?: PageRequest): Promise<Page<FindingDto>>;
  /** Newest first. */
  findingList(filter: FindingFilter, page?: PageRequest): Promise<Page<FindingDto>>;
  /** @returns undefined when the ledger does not know the lot */
  lotBalance(canonicalId: string): Promise<At<LotBalanceDto> | undefined>;
  /** Newest first. */
  recalls(filter: RecallFilter, page?: PageRequest): Promise<Page<RecallSummaryDto>>;
  recall(id: string): Promise<At<RecallDto> | undefined>;
  /** What a recall would concern. */
  recallImpact(request: RecallImpactRequest): Promise<At<RecallImpactDto>>;
  blocks(options?: PageRequest & { readonly before?: number }): Promise<Page<BlockDto>>;
  transfers(filter: TransferFilter, page?: PageRequest): Promise<Page<TransferDto>>;
  transfer(id: string): Promise<At<TransferDto> | undefined>;
  /** Newest first, heights below `before` (from the head when omitted). */
  blocks(options?: { readonly before?: number; readonly limit?: number }): Promise<Page<BlockDto>>;
  block(height: number): Promise<At<BlockDto> | undefined>;
  entriesOfBlock(height: number, page?: PageRequest): Promise<Page<EntryDto>>;
  entry(entryId: string): Promise<At<EntryDto> | undefined>;
}

/** What the API shows of the indexer. */
export interface IndexerStatus {
  readonly state: 'following' | 'catching-up' | 'database-down';
  /** Last height in the database, −1 before the first. */
  readonly height: number;
  /** Blocks between it and the durable head. */
  readonly lag: number;
}

/** What the API needs of the indexer, for readiness and for `?minHeight=`. */
export interface IndexProgress extends IndexerStatus {
  /** @returns false when the index has not reached `height` within `timeoutMs` */
  waitFor(height: number, timeoutMs: number): Promise<boolean>;
}

/** EPCIS 2.0 CaptureJob, kept by this organisation's node only. */
export interface CaptureJobDto {
  readonly captureID: string;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly running: boolean;
  readonly success: boolean;
  readonly captureErrorBehaviour: 'rollback' | 'proceed';
  readonly errors: readonly CaptureErrorDto[];
  /** Of a capture in repair mode: SHA-256 of the bytes as they were sent, 64 hexadecimal digits. */
  readonly originalSha256?: string;
  /** Of a capture in repair mode: what was changed before signing; not in lists. */
  readonly repairs?: readonly Repair[];
  /** What was recorded, in document order; not in lists, and not while running. */
  readonly events?: readonly CapturedEventDto[];
}

/** An event that a capture recorded. */
export interface CapturedEventDto {
  /** The author's, or the one that the ledger gave it. */
  readonly eventID: string;
  readonly entryId: string;
  /** CBV event hash id; null for an event that is too long to hash. */
  readonly eventHash: string | null;
  /** How the author's eventID stands to the hash id; see `EventHash` of libs/trace. */
  readonly eventHashCheck: EventHash['verdict'] | null;
}

/** RFC 7807 problem about one event of the document. */
export interface CaptureErrorDto {
  readonly type: string;
  readonly title: string;
  readonly status?: number;
  readonly detail?: string;
  readonly code?: string;
  /** RFC 6901 pointer into the document. */
  readonly pointer?: string;
  readonly eventID?: string;
}

/** The outcome of a request under its `Idempotency-Key`. */
export type IdempotencyClaim =
  /** The key is new: carry the request out, then `complete` or `release`. */
  | { readonly state: 'new' }
  /** The same request is being carried out, or was when its process died less than the claim time ago: answer 409. */
  | { readonly state: 'in-progress' }
  /** The key was used for another request: answer 422. */
  | { readonly state: 'conflict' }
  /** Answer again what was answered. */
  | { readonly state: 'done'; readonly status: number; readonly body: string; readonly headers: Readonly<Record<string, string>> };

export interface CaptureJobStore {
  create(job: {
    readonly captureID: string;
    readonly captureErrorBehaviour: 'rollback' | 'proceed';
    readonly originalSha256?: string;
    readonly repairs?: readonly Repair[];
  }): Promise<CaptureJobDto>;
  finish(
    captureID: string,
    outcome: { readonly success: boolean; readonly errors: readonly CaptureErrorDto[]; readonly events?: readonly CapturedEventDto[] },
  ): Promise<void>;
  get(captureID: string): Promise<CaptureJobDto | undefined>;
  /** Newest first. */
  list(page?: PageRequest): Promise<{ readonly items: readonly CaptureJobDto[]; readonly nextCursor: string | null }>;
}

/** An EPCIS query that this organisation gave a name. */
export interface NamedQuery {
  readonly name: string;
  /** The query, a JSON object as its author wrote it. */
  readonly queryJson: string;
  /** What the prefixes in it stand for, beside those of its own `@context`. */
  readonly namespaces: Readonly<Record<string, string>>;
  readonly createdAt: string;
}

export interface NamedQueryStore {
  /** @returns false when the name is taken */
  create(query: Omit<NamedQuery, 'createdAt'>): Promise<boolean>;
  get(name: string): Promise<NamedQuery | undefined>;
  /** In byte order of their names. */
  list(page?: PageRequest): Promise<{ readonly items: readonly NamedQuery[]; readonly nextCursor: string | null }>;
  /** @returns false when there is none of this name */
  delete(name: string): Promise<boolean>;
}

export interface IdempotencyKeyStore {
  /** @param requestHash - SHA-256 of method, path and body, hexadecimal */
  claim(key: string, requestHash: string): Promise<IdempotencyClaim>;
  complete(key: string, answer: { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> }): Promise<void>;
  /** Forgets the key: the request failed in a way that a retry may mend. */
  release(key: string): Promise<void>;
  /** Deletes keys older than `maxAgeMs`. @returns how many */
  prune(maxAgeMs: number): Promise<number>;
}
