import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The contexts that documents name by URI. An index that was filled before is emptied: its indexer writes it again from the chain. */
export class AddEventContexts1795392000067 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE event ADD COLUMN contexts jsonb');
    await runner.query(`TRUNCATE block, entry, organization, organization_key, product, item, event, event_item, event_field, containment,
      association, lineage, transfer, finding, recall, recall_item, recall_acknowledgement, vocabulary_element, vocabulary_attribute,
      vocabulary_child`);
    await runner.query(`UPDATE indexer_cursor SET height = -1, block_hash = ''`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE event DROP COLUMN contexts');
  }
}
