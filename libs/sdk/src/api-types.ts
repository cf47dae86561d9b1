// Made from docs/reference/openapi.json by `npm run openapi`; a test compares them. Never edited by hand.

export type QueryValue = string | number | boolean | readonly string[] | undefined;

export interface AdmissionInput {
  readonly wordsCompared: boolean;
  readonly reason?: string;
  readonly expiresAfterBlocks?: number;
}

export interface AdmissionReceipt {
  readonly entryId: string;
  readonly status: 'final' | 'pending';
  readonly height?: number;
  readonly index?: number;
  readonly id: string;
}

export interface Applicant {
  readonly did: string;
  readonly name: string;
  readonly names?: { readonly [name: string]: string };
  readonly gs1CompanyPrefixes: readonly string[];
  readonly gln?: string;
  readonly furtherGlns?: readonly string[];
  readonly contact?: string;
  readonly nodeAddress?: string;
  readonly apiUrl?: string;
  readonly keys: { readonly node: { readonly publicKey: string; readonly proof: string }; readonly sign: { readonly publicKey: string; readonly proof: string }; readonly admin: { readonly publicKey: string; readonly proof: string }; readonly root: { readonly publicKey: string; readonly proof: string } };
  readonly rootCommitment: string;
}

export interface AsOf {
  readonly height: number;
}

export interface AuditEvent {
  readonly seq: number;
  readonly time: string;
  readonly actor: { readonly kind: 'person' | 'service' | 'bootstrap' | 'node' | 'operator' | 'unknown'; readonly id: string | null; readonly name: string | null };
  readonly action: string;
  readonly target: string | null;
  readonly details: { readonly [name: string]: unknown };
  readonly requestId: string | null;
  readonly address: string | null;
  readonly previousHash: string;
  readonly hash: string;
}

export interface AuditPage {
  readonly items: readonly AuditEvent[];
  readonly nextCursor: string | null;
}

export interface AuditVerification {
  readonly isIntact: boolean;
  readonly count: number;
  readonly headSeq: number;
  readonly headHash: string;
  readonly brokenAt: number | null;
}

export interface BallotInput {
  readonly choice: 'yes' | 'no';
  readonly reason?: string;
}

