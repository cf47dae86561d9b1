import { MigrationExecutor, type DataSource } from 'typeorm';

/** Any number, as long as nothing else that uses the database takes it. */
const MIGRATION_LOCK = 7_306_361_081;

/**
 * Brings the schema up to date. Processes that start together wait for each other: one migrates, the others find it done.
 * @returns the names of the migrations that ran
 */
export async function migrate(dataSource: DataSource): Promise<readonly string[]> {
  const runner = dataSource.createQueryRunner('master');
  try {
    // Waiting for the lock and changing a large table may both take long.
    await runner.query('SET statement_timeout = 0');
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      const executor = new MigrationExecutor(dataSource, runner);
      executor.transaction = 'each';
      const done = await executor.executePendingMigrations();
      return done.map((migration) => migration.name);
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
      await runner.query('RESET statement_timeout');
    }
  } finally {
    await runner.release();
  }
}
