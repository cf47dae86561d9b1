import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { CliError, EXIT } from '../cli-error.js';
import type { Layout } from './layout.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './postgres/embedded-postgres.js';
import { writePrivateFile } from './private-file.js';

/** Connections that one node may hold, and a few for tools. */
const CONNECTIONS_PER_NODE = 15;
const CONNECTIONS_SPARE = 10;

/** The PostgreSQL server of the network: the embedded one, or one that the user named. */
export interface DatabaseServer {
  readonly url: string;
  /** Undefined while it does not run, or is not ours. */
  pid(): number | undefined;
  start(): Promise<void>;
  stop(timeoutMs: number): Promise<void>;
}

/** A server that somebody else runs: it is used, never started or stopped. */
export function externalDatabase(url: string): DatabaseServer {
  const refuse = (): never => {
    throw new CliError(
      'The database of this network is not run by Lading (--database-url).',
      EXIT.rejected,
      'Start and stop it where it runs.',
    );
  };
  return { url, pid: () => undefined, start: async () => refuse(), stop: async () => refuse() };
}

/** @param onDown - called when the server ends without having been stopped */
export async function embeddedDatabase(
  layout: Pick<Layout, 'databaseHome' | 'databaseLog' | 'databasePassword'>,
  port: number,
  nodes: number,
  onDown: () => void,
): Promise<DatabaseServer> {
  const options = {
    home: layout.databaseHome,
    log: layout.databaseLog,
    port,
    password: ensurePassword(layout.databasePassword),
    connectionsMax: CONNECTIONS_SPARE + CONNECTIONS_PER_NODE * nodes,
  };
  let running: EmbeddedPostgres | undefined;
  const start = async (): Promise<string> => {
    if (running !== undefined) throw new CliError('The database is already running.', EXIT.conflict);
    const started = await startEmbeddedPostgres(options);
    running = started;
    void started.ended.then(() => {
      if (running !== started) return;
      running = undefined;
      onDown();
    });
    return started.url;
  };
  const url = await start();
  return {
    url,
    pid: () => running?.pid,
    start: async () => void (await start()),
    stop: async (timeoutMs) => {
      const stopped = running;
      running = undefined;
      await stopped?.stop(timeoutMs);
    },
  };
}

/** The password in that file, which is made when it is not there. */
export function ensurePassword(path: string): string {
  if (!existsSync(path)) writePrivateFile(path, `${randomBytes(24).toString('base64url')}\n`);
  return readFileSync(path, 'utf8').trim();
}
