import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Proposals, ballots, what was before a decision, how much each key has signed. The new tables follow from blocks that are indexed
 * already, so the index is emptied: the indexer begins again at height 0.
 */
export class CreateGovernanceTables1795392000090 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE proposal, ballot, act_reason, record_version, key_usage');
    await runner.query('DROP INDEX entry_key_idx');
    await runner.query('ALTER TABLE organization_key DROP COLUMN not_trusted_from');
    await runner.query(
      'ALTER TABLE organization DROP COLUMN names, DROP COLUMN contact, DROP COLUMN further_glns, DROP COLUMN node_address, DROP COLUMN api_url',
    );
  }
}

const UP = [
  `TRUNCATE block, entry, organization, organization_key, product, item, event, event_item, event_field, containment, association, lineage,
     transfer, finding, recall, recall_item, recall_acknowledgement, vocabulary_element, vocabulary_attribute, vocabulary_child`,
  `UPDATE indexer_cursor SET height = -1, block_hash = ''`,
  `ALTER TABLE organization
     ADD COLUMN names jsonb,
     ADD COLUMN contact text COLLATE "C",
     ADD COLUMN further_glns jsonb NOT NULL,
     ADD COLUMN node_address text COLLATE "C",
     ADD COLUMN api_url text COLLATE "C"`,
  `ALTER TABLE organization_key ADD COLUMN not_trusted_from bigint`,
  `CREATE INDEX entry_key_idx ON entry (key_id, height, index)`,
  `CREATE TABLE key_usage (
     key_id text COLLATE "C" PRIMARY KEY,
     entries bigint NOT NULL,
     first_height bigint NOT NULL,
     last_height bigint NOT NULL
   )`,
  `CREATE TABLE proposal (
     id text COLLATE "C" PRIMARY KEY,
     kind text COLLATE "C" NOT NULL,
     about text COLLATE "C",
     action jsonb NOT NULL,
     state text COLLATE "C" NOT NULL,
     opened_by text COLLATE "C" NOT NULL,
     opened_height bigint NOT NULL,
     expires_at bigint NOT NULL,
     effect_height bigint,
     decided_height bigint,
     decided_tally jsonb,
     failure text COLLATE "C"
   )`,
  `CREATE INDEX proposal_opened_idx ON proposal (opened_height, id)`,
  `CREATE TABLE ballot (
     proposal text COLLATE "C" NOT NULL,
     organization text COLLATE "C" NOT NULL,
     choice text COLLATE "C" NOT NULL,
     entry_id text COLLATE "C" NOT NULL,
     CONSTRAINT ballot_pkey PRIMARY KEY (proposal, organization)
   )`,
  `CREATE TABLE act_reason (
     entry_id text COLLATE "C" PRIMARY KEY,
     reason text COLLATE "C" NOT NULL
   )`,
  `CREATE TABLE record_version (
     record text COLLATE "C" NOT NULL,
     id text COLLATE "C" NOT NULL,
     height bigint NOT NULL,
     value jsonb NOT NULL,
     CONSTRAINT record_version_pkey PRIMARY KEY (record, id, height)
   )`,
];