export interface Block {
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

export interface BlockDetail {
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
  readonly certificate: { readonly round: number; readonly seals: readonly { readonly validator: string; readonly signature: string }[] } | null;
  readonly entries: { readonly items: readonly IndexedEntry[]; readonly nextCursor: string | null };
  readonly asOf: AsOf;
}

export interface BlockPage {
  readonly items: readonly Block[];
  readonly nextCursor: string | null;
  readonly asOf: AsOf;
}

export interface CaptureJob {
  readonly captureID: string;
  readonly createdAt: string;
  readonly finishedAt?: string;
  readonly running: boolean;
  readonly success: boolean;
  readonly captureErrorBehaviour: 'rollback' | 'proceed';
  readonly errors: readonly { readonly type: string; readonly title: string; readonly status?: number; readonly detail?: string; readonly code?: string; readonly pointer?: string; readonly eventID?: string }[];
  readonly originalSha256?: string;
  readonly repairs?: readonly Repair[];
  readonly events?: readonly CapturedEvent[];
  readonly errorFile: null;
}

export type CaptureJobList = readonly CaptureJob[];

export interface CapturedEvent {
  readonly eventID: string;
  readonly entryId: string;
  readonly eventHash: string | null;
  readonly eventHashCheck: 'absent' | 'other' | 'match' | 'mismatch' | null;
}

export interface ChallengeInput {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly bodySha256: string;
}

export interface Delivery {
  readonly deliveryID: string;
  readonly state: 'pending' | 'delivered' | 'failed';
  readonly fromPosition: number;
  readonly toPosition: number;
  readonly eventCount: number;
  readonly createdAt: string;
  readonly queuedAt: string;
  readonly attempts: number;
  readonly lastAttemptAt: string | null;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly deliveredAt: string | null;
}

export interface DeliveryPage {
  readonly items: readonly Delivery[];
  readonly nextCursor: string | null;
}

export interface DidDocument {
  readonly '@context': readonly unknown[];
  readonly id: string;
  readonly alsoKnownAs?: readonly string[];
  readonly verificationMethod: readonly { readonly id: string; readonly type: 'Multikey'; readonly controller: string; readonly publicKeyMultibase: string; readonly purpose: string; readonly validFromHeight: number; readonly validUntilHeight?: number; readonly isRevoked?: boolean; readonly notTrustedFromHeight?: number }[];
  readonly assertionMethod: readonly string[];
  readonly authentication: readonly string[];
  readonly capabilityInvocation: readonly string[];
  readonly ledger: { readonly networkId: string; readonly asOfHeight: number; readonly status: string };
}

export interface EPCISQueryDocument {
  readonly '@context': string | { readonly [name: string]: unknown } | readonly unknown[];
  readonly type: 'EPCISQueryDocument';
  readonly schemaVersion: string;
  readonly creationDate: string;
  readonly epcisBody: { readonly queryResults: { readonly queryName: string; readonly subscriptionID?: string; readonly resultsBody: { readonly eventList: readonly { readonly [name: string]: unknown }[] } } };
}

export interface EnrolmentInput {
  readonly token: string;
  readonly name?: string;
  readonly passkeyName?: string;
  readonly response: PasskeyRegistration;
}

export interface EnrolmentLink {
  readonly id: string;
  readonly url: string;
  readonly expiresAt: string;
}

export interface EnrolmentLinkList {
  readonly items: readonly ({ readonly id: string; readonly kind: 'first-admin' | 'invitation' | 'recovery'; readonly personId: string; readonly name: string | null; readonly role: 'admin' | 'operator' | 'quality' | 'viewer'; readonly createdAt: string; readonly expiresAt: string })[];
}

export interface EnrolmentOptions {
  readonly kind: 'first-admin' | 'invitation' | 'recovery';
  readonly role: 'admin' | 'operator' | 'quality' | 'viewer';
  readonly name: string | null;
  readonly options: PasskeyOptions;
}

export interface EnrolmentOptionsInput {
  readonly token: string;
  readonly name?: string;
}

export interface Entry {
  readonly entryId: string;
  readonly status: 'pending' | 'final' | 'rejected';
  readonly height?: number;
  readonly index?: number;
  readonly code?: string;
  readonly detail?: string;
  readonly blockTime?: string;
  readonly author?: string;
  readonly keyId?: string;
  readonly disputed?: boolean;
  readonly kind?: string;
  readonly subject?: string;
  readonly notAfter?: number;
  readonly contentType?: string;
  readonly contentHash?: string;
  readonly statement?: string;
  readonly content?: string;
}

export interface EntryProof {
  readonly format: 'lading-entry-proof-1';
  readonly networkId: string;
  readonly entryId: string;
  readonly height: number;
  readonly index: number;
  readonly statement: string;
  readonly content: string;
  readonly inclusion: { readonly logIndex: number; readonly logSize: number; readonly hashes: readonly string[] };
  readonly key: RecordProof;
  readonly sealed: SealedHeader;
}

export interface EntryReference {
  readonly entryId: string;
  readonly author: string;
  readonly height: number;
  readonly index: number;
  readonly blockTime: string;
  readonly disputed: boolean;
}

export interface EpcisCollection {
  readonly '@context': string | { readonly [name: string]: unknown } | readonly unknown[];
  readonly type: 'Collection';
  readonly member: readonly string[];
}

export interface Finding {
  readonly code: string;
  readonly item: string;
  readonly entry: EntryReference;
  readonly eventIndex: number;
  readonly contradicts: readonly string[];
  readonly detail: string;
}

export interface FindingPage {
  readonly items: readonly Finding[];
  readonly nextCursor: string | null;
  readonly asOf: AsOf;
}

export interface Health {
  readonly status: 'ok';
}

export interface HistoryEvent {
  readonly kind: string;
  readonly eventId: string | null;
  readonly type: string | null;
  readonly action: string | null;
  readonly isErrorDeclaration: boolean;
  readonly supersededBy: string | null;
  readonly eventTime: string;
  readonly eventTimeZoneOffset: string | null;
  readonly bizStep: string | null;
  readonly disposition: string | null;
  readonly readPoint: string | null;
  readonly bizLocation: string | null;
  readonly roles: readonly string[];
  readonly inheritedFrom: string | null;
  readonly eventIndex: number;
  readonly entryId: string;
  readonly author: string;
  readonly height: number;
  readonly index: number;
  readonly blockTime: string;
  readonly disputed: boolean;
  readonly findings: readonly Finding[];
  readonly event: { readonly [name: string]: unknown };
}

export interface IndexedEntry {
  readonly entryId: string;
  readonly author: string;
  readonly height: number;
  readonly index: number;
  readonly blockTime: string;
  readonly disputed: boolean;
  readonly kind: string;
  readonly subject: string;
  readonly keyId: string;
  readonly contentType: string;
  readonly contentHash: string;
  readonly sizeBytes: number;
  readonly findings: readonly Finding[];
}

export interface Invitation {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly ('validator' | 'member' | 'auditor')[];
  readonly state: 'open' | 'used' | 'expired' | 'revoked';
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly joinRequestId: string | null;
}

export interface InvitationInput {
  readonly name: string;
  readonly roles?: readonly ('validator' | 'member' | 'auditor')[];
  readonly expiresAfterHours?: number;
  readonly apiUrl?: string;
}

export interface InvitationPreview {
  readonly networkId: string;
  readonly inviter: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly expiresAt: string;
  readonly genesis: string;
}

export interface InvitationTicket {
  readonly ticket: string;
}

export interface Invitations {
  readonly items: readonly Invitation[];
}

export interface Item {
  readonly id: string;
  readonly owner: string | null;
  readonly custodian: string | null;
  readonly container: string | null;
  readonly lot: string | null;
  readonly product: string | null;
  readonly quantity: { readonly value: string; readonly uom: string | null } | null;
  readonly status: string;
  readonly openTransfer: string | null;
  readonly openTransfers: { readonly ownership: string | null; readonly custody: string | null };
  readonly openRecalls: readonly string[];
  readonly findings: readonly Finding[];
  readonly history: { readonly count: number; readonly digest: string };
  readonly asOf: AsOf;
}

export interface ItemHistory {
  readonly item: string;
  readonly nextCursor: string | null;
  readonly truncated: boolean;
  readonly asOf: AsOf;
  readonly events: readonly HistoryEvent[];
}

export type ItemInput = { readonly gtin: string; readonly serials: readonly string[]; readonly lot?: string; readonly attributes?: { readonly [name: string]: string | number | boolean } } | { readonly gtin: string; readonly lot: string; readonly quantity: { readonly value: string | number; readonly uom: string }; readonly attributes?: { readonly [name: string]: string | number | boolean } };

export interface ItemProof {
  readonly format: 'lading-item-proof-1';
  readonly networkId: string;
  readonly item: string;
  readonly record: RecordProof;
  readonly sealed: SealedHeader;
}

export interface ItemReceipt {
  readonly entryId: string;
  readonly status: 'final' | 'pending';
  readonly height?: number;
  readonly index?: number;
  readonly items: readonly string[];
}

export interface JoinRequest {
  readonly id: string;
  readonly state: 'filed' | 'proposed' | 'admitted' | 'refused' | 'rejected';
  readonly words: readonly string[];
  readonly proposalId: string | null;
  readonly invitation: { readonly id: string; readonly name: string; readonly roles: readonly string[] };
  readonly organization: Applicant;
  readonly filedAt: string;
}

export interface JoinRequestInput {
  readonly ticket: string;
  readonly organization: Applicant;
}

export interface JoinRequestState {
  readonly id: string;
  readonly state: 'filed' | 'proposed' | 'admitted' | 'refused' | 'rejected';
  readonly words: readonly string[];
  readonly proposalId: string | null;
}

export interface JoinRequests {
  readonly items: readonly JoinRequest[];
}

export interface KeyReceipt {
  readonly entryId: string;
  readonly status: 'final' | 'pending';
  readonly height?: number;
  readonly index?: number;
  readonly keyId: string | null;
}

export interface KeyRevocationInput {
  readonly keyId: string;
  readonly notTrustedFrom: number;
  readonly reason: string;
  readonly publicKey?: string;
  readonly proof?: string;
  readonly replace?: boolean;
}

export interface KeyRevocationPreview {
  readonly key: { readonly keyId: string; readonly publicKey: string; readonly purpose: string; readonly validFrom: number; readonly validUntil: number | null; readonly revoked: boolean; readonly notTrustedFrom: number | null; readonly used: { readonly entries: number; readonly firstHeight: number | null; readonly lastHeight: number | null }; readonly organization: string };
  readonly notTrustedFrom: number;
  readonly entries: number;
  readonly byKind: readonly { readonly kind: string; readonly entries: number }[];
  readonly openTransfers: readonly string[];
  readonly items: readonly { readonly entryId: string; readonly author: string; readonly height: number; readonly index: number; readonly blockTime: string; readonly disputed: boolean; readonly kind: string; readonly subject: string }[];
  readonly nextCursor: string | null;
  readonly asOf: AsOf;
}

export interface KeyRevocationPreviewInput {
  readonly keyId: string;
  readonly notTrustedFrom: number;
  readonly limit?: number;
  readonly cursor?: string;
}

export interface KeyRotationInput {
  readonly purpose: 'sign' | 'node' | 'admin';
  readonly publicKey?: string;
  readonly proof?: string;
  readonly overlapBlocks?: number;
  readonly revokeOld?: boolean;
}

export interface LotBalance {
  readonly lot: string;
  readonly units: readonly LotUnitBalance[];
  readonly items: readonly ({ readonly organization: string | null; readonly status: string; readonly count: number })[];
  readonly uncounted: number;
  readonly openRecalls: readonly string[];
  readonly findings: readonly Finding[];
  readonly asOf: AsOf;
}

export interface LotOrganizationBalance {
  readonly organization: string;
  readonly created: string;
  readonly consumed: string;
  readonly waste: string;
  readonly shipped: string;
  readonly received: string;
  readonly onHand: string;
  readonly excess: string;
}

export interface LotUnitBalance {
  readonly unit: string;
  readonly created: string;
  readonly consumed: string;
  readonly waste: string;
  readonly shipped: string;
  readonly received: string;
  readonly onHand: string;
  readonly excess: string;
  readonly away: string;
  readonly unitMismatch: boolean;
  readonly organizations: readonly LotOrganizationBalance[];
}

export type NamedQueries = readonly NamedQuery[];

export interface NamedQuery {
  readonly name: string;
  readonly query: { readonly [name: string]: unknown };
}

export interface Network {
  readonly id: string;
  readonly self: string;
  readonly height: number;
  readonly headHash: string;
  readonly headTime: string;
  readonly logSize: number;
  readonly logRoot: string;
  readonly stateRoot: string;
  readonly validators: readonly ({ readonly did: string; readonly isSelf: boolean; readonly connected: boolean; readonly lastSealHeight: number | null; readonly reportedHeight: number | null })[];
  readonly quorum: number;
  readonly pool: { readonly entries: number; readonly bytes: number };
  readonly indexHeight: number;
  readonly indexState: 'following' | 'catching-up' | 'database-down';
}

export interface NewInvitation {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly ('validator' | 'member' | 'auditor')[];
  readonly state: 'open' | 'used' | 'expired' | 'revoked';
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly joinRequestId: string | null;
  readonly ticket: string;
  readonly apiUrl: string;
}

export interface NewServiceKey {
  readonly id: string;
  readonly kind: 'secret' | 'ed25519';
  readonly secret?: string;
  readonly expiresAt: string;
}

export interface Organization {
  readonly did: string;
  readonly name: string;
  readonly names: { readonly [name: string]: string };
  readonly roles: readonly string[];
  readonly gs1CompanyPrefixes: readonly string[];
  readonly gln: string | null;
  readonly furtherGlns: readonly string[];
  readonly contact: string | null;
  readonly nodeAddress: string | null;
  readonly apiUrl: string | null;
  readonly status: string;
  readonly since: number;
  readonly entries: number;
  readonly keys: readonly OrganizationKey[];
}

export interface OrganizationDetail {
  readonly did: string;
  readonly name: string;
  readonly names: { readonly [name: string]: string };
  readonly roles: readonly string[];
  readonly gs1CompanyPrefixes: readonly string[];
  readonly gln: string | null;
  readonly furtherGlns: readonly string[];
  readonly contact: string | null;
  readonly nodeAddress: string | null;
  readonly apiUrl: string | null;
  readonly status: string;
  readonly since: number;
  readonly entries: number;
  readonly keys: readonly OrganizationKey[];
  readonly history: readonly { readonly height: number; readonly status: string; readonly roles: readonly string[]; readonly name: string }[];
  readonly asOf: AsOf;
}

export interface OrganizationKey {
  readonly keyId: string;
  readonly publicKey: string;
  readonly purpose: string;
  readonly validFrom: number;
  readonly validUntil: number | null;
  readonly revoked: boolean;
  readonly notTrustedFrom: number | null;
  readonly used: { readonly entries: number; readonly firstHeight: number | null; readonly lastHeight: number | null };
}

export interface OrganizationPage {
  readonly items: readonly Organization[];
  readonly nextCursor: string | null;
  readonly asOf: AsOf;
}

export interface OrganizationUpdate {
  readonly name?: string;
  readonly names?: { readonly [name: string]: string } | null;
  readonly contact?: string | null;
  readonly gln?: string | null;
  readonly furtherGlns?: readonly string[] | null;
  readonly nodeAddress?: string | null;
  readonly apiUrl?: string | null;
}

export interface PasskeyAdded {
  readonly id: string;
}

export interface PasskeyAssertion {
  readonly id: string;
  readonly rawId: string;
  readonly type: 'public-key';
  readonly authenticatorAttachment?: string;
  readonly clientExtensionResults: {};
  readonly response: { readonly clientDataJSON: string; readonly authenticatorData: string; readonly signature: string; readonly userHandle?: string };
}

export interface PasskeyInput {
  readonly name: string;
  readonly response: PasskeyRegistration;
}

export interface PasskeyList {
  readonly items: readonly ({ readonly id: string; readonly name: string; readonly createdAt: string; readonly lastUsedAt: string | null; readonly isBackedUp: boolean; readonly isDeviceBound: boolean })[];
}

export interface PasskeyOptions {
  readonly challenge: string;
}

export interface PasskeyRegistration {
  readonly id: string;
  readonly rawId: string;
  readonly type: 'public-key';
  readonly authenticatorAttachment?: string;
  readonly clientExtensionResults: {};
  readonly response: { readonly clientDataJSON: string; readonly attestationObject: string; readonly transports?: readonly string[] };
}

export interface Peers {
  readonly clockOffsetMs: number | null;
  readonly clockDriftMaxMs: number;
  readonly items: readonly ({ readonly did: string; readonly isValidator: boolean; readonly connected: boolean; readonly lastSealHeight: number | null; readonly reportedHeight: number | null; readonly clockOffsetMs: number | null; readonly roundTripMs: number | null })[];
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: 'admin' | 'operator' | 'quality' | 'viewer';
  readonly status: 'active' | 'disabled';
  readonly createdAt: string;
  readonly lastSeenAt: string | null;
  readonly passkeys: number;
}

export interface PersonChange {
  readonly name?: string;
  readonly role?: 'admin' | 'operator' | 'quality' | 'viewer';
  readonly status?: 'active' | 'disabled';
}

export interface PersonInvitationInput {
  readonly name: string;
  readonly role: 'admin' | 'operator' | 'quality' | 'viewer';
}

export interface PersonPage {
  readonly items: readonly Person[];
  readonly nextCursor: string | null;
}

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status?: number;
  readonly detail: string;
  readonly code: string;
  readonly errors: readonly { readonly pointer?: string; readonly parameter?: string; readonly detail: string; readonly code: string }[];
  readonly requestId: string;
}

