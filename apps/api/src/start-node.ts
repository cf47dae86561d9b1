import { mkdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import type { RecordReader, RecordType } from '#codec';
import { isKeyValidAt, ORGANIZATION_KEY, type Did } from '#identity';
import {
  CaptureJobs,
  createIndexDataSource,
  DeliveryOutbox,
  EventFeed,
  EventSearch,
  IdempotencyStore,
  Indexer,
  IndexQueries,
  Invitations,
  NamedQueries,
  openAccessRecords,
  Subscriptions,
} from '#index';
import { sodiumVerifier, type OpenedKey } from '#keystore';
import { createTransport, type PeerTransport } from '#network';
import { createNode, type ChainStore, type LadingNode } from '#node';
import { openChainStore, openVoteJournal, type ClosableChainStore, type ClosableVoteJournal } from '#store';
import { createTraceRules } from '#trace';
import { StartupError, type LoadedConfig } from './config/load-config.js';
import { createApp } from './http/create-app.js';
import { Deliveries } from './http/epcis/subscriptions/deliveries.js';
import { webhookOptions } from './http/epcis/subscriptions/webhook-options.js';
import { endInterruptedCaptures } from './http/epcis/interrupted-captures.js';
import { createLogger } from './logging/logger.js';
import { connectDatabase } from './node/connect-database.js';
import { observeIndexInto, observeInto } from './node/observe.js';
import { KeystoreKeys } from './node/keystore-keys.js';
import { introducedKeys } from './node/introduced-keys.js';
import { knownAddresses } from './node/known-addresses.js';
import { openForPeople } from './node/first-admin-link.js';
import { openKeys, type HeldPurpose, type NodeKeys } from './node/open-keys.js';
import { pruneExpiredAccess } from './node/prune-access.js';
import { pruneIdempotencyKeys } from './node/prune-idempotency-keys.js';
import { readGenesis } from './node/read-genesis.js';
import { readGs1PrefixLengths } from './node/read-gs1-prefix-list.js';
import { systemClock } from './node/system-clock.js';

export interface RunningNode {
  /** Of the HTTP API, without a slash at the end. */
  readonly url: string;
  /** Port where other nodes connect to. */
  readonly peerPort: number;
  readonly node: LadingNode;
  readonly indexer: Indexer;
  /** Stops everything that was started; resolves when all is durable. Requests under way get a moment to end. */
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly logger?: Logger;
  /** An invariant is broken or the disk fails: the process must end. Default: throw out of the event loop. */
  readonly onFatal?: (error: Error) => void;
}

/** Time for requests under way before their connections are cut. */
const REQUESTS_DRAIN_MS = 1_500;

/**
 * One organisation's node: ledger, peers, index and API in this process. Resolves when the API listens; the database may come
 * later, reads answer 503 until then.
 *
 * @throws StartupError with one sentence that says what to do; nothing is left running then
 */
export async function startNode(config: LoadedConfig, options: StartOptions = {}): Promise<RunningNode> {
  const log = options.logger ?? createLogger(config.logLevel, { did: config.did });
  const onFatal = options.onFatal ?? throwOutOfTheEventLoop;
  const startedAt = new Date();
  const genesis = readGenesis(config.genesis);
  const gs1PrefixLengths = readGs1PrefixLengths(config.gs1PrefixList);
  const keys = await openKeys(config);
  const { networkId } = genesis;
  const self = config.did as Did;

  /** What to undo, last first, when a later step fails and when the node stops. */
  const closers: (() => Promise<void>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) {
      await close().catch((error: unknown) => log.error({ err: error }, 'could not stop cleanly'));
    }
  };

  try {
    const { store, journal } = openStores(config.dataDir, onFatal);
    closers.push(
      () => journal.close(),
      () => store.close(),
    );

    const state = stateReader(store);
    const holdKey = (
      purpose: HeldPurpose,
      key: OpenedKey,
      path: string,
      onTakenOver: (key: OpenedKey) => void = () => undefined,
    ): KeystoreKeys =>
      new KeystoreKeys(key, keys.next[purpose], {
        purpose,
        path,
        onTakenOver,
        passphrase: config.passphrase ?? '',
        isValid: (keyId) => {
          const registered = state.get(ORGANIZATION_KEY, keyId);
          // A crash may take back what is not durable, and with it a height that needs the old vote key again.
          const height = purpose === 'node' ? node.durableHeight() : node.head().header.height;
          return registered !== undefined && isKeyValidAt(registered, height + 1);
        },
        log,
      });
    const transport = createTransportOf(config, keys, { genesis, log });
    // Links that are open stay until the peers no longer trust the old key; votes change key with the height, see `signerOf`.
    const nodeKeys = holdKey('node', keys.node, config.keys.node, (key) => {
      transport.useKey(key.exportSeed()).catch(onFatal);
    });
    const node: LadingNode = createNode({
      self,
      genesis,
      rules: createTraceRules({ verifier: sodiumVerifier, networkId }),
      store,
      journal,
      transport,
      clock: systemClock,
      signerOf: (publicKey) => nodeKeys.withPublicKey(publicKey),
      introduced: introducedKeys(config),
      verifier: sodiumVerifier,
      observe: observeInto(log),
    });

    const dataSource = createIndexDataSource({
      url: config.databaseUrl,
      applicationName: `lading ${config.did}`.slice(0, 63),
    });
    const indexer = new Indexer({ dataSource, source: node, observe: observeIndexInto(log) });
    const captureJobs = new CaptureJobs(dataSource);
    const eventSearch = new EventSearch(dataSource);
    const idempotencyKeys = new IdempotencyStore(dataSource);
    const access = openAccessRecords(dataSource, (head) => log.info(head, 'audit'));
    const signingKeys = holdKey('sign', keys.sign, config.keys.sign);
    const { admin } = config.keys;
    const adminKeys = keys.admin && admin !== undefined ? holdKey('admin', keys.admin, admin) : undefined;
    const app = await createApp({
      config,
      self: {
        did: self,
        networkId,
        signingKeys,
        nodeKeys,
        adminKeys,
      },
      node,
      state,
      chain: store,
      genesisFile: readFileSync(config.genesis),
      index: new IndexQueries(dataSource),
      indexProgress: indexer,
      eventSearch,
      namedQueries: new NamedQueries(dataSource),
      gs1PrefixLengths,
      subscriptions: new Subscriptions(dataSource),
      deliveries: new DeliveryOutbox(dataSource),
      eventFeed: new EventFeed(dataSource, eventSearch),
      webhooks: webhookOptions(config),
      joining: { invitations: new Invitations(dataSource), addresses: knownAddresses(config) },
      captureJobs,
      idempotencyKeys,
      access,
      dataSource,
      logger: log,
      onFatal,
    });
    closers.push(() => closeApp(app));

    // Undone in the reverse order: no more requests, then no more votes, then no more links.
    closers.push(
      () => transport.stop(),
      () => node.stop(),
      () => closeApp(app),
    );
    await listenForClients(app, config);
    // Before the links are up, so that no peer connects unnoticed.
    node.start();
    const goOver = (): void => [nodeKeys, signingKeys, adminKeys].forEach((held) => held?.current());
    goOver();
    node.onCommitted(goOver);
    const peerPort = await listenForPeers(transport, config);

    const stopping = new AbortController();
    const indexing = connectDatabase(dataSource, log, stopping.signal).then(async (isConnected) => {
      if (!isConnected) return;
      await endInterruptedCaptures(captureJobs, startedAt, log);
      if (stopping.signal.aborted) return;
      const stopPruning = pruneIdempotencyKeys(idempotencyKeys, log);
      const stopForgetting = pruneExpiredAccess(dataSource, log);
      stopping.signal.addEventListener('abort', stopPruning, { once: true });
      stopping.signal.addEventListener('abort', stopForgetting, { once: true });
      await openForPeople(access, config, log);
      indexer.start();
      app.get(Deliveries).start();
    });
    indexing.catch(onFatal);
    closers.push(async () => {
      stopping.abort();
      await indexing;
      await indexer.stop();
    });

    const { address, family, port } = app.getHttpServer().address() as AddressInfo;
    const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
    return { url, peerPort, node, indexer, stop: closeAll };
  } catch (error) {
    await closeAll();
    throw toStartupError(error);
  }
}

