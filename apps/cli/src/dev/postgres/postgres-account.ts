import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { CliError, EXIT } from '../../cli-error.js';

/** A system user that PostgreSQL runs as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root. Started by root, it runs as the machine's `postgres` user, else as `nobody`, so that
 * no user has to be created.
 * @returns undefined when this process is not root: PostgreSQL then runs as the same user
 */
export function postgresAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = users.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields !== undefined) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new CliError(
    'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody".',
    EXIT.failed,
    'Start Lading as another user, or give it a PostgreSQL server with --database-url.',
  );
}

/** Whether `account` can reach what lies in `path`: it may search this folder and every one above it. */
export function canReach(account: Account, path: string): boolean {
  const { uid, gid, mode } = statSync(path);
  const searchBit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
  if ((mode & searchBit) === 0) return false;
  const parent = dirname(path);
  return parent === path || canReach(account, parent);
}
