import type { DataSource } from 'typeorm';
import { storableJson } from '../projection/storable.js';
import type { InvitationDto, InvitationStore, JoinRequestDto } from './invitation.types.js';

const LIST_MAX = 200;

interface StoredInvitation {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly revoked_at: Date | null;
  readonly join_request_id: string | null;
}

interface StoredRequest {
  readonly id: string;
  readonly invitation_id: string;
  readonly request: object;
  readonly filed_at: Date;
  readonly rejected_at: Date | null;
}

const INVITATIONS = `SELECT i.*, r.id AS join_request_id FROM invitation i LEFT JOIN join_request r ON r.invitation_id = i.id`;

/** Invitations and join requests in this organisation's database. */
export class Invitations implements InvitationStore {
  constructor(private readonly dataSource: DataSource) {}

  async create({
    id,
    name,
    roles,
    expiresAt,
  }: Pick<InvitationDto, 'id' | 'name' | 'roles' | 'expiresAt'>): Promise<InvitationDto> {
    await this.dataSource.query(
      'INSERT INTO invitation (id, name, roles, created_at, expires_at) VALUES ($1, $2, $3::jsonb, now(), $4)',
      [id, name, JSON.stringify(roles), expiresAt],
    );
    return (await this.get(id)) as InvitationDto;
  }

  async get(id: string): Promise<InvitationDto | undefined> {
    const [stored] = await this.query<StoredInvitation>(`${INVITATIONS} WHERE i.id = $1`, [id]);
    return stored === undefined ? undefined : toInvitation(stored);
  }

  async list(): Promise<readonly InvitationDto[]> {
    const stored = await this.query<StoredInvitation>(`${INVITATIONS} ORDER BY i.created_at DESC, i.id LIMIT $1`, [LIST_MAX]);
    return stored.map(toInvitation);
  }

  async revoke(id: string): Promise<boolean> {
    // TypeORM answers an UPDATE with [rows, count].
    const [, count] = (await this.dataSource.query(
      `UPDATE invitation SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM join_request WHERE invitation_id = $1)`,
      [id],
    )) as [unknown, number];
    return count > 0;
  }

  async file({
    id,
    invitationId,
    request,
  }: Pick<JoinRequestDto, 'id' | 'invitationId' | 'request'>): Promise<JoinRequestDto | undefined> {
    // The unique index decides between two that come at once.
    await this.dataSource.query(
      `INSERT INTO join_request (id, invitation_id, request, filed_at)
       SELECT $1, id, $3::jsonb, now() FROM invitation WHERE id = $2 AND revoked_at IS NULL
       ON CONFLICT (invitation_id) DO NOTHING`,
      [id, invitationId, storableJson(request)],
    );
    const [stored] = await this.query<StoredRequest>('SELECT * FROM join_request WHERE invitation_id = $1', [invitationId]);
    return stored === undefined ? undefined : toRequest(stored);
  }

  async requests(): Promise<readonly JoinRequestDto[]> {
    const stored = await this.query<StoredRequest>('SELECT * FROM join_request ORDER BY filed_at DESC, id LIMIT $1', [LIST_MAX]);
    return stored.map(toRequest);
  }

  async request(id: string): Promise<JoinRequestDto | undefined> {
    const [stored] = await this.query<StoredRequest>('SELECT * FROM join_request WHERE id = $1', [id]);
    return stored === undefined ? undefined : toRequest(stored);
  }

  async reject(id: string): Promise<boolean> {
    const [, count] = (await this.dataSource.query(
      'UPDATE join_request SET rejected_at = now() WHERE id = $1 AND rejected_at IS NULL',
      [id],
    )) as [unknown, number];
    return count > 0;
  }

  private query<T>(sql: string, values: readonly unknown[]): Promise<T[]> {
    return this.dataSource.query(sql, [...values]) as Promise<T[]>;
  }
}

function toInvitation(stored: StoredInvitation): InvitationDto {
  const { id, name, roles } = stored;
  return {
    id,
    name,
    roles,
    createdAt: stored.created_at.toISOString(),
    expiresAt: stored.expires_at.toISOString(),
    revokedAt: stored.revoked_at?.toISOString() ?? null,
    joinRequestId: stored.join_request_id,
  };
}

function toRequest(stored: StoredRequest): JoinRequestDto {
  return {
    id: stored.id,
    invitationId: stored.invitation_id,
    request: stored.request,
    filedAt: stored.filed_at.toISOString(),
    rejectedAt: stored.rejected_at?.toISOString() ?? null,
  };
}
