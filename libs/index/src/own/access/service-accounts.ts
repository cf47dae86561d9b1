import type { DataSource, QueryRunner } from 'typeorm';
import type { PageRequest } from '../../queries.types.js';
import { decodePageCursor, encodePageCursor, pageLimit } from '../../queries/page-cursor.js';
import type {
  ActContext,
  ListPage,
  NewServiceKey,
  ServiceAccountDto,
  ServiceAccountStore,
  ServiceKeyDto,
  UsableServiceKey,
} from './access.types.js';
import type { AuditLog } from './audit-log.js';

/** Keys of one account that are good at the same time. */
const LIVE_KEYS_MAX = 20;

interface StoredAccount {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly status: 'active' | 'disabled';
  readonly created_at: Date;
}

interface StoredKey {
  readonly id: string;
  readonly account_id: string;
  readonly kind: 'secret' | 'ed25519';
  readonly material: string;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly last_used_at: Date | null;
  readonly revoked_at: Date | null;
}

/** Systems that may use the API, and their keys. */
export class ServiceAccounts implements ServiceAccountStore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
  ) {}

  create(context: ActContext, { id, name, scopes }: Parameters<ServiceAccountStore['create']>[1]): Promise<ServiceAccountDto> {
    return this.audit.recording(context, async (runner, record) => {
      const [stored] = (await runner.query(
        `INSERT INTO service_account (id, name, scopes, status, created_at) VALUES ($1, $2, $3::jsonb, 'active', now()) RETURNING *`,
        [id, name, JSON.stringify(scopes)],
      )) as [StoredAccount];
      await record({ action: 'service-account.created', target: id, details: { name, scopes } });
      return toAccount(stored, []);
    });
  }

  async list(page: PageRequest = {}): Promise<ListPage<ServiceAccountDto>> {
    const limit = pageLimit(page.limit);
    const after = decodePageCursor(page.cursor, ['string']);
    const stored = (await this.dataSource.query(
      'SELECT * FROM service_account WHERE $1::text IS NULL OR id > $1 ORDER BY id LIMIT $2',
      [after?.[0] ?? null, limit + 1],
    )) as StoredAccount[];
    const shown = stored.slice(0, limit);
    const keys = await this.keysOf(shown.map(({ id }) => id));
    const last = shown.at(-1);
    return {
      items: shown.map((account) => toAccount(account, keys)),
      nextCursor: stored.length > limit && last !== undefined ? encodePageCursor([last.id]) : null,
    };
  }

  async get(id: string): Promise<ServiceAccountDto | undefined> {
    if (id.includes('\0')) return undefined;
    const [stored] = (await this.dataSource.query('SELECT * FROM service_account WHERE id = $1', [id])) as StoredAccount[];
    return stored && toAccount(stored, await this.keysOf([id]));
  }

  change(context: ActContext, id: string, change: Parameters<ServiceAccountStore['change']>[2]): Promise<boolean> {
    return this.audit.recording(context, async (runner, record) => {
      const [changed] = (await runner.query(
        `UPDATE service_account SET name = coalesce($2, name), scopes = coalesce($3::jsonb, scopes), status = coalesce($4, status)
         WHERE id = $1 RETURNING id`,
        [id, change.name ?? null, change.scopes === undefined ? null : JSON.stringify(change.scopes), change.status ?? null],
      )) as [unknown[], number];
      if (changed.length === 0) return false;
      await record({ action: 'service-account.changed', target: id, details: change });
      return true;
    });
  }

  addKey(context: ActContext, accountId: string, key: NewServiceKey): ReturnType<ServiceAccountStore['addKey']> {
    return this.audit.recording(context, async (runner, record) => {
      const added = await insertKey(runner, accountId, key);
      if (typeof added === 'string') return added;
      await record({ action: 'service-key.created', target: key.id, details: { account: accountId, kind: key.kind, expiresAt: added.expiresAt } });
      return added;
    });
  }

  rotateKey(
    context: ActContext,
    accountId: string,
    keyId: string,
    { key, overlapMs }: Parameters<ServiceAccountStore['rotateKey']>[3],
  ): ReturnType<ServiceAccountStore['rotateKey']> {
    return this.audit.recording(context, async (runner, record) => {
      const [[old]] = (await runner.query(
        `UPDATE service_key SET expires_at = least(expires_at, now() + $3 * interval '1 millisecond')
         WHERE id = $1 AND account_id = $2 AND revoked_at IS NULL AND expires_at > now() AND kind = $4 RETURNING *`,
        [keyId, accountId, overlapMs, key.kind],
      )) as [StoredKey[], number];
      if (old === undefined) return 'unknown';
      const added = await insertKey(runner, accountId, key);
      // Thrown, so that the old key keeps its time.
      if (typeof added === 'string') throw new NotRotated(added);
      await record({
        action: 'service-key.rotated',
        target: key.id,
        details: { account: accountId, kind: key.kind, replaces: keyId, oldEndsAt: old.expires_at.toISOString(), expiresAt: added.expiresAt },
      });
      return added;
    }).catch((error: unknown) => {
      if (error instanceof NotRotated) return error.reason;
      throw error;
    });
  }

  revokeKey(context: ActContext, accountId: string, keyId: string): Promise<boolean> {
    return this.audit.recording(context, async (runner, record) => {
      const [revoked] = (await runner.query(
        'UPDATE service_key SET revoked_at = now() WHERE id = $1 AND account_id = $2 AND revoked_at IS NULL RETURNING id',
        [keyId, accountId],
      )) as [unknown[], number];
      if (revoked.length === 0) return false;
      await record({ action: 'service-key.revoked', target: keyId, details: { account: accountId } });
      return true;
    });
  }

  async usableKey(id: string): Promise<UsableServiceKey | undefined> {
    if (id.includes('\0')) return undefined;
    const [stored] = (await this.dataSource.query(
      `SELECT k.id, k.kind, k.material, a.id AS account_id, a.name, a.scopes,
         coalesce(k.last_used_at > now() - interval '1 minute', false) AS is_use_noted FROM service_key k JOIN service_account a ON a.id = k.account_id
       WHERE k.id = $1 AND a.status = 'active' AND k.revoked_at IS NULL AND k.expires_at > now()`,
      [id],
    )) as (Pick<StoredKey, 'id' | 'kind' | 'material' | 'account_id'> & Pick<StoredAccount, 'name' | 'scopes'> & { readonly is_use_noted: boolean })[];
    if (stored === undefined) return undefined;
    const { kind, material, account_id, name, scopes, is_use_noted } = stored;
    return { id: stored.id, kind, material, account: { id: account_id, name, scopes }, isUseNoted: is_use_noted };
  }

  async noteUse({ id, isUseNoted }: UsableServiceKey): Promise<void> {
    if (!isUseNoted) await this.dataSource.query('UPDATE service_key SET last_used_at = now() WHERE id = $1', [id]);
  }

  async takeNonce(keyId: string, nonce: string, lifetimeMs: number): Promise<boolean> {
    const taken = (await this.dataSource.query(
      `INSERT INTO signature_nonce (key_id, nonce, expires_at) VALUES ($1, $2, now() + $3 * interval '1 millisecond')
       ON CONFLICT DO NOTHING RETURNING nonce`,
      [keyId, nonce, lifetimeMs],
    )) as unknown[];
    return taken.length > 0;
  }

  private async keysOf(accountIds: readonly string[]): Promise<readonly StoredKey[]> {
    return (await this.dataSource.query('SELECT * FROM service_key WHERE account_id = ANY($1) ORDER BY created_at DESC, id', [
      accountIds,
    ])) as StoredKey[];
  }
}

