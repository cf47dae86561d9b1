import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseGenesis, type NetworkId } from '#identity';
import { checksum, createIndexDataSource, dropIndex, migrate, project, type IndexChecksum } from '#index';
import type { CommittedBlock } from '#node';
import { openChainStore, StoreInUse, type ClosableChainStore } from '#store';
import { CliError, EXIT, messageOf } from '../cli-error.js';
import { storedBlocks } from './stored-blocks.js';

/** Per transaction. */
const BATCH_BLOCKS_MAX = 50;
const BATCH_ENTRIES_MAX = 2_000;

export interface RebuildOptions {
  /** The node's configuration file. */
  readonly config: string;
  /** Instead of the one in the configuration. */
  readonly databaseUrl: string | undefined;
  readonly onProgress: (height: number, head: number) => void;
}

/**
 * Drops a node's index and builds it again from the node's chain. The node must be stopped: it alone may open its store.
 * @returns height and checksum of the new index
 * @throws CliError
 */
export async function rebuildIndex(options: RebuildOptions): Promise<IndexChecksum> {
  const config = readConfig(options.config);
  const networkId = readNetworkId(config.genesis);
  const store = openStore(config.dataDir);
  const dataSource = createIndexDataSource({
    url: options.databaseUrl ?? config.databaseUrl,
    applicationName: 'lading reindex',
  });
  try {
    await dataSource.initialize().catch((error: unknown) => {
      throw new CliError(
        `The database cannot be reached: ${messageOf(error)}.`,
        EXIT.network,
        'Check databaseUrl in the configuration.',
      );
    });
    await migrate(dataSource);
    await dropIndex(dataSource);
    for (const batch of batches(storedBlocks(store, networkId))) {
      options.onProgress(await project(dataSource, batch), store.height ?? 0);
    }
    return await checksum(dataSource);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await store.close();
  }
}

interface NodePaths {
  readonly genesis: string;
  readonly dataDir: string;
  readonly databaseUrl: string;
}

/** The three members that matter here; the node itself judges the whole file. */
function readConfig(path: string): NodePaths {
  let config: Partial<Record<keyof NodePaths, unknown>>;
  try {
    config = JSON.parse(readFileSync(path, 'utf8')) as typeof config;
  } catch {
    throw new CliError(
      `${path} is not a readable JSON file.`,
      EXIT.notFound,
      'Give the configuration file of the node with --config.',
    );
  }
  const text = (name: keyof NodePaths): string => {
    const value = config[name];
    if (typeof value === 'string') return value;
    throw new CliError(
      `${path} has no "${name}".`,
      EXIT.usage,
      'Give the configuration file of the node with --config.',
    );
  };
  const base = dirname(resolve(path));
  return {
    genesis: resolve(base, text('genesis')),
    dataDir: resolve(base, text('dataDir')),
    databaseUrl: text('databaseUrl'),
  };
}

function readNetworkId(path: string): NetworkId {
  if (!existsSync(path)) throw new CliError(`The genesis file ${path} is missing.`, EXIT.notFound);
  const genesis = parseGenesis(readFileSync(path));
  if (!genesis.ok) throw new CliError(`${path}: ${genesis.detail} (${genesis.code}).`, EXIT.verificationFailed);
  return genesis.value.networkId;
}

function openStore(directory: string): ClosableChainStore {
  if (!existsSync(directory)) throw new CliError(`There is no chain at ${directory}.`, EXIT.notFound);
  try {
    return openChainStore(directory);
  } catch (error) {
    if (!(error instanceof StoreInUse)) throw error;
    throw new CliError(
      'The node is running and has its chain open.',
      EXIT.conflict,
      'Stop it first, for instance with `npx lading dev stop 1`.',
    );
  }
}

function* batches(blocks: Iterable<CommittedBlock>): Generator<CommittedBlock[]> {
  let batch: CommittedBlock[] = [];
  let entries = 0;
  for (const block of blocks) {
    batch.push(block);
    entries += block.block.entries.length;
    if (batch.length < BATCH_BLOCKS_MAX && entries < BATCH_ENTRIES_MAX) continue;
    yield batch;
    batch = [];
    entries = 0;
  }
  if (batch.length > 0) yield batch;
}
