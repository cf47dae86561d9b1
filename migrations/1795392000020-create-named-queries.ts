import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Named EPCIS queries of this organisation. */
export class CreateNamedQueries1795392000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE named_query (
      name text COLLATE "C" PRIMARY KEY,
      query text COLLATE "C" NOT NULL,
      namespaces jsonb NOT NULL,
      created_at timestamptz(3) NOT NULL
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE named_query');
  }
}
