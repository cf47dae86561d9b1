import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a capture with `?repair=report` changed before signing, and the hash of what was sent. */
export class AddCaptureRepairs1795392000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE capture_job ADD COLUMN original_sha256 text COLLATE "C", ADD COLUMN repairs jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE capture_job DROP COLUMN original_sha256, DROP COLUMN repairs');
  }
}
