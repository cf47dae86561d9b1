import type { DataSource } from 'typeorm';
import type {
  AuditLogStore,
  ChallengeStore,
  LinkStore,
  PeopleStore,
  ServiceAccountStore,
  SessionStore,
} from './access.types.js';
import { AuditLog } from './audit-log.js';
import { Challenges } from './challenges.js';
import { Links } from './links.js';
import { People } from './people.js';
import { ServiceAccounts } from './service-accounts.js';
import { Sessions } from './sessions.js';

/** Who may use the node, and what they did. */
export interface AccessRecords {
  readonly people: PeopleStore;
  readonly links: LinkStore;
  readonly sessions: SessionStore;
  readonly challenges: ChallengeStore;
  readonly services: ServiceAccountStore;
  readonly audit: AuditLogStore;
}

export function openAccessRecords(dataSource: DataSource, noteHead?: ConstructorParameters<typeof AuditLog>[1]): AccessRecords {
  const audit = new AuditLog(dataSource, noteHead);
  return {
    people: new People(dataSource, audit),
    links: new Links(dataSource, audit),
    sessions: new Sessions(dataSource, audit),
    challenges: new Challenges(dataSource),
    services: new ServiceAccounts(dataSource, audit),
    audit,
  };
}

/** Deletes what has expired and proves nothing any more. Links and keys stay: they say who was let in by what. */
export async function pruneAccess(dataSource: DataSource): Promise<void> {
  await dataSource.query('DELETE FROM challenge WHERE expires_at < now()');
  await dataSource.query('DELETE FROM signature_nonce WHERE expires_at < now()');
  await dataSource.query('DELETE FROM session WHERE expires_at < now()');
}
