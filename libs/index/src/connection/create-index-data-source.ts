import 'reflect-metadata';
import { DataSource, DefaultNamingStrategy } from 'typeorm';
import { MIGRATIONS } from '../../../../migrations/index.js';
import { ROWS } from '../rows/rows.js';

export interface IndexDatabaseOptions {
  /** `postgres://user:password@host:port/database` of the writable server; PostgreSQL 15 or later. */
  readonly url: string;
  /** Read replicas: answers come from them, with the height that they have reached. */
  readonly replicas?: readonly string[];
  /** Connections per process and server, default 8, at least 2. */
  readonly poolSize?: number;
  /** Shown by PostgreSQL beside each connection (`pg_stat_activity`), default `lading`. */
  readonly applicationName?: string;
  /** Writes every statement to the console. */
  readonly logging?: boolean;
}

/** A query that takes longer is a mistake, and must not hold a connection for ever. */
const STATEMENT_TIMEOUT_MS = 15_000;
const CONNECT_TIMEOUT_MS = 5_000;

/** Columns are the property names in snake case. */
class SnakeCaseNames extends DefaultNamingStrategy {
  override columnName(propertyName: string, customName: string | undefined): string {
    return customName ?? propertyName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }
}

/** Not yet connected: call `initialize()`, then `migrate`. Never synchronises the schema; migrations alone change it. */
export function createIndexDataSource(options: IndexDatabaseOptions): DataSource {
  const replicas = options.replicas ?? [];
  return new DataSource({
    type: 'postgres',
    ...(replicas.length === 0
      ? { url: options.url }
      : { replication: { master: { url: options.url }, slaves: replicas.map((url) => ({ url })), defaultMode: 'master' as const } }),
    applicationName: options.applicationName ?? 'lading',
    poolSize: options.poolSize ?? 8,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    entities: ROWS,
    migrations: MIGRATIONS,
    migrationsTableName: 'schema_migration',
    namingStrategy: new SnakeCaseNames(),
    synchronize: false,
    installExtensions: false,
    logging: options.logging ?? false,
    extra: {
      statement_timeout: STATEMENT_TIMEOUT_MS,
      // Every question is lookups by key: compiling it takes longer than answering it (docs/operations/query-plans.md).
      options: '-c jit=off',
      keepAlive: true,
      // An idle connection must not keep a process from ending.
      allowExitOnIdle: true,
    },
  });
}
