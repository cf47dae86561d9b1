import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Master data in the headers of captured documents. An index that was filled before is emptied: its indexer writes it again from the chain. */
export class CreateVocabularies1795392000065 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE vocabulary_element, vocabulary_attribute, vocabulary_child');
    await runner.query('DROP INDEX event_field_reference_idx');
  }
}

const UP = [
  `CREATE TABLE vocabulary_element (
     position bigint NOT NULL,
     ordinal integer NOT NULL,
     end_position bigint,
     author text COLLATE "C" NOT NULL,
     vocabulary text COLLATE "C" NOT NULL,
     key text COLLATE "C" NOT NULL,
     text text COLLATE "C" NOT NULL,
     content jsonb NOT NULL,
     CONSTRAINT vocabulary_element_pkey PRIMARY KEY (position, ordinal)
   )`,
  `CREATE UNIQUE INDEX vocabulary_element_current_idx ON vocabulary_element (vocabulary, key, author) WHERE end_position IS NULL`,
  `CREATE TABLE vocabulary_attribute (
     position bigint NOT NULL,
     ordinal integer NOT NULL,
     place integer NOT NULL,
     prefix text COLLATE "C" NOT NULL,
     namespace text COLLATE "C" NOT NULL,
     local text COLLATE "C" NOT NULL,
     text text COLLATE "C" NOT NULL,
     CONSTRAINT vocabulary_attribute_pkey PRIMARY KEY (position, ordinal, place)
   )`,
  `CREATE INDEX vocabulary_attribute_text_idx ON vocabulary_attribute (local, text)`,
  `CREATE TABLE vocabulary_child (
     position bigint NOT NULL,
     ordinal integer NOT NULL,
     place integer NOT NULL,
     parent text COLLATE "C" NOT NULL,
     child text COLLATE "C" NOT NULL,
     CONSTRAINT vocabulary_child_pkey PRIMARY KEY (position, ordinal, place)
   )`,
  `CREATE INDEX vocabulary_child_parent_idx ON vocabulary_child (parent)`,
  // Transactions and parties with master data are found by their id, whatever their type.
  `CREATE INDEX event_field_reference_idx ON event_field (text) WHERE scope IN ('bizTransaction', 'source', 'destination')`,
  `TRUNCATE block, entry, organization, organization_key, product, item, event, event_item, event_field, containment, association, lineage,
     transfer, finding, recall, recall_item, recall_acknowledgement`,
  `UPDATE indexer_cursor SET height = -1, block_hash = ''`,
];
