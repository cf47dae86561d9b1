import type { DataSource, QueryRunner } from 'typeorm';

/** Runs `work` in one transaction on the writable server. When it throws, nothing of it happened. */
export async function inTransaction<T>(
  dataSource: DataSource,
  work: (runner: QueryRunner) => Promise<T>,
  isolation: 'READ COMMITTED' | 'REPEATABLE READ' = 'READ COMMITTED',
): Promise<T> {
  const runner = dataSource.createQueryRunner('master');
  try {
    await runner.startTransaction(isolation);
    try {
      const result = await work(runner);
      await runner.commitTransaction();
      return result;
    } catch (error) {
      // The first error is the one that matters; a lost connection has rolled back already.
      await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    }
  } finally {
    await runner.release();
  }
}
