import type { DataSource, QueryRunner } from 'typeorm';
import { storable } from '../../projection/storable.js';
import type { ActContext, NewSession, SessionDto, SessionStore } from './access.types.js';
import type { AuditLog } from './audit-log.js';

const IDLE_MS = 30 * 60_000;
const LIFETIME_MS = 12 * 3_600_000;
/** A sign of life is written down at most so often. */
const TOUCH_AFTER_MS = 60_000;
const LISTED_MAX = 1_000;
const USER_AGENT_LENGTH_MAX = 200;

interface StoredSession {
  readonly id: string;
  readonly person_id: string;
  readonly person_name: string;
  readonly role: string;
  readonly created_at: Date;
  readonly last_seen_at: Date;
  readonly expires_at: Date;
  readonly address: string | null;
  readonly user_agent: string | null;
  readonly is_stale: boolean;
}

/** Sessions that are good: of active people, used lately, not too old. */
const GOOD = `SELECT s.id, s.person_id, p.name AS person_name, p.role, s.created_at, s.last_seen_at, s.expires_at, s.address, s.user_agent,
    s.last_seen_at < now() - interval '${TOUCH_AFTER_MS} milliseconds' AS is_stale
  FROM session s JOIN person p ON p.id = s.person_id
  WHERE p.status = 'active' AND s.expires_at > now() AND s.last_seen_at > now() - interval '${IDLE_MS} milliseconds'`;

/** Who is signed in: 30 minutes without a request, 12 hours at most. */
export class Sessions implements SessionStore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
  ) {}

  start(context: ActContext, personId: string, session: NewSession): Promise<SessionDto> {
    return this.audit.recording(context, async (runner, record) => {
      await runner.query(
        `DELETE FROM session WHERE expires_at < now() OR last_seen_at < now() - interval '${IDLE_MS} milliseconds'`,
      );
      const started = await insertSession(runner, personId, session);
      await record({ action: 'session.started', target: session.id });
      return started;
    });
  }

  async find(tokenHash: string): Promise<SessionDto | undefined> {
    const [stored] = (await this.dataSource.query(`${GOOD} AND s.token_hash = $1`, [tokenHash])) as StoredSession[];
    if (stored === undefined) return undefined;
    if (!stored.is_stale) return toDto(stored);
    await this.dataSource.query('UPDATE session SET last_seen_at = now() WHERE id = $1', [stored.id]);
    return toDto({ ...stored, last_seen_at: new Date() });
  }

  async list(personId: string | undefined): Promise<readonly SessionDto[]> {
    const stored = (await this.dataSource.query(
      `${GOOD} AND ($1::text IS NULL OR s.person_id = $1) ORDER BY s.created_at DESC, s.id LIMIT ${LISTED_MAX}`,
      [personId ?? null],
    )) as StoredSession[];
    return stored.map(toDto);
  }

  end(context: ActContext, id: string, personId: string | undefined): Promise<boolean> {
    return this.audit.recording(context, async (runner, record) => {
      const [ended] = (await runner.query(
        'DELETE FROM session WHERE id = $1 AND ($2::text IS NULL OR person_id = $2) RETURNING person_id',
        [id, personId ?? null],
      )) as [{ person_id: string }[], number];
      if (ended[0] === undefined) return false;
      await record({ action: 'session.ended', target: id, details: { person: ended[0].person_id } });
      return true;
    });
  }
}

export async function insertSession(runner: QueryRunner, personId: string, session: NewSession): Promise<SessionDto> {
  await runner.query(
    `INSERT INTO session (id, token_hash, person_id, created_at, last_seen_at, expires_at, address, user_agent)
     VALUES ($1, $2, $3, now(), now(), now() + interval '${LIFETIME_MS} milliseconds', $4, $5)`,
    [
      session.id,
      session.tokenHash,
      personId,
      session.address,
      session.userAgent === null ? null : storable(session.userAgent.slice(0, USER_AGENT_LENGTH_MAX).toWellFormed()),
    ],
  );
  const [stored] = (await runner.query(`${GOOD} AND s.id = $1`, [session.id])) as [StoredSession];
  return toDto(stored);
}

function toDto(stored: StoredSession): SessionDto {
  const idleEnd = Math.min(stored.last_seen_at.getTime() + IDLE_MS, stored.expires_at.getTime());
  return {
    id: stored.id,
    personId: stored.person_id,
    personName: stored.person_name,
    role: stored.role,
    createdAt: stored.created_at.toISOString(),
    lastSeenAt: stored.last_seen_at.toISOString(),
    idleExpiresAt: new Date(idleEnd).toISOString(),
    expiresAt: stored.expires_at.toISOString(),
    address: stored.address,
    userAgent: stored.user_agent,
  };
}
