import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MIGRATIONS } from '../../../../migrations/index.js';
import { startTestPostgres, type TestPostgres } from '../../testing/test-postgres.js';
import { TestChain } from '../../testing/test-chain.js';
import { readCursor } from '../projection/index-cursor.js';
import { project } from '../projection/project.js';
import { IndexQueries } from '../queries/index-queries.js';
import { createIndexDataSource } from './create-index-data-source.js';
import { migrate } from './migrate.js';

describe('the schema', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startTestPostgres(process.env['DATABASE_URL']);
  });
  afterAll(() => postgres.stop());

  it('lists every migration file, oldest first', async () => {
    const folder = fileURLToPath(new URL('../../../../migrations/', import.meta.url));
    const files = (await readdir(folder)).filter((name) => /^\d+-.*\.ts$/.test(name)).sort();
    const stampOf = (text: string): string | undefined => /\d{13}/.exec(text)?.[0];
    expect(MIGRATIONS.map((migration) => stampOf(migration.name))).toEqual(files.map(stampOf));
    expect(files.length).toBeGreaterThan(0);
  });

  it('is what the rows declare, and goes away again with its migrations', async () => {
    const dataSource = await createIndexDataSource({ url: await postgres.createDatabase() }).initialize();
    try {
      expect(await migrate(dataSource)).toHaveLength(MIGRATIONS.length);
      const differences = await dataSource.driver.createSchemaBuilder().log();
      expect(differences.upQueries.map((query) => query.query)).toEqual([]);
      for (const _ of MIGRATIONS) await dataSource.undoLastMigration();
      const left = await dataSource.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`);
      expect(left).toEqual([{ tablename: 'schema_migration' }]);
    } finally {
      await dataSource.destroy();
    }
  });

  it('is written on the first server and read on replicas', async () => {
    const url = await postgres.createDatabase();
    const replica = await postgres.createDatabase();
    for (const each of [url, replica]) {
      const dataSource = await createIndexDataSource({ url: each, poolSize: 2 }).initialize();
      await migrate(dataSource);
      await dataSource.destroy();
    }
    const dataSource = await createIndexDataSource({ url, replicas: [replica], poolSize: 2 }).initialize();
    try {
      await project(dataSource, new TestChain().blocks);
      expect(await readCursor(dataSource)).toMatchObject({ height: 0 });
      // A replica that is behind says how far it has come.
      expect(await new IndexQueries(dataSource).organizations({})).toEqual({ items: [], nextCursor: null, asOf: { height: -1 } });
    } finally {
      await dataSource.destroy();
    }
  });

  it('is migrated once by processes that start together', async () => {
    const url = await postgres.createDatabase();
    const processes = await Promise.all([1, 2, 3].map(() => createIndexDataSource({ url, poolSize: 2 }).initialize()));
    try {
      const done = await Promise.all(processes.map(migrate));
      expect(done.map((names) => names.length).sort()).toEqual([0, 0, MIGRATIONS.length]);
    } finally {
      for (const dataSource of processes) await dataSource.destroy();
    }
  });
});
