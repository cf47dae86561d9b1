import type { DataSource } from 'typeorm';
import type { IdempotencyClaim, IdempotencyKeyStore } from '../queries.types.js';

/** A request that has not been answered for so long will not be: its process died. Longer than any request may take. */
const CLAIM_SECONDS = 120;

interface StoredKey {
  readonly request_hash: string;
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>> | null;
  readonly body: string | null;
}

/** What was answered under each `Idempotency-Key` (IETF draft-ietf-httpapi-idempotency-key-header). Shared by all API processes. */
export class IdempotencyStore implements IdempotencyKeyStore {
  constructor(private readonly dataSource: DataSource) {}

  async claim(key: string, requestHash: string): Promise<IdempotencyClaim> {
    // One statement decides, so that of two equal requests at once only one goes on.
    const claimed = (await this.dataSource.query(
      `INSERT INTO idempotency_key AS k (key, request_hash, created_at) VALUES ($1, $2, now())
       ON CONFLICT (key) DO UPDATE SET created_at = now()
         WHERE k.status IS NULL AND k.request_hash = excluded.request_hash AND k.created_at < now() - make_interval(secs => $3)
       RETURNING key`,
      [key, requestHash, CLAIM_SECONDS],
    )) as unknown[];
    if (claimed.length > 0) return { state: 'new' };

    const [stored] = (await this.dataSource.query('SELECT request_hash, status, headers, body FROM idempotency_key WHERE key = $1', [
      key,
    ])) as StoredKey[];
    if (stored === undefined) return { state: 'in-progress' };
    if (stored.request_hash !== requestHash) return { state: 'conflict' };
    if (stored.status === null) return { state: 'in-progress' };
    return { state: 'done', status: stored.status, body: stored.body ?? '', headers: stored.headers ?? {} };
  }

  async complete(key: string, answer: { status: number; body: string; headers?: Readonly<Record<string, string>> }): Promise<void> {
    await this.dataSource.query('UPDATE idempotency_key SET status = $2, body = $3, headers = $4::jsonb WHERE key = $1', [
      key,
      answer.status,
      answer.body,
      JSON.stringify(answer.headers ?? {}),
    ]);
  }

  async release(key: string): Promise<void> {
    await this.dataSource.query('DELETE FROM idempotency_key WHERE key = $1 AND status IS NULL', [key]);
  }

  async prune(maxAgeMs: number): Promise<number> {
    const [, count] = (await this.dataSource.query('DELETE FROM idempotency_key WHERE created_at < now() - make_interval(secs => $1)', [
      maxAgeMs / 1000,
    ])) as [unknown, number];
    return count;
  }
}
