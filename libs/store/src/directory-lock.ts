import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Another process (or another part of this one) has the directory open. */
export class StoreInUse extends Error {
  override readonly name = 'StoreInUse';
  readonly code = 'STORE_IN_USE';

  constructor(directory: string, pid: string) {
    super(`STORE_IN_USE: ${directory} is open in process ${pid}; stop it first, two nodes with one store would contradict each other`);
  }
}

/** Keeps the locks from the garbage collector, which would close and so release them. */
const held = new Set<DatabaseSync>();

/**
 * Takes the directory for this process alone, until `release` or the process ends in any way, kill -9 included.
 *
 * Node has no call for file locks, and a file with a process id in it cannot be taken over without a race after a
 * crash. An exclusive SQLite transaction on an empty file is a kernel lock (fcntl) that dies with its process; nothing is
 * ever stored in it.
 *
 * @returns release
 * @throws StoreInUse
 */
export function lockDirectory(directory: string, name: string): () => void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const pidFile = join(directory, `${name}.pid`);
  const lock = new DatabaseSync(join(directory, `${name}.lock`));
  try {
    lock.exec('PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new StoreInUse(directory, readPid(pidFile));
  }
  held.add(lock);
  writeFileSync(pidFile, `${process.pid}\n`);
  return () => {
    held.delete(lock);
    lock.close();
  };
}

/** For the message only; the lock itself does not depend on it. */
function readPid(pidFile: string): string {
  try {
    return readFileSync(pidFile, 'utf8').trim();
  } catch {
    return 'unknown';
  }
}
