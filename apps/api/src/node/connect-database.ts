import type { DataSource } from 'typeorm';
import type { Logger } from 'pino';
import { migrate } from '#index';

const PAUSE_MIN_MS = 200;
const PAUSE_MAX_MS = 5_000;

/**
 * Connects and brings the schema up to date, again and again until it works: the ledger does not need the database, so the
 * node is up before it.
 * @returns false when `signal` ended the attempts
 */
export async function connectDatabase(dataSource: DataSource, log: Logger, signal: AbortSignal): Promise<boolean> {
  let pauseMs = PAUSE_MIN_MS;
  while (!signal.aborted) {
    try {
      if (!dataSource.isInitialized) await dataSource.initialize();
      const migrations = await migrate(dataSource);
      log.info({ migrations }, 'database ready');
      return true;
    } catch (error) {
      // The message only: a driver's error may hold the connection string with its password.
      log.warn(
        { reason: error instanceof Error ? error.message : String(error), retryInMs: pauseMs },
        'database not ready',
      );
      await pause(pauseMs, signal);
      pauseMs = Math.min(pauseMs * 2, PAUSE_MAX_MS);
    }
  }
  return false;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
