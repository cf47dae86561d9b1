import type { DataSource } from 'typeorm';
import type { PageRequest } from '../queries.types.js';
import { inTransaction } from '../projection/transaction.js';
import { decodePageCursor, encodePageCursor, pageLimit } from '../queries/page-cursor.js';
import { isoTime } from '../queries/sql-fragments.js';
import type { DeliveryDto, NewSubscription, SubscriptionDto, SubscriptionStore } from './subscription.types.js';

const SUBSCRIPTION_COLUMNS = `id AS "subscriptionID", query_name AS "queryName", dest, ${isoTime('created_at')} AS "createdAt",
  ${isoTime('initial_record_time')} AS "initialRecordTime", ${isoTime('coalesce(last_run_at, initial_record_time)')} AS "minRecordTime",
  epc_format AS "epcFormat", report_if_empty AS "reportIfEmpty", schedule, ${isoTime('last_notified_at')} AS "lastNotifiedAt",
  CASE WHEN failed_at IS NULL THEN 'active' ELSE 'failed' END AS state, position, ${isoTime('next_run_at')} AS "nextRunAt",
  ${isoTime('retry_at')} AS "retryAt", last_error AS "lastError"`;
const DELIVERY_COLUMNS = `id AS "deliveryID", state, from_position AS "fromPosition", to_position AS "toPosition", event_count AS "eventCount",
  ${isoTime('created_at')} AS "createdAt", ${isoTime('queued_at')} AS "queuedAt", attempts, ${isoTime('last_attempt_at')} AS "lastAttemptAt",
  last_status AS "lastStatus", last_error AS "lastError", ${isoTime('delivered_at')} AS "deliveredAt"`;
/** Any number that all processes agree on: how many subscriptions there are is counted and changed by one at a time. */
const COUNT_LOCK = 1_795_392_070;
const FOREIGN_KEY_VIOLATION = '23503';

/** `bigint` comes as text. */
type Stored<T, K extends keyof T> = Omit<T, K> & Readonly<Record<K, string>>;

/** Subscriptions to the named queries of this organisation's node. */
export class Subscriptions implements SubscriptionStore {
  constructor(private readonly dataSource: DataSource) {}

  async create(given: NewSubscription, limit: number): Promise<'created' | 'limit' | 'no-query'> {
    try {
      return await inTransaction(this.dataSource, async (runner) => {
        await runner.query('SELECT pg_advisory_xact_lock($1)', [COUNT_LOCK]);
        const [{ count }] = (await runner.query('SELECT count(*) FROM subscription')) as [{ count: string }];
        if (Number(count) >= limit) return 'limit';
        await runner.query(
          `INSERT INTO subscription (id, query_name, dest, signature_token, epc_format, schedule, report_if_empty, initial_record_time,
             position, page_size, next_run_at, created_at, owes_report)
           VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10, $11, $12, false)`,
          [
            given.id,
            given.queryName,
            given.dest,
            given.signatureToken ?? null,
            given.epcFormat,
            given.schedule === undefined ? null : JSON.stringify(given.schedule),
            given.reportIfEmpty,
            given.initialRecordTime,
            given.position,
            given.pageSize,
            given.nextRunAt ?? null,
            given.createdAt,
          ],
        );
        return 'created';
      });
    } catch (error) {
      if (codeOf(error) === FOREIGN_KEY_VIOLATION) return 'no-query';
      throw error;
    }
  }

  async get(id: string): Promise<SubscriptionDto | undefined> {
    if (id.includes('\0')) return undefined;
    const [stored] = (await this.dataSource.query(`SELECT ${SUBSCRIPTION_COLUMNS} FROM subscription WHERE id = $1`, [
      id,
    ])) as StoredSubscription[];
    return stored === undefined ? undefined : subscriptionDto(stored);
  }

