import { readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { CliError, EXIT, systemCode } from '../cli-error.js';
import { startMark } from './process-identity.js';

interface Holder {
  readonly pid: number;
  readonly startMark: string;
}

/**
 * Takes a data directory for this process. A lock whose process is gone (killed, machine restarted) is taken over.
 * @returns release
 * @throws CliError (conflict) when a living process holds it
 */
export function takeLock(path: string, directory: string): () => void {
  const own = JSON.stringify({ pid: process.pid, startMark: startMark(process.pid) ?? '' } satisfies Holder);
  for (;;) {
    try {
      writeFileSync(path, own, { flag: 'wx', mode: 0o600 });
      return () => {
        if (readHolder(path) === own) unlinkSync(path);
      };
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
    const found = readHolder(path);
    if (found === undefined) continue;
    const holder = parseHolder(found);
    if (holder !== undefined && startMark(holder.pid) === holder.startMark) {
      throw new CliError(
        `A development network is already running on ${directory} (process ${holder.pid}).`,
        EXIT.conflict,
        'Stop it with Ctrl-C or `lading dev stop`, or start another one with its own --data-dir and --port-base.',
      );
    }
    setAside(path, found);
  }
}

/** Moves a stale lock away; puts it back if another process replaced it in between. */
function setAside(path: string, stale: string): void {
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  if (readHolder(aside) === stale) unlinkSync(aside);
  else renameSync(aside, path);
}

function readHolder(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('startMark' in value)) return undefined;
    return typeof value.pid === 'number' && typeof value.startMark === 'string'
      ? { pid: value.pid, startMark: value.startMark }
      : undefined;
  } catch {
    return undefined;
  }
}
