import type { Logger } from 'pino';
import type { IdempotencyKeyStore } from '#index';

const KEEP_MS = 7 * 24 * 3_600_000;
const EVERY_MS = 3_600_000;

/** Forgets answers to `Idempotency-Key`s after seven days, now and every hour. @returns stop */
export function pruneIdempotencyKeys(keys: Pick<IdempotencyKeyStore, 'prune'>, log: Logger): () => void {
  const prune = (): void => {
    keys.prune(KEEP_MS).catch((error: unknown) => log.debug({ reason: String(error) }, 'idempotency keys not pruned'));
  };
  prune();
  const timer = setInterval(prune, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
