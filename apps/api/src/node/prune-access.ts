import type { DataSource } from 'typeorm';
import type { Logger } from 'pino';
import { pruneAccess } from '#index';

const EVERY_MS = 3_600_000;

/** Forgets sessions, challenges and nonces that have expired, now and every hour. @returns stop */
export function pruneExpiredAccess(dataSource: DataSource, log: Logger): () => void {
  const prune = (): void => {
    pruneAccess(dataSource).catch((error: unknown) => log.debug({ reason: String(error) }, 'access not pruned'));
  };
  prune();
  const timer = setInterval(prune, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
