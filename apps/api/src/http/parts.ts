import type { DataSource } from 'typeorm';
import type { Logger } from 'pino';
import type { RecordReader } from '#codec';
import type {
  AccessRecords,
  CaptureJobStore,
  DeliveryQueue,
  EventFeeds,
  EventSearches,
  IdempotencyKeyStore,
  IndexProgress,
  IndexReads,
  NamedQueryStore,
  SubscriptionStore,
} from '#index';
import type { Did, KeyId, NetworkId, Signer } from '#identity';
import type { ChainState } from '#ledger';
import type { ChainStore, LadingNode } from '#node';
import type { CompanyPrefixLength } from '#trace';
import type { NodeConfig } from '../config/node-config.js';
import type { Joining } from './invitations/joining.js';
import type { WebhookOptions } from './epcis/subscriptions/webhook-options.js';

/** Injection tokens of what the HTTP API is built on. */
export const LADING_NODE = Symbol('LADING_NODE');
/** `RecordReader`: the ledger’s state at the head, for what a draft must say about it. */
export const LEDGER_STATE = Symbol('LEDGER_STATE');
/** `Uint8Array` */
export const GENESIS_FILE = Symbol('GENESIS_FILE');
/** `ProvableState` */
export const CHAIN_STATE = Symbol('CHAIN_STATE');
export const INDEX_READS = Symbol('INDEX_READS');
export const INDEX_PROGRESS = Symbol('INDEX_PROGRESS');
export const EVENT_SEARCH = Symbol('EVENT_SEARCH');
export const NAMED_QUERIES = Symbol('NAMED_QUERIES');
/** `string`: signs page tokens; the same in all processes of the organisation. */
export const PAGE_TOKEN_SECRET = Symbol('PAGE_TOKEN_SECRET');
/** `CompanyPrefixLength`: what the operator's list says. */
export const GS1_PREFIX_LENGTHS = Symbol('GS1_PREFIX_LENGTHS');
export const SUBSCRIPTIONS = Symbol('SUBSCRIPTIONS');
export const DELIVERY_QUEUE = Symbol('DELIVERY_QUEUE');
export const EVENT_FEED = Symbol('EVENT_FEED');
/** `WebhookOptions` */
export const WEBHOOKS = Symbol('WEBHOOKS');
export const CAPTURE_JOBS = Symbol('CAPTURE_JOBS');
export const IDEMPOTENCY_KEYS = Symbol('IDEMPOTENCY_KEYS');
/** `AccessRecords`: people, sessions, service accounts, audit log. */
export const ACCESS_RECORDS = Symbol('ACCESS_RECORDS');
export const ACCESS_SETTINGS = Symbol('ACCESS_SETTINGS');
export const ROUTE_TABLE = Symbol('ROUTE_TABLE');
/** `PublicPageSettings` */
export const PUBLIC_PAGE = Symbol('PUBLIC_PAGE');
export const SELF = Symbol('SELF');
export const LOGGER = Symbol('LOGGER');

/** What proofs are made from: the state's values and tree and the log at the head, and each block's certificate. */
export type ProvableState = Pick<ChainState, 'stateValue' | 'treeNode' | 'logNode'> & Pick<ChainStore, 'certificate'>;

/** The organisation whose node this is. */
export interface Self {
  readonly did: Did;
  readonly networkId: NetworkId;
  /** Of its entries. */
  readonly signingKeys: SigningKeys;
  /** Of its votes and seals, and of TLS. */
  readonly nodeKeys: SigningKeys;
  /** Of its governance; undefined where the organisation keeps that key elsewhere. */
  readonly adminKeys: SigningKeys | undefined;
}

export interface SigningKey extends Signer {
  readonly keyId: KeyId;
}

/** A key of the organisation that its node holds, and the one that follows. */
export interface SigningKeys {
  /** Asked for each signature: it changes when the ledger takes the next one. */
  current(): SigningKey;
  /** The key that comes after the current one, made when there is none yet; it takes over once the ledger takes it. */
  prepareNext(): Promise<SigningKey>;
}

/** What `createApp` joins into the HTTP API. Nothing here knows about HTTP. */
export interface AppParts {
  readonly config: Pick<NodeConfig, 'apiKeySha256' | 'publicReads' | 'access'> & Partial<Pick<NodeConfig, 'api' | 'publicPage'>>;
  readonly self: Self;
  readonly node: LadingNode;
  /** The ledger's state at the head. */
  readonly state: RecordReader;
  readonly chain: ProvableState;
  /** The genesis file, byte for byte: its SHA-256 is the network id. */
  readonly genesisFile: Uint8Array;
  readonly index: IndexReads;
  readonly indexProgress: IndexProgress;
  readonly eventSearch: EventSearches;
  readonly namedQueries: NamedQueryStore;
  /** Of company prefixes that no organisation has registered. */
  readonly gs1PrefixLengths?: CompanyPrefixLength;
  readonly subscriptions: SubscriptionStore;
  readonly deliveries: DeliveryQueue;
  readonly eventFeed: EventFeeds;
  readonly webhooks: WebhookOptions;
  readonly joining: Joining;
  readonly captureJobs: CaptureJobStore;
  readonly idempotencyKeys: IdempotencyKeyStore;
  readonly access: AccessRecords;
  /** Shown to Nest so that it closes with the application; not needed by the fakes of tests. */
  readonly dataSource?: DataSource;
  readonly logger: Logger;
  /** An invariant of ours is broken: the process must stop. */
  readonly onFatal: (error: Error) => void;
}
