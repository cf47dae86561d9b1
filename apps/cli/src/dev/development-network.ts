import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Genesis } from '#identity';
import { nodeProgram } from '../config/project-root.js';
import { CliError, EXIT, explainSystemError } from '../cli-error.js';
import { openControl } from './control.js';
import { openDataDirectory } from './data-directory.js';
import { embeddedDatabase, externalDatabase, type DatabaseServer } from './database.js';
import { createIdentities, createPassphrase, readIdentities, type Identities } from './identities.js';
import { layoutOf, portsFrom, type Layout, type Ports } from './layout.js';
import { takeLock } from './lock.js';
import type { NetworkFile } from './network-file.js';
import { loopbackTopology, writeNodeConfigs } from './node-config.js';
import { startNodeProcess, type NodeProcess } from './node-process.js';
import { endOrphanedNodes } from './orphans.js';
import { requireFreePorts, type WantedPort } from './ports.js';
import { endForgottenPostgres } from './postgres/embedded-postgres.js';
import { ensureDatabases, parseDatabaseUrl } from './postgres/databases.js';
import { writePrivateJson } from './private-file.js';
import { isReady } from './readiness.js';
import { dataDirFlag } from './welcome.js';

export const ORGANIZATIONS_DEFAULT = 4;
/** Together below five seconds, so that a stop takes no longer. */
const NODE_STOP_MAX_MS = 3_000;
const DATABASE_STOP_MAX_MS = 1_000;
/** After this, a network whose nodes run but do not find each other is handed over with a warning. */
const READY_MAX_MS = 20_000;
const READY_POLL_MS = 50;

export interface DevelopmentNetworkOptions {
  readonly dataDir: string;
  /** Organisation k = 1..13 has its API at portBase + k. */
  readonly portBase: number;
  /** 1..13; undefined = the number that the data directory holds, or four. */
  readonly organizations?: number | undefined;
  /** An existing PostgreSQL ≥ 15; undefined = the embedded one. */
  readonly databaseUrl?: string | undefined;
  /** Sentences about what happens: progress while starting, later nodes that went down or came back. */
  readonly notify?: (sentence: string) => void;
  /** The program of a node; the one of `apps/api` unless a test puts a stand-in here. */
  readonly program?: string;
  /** Aborting it while the network starts stops everything started so far. */
  readonly signal?: AbortSignal;
}

/** A running development network, as `npm start` has it. `k` counts organisations from 1. */
export interface DevelopmentNetwork {
  readonly dataDir: string;
  /** As in network.json, process ids as of now. */
  readonly network: NetworkFile;
  /** Server and databases, one per organisation. */
  readonly databaseUrls: readonly string[];
  /** Process id of the embedded PostgreSQL; undefined while it is down, and for a server that the user named. */
  readonly databasePid: number | undefined;
  /** Keystore file of an organisation's signing key, and the file with its passphrase. */
  signingKey(k: number): { readonly path: string; readonly passphraseFile: string };
  /** Brings back a node that is down. @throws CliError when it runs already or cannot start */
  startNode(k: number): Promise<void>;
  /** Ends a node in order (SIGTERM). */
  stopNode(k: number): Promise<void>;
  /** Ends a node at once (SIGKILL), as a crash would. */
  killNode(k: number): Promise<void>;
  startDatabase(): Promise<void>;
  stopDatabase(): Promise<void>;
  /** Stops everything within five seconds and leaves no process behind. May be called again. */
  stop(): Promise<void>;
  /** Resolves when the network has been stopped, by whatever way. */
  readonly stopped: Promise<void>;
}

/**
 * Starts a network of separate node processes on this machine; the first start on a data directory makes its keys and its
 * genesis, later ones continue the chain.
 * @throws CliError with one sentence; nothing is left running then
 */
export async function startDevelopmentNetwork(options: DevelopmentNetworkOptions): Promise<DevelopmentNetwork> {
  const supervisor = new Supervisor(options);
  await supervisor.start();
  return supervisor;
}

class Supervisor implements DevelopmentNetwork {
  readonly dataDir: string;
  readonly stopped: Promise<void>;
  databaseUrls: readonly string[] = [];
  private readonly layout: Layout;
  private readonly ports: Ports;
  private readonly nodes = new Map<number, NodeProcess>();
  private readonly pids = new Map<number, number>();
  private identities: Identities | undefined;
  private database: DatabaseServer | undefined;
  private releaseLock: (() => void) | undefined;
  private closeControl: (() => Promise<void>) | undefined;
  private bringingUp: Promise<void> = Promise.resolve();
  private stopping: Promise<void> | undefined;
  private tellStopped: () => void = () => undefined;

  constructor(private readonly options: DevelopmentNetworkOptions) {
    // Absolute: child processes and `ps` know the files of this directory by their full paths.
    this.dataDir = resolve(options.dataDir);
    this.layout = layoutOf(this.dataDir);
    this.ports = portsFrom(options.portBase);
    this.stopped = new Promise((resolve) => (this.tellStopped = resolve));
  }

