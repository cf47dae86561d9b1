import { existsSync, readFileSync } from 'node:fs';
import { embeddedDatabase, ensurePassword } from '../dev/database.js';
import { openDataDirectory } from '../dev/data-directory.js';
import { ensureDatabases } from '../dev/postgres/databases.js';
import { endForgottenPostgres } from '../dev/postgres/embedded-postgres.js';
import { say } from '../output.js';
import type { NodeFolder } from './node-folder.js';

const STOP_MAX_MS = 3_000;
const NAME = 'lading';

/** What the node's configuration says about its database: one that is given, or an embedded server of this folder. */
export function databaseUrlFor(
  folder: NodeFolder,
  { databaseUrl, databasePort }: { readonly databaseUrl?: string; readonly databasePort: number },
): string {
  if (databaseUrl !== undefined) return databaseUrl;
  return `postgres://lading:${ensurePassword(folder.databasePassword)}@127.0.0.1:${databasePort}/${NAME}`;
}

export interface NodeDatabase {
  stop(): Promise<void>;
}

/** Starts the embedded server where the folder has one. @throws CliError when it does not start */
export async function openNodeDatabase(folder: NodeFolder): Promise<NodeDatabase> {
  if (!existsSync(folder.databasePassword)) return { stop: () => Promise.resolve() };
  openDataDirectory(folder.root);
  await endForgottenPostgres(folder.databaseHome);
  const { databaseUrl } = JSON.parse(readFileSync(folder.config, 'utf8')) as { databaseUrl: string };
  const server = await embeddedDatabase(folder, Number(new URL(databaseUrl).port), 1, () =>
    say(`PostgreSQL is down; the node goes on. Its log is ${folder.databaseLog}.`),
  );
  await ensureDatabases(server.url, [NAME]);
  return { stop: () => server.stop(STOP_MAX_MS) };
}
