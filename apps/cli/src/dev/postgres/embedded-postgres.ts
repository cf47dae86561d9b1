import { spawn, type ChildProcess } from 'node:child_process';
import { chownSync, closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { childEnvironment } from '../../config/environment.js';
import { CliError } from '../../cli-error.js';
import { commandLine, isAlive, waitForExit } from '../process-identity.js';
import { postgresAccount, type Account } from './postgres-account.js';
import {
  leavePostgresHome,
  makeOwnedFolder,
  possibleDataFolders,
  preparePostgresHome,
  type PostgresHome,
} from './postgres-home.js';

const USER = 'lading';
const INITIALISE_MAX_MS = 60_000;
const START_MAX_MS = 30_000;
const FORGOTTEN_STOP_MAX_MS = 10_000;

export interface EmbeddedPostgresOptions {
  readonly home: string;
  readonly port: number;
  readonly password: string;
  readonly log: string;
  readonly connectionsMax: number;
}

/** A running server. It is in a process group of its own: Ctrl-C in a terminal must not end it before the nodes. */
export interface EmbeddedPostgres {
  readonly url: string;
  readonly pid: number;
  /** Resolves when the process has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** Fast shutdown (connections are cut, transactions rolled back); what is left after `timeoutMs` is killed. */
  stop(timeoutMs: number): Promise<void>;
}

/** Starts the PostgreSQL of a data directory; creates it on the first start. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const account = postgresAccount();
  const home = preparePostgresHome(options.home, account);
  try {
    return await start(home, account, options);
  } catch (error) {
    leavePostgresHome(home);
    throw error;
  }
}

async function start(
  home: PostgresHome,
  account: Account | undefined,
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  if (!existsSync(home.data)) await initialise(home, account, options);
  const child = launch(join(home.programs, 'postgres'), ['-D', home.data, ...settings(options)], account, options.log);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  await waitUntilReady(child, home.data, options.log);
  const pid = child.pid as number;
  return {
    url: `postgres://${USER}:${options.password}@127.0.0.1:${options.port}`,
    pid,
    ended,
    stop: async (timeoutMs) => {
      await end(pid, timeoutMs);
      leavePostgresHome(home);
    },
  };
}

/**
 * Tuned for many small transactions on a small machine. `synchronous_commit=off` may lose the last moments of the index
 * when the machine crashes, never part of a transaction; the nodes then index those blocks again.
 */
function settings(options: EmbeddedPostgresOptions): string[] {
  const values: Record<string, string | number> = {
    port: options.port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: options.connectionsMax,
    shared_buffers: '64MB',
    synchronous_commit: 'off',
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_wal_size: '512MB',
    checkpoint_timeout: '15min',
    max_parallel_workers_per_gather: 0,
    jit: 'off',
    log_checkpoints: 'off',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Made beside its place and moved there when whole, so that an interrupted first start leaves nothing half-made. */
async function initialise(
  home: PostgresHome,
  account: Account | undefined,
  options: EmbeddedPostgresOptions,
): Promise<void> {
  const draft = `${home.data}.new`;
  const passwordFile = `${home.data}.password`;
  rmSync(draft, { recursive: true, force: true });
  makeOwnedFolder(draft, account);
  writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (account !== undefined) chownSync(passwordFile, account.uid, account.gid);
  try {
    const flags = [
      '-D',
      draft,
      '-U',
      USER,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ];
    const child = launch(join(home.programs, 'initdb'), flags, account, options.log);
    const code = await exitCodeOf(child, INITIALISE_MAX_MS);
    if (code !== 0) throw failed('PostgreSQL could not be set up', options.log);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, home.data);
}

function launch(program: string, args: string[], account: Account | undefined, log: string): ChildProcess {
  const output = openSync(log, 'a', 0o600);
  try {
    return spawn(program, args, {
      ...account,
      cwd: dirname(program),
      detached: true,
      env: childEnvironment({ LC_ALL: 'C' }),
      stdio: ['ignore', output, output],
    });
  } finally {
    closeSync(output);
  }
}

function exitCodeOf(child: ChildProcess, timeoutMs: number): Promise<number | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    const finish = (code: number | null): void => {
      clearTimeout(timer);
      resolve(code);
    };
    child.once('exit', finish);
    child.once('error', () => finish(null));
  });
}

/** The server writes `ready` into the eighth line of postmaster.pid when it accepts connections, as pg_ctl reads it. */
async function waitUntilReady(child: ChildProcess, data: string, log: string): Promise<void> {
  let ended = false;
  child.once('exit', () => (ended = true));
  child.once('error', () => (ended = true));
  const deadline = performance.now() + START_MAX_MS;
  for (;;) {
    const lines = readPidFile(data);
    if (lines?.[0] === String(child.pid) && lines[7]?.trim() === 'ready') return;
    if (ended || performance.now() > deadline) {
      child.kill('SIGKILL');
      throw failed('PostgreSQL did not start', log);
    }
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

/**
 * Ends the server that a killed supervisor left on this data directory, so that its port and files are free again.
 * @param wanted - as `home` of `EmbeddedPostgresOptions`
 */
export async function endForgottenPostgres(wanted: string): Promise<void> {
  for (const data of possibleDataFolders(wanted)) {
    const pid = Number(readPidFile(data)?.[0]);
    if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) continue;
    // After a restart of the machine the id in postmaster.pid may belong to a stranger.
    if (commandLine(pid)?.includes(data) === true) await end(pid, FORGOTTEN_STOP_MAX_MS);
  }
}

async function end(pid: number, timeoutMs: number): Promise<void> {
  if (!signal(pid, 'SIGINT')) return;
  if (await waitForExit(pid, timeoutMs)) return;
  signal(pid, 'SIGQUIT');
  if (await waitForExit(pid, 500)) return;
  signal(pid, 'SIGKILL');
  await waitForExit(pid, 500);
}

function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

function readPidFile(data: string): string[] | undefined {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
}

/** The last thing that PostgreSQL said, in the sentence that the user sees. */
function failed(what: string, log: string): CliError {
  const said = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .filter((line) => /FATAL|ERROR|error:/.test(line))
    .at(-1);
  const full = said?.includes('No space left on device') === true;
  if (full)
    return new CliError(`${what}: the disk is full.`, 1, 'Free some space, or choose another place with --data-dir.');
  return new CliError(`${what}: ${said ?? 'it gave no reason'}.`, 1, `Its log is ${log}.`);
}