  async start(): Promise<void> {
    const abort = (): void => void this.stop();
    this.options.signal?.addEventListener('abort', abort);
    this.bringingUp = this.bringUp();
    try {
      await this.bringingUp;
    } catch (error) {
      const interrupted = this.stopping !== undefined;
      await this.stop();
      throw interrupted
        ? new CliError('Interrupted while starting.', EXIT.interrupted)
        : explainSystemError(error, this.options.dataDir);
    } finally {
      this.options.signal?.removeEventListener('abort', abort);
    }
  }

  get network(): NetworkFile {
    const { genesis, apiKeys } = this.identities as Identities;
    return {
      networkId: genesis.networkId,
      organizations: genesis.organizations.map(({ did, name, roles }, index) => ({
        did,
        name,
        roles,
        api: this.api(index + 1),
        apiKey: apiKeys[index] as string,
        pid: this.pids.get(index + 1) ?? 0,
      })),
    };
  }

  get databasePid(): number | undefined {
    return this.database?.pid();
  }

  signingKey(k: number): { readonly path: string; readonly passphraseFile: string } {
    return { path: this.layout.node(k).signingKey, passphraseFile: this.layout.passphrase };
  }

  async startNode(k: number): Promise<void> {
    const name = this.nameOf(k);
    if (this.nodes.has(k)) throw new CliError(`The node of ${name} is already running.`, EXIT.conflict);
    await requireFreePorts(this.portsOfNode(k, name));
    await this.launch(k);
    this.writeNetworkFile();
    this.say(`${name} is back at ${this.api(k)}.`);
  }

  stopNode(k: number): Promise<void> {
    return this.end(k, 'SIGTERM');
  }

  killNode(k: number): Promise<void> {
    return this.end(k, 'SIGKILL');
  }

  async startDatabase(): Promise<void> {
    await this.database?.start();
  }

  async stopDatabase(): Promise<void> {
    await this.database?.stop(NODE_STOP_MAX_MS);
  }

  stop(): Promise<void> {
    this.stopping ??= this.tearDown();
    return this.stopping;
  }

  private async bringUp(): Promise<void> {
    const { options, layout } = this;
    if (options.databaseUrl !== undefined) parseDatabaseUrl(options.databaseUrl);
    openDataDirectory(this.dataDir);
    this.releaseLock = takeLock(layout.lock, options.dataDir);
    await endOrphanedNodes(layout);
    if (options.databaseUrl === undefined) await endForgottenPostgres(layout.databaseHome);
    rmSync(layout.network, { force: true });
    const existing = readIdentities(layout);
    const count = this.countOrganizations(existing?.genesis);
    await requireFreePorts(this.allPorts(count));

    this.say(
      existing === undefined
        ? `Making keys and genesis of a new network of ${count} …`
        : `Continuing network ${shortId(existing.genesis)} …`,
    );
    // Both take about half a second of one core: side by side on two.
    const [identities, database] = await Promise.allSettled([
      existing ?? createIdentities(layout, count, Date.now(), createPassphrase(layout.passphrase)),
      this.openDatabase(count),
    ]);
    if (identities.status === 'rejected') throw identities.reason;
    if (database.status === 'rejected') throw database.reason;
    this.identities = identities.value;
    this.goOnUnlessStopping();

    const id = shortId(identities.value.genesis);
    const names = identities.value.genesis.organizations.map((_, index) => `lading_${id}_${index + 1}`);
    this.databaseUrls = await ensureDatabases(database.value.url, names);
    writeNodeConfigs(layout, identities.value, loopbackTopology(layout, options.portBase, this.databaseUrls));
    this.goOnUnlessStopping();

    this.say(`Starting ${count} node${count === 1 ? '' : 's'} …`);
    await Promise.all(names.map((_, index) => this.launch(index + 1)));
    await this.waitUntilReady(count);
    this.closeControl = await openControl(layout.control, this.controlActions());
    this.goOnUnlessStopping();
    this.writeNetworkFile();
  }

  private async openDatabase(nodes: number): Promise<DatabaseServer> {
    const { databaseUrl } = this.options;
    this.database =
      databaseUrl === undefined
        ? await embeddedDatabase(this.layout, this.ports.database, nodes, () => this.databaseWentDown())
        : externalDatabase(databaseUrl);
    return this.database;
  }

  private countOrganizations(existing: Genesis | undefined): number {
    const wanted = this.options.organizations;
    if (existing === undefined) return wanted ?? ORGANIZATIONS_DEFAULT;
    const count = existing.organizations.length;
    if (wanted === undefined || wanted === count) return count;
    throw new CliError(
      `${this.options.dataDir} holds a network of ${count} organisations, not ${wanted}.`,
      EXIT.conflict,
      'Start it without --organizations, or choose another --data-dir for a new network.',
    );
  }

  private allPorts(count: number): WantedPort[] {
    const wanted = Array.from({ length: count }, (_, index) =>
      this.portsOfNode(index + 1, `organisation ${index + 1}`),
    ).flat();
    return this.options.databaseUrl === undefined
      ? [...wanted, { port: this.ports.database, use: 'the embedded PostgreSQL' }]
      : wanted;
  }

