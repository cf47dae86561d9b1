import type { DataSource } from 'typeorm';
import { POSITIONS_PER_ENTRY } from '../projection/event-position.js';
import { storable } from '../projection/storable.js';
import { inTransaction } from '../projection/transaction.js';
import type { AttemptOutcome, Cut, DeliveryQueue, FeedHead, LeasedSubscription, PendingDelivery } from './subscription.types.js';

const LEASED_COLUMNS = `id, lease, query_name AS "queryName", dest, signature_token AS "signatureToken", epc_format AS "epcFormat", schedule,
  report_if_empty AS "reportIfEmpty", position, page_size AS "pageSize", next_run_at AS "nextRunAt", run_height AS "runHeight",
  run_until AS "runUntil", owes_report AS "owesReport"`;
/** `$2` is the lease. */
const IS_HELD = 'id = $1 AND lease = $2';
const ERROR_LENGTH_MAX = 500;

/** The outbox of all subscriptions, shared by the processes of the organisation. What is to be done stands in PostgreSQL only. */
export class DeliveryOutbox implements DeliveryQueue {
  constructor(private readonly dataSource: DataSource) {}

  async claim({ lease, now, until, limit }: Parameters<DeliveryQueue['claim']>[0]): Promise<readonly LeasedSubscription[]> {
    const [rows] = (await this.dataSource.query(
      `UPDATE subscription SET lease = $1, leased_until = $3 WHERE id IN (
         SELECT s.id FROM subscription s, (
           SELECT coalesce(max(b.log_size), 0) * ${POSITIONS_PER_ENTRY} AS position FROM indexer_cursor c JOIN block b USING (height)
         ) head
         WHERE s.failed_at IS NULL AND (s.leased_until IS NULL OR s.leased_until <= $2) AND (s.retry_at IS NULL OR s.retry_at <= $2)
           AND (s.next_run_at <= $2 OR s.position < s.run_until OR s.owes_report
             OR (s.schedule IS NULL AND s.position < head.position)
             OR EXISTS (SELECT FROM subscription_delivery d WHERE d.subscription_id = s.id AND d.state = 'pending'))
         ORDER BY s.leased_until NULLS FIRST LIMIT $4 FOR UPDATE OF s SKIP LOCKED
       ) RETURNING ${LEASED_COLUMNS}`,
      [lease, now, until, limit],
    )) as [StoredLease[], number];
    return rows.map(leased);
  }

  async renew({ id, lease }: LeasedSubscription, until: Date): Promise<LeasedSubscription | undefined> {
    const [[row]] = (await this.dataSource.query(
      `UPDATE subscription SET leased_until = $3 WHERE ${IS_HELD} RETURNING ${LEASED_COLUMNS}`,
      [id, lease, until],
    )) as [StoredLease[], number];
    return row === undefined ? undefined : leased(row);
  }

  async release({ id, lease }: LeasedSubscription, now: Date, rest?: { retryAt: Date; error: string }): Promise<void> {
    // The end of the lease stays as the time of the last service: who waits longest is next.
    await this.dataSource.query(
      `UPDATE subscription SET lease = NULL, leased_until = $3, retry_at = coalesce($4::timestamptz, retry_at), last_error = coalesce($5, last_error)
       WHERE ${IS_HELD}`,
      [id, lease, now, rest?.retryAt ?? null, rest === undefined ? null : shown(rest.error)],
    );
  }

  async pending({ id }: LeasedSubscription): Promise<PendingDelivery | undefined> {
    const [row] = (await this.dataSource.query(
      `SELECT id, from_position AS "fromPosition", to_position AS "toPosition", height, event_count AS "eventCount", created_at AS "createdAt",
         queued_at AS "queuedAt", attempts
       FROM subscription_delivery WHERE subscription_id = $1 AND state = 'pending' ORDER BY from_position, created_at, id LIMIT 1`,
      [id],
    )) as (Omit<PendingDelivery, 'fromPosition' | 'toPosition' | 'height'> & Record<'fromPosition' | 'toPosition' | 'height', string>)[];
    return row === undefined
      ? undefined
      : { ...row, fromPosition: Number(row.fromPosition), toPosition: Number(row.toPosition), height: Number(row.height) };
  }

