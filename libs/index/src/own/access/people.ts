import type { DataSource, QueryRunner } from 'typeorm';
import type { PageRequest } from '../../queries.types.js';
import { decodePageCursor, encodePageCursor, pageLimit } from '../../queries/page-cursor.js';
import type { ActContext, ListPage, NewPasskey, PasskeyDto, PeopleStore, PersonDto } from './access.types.js';
import type { AuditLog } from './audit-log.js';

interface StoredPerson {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly status: 'active' | 'disabled';
  readonly created_at: Date;
  readonly last_seen_at: Date | null;
  readonly passkeys: string;
}

interface StoredPasskey {
  readonly id: string;
  readonly person_id: string;
  readonly public_key: string;
  readonly counter: string;
  readonly transports: readonly string[];
  readonly name: string;
  readonly is_device_bound: boolean;
  readonly is_backed_up: boolean;
  readonly created_at: Date;
  readonly last_used_at: Date | null;
}

const PEOPLE = `SELECT p.id, p.name, p.role, p.status, p.created_at,
    (SELECT max(k.last_used_at) FROM passkey k WHERE k.person_id = p.id) AS last_seen_at,
    (SELECT count(*) FROM passkey k WHERE k.person_id = p.id) AS passkeys
  FROM person p`;

/** The people of this organisation and their passkeys. */
export class People implements PeopleStore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
  ) {}

  async list(page: PageRequest = {}): Promise<ListPage<PersonDto>> {
    const limit = pageLimit(page.limit);
    const after = decodePageCursor(page.cursor, ['string', 'string']);
    const stored = (await this.dataSource.query(
      `${PEOPLE} WHERE $1::text IS NULL OR (p.name, p.id) > ($1, $2) ORDER BY p.name, p.id LIMIT $3`,
      [after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    )) as StoredPerson[];
    const items = stored.slice(0, limit).map(toPerson);
    const last = items.at(-1);
    return { items, nextCursor: stored.length > limit && last !== undefined ? encodePageCursor([last.name, last.id]) : null };
  }

  async get(id: string): Promise<PersonDto | undefined> {
    if (id.includes('\0')) return undefined;
    const [stored] = (await this.dataSource.query(`${PEOPLE} WHERE p.id = $1`, [id])) as StoredPerson[];
    return stored && toPerson(stored);
  }

  change(
    context: ActContext,
    id: string,
    change: Parameters<PeopleStore['change']>[2],
  ): Promise<'changed' | 'unknown' | 'last-admin'> {
    return this.audit.recording(context, async (runner, record) => {
      const [before] = (await runner.query(`${PEOPLE} WHERE p.id = $1`, [id])) as StoredPerson[];
      if (before === undefined) return 'unknown';
      const after = { name: before.name, role: before.role, status: before.status, ...change };
      const losesAdmin = isActiveAdmin(before) && !isActiveAdmin(after);
      if (losesAdmin && (await countActiveAdmins(runner)) === 1) return 'last-admin';
      await runner.query('UPDATE person SET name = $2, role = $3, status = $4 WHERE id = $1', [id, after.name, after.role, after.status]);
      // Who may do less begins anew: what a session was allowed is asked with each request, but a page may still show it.
      if (after.status === 'disabled') await runner.query('DELETE FROM session WHERE person_id = $1', [id]);
      await record({ action: 'person.changed', target: id, details: change });
      return 'changed';
    });
  }

  async passkeys(personId: string): Promise<readonly PasskeyDto[]> {
    const stored = (await this.dataSource.query('SELECT * FROM passkey WHERE person_id = $1 ORDER BY created_at, id', [
      personId,
    ])) as StoredPasskey[];
    return stored.map(toPasskey);
  }

  async passkey(id: string): Promise<(PasskeyDto & { readonly personName: string; readonly role: string }) | undefined> {
    if (id.includes('\0')) return undefined;
    const [stored] = (await this.dataSource.query(
      `SELECT k.*, p.name AS person_name, p.role FROM passkey k JOIN person p ON p.id = k.person_id WHERE k.id = $1 AND p.status = 'active'`,
      [id],
    )) as (StoredPasskey & { readonly person_name: string; readonly role: string })[];
    return stored && { ...toPasskey(stored), personName: stored.person_name, role: stored.role };
  }

  addPasskey(context: ActContext, personId: string, passkey: NewPasskey): Promise<boolean> {
    return this.audit.recording(context, async (runner, record) => {
      if (!(await insertPasskey(runner, personId, passkey))) return false;
      await record({ action: 'passkey.added', target: passkey.id, details: describePasskey(personId, passkey) });
      return true;
    });
  }

  removePasskey(context: ActContext, personId: string, id: string): Promise<'removed' | 'unknown' | 'last-passkey'> {
    return this.audit.recording(context, async (runner, record) => {
      const own = (await runner.query('SELECT id FROM passkey WHERE person_id = $1', [personId])) as { id: string }[];
      if (!own.some((passkey) => passkey.id === id)) return 'unknown';
      if (own.length === 1) return 'last-passkey';
      await runner.query('DELETE FROM passkey WHERE id = $1', [id]);
      await record({ action: 'passkey.removed', target: id, details: { person: personId } });
      return 'removed';
    });
  }

  async notePasskeyUse(id: string, use: { readonly counter: number; readonly isBackedUp: boolean }): Promise<boolean> {
    // Authenticators without a counter say 0 for ever.
    const [used] = (await this.dataSource.query(
      `UPDATE passkey SET counter = $2, is_backed_up = $3, last_used_at = now()
       WHERE id = $1 AND (counter < $2 OR (counter = 0 AND $2 = 0)) RETURNING id`,
      [id, use.counter, use.isBackedUp],
    )) as [unknown[], number];
    return used.length > 0;
  }
}

