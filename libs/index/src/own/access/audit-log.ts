import { createHash } from 'node:crypto';
import type { DataSource, QueryRunner } from 'typeorm';
import type { PageRequest } from '../../queries.types.js';
import { inTransaction } from '../../projection/transaction.js';
import { storable, storableJson } from '../../projection/storable.js';
import { decodePageCursor, encodePageCursor, pageLimit } from '../../queries/page-cursor.js';
import type { ActContext, AuditEventDto, AuditFact, AuditFilter, AuditLogStore, AuditVerification, ListPage } from './access.types.js';

/** What the first event has as its predecessor. */
const NO_HASH = '0'.repeat(64);
/** Any number, as long as nothing else that uses the database takes it. Held by every transaction that changes access. */
const ACCESS_LOCK = 7_306_361_082;
const VERIFY_BATCH = 1_000;

interface StoredEvent {
  readonly seq: string;
  readonly time: Date;
  readonly actor_kind: string;
  readonly actor_id: string | null;
  readonly actor_name: string | null;
  readonly action: string;
  readonly target: string | null;
  readonly details: string;
  readonly request_id: string | null;
  readonly address: string | null;
  readonly previous_hash: string;
  readonly hash: string;
}

/** The append-only log of administrative acts: each event holds the hash of the one before. */
export class AuditLog implements AuditLogStore {
  /** @param noteHead - told each new head, so that it can be kept where who changes the database does not reach */
  constructor(
    private readonly dataSource: DataSource,
    private readonly noteHead: (head: { readonly seq: number; readonly hash: string; readonly action: string }) => void = () => undefined,
  ) {}

  append(context: ActContext, fact: AuditFact): Promise<void> {
    return this.recording(context, async (_runner, record) => record(fact));
  }

  /**
   * Does `work` in one transaction with what it records: both happen, or neither. One such transaction at a time, in all processes,
   * so that what `work` has read stays true.
   */
  async recording<T>(
    context: ActContext,
    work: (runner: QueryRunner, record: (fact: AuditFact, actor?: ActContext['actor']) => Promise<void>) => Promise<T>,
  ): Promise<T> {
    const heads: { seq: number; hash: string; action: string }[] = [];
    const result = await inTransaction(this.dataSource, async (runner) => {
      // On the disk when it is answered, also where the database is set to be quick with the index.
      await runner.query('SET LOCAL synchronous_commit = on');
      await runner.query('SELECT pg_advisory_xact_lock($1)', [ACCESS_LOCK]);
      return work(runner, async (fact, actor = context.actor) => {
        heads.push(await appendEvent(runner, { ...context, actor }, fact));
      });
    });
    heads.forEach(this.noteHead);
    return result;
  }

  async list(filter: AuditFilter, page: PageRequest = {}): Promise<ListPage<AuditEventDto>> {
    const limit = pageLimit(page.limit);
    const before = decodePageCursor(page.cursor, ['number']);
    const stored = (await this.dataSource.query(
      `SELECT * FROM audit_event
       WHERE ($1::bigint IS NULL OR seq < $1) AND ($2::text IS NULL OR action = $2) AND ($3::text IS NULL OR actor_id = $3)
         AND ($4::timestamptz IS NULL OR time >= $4) AND ($5::timestamptz IS NULL OR time < $5)
       ORDER BY seq DESC LIMIT $6`,
      [before?.[0] ?? null, filter.action ?? null, filter.actor ?? null, filter.since ?? null, filter.until ?? null, limit + 1],
    )) as StoredEvent[];
    const items = stored.slice(0, limit).map(toDto);
    const last = items.at(-1);
    return { items, nextCursor: stored.length > limit && last !== undefined ? encodePageCursor([last.seq]) : null };
  }

  async after(seq: number, limit: number): Promise<readonly AuditEventDto[]> {
    return (await this.storedAfter(seq, limit)).map(toDto);
  }

  async verify(noted?: { readonly seq: number; readonly hash: string }): Promise<AuditVerification> {
    let seq = 0;
    let hash = NO_HASH;
    for (;;) {
      const batch = await this.storedAfter(seq, VERIFY_BATCH);
      for (const event of batch) {
        const isNext = Number(event.seq) === seq + 1 && event.previous_hash === hash && event.hash === hashOf(event);
        const isAsNoted = noted?.seq !== seq + 1 || noted.hash === event.hash;
        if (!isNext || !isAsNoted) return { isIntact: false, count: seq, headSeq: seq, headHash: hash, brokenAt: seq + 1 };
        seq += 1;
        hash = event.hash;
      }
      if (batch.length < VERIFY_BATCH) break;
    }
    const isComplete = noted === undefined || noted.seq <= seq;
    return { isIntact: isComplete, count: seq, headSeq: seq, headHash: hash, brokenAt: isComplete ? null : seq + 1 };
  }

  private async storedAfter(seq: number, limit: number): Promise<StoredEvent[]> {
    return (await this.dataSource.query('SELECT * FROM audit_event WHERE seq > $1 ORDER BY seq LIMIT $2', [seq, limit])) as StoredEvent[];
  }
}

async function appendEvent(
  runner: QueryRunner,
  { actor, requestId, address }: ActContext,
  fact: AuditFact,
): Promise<{ seq: number; hash: string; action: string }> {
  const [last] = (await runner.query('SELECT seq, hash FROM audit_event ORDER BY seq DESC LIMIT 1')) as Pick<StoredEvent, 'seq' | 'hash'>[];
  const event: Omit<StoredEvent, 'hash'> = {
    seq: String(Number(last?.seq ?? 0) + 1),
    time: new Date(),
    actor_kind: actor.kind,
    actor_id: actor.id,
    actor_name: orNull(actor.name),
    action: fact.action,
    target: orNull(fact.target),
    details: storableJson(fact.details ?? {}),
    request_id: requestId,
    address: orNull(address),
    previous_hash: last?.hash ?? NO_HASH,
  };
  const hash = hashOf(event);
  await runner.query(
    `INSERT INTO audit_event (${COLUMNS.join(', ')}, hash) VALUES (${COLUMNS.map((_, i) => `$${i + 1}`).join(', ')}, $${COLUMNS.length + 1})`,
    [...COLUMNS.map((column) => event[column]), hash],
  );
  return { seq: Number(event.seq), hash, action: fact.action };
}

const COLUMNS = [
  'seq',
  'time',
  'actor_kind',
  'actor_id',
  'actor_name',
  'action',
  'target',
  'details',
  'request_id',
  'address',
  'previous_hash',
] as const satisfies readonly (keyof StoredEvent)[];

/** SHA-256 of the JSON array of all columns but the hash itself, times in RFC 3339 with milliseconds (docs/reference/access.md#audit-log). */
function hashOf(event: Omit<StoredEvent, 'hash'>): string {
  const values = COLUMNS.map((column) => (column === 'time' ? event.time.toISOString() : event[column]));
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}

function orNull(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : storable(text.toWellFormed());
}

function toDto(event: StoredEvent): AuditEventDto {
  return {
    seq: Number(event.seq),
    time: event.time.toISOString(),
    actor: { kind: event.actor_kind as AuditEventDto['actor']['kind'], id: event.actor_id, name: event.actor_name },
    action: event.action,
    target: event.target,
    details: JSON.parse(event.details) as AuditEventDto['details'],
    requestId: event.request_id,
    address: event.address,
    previousHash: event.previous_hash,
    hash: event.hash,
  };
}