function openStores(
  directory: string,
  onFatal: (error: Error) => void,
): { store: ClosableChainStore; journal: ClosableVoteJournal } {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return {
    store: openChainStore(directory, { onFailure: onFatal }),
    journal: openVoteJournal(directory, { onFailure: onFatal }),
  };
}

function createTransportOf(
  config: LoadedConfig,
  keys: NodeKeys,
  { genesis, log }: { readonly genesis: ReturnType<typeof readGenesis>; readonly log: Logger },
): PeerTransport {
  const addresses = knownAddresses(config);
  return createTransport({
    self: config.did as Did,
    nodeKeySeed: keys.node.exportSeed(),
    listen: config.peer,
    peers: () => addresses,
    trusted: new Map(),
    networkId: genesis.networkId,
    observer: observeInto(log),
  });
}

/** The state as the store shows it: each read sees the last block. */
function stateReader(store: Pick<ChainStore, 'stateValue'>): RecordReader {
  return {
    get<T>(type: RecordType<T>, id: string): T | undefined {
      const bytes = store.stateValue(`${type.prefix}/${id}`);
      return bytes === undefined ? undefined : type.decode(bytes);
    },
  };
}

async function listenForPeers(transport: PeerTransport, { peer }: LoadedConfig): Promise<number> {
  try {
    return (await transport.start()).port;
  } catch (error) {
    throw listenError(error, peer, 'peer');
  }
}

