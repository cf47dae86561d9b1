import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is the organisation's own business: not on the chain, kept when the index is rebuilt. */
export class CreateOwnRecords1795392000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE capture_job (
      id text COLLATE "C" PRIMARY KEY,
      created_at timestamptz(3) NOT NULL,
      finished_at timestamptz(3),
      success boolean NOT NULL,
      error_behaviour text COLLATE "C" NOT NULL,
      errors jsonb NOT NULL
    )`);
    await runner.query(`CREATE INDEX capture_job_created_idx ON capture_job (created_at, id)`);
    await runner.query(`CREATE TABLE idempotency_key (
      key text COLLATE "C" PRIMARY KEY,
      request_hash text COLLATE "C" NOT NULL,
      status integer,
      headers jsonb,
      body text COLLATE "C",
      created_at timestamptz(3) NOT NULL
    )`);
    await runner.query(`CREATE INDEX idempotency_key_created_idx ON idempotency_key (created_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE capture_job, idempotency_key');
  }
}