  async beginRun({ id, lease }: LeasedSubscription, run: { head: FeedHead; now: Date; nextRunAt: Date }): Promise<boolean> {
    const { head, now, nextRunAt } = run;
    return await this.#changed(
      `UPDATE subscription SET run_height = $3, run_until = $4, last_run_at = $5, next_run_at = $6, owes_report = report_if_empty
       WHERE ${IS_HELD} RETURNING id`,
      [id, lease, head.height, head.position, now, nextRunAt],
    );
  }

  async cut({ id, lease, position }: LeasedSubscription, { toPosition, height, eventCount }: Cut, delivery?: { id: string; now: Date }) {
    if (delivery === undefined) {
      return await this.#changed(`UPDATE subscription SET position = $3 WHERE ${IS_HELD} RETURNING id`, [id, lease, toPosition]);
    }
    return await this.#changed(
      `WITH moved AS (UPDATE subscription SET position = $3, owes_report = false WHERE ${IS_HELD} RETURNING id)
       INSERT INTO subscription_delivery (id, subscription_id, state, from_position, to_position, height, event_count, created_at, queued_at, attempts)
       SELECT $4, moved.id, 'pending', $5, $3, $6, $7, $8, $8, 0 FROM moved RETURNING id`,
      [id, lease, toPosition, delivery.id, position, height, eventCount, delivery.now],
    );
  }

  async split({ id, lease }: LeasedSubscription, delivery: PendingDelivery, parts: readonly (Cut & { id: string })[]): Promise<boolean> {
    return await inTransaction(this.dataSource, async (runner) => {
      const [[held]] = (await runner.query(`UPDATE subscription SET page_size = $3 WHERE ${IS_HELD} RETURNING id`, [
        id,
        lease,
        parts[0]?.eventCount,
      ])) as [unknown[], number];
      if (held === undefined) return false;
      let from = delivery.fromPosition;
      for (const part of parts) {
        await runner.query(
          `INSERT INTO subscription_delivery (id, subscription_id, state, from_position, to_position, height, event_count, created_at, queued_at, attempts)
           SELECT $2, subscription_id, 'pending', $3, $4, height, $5, created_at, queued_at, 0 FROM subscription_delivery WHERE id = $1`,
          [delivery.id, part.id, from, part.toPosition, part.eventCount],
        );
        from = part.toPosition;
      }
      await runner.query('DELETE FROM subscription_delivery WHERE id = $1', [delivery.id]);
      return true;
    });
  }

  async settle({ id, lease }: LeasedSubscription, delivery: PendingDelivery, outcome: AttemptOutcome, now: Date): Promise<boolean> {
    const isDelivered = outcome.kind === 'delivered';
    return await this.#changed(
      `WITH held AS (
         UPDATE subscription SET last_notified_at = CASE WHEN $3 = 'delivered' THEN $4 ELSE last_notified_at END, retry_at = $5, last_error = $6,
           failed_at = CASE WHEN $3 = 'failed' THEN $4::timestamptz END
         WHERE ${IS_HELD} RETURNING id)
       UPDATE subscription_delivery d SET state = $3, attempts = d.attempts + 1, last_attempt_at = $4, last_status = $7, last_error = $6,
         delivered_at = CASE WHEN $3 = 'delivered' THEN $4::timestamptz END
       FROM held WHERE d.id = $8 AND d.subscription_id = held.id RETURNING d.id`,
      [
        id,
        lease,
        outcome.kind === 'retry' ? 'pending' : outcome.kind,
        now,
        outcome.kind === 'retry' ? outcome.retryAt : null,
        isDelivered ? null : shown(outcome.error),
        outcome.status,
        delivery.id,
      ],
    );
  }

  async prune(before: Date): Promise<number> {
    const [, count] = (await this.dataSource.query(`DELETE FROM subscription_delivery WHERE state = 'delivered' AND delivered_at < $1`, [
      before,
    ])) as [unknown, number];
    return count;
  }

  /** Whether the lease was still held: then the statement returned a row. */
  async #changed(sql: string, values: unknown[]): Promise<boolean> {
    const answer = (await this.dataSource.query(sql, values)) as unknown[];
    // TypeORM answers UPDATE with [rows, count], INSERT with the rows.
    const rows = Array.isArray(answer[0]) ? (answer[0] as unknown[]) : answer;
    return rows.length > 0;
  }
}

type StoredLease = Omit<LeasedSubscription, 'position' | 'runHeight' | 'runUntil'> & {
  readonly position: string;
  readonly runHeight: string | null;
  readonly runUntil: string | null;
};

function leased({ position, runHeight, runUntil, ...rest }: StoredLease): LeasedSubscription {
  const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));
  return { ...rest, position: Number(position), runHeight: numberOf(runHeight), runUntil: numberOf(runUntil) };
}

/** What a receiver answered may be anything. */
function shown(error: string): string {
  return storable(error.toWellFormed()).slice(0, ERROR_LENGTH_MAX);
}
