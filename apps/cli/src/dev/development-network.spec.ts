import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { projectRoot } from '../config/project-root.js';
import { askSupervisor } from './control.js';
import {
  startDevelopmentNetwork,
  type DevelopmentNetwork,
  type DevelopmentNetworkOptions,
} from './development-network.js';
import { layoutOf } from './layout.js';
import { startEmbeddedPostgres } from './postgres/embedded-postgres.js';
import { isAlive, waitForExit } from './process-identity.js';

// Everything is real but the nodes: stand-ins that listen, answer /readyz and end as a node does. Their whole network of
// four is tried by the end-to-end tests of apps/api.
const STAND_IN = join(projectRoot(), 'apps/cli/test/stand-in-node.mjs');
const PORT_BASE = 20_000 + (process.pid % 400) * 50;

describe('a development network', () => {
  let folder: string;
  let dataDir: string;
  const running: DevelopmentNetwork[] = [];
  const said: string[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lading-dev-'));
    dataDir = join(folder, 'network');
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map((network) => network.stop()));
    rmSync(folder, { recursive: true, force: true });
    said.length = 0;
  });

  async function start(options: Partial<DevelopmentNetworkOptions> = {}): Promise<DevelopmentNetwork> {
    const network = await startDevelopmentNetwork({
      dataDir,
      portBase: PORT_BASE,
      organizations: 2,
      program: STAND_IN,
      notify: (sentence) => said.push(sentence),
      ...options,
    });
    running.push(network);
    return network;
  }

  it('writes network.json for this user alone, while it runs', async () => {
    const network = await start();
    const path = layoutOf(dataDir).network;
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const file = JSON.parse(readFileSync(path, 'utf8')) as typeof network.network;
    expect(file).toEqual(network.network);
    expect(file.networkId).toMatch(/^[0-9a-f]{64}$/);
    expect(file.organizations.map(({ did, name, api }) => ({ did, name, api }))).toEqual([
      { did: 'did:web:maker.example', name: 'Maker', api: `http://127.0.0.1:${PORT_BASE + 1}` },
      { did: 'did:web:carrier.example', name: 'Carrier', api: `http://127.0.0.1:${PORT_BASE + 2}` },
    ]);
    expect(file.organizations.every(({ pid }) => isAlive(pid))).toBe(true);
    await network.stop();
    expect(existsSync(path)).toBe(false);
  });

  it('leaves no process behind, and continues the same network on other ports', async () => {
    const first = await start();
    const { networkId, organizations } = first.network;
    await first.stop();
    expect(organizations.map(({ pid }) => isAlive(pid))).toEqual([false, false]);
    expect(existsSync(join(dataDir, 'postgres/data/postmaster.pid'))).toBe(false);

    const again = await start({ portBase: PORT_BASE + 5, organizations: undefined });
    expect(again.network.networkId).toBe(networkId);
    expect(again.network.organizations.map(({ apiKey }) => apiKey)).toEqual(organizations.map(({ apiKey }) => apiKey));
    expect(again.network.organizations[1]?.api).toBe(`http://127.0.0.1:${PORT_BASE + 7}`);
  });

  it('gives every organisation a database of its own', async () => {
    const network = await start();
    for (const connectionString of network.databaseUrls) {
      const client = new pg.Client({ connectionString });
      await client.connect();
      const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
      expect(rows[0]?.name).toBe(new URL(connectionString).pathname.slice(1));
      await client.end();
    }
    expect(new Set(network.databaseUrls).size).toBe(2);
  });

  it('reports a node that dies, leaves it down, and brings it back when asked by another process', async () => {
    const network = await start();
    const before = network.network.organizations[1]?.pid as number;
    process.kill(before, 'SIGKILL');
    await waitForExit(before, 2_000);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(said.at(-1)).toMatch(
      /^Carrier is down \(signal SIGKILL\)\. Bring it back with: npx lading dev start 2 --data-dir \S+$/,
    );

    const { control, network: file } = layoutOf(dataDir);
    expect(await askSupervisor(control, 'start', '2')).toMatch(/^Carrier is running at /);
    const after = network.network.organizations[1]?.pid as number;
    expect(after).not.toBe(before);
    expect(readFileSync(file, 'utf8')).toContain(`"pid": ${after}`);
    await expect(askSupervisor(control, 'start', '2')).rejects.toThrow('The node of Carrier is already running.');
    await expect(askSupervisor(control, 'start', '3')).rejects.toThrow('There is no organisation 3 in this network.');
    await askSupervisor(control, 'stop', '1');
    expect(JSON.parse(await askSupervisor(control, 'status'))).toMatchObject([{ running: false }, { running: true }]);
  });

  it('stops and starts its database while the nodes go on', async () => {
    const network = await start();
    await network.stopDatabase();
    const client = new pg.Client({ connectionString: network.databaseUrls[0] });
    await expect(client.connect()).rejects.toThrow(/ECONNREFUSED/);
    expect(network.network.organizations.every(({ pid }) => isAlive(pid))).toBe(true);
    await network.startDatabase();
    const again = new pg.Client({ connectionString: network.databaseUrls[0] });
    await again.connect();
    await again.end();
  });

  it('refuses a second start on the same data directory, and takes over from a killed supervisor', async () => {
    const network = await start();
    await expect(start({ portBase: PORT_BASE + 5 })).rejects.toThrow(
      /^A development network is already running on .*network/,
    );
    expect(network.network.organizations.every(({ pid }) => isAlive(pid))).toBe(true);
    expect(existsSync(layoutOf(dataDir).network)).toBe(true);
    await network.stop();
    writeFileSync(layoutOf(dataDir).lock, JSON.stringify({ pid: process.pid, startMark: 'of an earlier process' }));
    await start({ organizations: undefined });
  });

  it('ends the PostgreSQL that a killed supervisor left behind', async () => {
    await (await start()).stop();
    const layout = layoutOf(dataDir);
    const left = await startEmbeddedPostgres({
      home: layout.databaseHome,
      port: PORT_BASE + 40,
      password: readFileSync(layout.databasePassword, 'utf8').trim(),
      log: layout.databaseLog,
      connectionsMax: 20,
    });
    const again = await start({ organizations: undefined });
    await left.ended;
    expect(again.databasePid).not.toBe(left.pid);
  });

  it('refuses another number of organisations than the data directory holds', async () => {
    await (await start()).stop();
    await expect(start({ organizations: 3 })).rejects.toThrow(/holds a network of 2 organisations, not 3\.$/);
  });

  it('names a taken port before anything is started', async () => {
    const server = await listen(PORT_BASE + 2);
    try {
      await expect(start()).rejects.toThrow(`Port ${PORT_BASE + 2}, for the API of organisation 2, is already in use.`);
      expect(existsSync(layoutOf(dataDir).genesis)).toBe(false);
    } finally {
      server.close();
    }
  });

  it('passes on the one sentence of a node that cannot start, and stops the others', async () => {
    const program = join(folder, 'failing-node.mjs');
    writeFileSync(program, `console.error('The keystore cannot be opened.'); process.exit(1);`);
    await expect(start({ program })).rejects.toThrow(
      /^The node of \w+ did not start: exit code 1: The keystore cannot be opened\.$/,
    );
    expect(existsSync(join(dataDir, 'postgres/data/postmaster.pid'))).toBe(false);
    expect(existsSync(layoutOf(dataDir).lock)).toBe(false);
  });

  it('stops what it has started when interrupted while starting', async () => {
    const abort = new AbortController();
    const starting = start({ signal: abort.signal });
    setTimeout(() => abort.abort(), 300);
    await expect(starting).rejects.toMatchObject({ message: 'Interrupted while starting.', exitCode: 130 });
    expect(existsSync(layoutOf(dataDir).lock)).toBe(false);
    expect(existsSync(join(dataDir, 'postgres/data/postmaster.pid'))).toBe(false);
  });

  it('says what is wrong with a database server that cannot be used', async () => {
    await expect(start({ databaseUrl: 'mysql://localhost' })).rejects.toMatchObject({ exitCode: 2 });
    await expect(start({ databaseUrl: 'postgres://nobody@127.0.0.1:1' })).rejects.toThrow(
      /^PostgreSQL at 127\.0\.0\.1:1 cannot be used: connect ECONNREFUSED/,
    );
  });

  it('says that a data directory cannot be made where a file is', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(start({ dataDir: join(folder, 'file') })).rejects.toThrow(
      /is in the way: a directory is needed there\.$/,
    );
  });
});

function listen(port: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(port, '127.0.0.1', () => resolve(server));
  });
}
