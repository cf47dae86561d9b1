import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Invitations of this organisation, and what the invited asked for. */
export class CreateInvitations1795392000110 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE invitation (
      id text COLLATE "C" PRIMARY KEY,
      name text COLLATE "C" NOT NULL,
      roles jsonb NOT NULL,
      created_at timestamptz(3) NOT NULL,
      expires_at timestamptz(3) NOT NULL,
      revoked_at timestamptz(3)
    )`);
    await runner.query(`CREATE TABLE join_request (
      id text COLLATE "C" PRIMARY KEY,
      invitation_id text COLLATE "C" NOT NULL,
      request jsonb NOT NULL,
      filed_at timestamptz(3) NOT NULL,
      rejected_at timestamptz(3)
    )`);
    await runner.query(`CREATE UNIQUE INDEX join_request_invitation_id_key ON join_request (invitation_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE invitation, join_request');
  }
}
