import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../../apps/cli/src/cli-error.js';
import { startDevelopmentNetwork, type DevelopmentNetwork } from '../../apps/cli/src/dev/development-network.js';
import { readGenesisPrefixes } from './genesis-prefixes.js';
import { settle, watchIndexLag } from './index-lag.js';
import { startLoadGenerator, type LoadGenerator } from './load-generator.js';
import type { LoadResult, LoadTarget } from './messages.js';
import { cpuSecondsOf, networkOf, recordedEntries } from './node-api.js';
import { round } from './percentile.js';
import { postgresCpuSeconds } from './postgres-cpu.js';

export interface IngestOptions {
  readonly seconds: number;
  readonly connections: number;
  readonly organizations: number;
  readonly dataDir: string;
}

/** Code that has run hot is what a node runs; the first seconds measure the compiler. */
const WARM_UP_SECONDS = 5;
const IDLE_ENTRIES = 200;
/** More than the fastest machine so far; signed beforehand, so that signing costs nothing while measuring. */
const ENTRIES_PER_SECOND_MAX = 4_000;
const NOT_AFTER_BLOCKS = 50_000;
const SETTLE_MAX_MS = 120_000;

/** `npm run bench -- ingest`: what is measured and how, bench/README.md. */
export async function runIngest(options: IngestOptions): Promise<void> {
  const folder = mkdtempSync(join(options.dataDir, '.lading-bench-'));
  const generator = startLoadGenerator();
  const abort = new AbortController();
  const starting = startOnFreePorts(join(folder, 'network'), options.organizations, abort.signal);
  const cleanUp = async (): Promise<void> => {
    generator.end();
    // A start that is broken off stops by itself what it had started.
    const network = await starting.catch(() => undefined);
    await network?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      abort.abort();
      void cleanUp().then(() => process.exit(EXIT.interrupted));
    });
  }
  try {
    const result = await measure(await starting, generator, options);
    console.log(JSON.stringify(result));
  } catch (error) {
    // Interrupted, everything that was under way fails; that is not news.
    if (!abort.signal.aborted) throw error;
  } finally {
    await cleanUp();
  }
}

async function measure(network: DevelopmentNetwork, generator: LoadGenerator, options: IngestOptions): Promise<object> {
  const nodes = network.network.organizations;
  const { height } = await networkOf(nodes[0] as (typeof nodes)[number]);
  const { seconds } = await generator.run({
    do: 'prepare',
    networkId: network.network.networkId,
    targets: targetsOf(network),
    entries: (options.seconds + WARM_UP_SECONDS) * ENTRIES_PER_SECOND_MAX + IDLE_ENTRIES * nodes.length,
    notAfter: height + NOT_AFTER_BLOCKS,
  });
  say(`Signed in ${seconds.toFixed(1)} s; warming up for ${WARM_UP_SECONDS} s.`);
  const warmUp = await generator.run({ do: 'load', seconds: WARM_UP_SECONDS, connections: options.connections });

  say(`Measuring for ${options.seconds} s with ${options.connections} connections.`);
  const cpuBefore = await cpuOf(network);
  const lag = watchIndexLag(nodes);
  const load = await generator.run({ do: 'load', seconds: options.seconds, connections: options.connections });
  const indexLagMs = await lag.end();
  const settledAt = performance.now();
  await settle(nodes, SETTLE_MAX_MS);
  const settleMs = performance.now() - settledAt;
  const cpuAfter = await cpuOf(network);
  const perEntry = (seconds: number): number => round((seconds * 1000) / load.acknowledged.length);

  say(`One client alone, ${IDLE_ENTRIES} entries one after the other.`);
  const idle = await generator.run({ do: 'idle', entries: IDLE_ENTRIES });
  const lost = await countLost(network, [warmUp, load, idle]);

  say(
    `Index complete ${settleMs.toFixed(0)} ms after the load. 503 answers: ${load.deferred}.${load.ranOut ? ' The signed entries ran out.' : ''}`,
  );
  if (cpuBefore.postgres !== undefined && cpuAfter.postgres !== undefined) {
    say(
      `PostgreSQL: ${perEntry(cpuAfter.postgres - cpuBefore.postgres)} ms of CPU per entry, all ${nodes.length} databases.`,
    );
  }
  return {
    entriesPerSecond: load.entriesPerSecond,
    idleFinalityMs: idle.finalityMs,
    loadFinalityMs: load.finalityMs,
    indexLagMs,
    cpuMsPerEntry: perEntry(cpuAfter.nodes - cpuBefore.nodes),
    lost,
  };
}

/** Entries that a client was told are final and that some node's index does not have. */
async function countLost(network: DevelopmentNetwork, results: readonly LoadResult[]): Promise<number> {
  const nodes = network.network.organizations;
  const height = await settle(nodes, SETTLE_MAX_MS);
  const acknowledged = results.flatMap((result) => result.acknowledged);
  say(`Looking for ${acknowledged.length} acknowledged entries in ${height} blocks of every node.`);
  const missing = new Set<string>();
  for (const node of nodes) {
    const found = await recordedEntries(node, height);
    for (const id of acknowledged) if (!found.has(id)) missing.add(id);
  }
  return missing.size;
}

async function cpuOf(network: DevelopmentNetwork): Promise<{ nodes: number; postgres: number | undefined }> {
  const each = await Promise.all(network.network.organizations.map(cpuSecondsOf));
  const postgres = network.databasePid === undefined ? undefined : postgresCpuSeconds(network.databasePid);
  return { nodes: each.reduce((sum, seconds) => sum + seconds, 0), postgres };
}

function targetsOf(network: DevelopmentNetwork): LoadTarget[] {
  const prefixes = readGenesisPrefixes(network.dataDir);
  return network.network.organizations.map(({ did, api, apiKey }, index) => {
    const { hostname, port } = new URL(api);
    const gs1CompanyPrefix = prefixes.get(did) as string;
    return {
      did,
      host: hostname,
      port: Number(port),
      apiKey,
      gs1CompanyPrefix,
      signingKey: network.signingKey(index + 1),
    };
  });
}

/** Another program may take a port between the look and the start: then others are tried. */
async function startOnFreePorts(
  dataDir: string,
  organizations: number,
  signal: AbortSignal,
): Promise<DevelopmentNetwork> {
  for (let attempt = 1; ; attempt++) {
    const portBase = 20_000 + Math.floor(Math.random() * 400) * 100;
    try {
      return await startDevelopmentNetwork({ dataDir, portBase, organizations, notify: say, signal });
    } catch (error) {
      if (attempt === 5 || !String(error).includes('is already in use')) throw error;
    }
  }
}

function say(sentence: string): void {
  console.error(`  ${sentence}`);
}