export interface Product {
  readonly gtin: string;
  readonly name: string;
  readonly description: string | null;
  readonly owner: string;
  readonly registered: EntryReference;
  readonly attributes: { readonly [name: string]: unknown } | null;
}

export interface ProductAsOf {
  readonly gtin: string;
  readonly name: string;
  readonly description: string | null;
  readonly owner: string;
  readonly registered: EntryReference;
  readonly attributes: { readonly [name: string]: unknown } | null;
  readonly asOf: AsOf;
}

export interface ProductInput {
  readonly gtin: string;
  readonly name: string;
  readonly description?: string;
  readonly attributes?: { readonly [name: string]: string | number | boolean };
}

export interface ProductPage {
  readonly items: readonly Product[];
  readonly nextCursor: string | null;
  readonly asOf: AsOf;
}

export interface ProductReceipt {
  readonly entryId: string;
  readonly status: 'final' | 'pending';
  readonly height?: number;
  readonly index?: number;
  readonly gtin: string;
}

export interface Proposal {
  readonly id: string;
  readonly kind: 'organization.admit' | 'organization.roles' | 'organization.suspend' | 'organization.readmit' | 'organization.remove' | 'key.revoke' | 'validators.change' | 'parameters.change';
  readonly sentence: string;
  readonly action: { readonly [name: string]: unknown };
  readonly about: { readonly did: string; readonly name: string | null } | null;
  readonly key: { readonly keyId: string; readonly organization: string; readonly purpose: string } | null;
  readonly changes: readonly ProposedChange[];
  readonly state: 'open' | 'passed' | 'rejected' | 'withdrawn' | 'expired' | 'failed' | 'effective';
  readonly reason: string | null;
  readonly opened: EntryReference;
  readonly expiresAt: number;
  readonly effectHeight: number | null;
  readonly decidedHeight: number | null;
  readonly tally: Tally;
  readonly failure: string | null;
  readonly ballots: readonly ({ readonly organization: string; readonly choice: 'yes' | 'no'; readonly keyId: string; readonly reason: string | null; readonly entry: EntryReference })[];
}

export type ProposalAction = { readonly kind: 'organization.admit'; readonly did: string; readonly name: string; readonly names?: { readonly [name: string]: string }; readonly gs1CompanyPrefixes: readonly string[]; readonly gln?: string; readonly furtherGlns?: readonly string[]; readonly contact?: string; readonly roles: readonly ('member' | 'auditor')[]; readonly nodeAddress?: string; readonly apiUrl?: string; readonly keys: { readonly node: { readonly publicKey: string; readonly proof: string }; readonly sign: { readonly publicKey: string; readonly proof: string }; readonly admin: { readonly publicKey: string; readonly proof: string }; readonly root: { readonly publicKey: string; readonly proof: string } }; readonly rootCommitment: string; readonly invitationId?: string; readonly wordsCompared?: boolean } | { readonly kind: 'organization.roles'; readonly did: string; readonly roles: readonly ('member' | 'auditor')[] } | { readonly kind: 'organization.suspend'; readonly did: string } | { readonly kind: 'organization.readmit'; readonly did: string } | { readonly kind: 'organization.remove'; readonly did: string } | { readonly kind: 'key.revoke'; readonly keyId: string; readonly notTrustedFrom: number } | { readonly kind: 'validators.change'; readonly change: 'add' | 'remove'; readonly did: string } | { readonly kind: 'parameters.change'; readonly parameters?: { readonly blockEntriesMax?: number; readonly blockBytesMax?: number; readonly notAfterWindow?: number; readonly clockDriftMaxMs?: number; readonly batchWaitMs?: number; readonly heartbeatMs?: number; readonly roundBaseMs?: number; readonly roundStepMs?: number; readonly roundCapMs?: number }; readonly thresholds?: { readonly 'organization.admit'?: number; readonly 'organization.roles'?: number; readonly 'organization.suspend'?: number; readonly 'organization.readmit'?: number; readonly 'organization.remove'?: number; readonly 'key.revoke'?: number; readonly 'validators.change'?: number; readonly 'parameters.change'?: number } };

export interface ProposalDetail {
  readonly id: string;
  readonly kind: 'organization.admit' | 'organization.roles' | 'organization.suspend' | 'organization.readmit' | 'organization.remove' | 'key.revoke' | 'validators.change' | 'parameters.change';
  readonly sentence: string;
  readonly action: { readonly [name: string]: unknown };
  readonly about: { readonly did: string; readonly name: string | null } | null;
  readonly key: { readonly keyId: string; readonly organization: string; readonly purpose: string } | null;
  readonly changes: readonly ProposedChange[];
  readonly state: 'open' | 'passed' | 'rejected' | 'withdrawn' | 'expired' | 'failed' | 'effective';
  readonly reason: string | null;
  readonly opened: EntryReference;
  readonly expiresAt: number;
  readonly effectHeight: number | null;
  readonly decidedHeight: number | null;
  readonly tally: Tally;
  readonly failure: string | null;
  readonly ballots: readonly ({ readonly organization: string; readonly choice: 'yes' | 'no'; readonly keyId: string; readonly reason: string | null; readonly entry: EntryReference })[];
  readonly asOf: AsOf;
}