  private portsOfNode(k: number, name: string): WantedPort[] {
    return [
      { port: this.ports.api(k), use: `the API of ${name}` },
      { port: this.ports.peer(k), use: `the peers of ${name}` },
    ];
  }

  private async launch(k: number): Promise<void> {
    this.goOnUnlessStopping();
    const name = this.nameOf(k);
    const { config, log } = this.layout.node(k);
    const node = startNodeProcess({ name, program: this.options.program ?? nodeProgram(), config, log });
    this.nodes.set(k, node);
    this.pids.set(k, node.pid);
    let isUp = false;
    void node.ended.then(({ reason }) => {
      const expected = this.nodes.get(k) !== node;
      if (expected) return;
      this.nodes.delete(k);
      if (isUp && this.stopping === undefined)
        this.say(
          `${name} is down (${reason}). Bring it back with: npx lading dev start ${k}${dataDirFlag(this.dataDir)}`,
        );
    });
    await node.ready;
    isUp = true;
  }

  private async end(k: number, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    this.nameOf(k);
    const node = this.nodes.get(k);
    if (node === undefined) return;
    // Taken out first: an end that was asked for is not reported as a failure.
    this.nodes.delete(k);
    const timer = setTimeout(() => node.kill('SIGKILL'), NODE_STOP_MAX_MS);
    node.kill(signal);
    await node.ended;
    clearTimeout(timer);
  }

  private async waitUntilReady(count: number): Promise<void> {
    const deadline = performance.now() + READY_MAX_MS;
    const waiting = new Set(Array.from({ length: count }, (_, index) => index + 1));
    for (;;) {
      await Promise.all([...waiting].map(async (k) => (await isReady(this.api(k))) && waiting.delete(k)));
      this.goOnUnlessStopping();
      if (waiting.size === 0) return;
      if (performance.now() > deadline) break;
      await new Promise((resolve) => setTimeout(resolve, READY_POLL_MS));
    }
    for (const k of waiting) this.say(`${this.nameOf(k)} runs but is not ready yet: ${this.api(k)}/readyz says why.`);
  }

  private async tearDown(): Promise<void> {
    await this.closeControl?.();
    const endAll = (): Promise<unknown> => Promise.all([...this.nodes.keys()].map((k) => this.end(k, 'SIGTERM')));
    await endAll();
    // A start that was under way sees that it is being stopped; what it started meanwhile ends here.
    await this.bringingUp.catch(() => undefined);
    await endAll();
    if (this.options.databaseUrl === undefined) await this.database?.stop(DATABASE_STOP_MAX_MS);
    if (this.releaseLock !== undefined) {
      rmSync(this.layout.network, { force: true });
      this.releaseLock();
    }
    this.tellStopped();
  }

  private controlActions(): Parameters<typeof openControl>[1] {
    const isDatabase = (which: string): boolean => which === 'database';
    return {
      start: async (which) => {
        await (isDatabase(which) ? this.startDatabase() : this.startNode(Number(which)));
        return isDatabase(which)
          ? 'The database is running.'
          : `${this.nameOf(Number(which))} is running at ${this.api(Number(which))}.`;
      },
      stop: async (which) => {
        await (isDatabase(which) ? this.stopDatabase() : this.stopNode(Number(which)));
        return isDatabase(which) ? 'The database is stopped.' : `${this.nameOf(Number(which))} is stopped.`;
      },
      stopAll: async () => {
        // After the answer: the connection that it goes over is closed by the stop.
        setTimeout(() => void this.stop(), 50);
        return 'The network stops.';
      },
      status: async () =>
        JSON.stringify(
          this.network.organizations.map(({ did, name, api, pid }, index) => ({
            number: index + 1,
            did,
            name,
            api,
            pid,
            running: this.nodes.has(index + 1),
          })),
        ),
    };
  }

  private databaseWentDown(): void {
    if (this.stopping === undefined)
      this.say(
        `PostgreSQL is down; the nodes go on. Bring it back with: npx lading dev start database${dataDirFlag(this.dataDir)}`,
      );
  }

  private nameOf(k: number): string {
    const name = this.identities?.genesis.organizations[k - 1]?.name;
    if (name !== undefined) return name;
    throw new CliError(
      `There is no organisation ${Number.isNaN(k) ? 'of that name' : k} in this network.`,
      EXIT.notFound,
      `Give a number from 1 to ${this.identities?.genesis.organizations.length ?? 0}.`,
    );
  }

  private api(k: number): string {
    return `http://127.0.0.1:${this.ports.api(k)}`;
  }

  private writeNetworkFile(): void {
    writePrivateJson(this.layout.network, this.network);
  }

  private say(sentence: string): void {
    this.options.notify?.(sentence);
  }

  private goOnUnlessStopping(): void {
    if (this.stopping !== undefined) throw new CliError('Interrupted while starting.', EXIT.interrupted);
  }
}

/** First eight characters of the network id: enough to tell networks apart in names. */
function shortId(genesis: Genesis): string {
  return genesis.networkId.slice(0, 8);
}
