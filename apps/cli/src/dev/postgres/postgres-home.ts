import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CliError, EXIT, systemCode } from '../../cli-error.js';
import { canReach, type Account } from './postgres-account.js';
import { postgresBinaries } from './postgres-binaries.js';

/** Where the embedded PostgreSQL of one data directory keeps its files and has its programs. */
export interface PostgresHome {
  /** Where its files lie while it is stopped. */
  readonly wanted: string;
  /** `wanted`, or its substitute while it runs. */
  readonly folder: string;
  /** PGDATA; does not exist before the first start. */
  readonly data: string;
  /** Folder with `initdb` and `postgres`. */
  readonly programs: string;
}

/**
 * Normally PGDATA is `<data dir>/postgres/data`. Started by root in a place that PostgreSQL's user cannot enter (below /root,
 * say), it moves to the system's folder for temporary files while it runs, and so do copies of the programs. Nothing is
 * lost when that folder is emptied: the nodes fill their indexes from the chain again.
 */
export function preparePostgresHome(wanted: string, account: Account | undefined): PostgresHome {
  const binaries = postgresBinaries();
  mkdirSync(wanted, { recursive: true, mode: account === undefined ? 0o700 : 0o711 });
  const original = { wanted, folder: wanted, data: join(wanted, 'data'), programs: join(binaries, 'bin') };
  if (account === undefined) return original;

  const reachesData = canReach(account, wanted);
  const reachesPrograms = canReach(account, binaries);
  if (reachesData && reachesPrograms) return original;
  const folder = reachesData ? wanted : substituteFor(wanted);
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  requireOwn(folder);
  const home = { ...original, folder, data: join(folder, 'data') };
  if (existsSync(original.data) && !existsSync(home.data)) move(original.data, home.data);
  if (reachesPrograms) return home;
  const copy = join(folder, 'programs');
  if (!existsSync(copy)) cpSync(binaries, copy, { recursive: true, verbatimSymlinks: true });
  return { ...home, programs: join(copy, 'bin') };
}

/** After the server has ended: brings its files back, so that deleting the data directory deletes everything. */
export function leavePostgresHome({ wanted, folder, data }: PostgresHome): void {
  if (folder === wanted) return;
  if (!existsSync(data) || move(data, join(wanted, 'data'))) rmSync(folder, { recursive: true, force: true });
}

/** Everywhere that PGDATA of a data directory may be. */
export function possibleDataFolders(wanted: string): string[] {
  return [wanted, substituteFor(wanted)].map((folder) => join(folder, 'data'));
}

/** @returns false when the two places are on different disks: the files stay where they are, and are found there */
function move(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EXDEV') return false;
    throw error;
  }
}

function substituteFor(wanted: string): string {
  const name = createHash('sha256').update(resolve(wanted)).digest('hex').slice(0, 12);
  return join(tmpdir(), `lading-postgres-${name}`);
}

/** The folder for temporary files is open to all users: nobody else may have put this one there. */
function requireOwn(folder: string): void {
  const found = lstatSync(folder);
  if (found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0) return;
  throw new CliError(
    `${folder} belongs to somebody else.`,
    EXIT.conflict,
    'Remove it, or give a PostgreSQL server with --database-url.',
  );
}

/** Makes an empty folder that PostgreSQL's user owns. */
export function makeOwnedFolder(path: string, account: Account | undefined): void {
  mkdirSync(path, { mode: 0o700 });
  if (account !== undefined) chownSync(path, account.uid, account.gid);
}