export interface ProposalInput {
  readonly action: ProposalAction;
  readonly reason?: string;
  readonly expiresAfterBlocks?: number;
  readonly expiresAt?: number;
  readonly effectHeight?: number;
}

export interface ProposalPage {
  readonly items: readonly Proposal[];
  readonly nextCursor: string | null;
  readonly asOf: AsOf;
}

export interface ProposalReceipt {
  readonly entryId: string;
  readonly status: 'final' | 'pending';
  readonly height?: number;
  readonly index?: number;
  readonly id: string;
  readonly state?: 'open' | 'passed' | 'rejected' | 'withdrawn' | 'expired' | 'failed' | 'effective';
  readonly tally?: Tally;
  readonly effectHeight?: number | null;
}

export interface ProposalSimulation {
  readonly kind: 'organization.admit' | 'organization.roles' | 'organization.suspend' | 'organization.readmit' | 'organization.remove' | 'key.revoke' | 'validators.change' | 'parameters.change';
  readonly sentence: string;
  readonly action: { readonly [name: string]: unknown };
  readonly about: { readonly did: string; readonly name: string | null } | null;
  readonly key: { readonly keyId: string; readonly organization: string; readonly purpose: string } | null;
  readonly changes: readonly ProposedChange[];
  readonly refusal: { readonly code: string; readonly detail: string } | null;
  readonly tally: Tally;
  readonly before: { readonly validators: number; readonly quorum: number; readonly tolerated: number };
  readonly after: { readonly validators: number; readonly quorum: number; readonly tolerated: number };
  readonly validators: readonly ({ readonly did: string; readonly name: string | null; readonly isBefore: boolean; readonly isAfter: boolean; readonly isSelf: boolean; readonly isConnected: boolean; readonly missedTurns: boolean; readonly lastSealHeight: number | null })[];
  readonly offline: readonly string[];
  readonly reachable: number;
  readonly warning: string | null;
  readonly asOf: AsOf;
}

export interface ProposedChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface Readiness {
  readonly status: 'ready' | 'not-ready';
  readonly checks: readonly ({ readonly name: 'database' | 'index' | 'peers' | 'quorum' | 'clock'; readonly ok: boolean; readonly detail: string })[];
}

export interface Recall {
  readonly id: string;
  readonly state: 'open' | 'closed';
  readonly openedBy: string;
  readonly title: string;
  readonly reason: string;
  readonly class: string | null;
  readonly window: { readonly from: string | null; readonly to: string | null };
  readonly instructions: string | null;
  readonly itemCount: number;
  readonly acknowledgedBy: readonly string[];
  readonly opened: EntryReference;
  readonly closed: EntryReference | null;
  readonly closingNote: string | null;
  readonly items: readonly string[];
  readonly acknowledgements: readonly RecallAcknowledgement[];
  readonly asOf: AsOf;
}

export interface RecallAcknowledgement {
  readonly organization: string;
  readonly entry: EntryReference;
  readonly count: number;
  readonly note: string | null;
  readonly quantities: readonly ({ readonly item: string; readonly uom: string | null; readonly found: string | null; readonly held: string | null; readonly returned: string | null; readonly destroyed: string | null; readonly sold: string | null })[];
}

export interface RecallAcknowledgementInput {
  readonly quantities?: readonly { readonly item: string; readonly uom?: string; readonly found?: string; readonly held?: string; readonly returned?: string; readonly destroyed?: string; readonly sold?: string }[];
  readonly note?: string;
}

export interface RecallAffectedItem {
  readonly id: string;
  readonly kind: string;
  readonly as: 'target' | 'member' | 'product' | 'carrier';
  readonly depth: number;
  readonly share: string | null;
  readonly status: string;
  readonly owner: string | null;
  readonly custodian: string | null;
  readonly container: string | null;
  readonly lot: string | null;
  readonly product: string | null;
  readonly place: { readonly bizLocation: string | null; readonly readPoint: string | null; readonly eventTime: string; readonly event: number } | null;
  readonly quantities: readonly ({ readonly unit: string; readonly created: string; readonly affected: string | null; readonly onHand: string; readonly away: string })[];
  readonly holders: readonly ({ readonly organization: string; readonly unit: string | null; readonly quantity: string })[];
}

export interface RecallClosingInput {
  readonly note?: string;
}

export interface RecallImpact {
  readonly targets: readonly string[];
  readonly window: { readonly from: string | null; readonly to: string | null };
  readonly affected: readonly RecallAffectedItem[];
  readonly organizations: readonly RecallImpactedOrganization[];
  readonly unknown: RecallUnknownImpact;
  readonly isComplete: boolean;
  readonly truncated: boolean;
  readonly asOf: AsOf;
}

export interface RecallImpactedOrganization {
  readonly organization: string;
  readonly name: string | null;
  readonly items: number;
  readonly lots: number;
  readonly quantities: readonly { readonly unit: string; readonly onHand: string }[];
}

export interface RecallOpeningInput {
  readonly title: string;
  readonly reason: string;
  readonly class?: string;
  readonly items?: readonly string[];
  readonly lots?: readonly string[];
  readonly window?: { readonly from?: string; readonly to?: string };
  readonly instructions?: string;
}

export interface RecallPage {
  readonly items: readonly RecallSummary[];
  readonly nextCursor: string | null;
  readonly asOf: AsOf;
}

export interface RecallReceipt {
  readonly entryId: string;
  readonly status: 'final' | 'pending';
  readonly height?: number;
  readonly index?: number;
  readonly id: string;
  readonly state: 'open' | 'closed';
  readonly openedBy: string;
  readonly items: readonly string[];
}

export interface RecallSimulationInput {
  readonly items?: readonly string[];
  readonly lots?: readonly string[];
  readonly window?: { readonly from?: string; readonly to?: string };
}

export interface RecallSummary {
  readonly id: string;
  readonly state: 'open' | 'closed';
  readonly openedBy: string;
  readonly title: string;
  readonly reason: string;
  readonly class: string | null;
  readonly window: { readonly from: string | null; readonly to: string | null };
  readonly instructions: string | null;
  readonly itemCount: number;
  readonly acknowledgedBy: readonly string[];
  readonly opened: EntryReference;
  readonly closed: EntryReference | null;
  readonly closingNote: string | null;
}

export interface RecallUnknownImpact {
  readonly targets: readonly string[];
  readonly tombstones: readonly ({ readonly item: string; readonly direction: string; readonly reason: string; readonly event: number | null })[];
  readonly away: readonly { readonly item: string; readonly unit: string; readonly quantity: string }[];
  readonly withoutQuantity: readonly string[];
  readonly withoutShare: readonly string[];
  readonly withoutHolder: readonly string[];
}

export interface Receipt {
  readonly entryId: string;
  readonly status: 'final' | 'pending';
  readonly height?: number;
  readonly index?: number;
}

export interface RecordProof {
  readonly value: string | null;
  readonly siblings: readonly string[];
  readonly otherLeaf: { readonly keyHash: string; readonly valueHash: string } | null;
}

export interface Repair {
  readonly pointer: string;
  readonly code: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly sentence: string;
}

export interface RepairReport {
  readonly originalSha256: string;
  readonly repairs: readonly Repair[];
}

export interface ReplayRequest {
  readonly from?: number;
}

export interface Replayed {
  readonly queued: number;
}

export interface RouteList {
  readonly items: readonly { readonly method: string; readonly path: string; readonly access: string; readonly freshPasskey: boolean }[];
}

export interface SealedHeader {
  readonly header: string;
  readonly certificate: string;
  readonly validators: readonly { readonly did: string; readonly publicKey: string }[];
}

export interface Seals {
  readonly validators: readonly string[];
  readonly blocks: readonly { readonly height: number; readonly round: number; readonly sealedBy: readonly string[] }[];
}

export interface ServiceAccount {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly ('read' | 'capture' | 'products' | 'transfer' | 'recall' | 'subscriptions' | 'metrics' | 'audit' | 'admin' | 'governance')[];
  readonly status: 'active' | 'disabled';
  readonly createdAt: string;
  readonly keys: readonly ({ readonly id: string; readonly kind: 'secret' | 'ed25519'; readonly createdAt: string; readonly expiresAt: string; readonly lastUsedAt: string | null; readonly revokedAt: string | null })[];
}

