import { randomUUID } from 'node:crypto';
import type { DataSource, QueryRunner } from 'typeorm';
import type { ActContext, LinkDto, LinkKind, LinkStore, NewLink, SessionDto } from './access.types.js';
import type { AuditLog } from './audit-log.js';
import { countActiveAdmins, describePasskey, insertPasskey } from './people.js';
import { insertSession } from './sessions.js';

const LISTED_MAX = 1_000;

interface StoredLink {
  readonly id: string;
  readonly kind: LinkKind;
  readonly person_id: string;
  readonly name: string | null;
  readonly role: string;
  readonly created_at: Date;
  readonly expires_at: Date;
}

const OPEN = 'ended_at IS NULL AND expires_at > now()';

/** Links by which people enrol their passkeys: each works once and expires. */
export class Links implements LinkStore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
  ) {}

  firstAdmin(context: ActContext, link: NewLink, { replace, evenWithAdmin }: Parameters<LinkStore['firstAdmin']>[2]): Promise<boolean> {
    return this.audit.recording(context, async (runner, record) => {
      if (!evenWithAdmin && (await countActiveAdmins(runner)) > 0) return false;
      const open = (await runner.query(`SELECT id FROM access_link WHERE kind = 'first-admin' AND ${OPEN}`)) as unknown[];
      if (open.length > 0 && !replace) return false;
      await runner.query(`UPDATE access_link SET ended_at = now() WHERE kind = 'first-admin' AND ended_at IS NULL`);
      await insertLink(runner, link, { kind: 'first-admin', personId: randomUUID(), name: null, role: 'admin' });
      await record({ action: 'link.created', target: link.id, details: { kind: 'first-admin' } });
      return true;
    });
  }

  invite(context: ActContext, link: NewLink, { name, role }: { readonly name: string; readonly role: string }): Promise<LinkDto> {
    return this.audit.recording(context, async (runner, record) => {
      const made = await insertLink(runner, link, { kind: 'invitation', personId: randomUUID(), name, role });
      await record({ action: 'person.invited', target: link.id, details: { name, role } });
      return made;
    });
  }

  recovery(context: ActContext, link: NewLink, personId: string): Promise<LinkDto | undefined> {
    return this.audit.recording(context, async (runner, record) => {
      const [person] = (await runner.query(`SELECT name, role FROM person WHERE id = $1 AND status = 'active'`, [personId])) as {
        name: string;
        role: string;
      }[];
      if (person === undefined) return undefined;
      const made = await insertLink(runner, link, { kind: 'recovery', personId, ...person });
      await record({ action: 'link.created', target: link.id, details: { kind: 'recovery', person: personId } });
      return made;
    });
  }

  async open(): Promise<readonly LinkDto[]> {
    const stored = (await this.dataSource.query(
      `SELECT * FROM access_link WHERE ${OPEN} ORDER BY created_at DESC, id LIMIT ${LISTED_MAX}`,
    )) as StoredLink[];
    return stored.map(toDto);
  }

  withdraw(context: ActContext, id: string): Promise<boolean> {
    return this.audit.recording(context, async (runner, record) => {
      const [ended] = (await runner.query(`UPDATE access_link SET ended_at = now() WHERE id = $1 AND ${OPEN} RETURNING id`, [id])) as [
        unknown[],
        number,
      ];
      if (ended.length === 0) return false;
      await record({ action: 'link.withdrawn', target: id });
      return true;
    });
  }

  async byToken(tokenHash: string): Promise<LinkDto | undefined> {
    const [stored] = (await this.dataSource.query(`SELECT * FROM access_link WHERE token_hash = $1 AND ${OPEN}`, [
      tokenHash,
    ])) as StoredLink[];
    return stored && toDto(stored);
  }

  async enrol(
    context: Parameters<LinkStore['enrol']>[0],
    tokenHash: string,
    { name, passkey, session }: Parameters<LinkStore['enrol']>[2],
  ): Promise<SessionDto | undefined> {
    const nobodyYet: ActContext = { ...context, actor: { kind: 'unknown', id: null, name: null } };
    try {
      return await this.audit.recording(nobodyYet, async (runner, record) => {
        const [[link]] = (await runner.query(`UPDATE access_link SET ended_at = now() WHERE token_hash = $1 AND ${OPEN} RETURNING *`, [
          tokenHash,
        ])) as [StoredLink[], number];
        if (link === undefined) throw new NotEnrolled();
        const personId = link.person_id;
        const actor = { kind: 'person', id: personId, name: link.name ?? name } as const;
        if (link.kind === 'recovery') {
          await requireActive(runner, personId);
        } else {
          await runner.query(`INSERT INTO person (id, name, role, status, created_at) VALUES ($1, $2, $3, 'active', now())`, [
            personId,
            link.name ?? name,
            link.role,
          ]);
          await record({ action: 'person.enrolled', target: personId, details: { role: link.role, link: link.id } }, actor);
        }
        if (!(await insertPasskey(runner, personId, passkey))) throw new NotEnrolled();
        await record({ action: 'passkey.added', target: passkey.id, details: describePasskey(personId, passkey) }, actor);
        const started = await insertSession(runner, personId, session);
        await record({ action: 'session.started', target: session.id }, actor);
        return started;
      });
    } catch (error) {
      if (error instanceof NotEnrolled) return undefined;
      throw error;
    }
  }
}

/** Undoes the transaction. */
class NotEnrolled extends Error {
  override readonly name = 'NotEnrolled';
}

async function requireActive(runner: QueryRunner, personId: string): Promise<void> {
  const found = (await runner.query(`SELECT id FROM person WHERE id = $1 AND status = 'active'`, [personId])) as unknown[];
  if (found.length === 0) throw new NotEnrolled();
}

async function insertLink(
  runner: QueryRunner,
  link: NewLink,
  what: { readonly kind: LinkKind; readonly personId: string; readonly name: string | null; readonly role: string },
): Promise<LinkDto> {
  const [stored] = (await runner.query(
    `INSERT INTO access_link (id, token_hash, kind, person_id, name, role, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, now(), now() + $7 * interval '1 millisecond') RETURNING *`,
    [link.id, link.tokenHash, what.kind, what.personId, what.name, what.role, link.lifetimeMs],
  )) as [StoredLink];
  return toDto(stored);
}

function toDto(stored: StoredLink): LinkDto {
  return {
    id: stored.id,
    kind: stored.kind,
    personId: stored.person_id,
    name: stored.name,
    role: stored.role,
    createdAt: stored.created_at.toISOString(),
    expiresAt: stored.expires_at.toISOString(),
  };
}
