import { readFileSync } from 'node:fs';
import { createIndexDataSource, migrate, openAccessRecords, type AccessRecords, type ActContext } from '#index';
import { CliError, EXIT, messageOf } from '../cli-error.js';
import type { Environment } from '../config/environment.js';

/** Who acts is not known here: whoever may read the configuration is trusted by the machine. */
export const AT_THE_MACHINE: ActContext = {
  actor: { kind: 'operator', id: null, name: null },
  requestId: null,
  address: null,
};

/**
 * Opens the access records of a node's database.
 * @param work - gets the records, and the origin of the node's pages
 * @throws CliError
 */
export async function withAccessRecords(
  configPath: string,
  environment: Environment,
  work: (records: AccessRecords, origin: string) => Promise<void>,
): Promise<void> {
  const { databaseUrl, origin } = readConfig(configPath, environment);
  const dataSource = createIndexDataSource({ url: databaseUrl, poolSize: 2, applicationName: 'lading access' });
  try {
    await dataSource.initialize().catch((error: unknown) => {
      throw new CliError(
        `The database cannot be reached: ${messageOf(error)}.`,
        EXIT.network,
        'Check databaseUrl in the configuration.',
      );
    });
    await migrate(dataSource);
    await work(openAccessRecords(dataSource), origin);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}

interface AccessOfNode {
  readonly databaseUrl: string;
  readonly origin: string;
}

/** The members that matter here; the node itself judges the whole file. */
function readConfig(path: string, environment: Environment): AccessOfNode {
  let config: { databaseUrl?: unknown; access?: { origin?: unknown }; api?: { port?: unknown } };
  try {
    config = JSON.parse(readFileSync(path, 'utf8')) as typeof config;
  } catch {
    throw new CliError(
      `${path} is not a readable JSON file.`,
      EXIT.notFound,
      'Give the configuration file of the node with --config.',
    );
  }
  const databaseUrl = environment.databaseUrl ?? config.databaseUrl;
  const origin = config.access?.origin ?? `http://localhost:${String(config.api?.port)}`;
  if (typeof databaseUrl === 'string' && typeof origin === 'string') return { databaseUrl, origin };
  throw new CliError(
    `${path} has no "databaseUrl".`,
    EXIT.usage,
    'Give the configuration file of the node with --config.',
  );
}