/** @returns false when the credential is registered already */
export async function insertPasskey(runner: QueryRunner, personId: string, passkey: NewPasskey): Promise<boolean> {
  const inserted = (await runner.query(
    `INSERT INTO passkey (id, person_id, public_key, counter, transports, name, is_device_bound, is_backed_up, created_at)
     VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, now()) ON CONFLICT DO NOTHING RETURNING id`,
    [
      passkey.id,
      personId,
      passkey.publicKey,
      passkey.counter,
      JSON.stringify(passkey.transports),
      passkey.name,
      passkey.isDeviceBound,
      passkey.isBackedUp,
    ],
  )) as unknown[];
  return inserted.length > 0;
}

export function describePasskey(personId: string, { name, isDeviceBound, isBackedUp }: NewPasskey): Record<string, unknown> {
  return { person: personId, name, isDeviceBound, isBackedUp };
}

export async function countActiveAdmins(runner: QueryRunner): Promise<number> {
  const [found] = (await runner.query(`SELECT count(*) FROM person WHERE role = 'admin' AND status = 'active'`)) as [{ count: string }];
  return Number(found.count);
}

function isActiveAdmin({ role, status }: { readonly role: string; readonly status: string }): boolean {
  return role === 'admin' && status === 'active';
}

function toPerson(stored: StoredPerson): PersonDto {
  return {
    id: stored.id,
    name: stored.name,
    role: stored.role,
    status: stored.status,
    createdAt: stored.created_at.toISOString(),
    lastSeenAt: stored.last_seen_at?.toISOString() ?? null,
    passkeys: Number(stored.passkeys),
  };
}

function toPasskey(stored: StoredPasskey): PasskeyDto {
  return {
    id: stored.id,
    personId: stored.person_id,
    publicKey: stored.public_key,
    counter: Number(stored.counter),
    transports: stored.transports,
    name: stored.name,
    isDeviceBound: stored.is_device_bound,
    isBackedUp: stored.is_backed_up,
    createdAt: stored.created_at.toISOString(),
    lastUsedAt: stored.last_used_at?.toISOString() ?? null,
  };
}
