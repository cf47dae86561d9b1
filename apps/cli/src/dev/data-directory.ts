import { chmodSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CliError, EXIT, explainSystemError } from '../cli-error.js';

const MIB = 1024 * 1024;

/** Free space that a start needs: PostgreSQL's files and its log take about 60 MiB, a chain store and an index little at first. */
const FREE_BYTES_MIN = 150 * MIB;

/**
 * Makes the data directory and finds out before anything starts whether it can be written and has room.
 * @throws CliError with one sentence
 */
export function openDataDirectory(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    // Root's PostgreSQL runs as another user and must be able to pass through; everything inside is closed to it.
    if (process.getuid?.() === 0) chmodSync(path, 0o711);
    const probe = join(path, `.probe-${process.pid}`);
    writeFileSync(probe, 'x');
    rmSync(probe);
  } catch (error) {
    throw explainSystemError(error, path);
  }
  const { bavail, bsize } = statfsSync(path);
  if (bavail * bsize >= FREE_BYTES_MIN) return;
  const mib = (bytes: number): string => `${Math.floor(bytes / MIB)} MiB`;
  throw new CliError(
    `The disk that holds ${path} is full: ${mib(bavail * bsize)} are free, a network needs ${mib(FREE_BYTES_MIN)}.`,
    EXIT.failed,
    'Free some space, or choose another place with --data-dir.',
  );
}
