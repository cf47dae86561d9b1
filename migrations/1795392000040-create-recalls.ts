import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Recalls and what organisations answer to them; findings by code and by author. */
export class CreateRecalls1795392000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE recall, recall_item, recall_acknowledgement');
    await runner.query('DROP INDEX finding_code_idx');
    await runner.query('ALTER TABLE finding DROP COLUMN author');
  }
}

const UP = [
  `CREATE TABLE recall (
     id text COLLATE "C" PRIMARY KEY,
     position bigint NOT NULL,
     opened_by text COLLATE "C" NOT NULL,
     title text COLLATE "C" NOT NULL,
     reason text COLLATE "C" NOT NULL,
     class text COLLATE "C",
     window_from text COLLATE "C",
     window_to text COLLATE "C",
     instructions text COLLATE "C",
     item_count integer NOT NULL,
     closed_by text COLLATE "C",
     closing_note text COLLATE "C"
   )`,
  `CREATE INDEX recall_position_idx ON recall (position)`,
  `CREATE TABLE recall_item (
     item_key text COLLATE "C" NOT NULL,
     recall text COLLATE "C" NOT NULL,
     ordinal integer NOT NULL,
     CONSTRAINT recall_item_pkey PRIMARY KEY (item_key, recall)
   )`,
  `CREATE INDEX recall_item_recall_idx ON recall_item (recall, ordinal)`,
  `CREATE TABLE recall_acknowledgement (
     recall text COLLATE "C" NOT NULL,
     position bigint NOT NULL,
     author text COLLATE "C" NOT NULL,
     entry_id text COLLATE "C" NOT NULL,
     note text COLLATE "C",
     quantities jsonb NOT NULL,
     CONSTRAINT recall_acknowledgement_pkey PRIMARY KEY (recall, position)
   )`,
  `ALTER TABLE finding ADD COLUMN author text COLLATE "C"`,
  `UPDATE finding f SET author = e.author FROM event e WHERE e.position = f.position`,
  `ALTER TABLE finding ALTER COLUMN author SET NOT NULL`,
  `CREATE INDEX finding_code_idx ON finding (code, position)`,
  `CREATE INDEX finding_author_idx ON finding (author, position)`,
];