export interface ServiceAccountChange {
  readonly name?: string;
  readonly scopes?: readonly ('read' | 'capture' | 'products' | 'transfer' | 'recall' | 'subscriptions' | 'metrics' | 'audit' | 'admin' | 'governance')[];
  readonly status?: 'active' | 'disabled';
}

export interface ServiceAccountInput {
  readonly name: string;
  readonly scopes: readonly ('read' | 'capture' | 'products' | 'transfer' | 'recall' | 'subscriptions' | 'metrics' | 'audit' | 'admin' | 'governance')[];
}

export interface ServiceAccountPage {
  readonly items: readonly ServiceAccount[];
  readonly nextCursor: string | null;
}

export type ServiceKeyInput = { readonly kind: 'secret'; readonly expiresInDays?: number } | { readonly kind: 'ed25519'; readonly publicKey: string; readonly expiresInDays?: number };

export interface ServiceKeyRotationInput {
  readonly overlapHours?: number;
  readonly publicKey?: string;
  readonly expiresInDays?: number;
}

export interface Session {
  readonly caller: { readonly kind: 'person' | 'service' | 'bootstrap'; readonly id?: string; readonly name?: string; readonly role?: 'admin' | 'operator' | 'quality' | 'viewer' };
  readonly scopes: readonly ('read' | 'capture' | 'products' | 'transfer' | 'recall' | 'subscriptions' | 'metrics' | 'audit' | 'admin' | 'governance')[];
  readonly csrfToken?: string;
  readonly idleExpiresAt?: string;
  readonly expiresAt?: string;
}

export interface SessionList {
  readonly items: readonly ({ readonly id: string; readonly personId: string; readonly personName: string; readonly isCurrent: boolean; readonly createdAt: string; readonly lastSeenAt: string; readonly expiresAt: string; readonly address: string | null; readonly userAgent: string | null })[];
}

export interface SignInInput {
  readonly response: PasskeyAssertion;
}

export interface SimulationInput {
  readonly action: ProposalAction;
}

export interface Subscription {
  readonly subscriptionID: string;
  readonly queryName: string;
  readonly dest: string;
  readonly createdAt: string;
  readonly initialRecordTime: string;
  readonly minRecordTime: string;
  readonly epcFormat: string;
  readonly lastNotifiedAt?: string;
  readonly stream?: true;
  readonly schedule?: { readonly [name: string]: string };
  readonly reportIfEmpty?: boolean;
  readonly state: 'active' | 'failed';
  readonly position: number;
  readonly nextRunAt?: string;
  readonly retryAt?: string;
  readonly lastError?: string;
}

export interface SubscriptionPage {
  readonly items: Subscriptions;
  readonly nextCursor: string | null;
}

export type Subscriptions = readonly Subscription[];

export interface Tally {
  readonly yes: number;
  readonly no: number;
  readonly validators: number;
  readonly needed: number;
}

export interface Trace {
  readonly item: string;
  readonly direction: 'up' | 'down' | 'both';
  readonly at: string | null;
  readonly nodes: readonly TraceNode[];
  readonly edges: readonly TraceEdge[];
  readonly events: readonly TraceEvent[];
  readonly tombstones: readonly TraceTombstone[];
  readonly truncated: boolean;
  readonly asOf: AsOf;
}

export type TraceEdge = { readonly kind: 'transformation'; readonly input: string; readonly output: string; readonly transformationId: string | null; readonly inputQuantity: { readonly value: string; readonly uom: string | null } | null; readonly outputQuantity: { readonly value: string; readonly uom: string | null } | null; readonly share: string | null; readonly events: readonly number[] } | { readonly kind: 'containment'; readonly child: string; readonly parent: string; readonly from: { readonly time: string; readonly event: number }; readonly to: { readonly time: string; readonly event: number } | null } | { readonly kind: 'association'; readonly child: string; readonly parent: string; readonly from: { readonly time: string; readonly event: number }; readonly to: { readonly time: string; readonly event: number } | null } | { readonly kind: 'memberOf'; readonly member: string; readonly of: string };

export interface TraceEvent {
  readonly position: number;
  readonly kind: string;
  readonly eventId: string | null;
  readonly type: string | null;
  readonly action: string | null;
  readonly isErrorDeclaration: boolean;
  readonly supersededBy: string | null;
  readonly eventTime: string;
  readonly eventTimeZoneOffset: string | null;
  readonly bizStep: string | null;
  readonly disposition: string | null;
  readonly readPoint: string | null;
  readonly bizLocation: string | null;
  readonly eventIndex: number;
  readonly entryId: string;
  readonly author: string;
  readonly height: number;
  readonly index: number;
  readonly blockTime: string;
  readonly disputed: boolean;
  readonly items: readonly { readonly item: string; readonly roles: readonly string[] }[];
  readonly findings: readonly Finding[];
}

export interface TraceNode {
  readonly id: string;
  readonly kind: 'item' | 'lot' | 'class' | 'container';
  readonly status: string;
  readonly owner: string | null;
  readonly custodian: string | null;
  readonly container: string | null;
  readonly lot: string | null;
  readonly product: string | null;
  readonly quantity: { readonly value: string; readonly uom: string | null } | null;
  readonly place: { readonly bizLocation: string | null; readonly readPoint: string | null; readonly eventTime: string; readonly event: number } | null;
  readonly depth: { readonly up: number | null; readonly down: number | null };
}

export interface TraceTombstone {
  readonly item: string;
  readonly direction: 'up' | 'down';
  readonly reason: 'depth' | 'limit' | 'superseded' | 'unknown-item';
  readonly event: number | null;
}

export interface Transfer {
  readonly id: string;
  readonly state: 'offered' | 'accepted' | 'partially_accepted' | 'rejected' | 'cancelled' | 'expired';
  readonly from: string;
  readonly to: string;
  readonly transfers: string;
  readonly items: readonly string[];
  readonly content: readonly string[];
  readonly reference: string | null;
  readonly accepted: readonly string[];
  readonly expiresAfterHeight: number;
  readonly entryId: string;
  readonly offered: EntryReference;
  readonly answered: EntryReference | null;
  readonly reason: string | null;
}

export interface TransferAcceptanceInput {
  readonly accepted?: readonly string[];
  readonly reason?: string;
}

export interface TransferAsOf {
  readonly id: string;
  readonly state: 'offered' | 'accepted' | 'partially_accepted' | 'rejected' | 'cancelled' | 'expired';
  readonly from: string;
  readonly to: string;
  readonly transfers: string;
  readonly items: readonly string[];
  readonly content: readonly string[];
  readonly reference: string | null;
  readonly accepted: readonly string[];
  readonly expiresAfterHeight: number;
  readonly entryId: string;
  readonly offered: EntryReference;
  readonly answered: EntryReference | null;
  readonly reason: string | null;
  readonly asOf: AsOf;
}

export interface TransferOfferInput {
  readonly items: readonly string[];
  readonly to: string;
  readonly transfers: 'ownership' | 'custody' | 'both';
  readonly expiresAfterBlocks?: number;
  readonly reference?: string;
}

export interface TransferPage {
  readonly items: readonly Transfer[];
  readonly nextCursor: string | null;
  readonly asOf: AsOf;
}

export interface TransferReceipt {
  readonly entryId: string;
  readonly status: 'final' | 'pending';
  readonly height?: number;
  readonly index?: number;
  readonly id: string;
  readonly state: 'offered' | 'accepted' | 'partially_accepted' | 'rejected' | 'cancelled' | 'expired';
  readonly from: string;
  readonly to: string;
  readonly transfers: string;
  readonly items: readonly string[];
  readonly content: readonly string[];
  readonly reference: string | null;
  readonly expiresAfterHeight: number;
  readonly accepted: readonly string[];
}

export interface TransferRejectionInput {
  readonly reason?: string;
}

export interface WithdrawalInput {
  readonly reason?: string;
}