class NotRotated extends Error {
  override readonly name = 'NotRotated';

  constructor(readonly reason: 'unknown' | 'too-many' | 'exists') {
    super(reason);
  }
}

async function insertKey(runner: QueryRunner, accountId: string, key: NewServiceKey): ReturnType<ServiceAccountStore['addKey']> {
  const accounts = (await runner.query('SELECT id FROM service_account WHERE id = $1', [accountId])) as unknown[];
  if (accounts.length === 0) return 'unknown';
  const [live] = (await runner.query(
    'SELECT count(*) FROM service_key WHERE account_id = $1 AND revoked_at IS NULL AND expires_at > now()',
    [accountId],
  )) as [{ count: string }];
  if (Number(live.count) >= LIVE_KEYS_MAX) return 'too-many';
  const [stored] = (await runner.query(
    `INSERT INTO service_key (id, account_id, kind, material, created_at, expires_at)
     VALUES ($1, $2, $3, $4, now(), now() + $5 * interval '1 millisecond') ON CONFLICT DO NOTHING RETURNING *`,
    [key.id, accountId, key.kind, key.material, key.lifetimeMs],
  )) as StoredKey[];
  return stored === undefined ? 'exists' : toKey(stored);
}

function toAccount(stored: StoredAccount, keys: readonly StoredKey[]): ServiceAccountDto {
  return {
    id: stored.id,
    name: stored.name,
    scopes: stored.scopes,
    status: stored.status,
    createdAt: stored.created_at.toISOString(),
    keys: keys.filter((key) => key.account_id === stored.id).map(toKey),
  };
}

function toKey(stored: StoredKey): ServiceKeyDto {
  return {
    id: stored.id,
    kind: stored.kind,
    createdAt: stored.created_at.toISOString(),
    expiresAt: stored.expires_at.toISOString(),
    lastUsedAt: stored.last_used_at?.toISOString() ?? null,
    revokedAt: stored.revoked_at?.toISOString() ?? null,
  };
}