  async list(queryName: string | undefined, page: PageRequest = {}): ReturnType<SubscriptionStore['list']> {
    const limit = pageLimit(page.limit);
    const after = decodePageCursor(page.cursor, ['string']);
    const stored = (await this.dataSource.query(
      `SELECT ${SUBSCRIPTION_COLUMNS} FROM subscription
       WHERE ($1::text IS NULL OR query_name = $1) AND ($2::text IS NULL OR id > $2) ORDER BY id LIMIT $3`,
      [queryName ?? null, after?.[0] ?? null, limit + 1],
    )) as StoredSubscription[];
    return pageOf(stored.map(subscriptionDto), limit, (last) => [last.subscriptionID]);
  }

  async delete(queryName: string, id: string): Promise<boolean> {
    if (id.includes('\0') || queryName.includes('\0')) return false;
    const [rows] = (await this.dataSource.query('DELETE FROM subscription WHERE query_name = $1 AND id = $2 RETURNING id', [
      queryName,
      id,
    ])) as [unknown[], number];
    return rows.length > 0;
  }

  async deliveries(id: string, page: PageRequest = {}): ReturnType<SubscriptionStore['deliveries']> {
    const limit = pageLimit(page.limit);
    const after = decodePageCursor(page.cursor, ['number', 'number', 'string']);
    const stored = (await this.dataSource.query(
      `SELECT ${DELIVERY_COLUMNS} FROM subscription_delivery
       WHERE subscription_id = $1 AND ($2::bigint IS NULL OR (from_position, created_at, id) < ($2, to_timestamp($3 / 1000.0), $4))
       ORDER BY from_position DESC, created_at DESC, id DESC LIMIT $5`,
      [id, ...(after ?? [null, null, null]), limit + 1],
    )) as StoredDelivery[];
    return pageOf(stored.map(deliveryDto), limit, (last) => [last.fromPosition, Date.parse(last.createdAt), last.deliveryID]);
  }

  async replay(id: string, from: number | undefined, now: Date): Promise<number | 'too-early'> {
    return await inTransaction(this.dataSource, async (runner) => {
      await runner.query('SELECT FROM subscription WHERE id = $1 FOR UPDATE', [id]);
      if (from !== undefined) {
        const [kept] = (await runner.query(
          `SELECT coalesce(min(d.from_position), min(s.position)) AS position
           FROM subscription s LEFT JOIN subscription_delivery d ON d.subscription_id = s.id WHERE s.id = $1`,
          [id],
        )) as [{ position: string }];
        if (from < Number(kept.position)) return 'too-early';
      }
      // Without its lease an attempt under way settles nothing, so that it cannot mark as delivered what is asked for again.
      await runner.query(
        `UPDATE subscription SET failed_at = NULL, retry_at = NULL, last_error = NULL, lease = NULL, leased_until = NULL WHERE id = $1`,
        [id],
      );
      const [, count] = (await runner.query(
        `UPDATE subscription_delivery
         SET state = 'pending', attempts = 0, queued_at = $3, last_error = NULL, last_status = NULL, delivered_at = NULL
         WHERE subscription_id = $1 AND CASE WHEN $2::bigint IS NULL THEN state = 'failed' ELSE to_position > $2 END`,
        [id, from ?? null, now],
      )) as [unknown, number];
      return count;
    });
  }
}

type StoredSubscription = Stored<SubscriptionDto, 'position'>;
type StoredDelivery = Stored<DeliveryDto, 'fromPosition' | 'toPosition'>;

function subscriptionDto(stored: StoredSubscription): SubscriptionDto {
  return { ...stored, position: Number(stored.position) };
}

function deliveryDto(stored: StoredDelivery): DeliveryDto {
  return { ...stored, fromPosition: Number(stored.fromPosition), toPosition: Number(stored.toPosition) };
}

function pageOf<T>(rows: readonly T[], limit: number, sortKey: (last: T) => readonly (number | string)[]) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodePageCursor(sortKey(last)) : null };
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'driverError' in error ? (error.driverError as { code?: unknown }).code : undefined;
}