export interface Operations {
  getHealth: { path: {}; query: {}; body: undefined; answer: Health };
  getReadiness: { path: {}; query: {}; body: undefined; answer: Readiness };
  getMetrics: { path: {}; query: {}; body: undefined; answer: undefined };
  getNetwork: { path: {}; query: {}; body: undefined; answer: Network };
  listPeers: { path: {}; query: {}; body: undefined; answer: Peers };
  listSeals: { path: {}; query: { limit?: QueryValue }; body: undefined; answer: Seals };
  streamBlocks: { path: {}; query: { from?: QueryValue }; body: undefined; answer: undefined };
  getGenesis: { path: {}; query: {}; body: undefined; answer: undefined };
  proveEntry: { path: { id: string | number }; query: {}; body: undefined; answer: EntryProof };
  proveItem: { path: { id: string | number }; query: {}; body: undefined; answer: ItemProof };
  listBlocks: { path: {}; query: { minHeight?: QueryValue; before?: QueryValue; limit?: QueryValue; cursor?: QueryValue }; body: undefined; answer: BlockPage };
  getBlock: { path: { height: string | number }; query: { minHeight?: QueryValue; limit?: QueryValue; cursor?: QueryValue }; body: undefined; answer: BlockDetail };
  submitEntry: { path: {}; query: {}; body: undefined; answer: Receipt };
  getEntry: { path: { id: string | number }; query: {}; body: undefined; answer: Entry };
  listOrganizations: { path: {}; query: { minHeight?: QueryValue; limit?: QueryValue; cursor?: QueryValue; status?: QueryValue; role?: QueryValue; search?: QueryValue }; body: undefined; answer: OrganizationPage };
  getOrganization: { path: { did: string | number }; query: { minHeight?: QueryValue }; body: undefined; answer: OrganizationDetail };
  updateOrganization: { path: {}; query: {}; body: OrganizationUpdate; answer: Receipt };
  getOwnDidDocument: { path: {}; query: {}; body: undefined; answer: DidDocument };
  getDidDocument: { path: { did: string | number }; query: {}; body: undefined; answer: DidDocument };
  rotateOrganizationKey: { path: {}; query: {}; body: KeyRotationInput; answer: KeyReceipt };
  revokeOrganizationKey: { path: {}; query: {}; body: KeyRevocationInput; answer: KeyReceipt };
  previewKeyRevocation: { path: {}; query: {}; body: KeyRevocationPreviewInput; answer: KeyRevocationPreview };
  openProposal: { path: {}; query: {}; body: ProposalInput; answer: ProposalReceipt };
  listProposals: { path: {}; query: { minHeight?: QueryValue; limit?: QueryValue; cursor?: QueryValue; state?: QueryValue; kind?: QueryValue; about?: QueryValue; openedBy?: QueryValue }; body: undefined; answer: ProposalPage };
  castBallot: { path: { id: string | number }; query: {}; body: BallotInput; answer: ProposalReceipt };
  withdrawProposal: { path: { id: string | number }; query: {}; body: WithdrawalInput; answer: ProposalReceipt };
  simulateProposal: { path: {}; query: {}; body: SimulationInput; answer: ProposalSimulation };
  getProposal: { path: { id: string | number }; query: { minHeight?: QueryValue }; body: undefined; answer: ProposalDetail };
  registerProduct: { path: {}; query: {}; body: ProductInput; answer: ProductReceipt };
  listProducts: { path: {}; query: { minHeight?: QueryValue; limit?: QueryValue; cursor?: QueryValue }; body: undefined; answer: ProductPage };
  getProduct: { path: { gtin: string | number }; query: { minHeight?: QueryValue }; body: undefined; answer: ProductAsOf };
  commissionItems: { path: {}; query: {}; body: ItemInput; answer: ItemReceipt };
  getItem: { path: { id: string | number }; query: { minHeight?: QueryValue }; body: undefined; answer: Item };
  getItemHistory: { path: { id: string | number }; query: { minHeight?: QueryValue; limit?: QueryValue; cursor?: QueryValue }; body: undefined; answer: ItemHistory };
  traceItem: { path: { id: string | number }; query: { minHeight?: QueryValue; direction?: QueryValue; at?: QueryValue; depth?: QueryValue; limit?: QueryValue; format?: QueryValue }; body: undefined; answer: Trace };
  getLotBalance: { path: { id: string | number }; query: { minHeight?: QueryValue }; body: undefined; answer: LotBalance };
  listFindings: { path: {}; query: { minHeight?: QueryValue; limit?: QueryValue; cursor?: QueryValue; code?: QueryValue; item?: QueryValue; author?: QueryValue }; body: undefined; answer: FindingPage };
  openRecall: { path: {}; query: {}; body: RecallOpeningInput; answer: RecallReceipt };
  listRecalls: { path: {}; query: { minHeight?: QueryValue; limit?: QueryValue; cursor?: QueryValue; state?: QueryValue; openedBy?: QueryValue; item?: QueryValue }; body: undefined; answer: RecallPage };
  simulateRecall: { path: {}; query: { minHeight?: QueryValue }; body: RecallSimulationInput; answer: RecallImpact };
  acknowledgeRecall: { path: { id: string | number }; query: {}; body: RecallAcknowledgementInput; answer: RecallReceipt };
  closeRecall: { path: { id: string | number }; query: {}; body: RecallClosingInput; answer: RecallReceipt };
  getRecall: { path: { id: string | number }; query: { minHeight?: QueryValue }; body: undefined; answer: Recall };
  offerTransfer: { path: {}; query: {}; body: TransferOfferInput; answer: TransferReceipt };
  listTransfers: { path: {}; query: { minHeight?: QueryValue; limit?: QueryValue; cursor?: QueryValue; state?: QueryValue; from?: QueryValue; to?: QueryValue; party?: QueryValue; disputed?: QueryValue }; body: undefined; answer: TransferPage };
  acceptTransfer: { path: { id: string | number }; query: {}; body: TransferAcceptanceInput; answer: TransferReceipt };
  rejectTransfer: { path: { id: string | number }; query: {}; body: TransferRejectionInput; answer: TransferReceipt };
  cancelTransfer: { path: { id: string | number }; query: {}; body: {}; answer: TransferReceipt };
  getTransfer: { path: { id: string | number }; query: { minHeight?: QueryValue }; body: undefined; answer: TransferAsOf };
  createInvitation: { path: {}; query: {}; body: InvitationInput; answer: NewInvitation };
  listInvitations: { path: {}; query: {}; body: undefined; answer: Invitations };
  revokeInvitation: { path: { id: string | number }; query: {}; body: undefined; answer: undefined };
  previewInvitation: { path: {}; query: {}; body: InvitationTicket; answer: InvitationPreview };
  fileJoinRequest: { path: {}; query: {}; body: JoinRequestInput; answer: JoinRequestState };
  listJoinRequests: { path: {}; query: {}; body: undefined; answer: JoinRequests };
  getJoinRequest: { path: { id: string | number }; query: {}; body: undefined; answer: JoinRequestState };
  rejectJoinRequest: { path: { id: string | number }; query: {}; body: undefined; answer: undefined };
  proposeAdmission: { path: { id: string | number }; query: {}; body: AdmissionInput; answer: AdmissionReceipt };
  listEpcisResources: { path: {}; query: {}; body: undefined; answer: EpcisCollection };
  invalidateNextPageToken: { path: {}; query: {}; body: undefined; answer: undefined };
  captureDocument: { path: {}; query: { repair?: QueryValue }; body: { readonly [name: string]: unknown }; answer: RepairReport };
  listCaptureJobs: { path: {}; query: { perPage?: QueryValue; nextPageToken?: QueryValue }; body: undefined; answer: CaptureJobList };
  getCaptureJob: { path: { captureID: string | number }; query: {}; body: undefined; answer: CaptureJob };
  queryEvents: { path: {}; query: { perPage?: QueryValue; nextPageToken?: QueryValue; filters?: QueryValue }; body: undefined; answer: EPCISQueryDocument };
  captureEvent: { path: {}; query: { repair?: QueryValue }; body: { readonly [name: string]: unknown }; answer: undefined };
  getEvent: { path: { eventID: string | number }; query: {}; body: undefined; answer: EPCISQueryDocument };
  listEventTypes: { path: {}; query: { perPage?: QueryValue; nextPageToken?: QueryValue }; body: undefined; answer: EpcisCollection };
  getEventType: { path: { eventType: string | number }; query: {}; body: undefined; answer: EpcisCollection };
  queryEventTypeEvents: { path: { eventType: string | number }; query: { perPage?: QueryValue; nextPageToken?: QueryValue; filters?: QueryValue }; body: undefined; answer: EPCISQueryDocument };
  listEpcs: { path: {}; query: { perPage?: QueryValue; nextPageToken?: QueryValue }; body: undefined; answer: EpcisCollection };
  getEpc: { path: { epc: string | number }; query: {}; body: undefined; answer: EpcisCollection };
  queryEpcEvents: { path: { epc: string | number }; query: { perPage?: QueryValue; nextPageToken?: QueryValue; filters?: QueryValue }; body: undefined; answer: EPCISQueryDocument };
  listBizSteps: { path: {}; query: { perPage?: QueryValue; nextPageToken?: QueryValue }; body: undefined; answer: EpcisCollection };
  getBizStep: { path: { bizStep: string | number }; query: {}; body: undefined; answer: EpcisCollection };
  queryBizStepEvents: { path: { bizStep: string | number }; query: { perPage?: QueryValue; nextPageToken?: QueryValue; filters?: QueryValue }; body: undefined; answer: EPCISQueryDocument };
  listBizLocations: { path: {}; query: { perPage?: QueryValue; nextPageToken?: QueryValue }; body: undefined; answer: EpcisCollection };
  getBizLocation: { path: { bizLocation: string | number }; query: {}; body: undefined; answer: EpcisCollection };
  queryBizLocationEvents: { path: { bizLocation: string | number }; query: { perPage?: QueryValue; nextPageToken?: QueryValue; filters?: QueryValue }; body: undefined; answer: EPCISQueryDocument };
  listReadPoints: { path: {}; query: { perPage?: QueryValue; nextPageToken?: QueryValue }; body: undefined; answer: EpcisCollection };
  getReadPoint: { path: { readPoint: string | number }; query: {}; body: undefined; answer: EpcisCollection };
  queryReadPointEvents: { path: { readPoint: string | number }; query: { perPage?: QueryValue; nextPageToken?: QueryValue; filters?: QueryValue }; body: undefined; answer: EPCISQueryDocument };
  listDispositions: { path: {}; query: { perPage?: QueryValue; nextPageToken?: QueryValue }; body: undefined; answer: EpcisCollection };
  getDisposition: { path: { disposition: string | number }; query: {}; body: undefined; answer: EpcisCollection };
  queryDispositionEvents: { path: { disposition: string | number }; query: { perPage?: QueryValue; nextPageToken?: QueryValue; filters?: QueryValue }; body: undefined; answer: EPCISQueryDocument };
  createNamedQuery: { path: {}; query: {}; body: { readonly [name: string]: unknown }; answer: undefined };
  listNamedQueries: { path: {}; query: { perPage?: QueryValue; nextPageToken?: QueryValue }; body: undefined; answer: NamedQueries };
  getNamedQuery: { path: { queryName: string | number }; query: {}; body: undefined; answer: NamedQueries };
  deleteNamedQuery: { path: { queryName: string | number }; query: {}; body: undefined; answer: undefined };
  queryNamedQueryEvents: { path: { queryName: string | number }; query: { perPage?: QueryValue; nextPageToken?: QueryValue }; body: undefined; answer: EPCISQueryDocument };
  createSubscription: { path: { queryName: string | number }; query: {}; body: { readonly [name: string]: unknown }; answer: Subscription };
  listSubscriptions: { path: { queryName: string | number }; query: { perPage?: QueryValue; nextPageToken?: QueryValue }; body: undefined; answer: Subscriptions };
  getSubscription: { path: { queryName: string | number; subscriptionID: string | number }; query: {}; body: undefined; answer: Subscription };
  deleteSubscription: { path: { queryName: string | number; subscriptionID: string | number }; query: {}; body: undefined; answer: undefined };
  listAllSubscriptions: { path: {}; query: { limit?: QueryValue; cursor?: QueryValue }; body: undefined; answer: SubscriptionPage };
  listDeliveries: { path: { id: string | number }; query: { limit?: QueryValue; cursor?: QueryValue }; body: undefined; answer: DeliveryPage };
  replayDeliveries: { path: { id: string | number }; query: {}; body: ReplayRequest; answer: Replayed };
  beginSignIn: { path: {}; query: {}; body: {}; answer: PasskeyOptions };
  signIn: { path: {}; query: {}; body: SignInInput; answer: Session };
  getSession: { path: {}; query: {}; body: undefined; answer: Session };
  signOut: { path: {}; query: {}; body: undefined; answer: undefined };
  challengePasskey: { path: {}; query: {}; body: ChallengeInput; answer: PasskeyOptions };
  listPasskeys: { path: {}; query: {}; body: undefined; answer: PasskeyList };
  addPasskey: { path: {}; query: {}; body: PasskeyInput; answer: PasskeyAdded };
  beginPasskey: { path: {}; query: {}; body: {}; answer: PasskeyOptions };
  removePasskey: { path: { id: string | number }; query: {}; body: undefined; answer: undefined };
  listSessions: { path: {}; query: { all?: QueryValue }; body: undefined; answer: SessionList };
  endSession: { path: { id: string | number }; query: {}; body: undefined; answer: undefined };
  beginEnrolment: { path: {}; query: {}; body: EnrolmentOptionsInput; answer: EnrolmentOptions };
  enrol: { path: {}; query: {}; body: EnrolmentInput; answer: Session };
  listPeople: { path: {}; query: { limit?: QueryValue; cursor?: QueryValue }; body: undefined; answer: PersonPage };
  listEnrolmentLinks: { path: {}; query: {}; body: undefined; answer: EnrolmentLinkList };
  invitePerson: { path: {}; query: {}; body: PersonInvitationInput; answer: EnrolmentLink };
  withdrawEnrolmentLink: { path: { id: string | number }; query: {}; body: undefined; answer: undefined };
  getPerson: { path: { id: string | number }; query: {}; body: undefined; answer: Person };
  changePerson: { path: { id: string | number }; query: {}; body: PersonChange; answer: Person };
  recoverPerson: { path: { id: string | number }; query: {}; body: {}; answer: EnrolmentLink };
  listServiceAccounts: { path: {}; query: { limit?: QueryValue; cursor?: QueryValue }; body: undefined; answer: ServiceAccountPage };
  createServiceAccount: { path: {}; query: {}; body: ServiceAccountInput; answer: ServiceAccount };
  getServiceAccount: { path: { id: string | number }; query: {}; body: undefined; answer: ServiceAccount };
  changeServiceAccount: { path: { id: string | number }; query: {}; body: ServiceAccountChange; answer: ServiceAccount };
  createServiceKey: { path: { id: string | number }; query: {}; body: ServiceKeyInput; answer: NewServiceKey };
  rotateServiceKey: { path: { id: string | number; keyId: string | number }; query: {}; body: ServiceKeyRotationInput; answer: NewServiceKey };
  revokeServiceKey: { path: { id: string | number; keyId: string | number }; query: {}; body: undefined; answer: undefined };
  listAuditEvents: { path: {}; query: { limit?: QueryValue; cursor?: QueryValue; action?: QueryValue; actor?: QueryValue; since?: QueryValue; until?: QueryValue }; body: undefined; answer: AuditPage };
  exportAuditLog: { path: {}; query: { after?: QueryValue }; body: undefined; answer: undefined };
  verifyAuditLog: { path: {}; query: { seq?: QueryValue; hash?: QueryValue }; body: undefined; answer: AuditVerification };
  listRoutes: { path: {}; query: {}; body: undefined; answer: RouteList };
}

