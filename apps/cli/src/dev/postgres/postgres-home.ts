import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { CliError, EXIT } from '../../cli-error.js';
import { canReach, type Account } from './postgres-account.js';
import { postgresBinaries } from './postgres-binaries.js';

/** Where the embedded PostgreSQL of one data directory keeps its files and has its programs. */
export interface PostgresHome {
  /** PGDATA; does not exist before the first start. */
  readonly data: string;
  /** Folder with `initdb` and `postgres`. */
  readonly programs: string;
}

/**
 * Normally PGDATA is `<data dir>/postgres/data`. Started by root in a place that PostgreSQL's user cannot enter (below /root,
 * say), it goes to the system's folder for temporary files instead, and so do copies of the programs. Nothing is lost when
 * that folder is emptied: the nodes fill their indexes from the chain again.
 */
export function preparePostgresHome(wanted: string, account: Account | undefined): PostgresHome {
  const binaries = postgresBinaries();
  if (account === undefined) {
    mkdirSync(wanted, { recursive: true, mode: 0o700 });
    return { data: join(wanted, 'data'), programs: join(binaries, 'bin') };
  }
  const home = canReach(account, dirname(wanted)) ? wanted : substituteFor(wanted);
  mkdirSync(home, { recursive: true, mode: 0o711 });
  requireOwn(home);
  const ownCopy = join(home, 'programs');
  if (canReach(account, binaries)) return { data: join(home, 'data'), programs: join(binaries, 'bin') };
  if (!existsSync(ownCopy)) cpSync(binaries, ownCopy, { recursive: true, verbatimSymlinks: true });
  return { data: join(home, 'data'), programs: join(ownCopy, 'bin') };
}

function substituteFor(wanted: string): string {
  const name = createHash('sha256').update(resolve(wanted)).digest('hex').slice(0, 12);
  return join(tmpdir(), `lading-postgres-${name}`);
}

/** The folder for temporary files is open to all users: nobody else may have put this one there. */
function requireOwn(home: string): void {
  const found = lstatSync(home);
  if (found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0) return;
  throw new CliError(
    `${home} belongs to somebody else.`,
    EXIT.conflict,
    'Remove it, or give a PostgreSQL server with --database-url.',
  );
}

/** Makes an empty folder that PostgreSQL's user owns. */
export function makeOwnedFolder(path: string, account: Account | undefined): void {
  mkdirSync(path, { mode: 0o700 });
  if (account !== undefined) chownSync(path, account.uid, account.gid);
}
