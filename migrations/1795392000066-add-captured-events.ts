import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which events a capture recorded: their ids, and how these stand to the CBV event hash ids. */
export class AddCapturedEvents1795392000066 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE capture_job ADD COLUMN events jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE capture_job DROP COLUMN events');
  }
}