/** Method and path of each operation. */
export const OPERATIONS = {
  getHealth: ['GET', '/healthz'],
  getReadiness: ['GET', '/readyz'],
  getMetrics: ['GET', '/metrics'],
  getNetwork: ['GET', '/api/v1/network'],
  listPeers: ['GET', '/api/v1/network/peers'],
  listSeals: ['GET', '/api/v1/network/seals'],
  streamBlocks: ['GET', '/api/v1/stream'],
  getGenesis: ['GET', '/api/v1/genesis'],
  proveEntry: ['GET', '/api/v1/entries/{id}/proof'],
  proveItem: ['GET', '/api/v1/items/{id}/proof'],
  listBlocks: ['GET', '/api/v1/blocks'],
  getBlock: ['GET', '/api/v1/blocks/{height}'],
  submitEntry: ['POST', '/api/v1/entries'],
  getEntry: ['GET', '/api/v1/entries/{id}'],
  listOrganizations: ['GET', '/api/v1/organizations'],
  getOrganization: ['GET', '/api/v1/organizations/{did}'],
  updateOrganization: ['PATCH', '/api/v1/organizations/self'],
  getOwnDidDocument: ['GET', '/.well-known/did.json'],
  getDidDocument: ['GET', '/api/v1/organizations/{did}/did.json'],
  rotateOrganizationKey: ['POST', '/api/v1/keys/rotate'],
  revokeOrganizationKey: ['POST', '/api/v1/keys/revoke'],
  previewKeyRevocation: ['POST', '/api/v1/keys/revoke/preview'],
  openProposal: ['POST', '/api/v1/proposals'],
  listProposals: ['GET', '/api/v1/proposals'],
  castBallot: ['POST', '/api/v1/proposals/{id}/votes'],
  withdrawProposal: ['POST', '/api/v1/proposals/{id}/withdraw'],
  simulateProposal: ['POST', '/api/v1/proposals/simulate'],
  getProposal: ['GET', '/api/v1/proposals/{id}'],
  registerProduct: ['POST', '/api/v1/products'],
  listProducts: ['GET', '/api/v1/products'],
  getProduct: ['GET', '/api/v1/products/{gtin}'],
  commissionItems: ['POST', '/api/v1/items'],
  getItem: ['GET', '/api/v1/items/{id}'],
  getItemHistory: ['GET', '/api/v1/items/{id}/history'],
  traceItem: ['GET', '/api/v1/items/{id}/trace'],
  getLotBalance: ['GET', '/api/v1/lots/{id}/balance'],
  listFindings: ['GET', '/api/v1/findings'],
  openRecall: ['POST', '/api/v1/recalls'],
  listRecalls: ['GET', '/api/v1/recalls'],
  simulateRecall: ['POST', '/api/v1/recalls/simulate'],
  acknowledgeRecall: ['POST', '/api/v1/recalls/{id}/acknowledge'],
  closeRecall: ['POST', '/api/v1/recalls/{id}/close'],
  getRecall: ['GET', '/api/v1/recalls/{id}'],
  offerTransfer: ['POST', '/api/v1/transfers'],
  listTransfers: ['GET', '/api/v1/transfers'],
  acceptTransfer: ['POST', '/api/v1/transfers/{id}/accept'],
  rejectTransfer: ['POST', '/api/v1/transfers/{id}/reject'],
  cancelTransfer: ['POST', '/api/v1/transfers/{id}/cancel'],
  getTransfer: ['GET', '/api/v1/transfers/{id}'],
  createInvitation: ['POST', '/api/v1/invitations'],
  listInvitations: ['GET', '/api/v1/invitations'],
  revokeInvitation: ['DELETE', '/api/v1/invitations/{id}'],
  previewInvitation: ['POST', '/api/v1/join-requests/preview'],
  fileJoinRequest: ['POST', '/api/v1/join-requests'],
  listJoinRequests: ['GET', '/api/v1/join-requests'],
  getJoinRequest: ['GET', '/api/v1/join-requests/{id}'],
  rejectJoinRequest: ['DELETE', '/api/v1/join-requests/{id}'],
  proposeAdmission: ['POST', '/api/v1/join-requests/{id}/proposal'],
  listEpcisResources: ['GET', '/epcis'],
  invalidateNextPageToken: ['DELETE', '/epcis/nextPageToken/{token}'],
  captureDocument: ['POST', '/epcis/capture'],
  listCaptureJobs: ['GET', '/epcis/capture'],
  getCaptureJob: ['GET', '/epcis/capture/{captureID}'],
  queryEvents: ['GET', '/epcis/events'],
  captureEvent: ['POST', '/epcis/events'],
  getEvent: ['GET', '/epcis/events/{eventID}'],
  listEventTypes: ['GET', '/epcis/eventTypes'],
  getEventType: ['GET', '/epcis/eventTypes/{eventType}'],
  queryEventTypeEvents: ['GET', '/epcis/eventTypes/{eventType}/events'],
  listEpcs: ['GET', '/epcis/epcs'],
  getEpc: ['GET', '/epcis/epcs/{epc}'],
  queryEpcEvents: ['GET', '/epcis/epcs/{epc}/events'],
  listBizSteps: ['GET', '/epcis/bizSteps'],
  getBizStep: ['GET', '/epcis/bizSteps/{bizStep}'],
  queryBizStepEvents: ['GET', '/epcis/bizSteps/{bizStep}/events'],
  listBizLocations: ['GET', '/epcis/bizLocations'],
  getBizLocation: ['GET', '/epcis/bizLocations/{bizLocation}'],
  queryBizLocationEvents: ['GET', '/epcis/bizLocations/{bizLocation}/events'],
  listReadPoints: ['GET', '/epcis/readPoints'],
  getReadPoint: ['GET', '/epcis/readPoints/{readPoint}'],
  queryReadPointEvents: ['GET', '/epcis/readPoints/{readPoint}/events'],
  listDispositions: ['GET', '/epcis/dispositions'],
  getDisposition: ['GET', '/epcis/dispositions/{disposition}'],
  queryDispositionEvents: ['GET', '/epcis/dispositions/{disposition}/events'],
  createNamedQuery: ['POST', '/epcis/queries'],
  listNamedQueries: ['GET', '/epcis/queries'],
  getNamedQuery: ['GET', '/epcis/queries/{queryName}'],
  deleteNamedQuery: ['DELETE', '/epcis/queries/{queryName}'],
  queryNamedQueryEvents: ['GET', '/epcis/queries/{queryName}/events'],
  createSubscription: ['POST', '/epcis/queries/{queryName}/subscriptions'],
  listSubscriptions: ['GET', '/epcis/queries/{queryName}/subscriptions'],
  getSubscription: ['GET', '/epcis/queries/{queryName}/subscriptions/{subscriptionID}'],
  deleteSubscription: ['DELETE', '/epcis/queries/{queryName}/subscriptions/{subscriptionID}'],
  listAllSubscriptions: ['GET', '/api/v1/subscriptions'],
  listDeliveries: ['GET', '/api/v1/subscriptions/{id}/deliveries'],
  replayDeliveries: ['POST', '/api/v1/subscriptions/{id}/replay'],
  beginSignIn: ['POST', '/api/v1/session/options'],
  signIn: ['POST', '/api/v1/session'],
  getSession: ['GET', '/api/v1/session'],
  signOut: ['DELETE', '/api/v1/session'],
  challengePasskey: ['POST', '/api/v1/session/challenge'],
  listPasskeys: ['GET', '/api/v1/session/passkeys'],
  addPasskey: ['POST', '/api/v1/session/passkeys'],
  beginPasskey: ['POST', '/api/v1/session/passkeys/options'],
  removePasskey: ['DELETE', '/api/v1/session/passkeys/{id}'],
  listSessions: ['GET', '/api/v1/sessions'],
  endSession: ['DELETE', '/api/v1/sessions/{id}'],
  beginEnrolment: ['POST', '/api/v1/enrolment/options'],
  enrol: ['POST', '/api/v1/enrolment'],
  listPeople: ['GET', '/api/v1/people'],
  listEnrolmentLinks: ['GET', '/api/v1/people/invitations'],
  invitePerson: ['POST', '/api/v1/people/invitations'],
  withdrawEnrolmentLink: ['DELETE', '/api/v1/people/invitations/{id}'],
  getPerson: ['GET', '/api/v1/people/{id}'],
  changePerson: ['PATCH', '/api/v1/people/{id}'],
  recoverPerson: ['POST', '/api/v1/people/{id}/recovery'],
  listServiceAccounts: ['GET', '/api/v1/service-accounts'],
  createServiceAccount: ['POST', '/api/v1/service-accounts'],
  getServiceAccount: ['GET', '/api/v1/service-accounts/{id}'],
  changeServiceAccount: ['PATCH', '/api/v1/service-accounts/{id}'],
  createServiceKey: ['POST', '/api/v1/service-accounts/{id}/keys'],
  rotateServiceKey: ['POST', '/api/v1/service-accounts/{id}/keys/{keyId}/rotate'],
  revokeServiceKey: ['DELETE', '/api/v1/service-accounts/{id}/keys/{keyId}'],
  listAuditEvents: ['GET', '/api/v1/audit'],
  exportAuditLog: ['GET', '/api/v1/audit/export'],
  verifyAuditLog: ['GET', '/api/v1/audit/verify'],
  listRoutes: ['GET', '/api/v1/access/routes'],
} as const satisfies Record<keyof Operations, readonly [method: string, path: string]>;