async function listenForClients(app: NestFastifyApplication, { api }: LoadedConfig): Promise<void> {
  try {
    await app.listen({ host: api.host, port: api.port });
  } catch (error) {
    throw listenError(error, api, 'api');
  }
}

function listenError(
  error: unknown,
  { host, port }: { readonly host: string; readonly port: number },
  member: string,
): unknown {
  const code = codeOf(error);
  if (code === 'EADDRINUSE')
    return new StartupError(
      `Port ${port} on ${host} is taken: stop what listens there or change "${member}" in the configuration.`,
    );
  if (code === 'EACCES')
    return new StartupError(
      `Port ${port} on ${host} may not be used by this user: choose one above 1023 in "${member}".`,
    );
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new StartupError(`${host} is no address of this machine: correct "${member}.host" in the configuration.`);
  return error;
}

/** Errors that say what to do already, and what the disk says, in one sentence. */
function toStartupError(error: unknown): unknown {
  const code = codeOf(error);
  if (code === 'STORE_IN_USE' || code === 'STORE_FORMAT_UNKNOWN' || code === 'STORE_WRITE_FAILED')
    return new StartupError((error as Error).message);
  if (code === 'ENOSPC') return new StartupError('The disk is full: make room in dataDir, then start the node again.');
  return error;
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

/**
 * Lets requests under way end and closes each connection after its last answer; what is left after a moment (writes that wait for
 * a block) is cut off.
 */
async function closeApp(app: NestFastifyApplication): Promise<void> {
  const server = app.getHttpServer();
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const cut = setTimeout(() => server.closeAllConnections(), REQUESTS_DRAIN_MS);
  try {
    await app.close();
  } finally {
    clearInterval(idle);
    clearTimeout(cut);
  }
}

function throwOutOfTheEventLoop(error: Error): void {
  setImmediate(() => {
    throw error;
  });
}
