import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What EPCIS queries look at: the fields of events that have no column of their own, quantities as numbers, and indexes on the columns that are
 * asked for most. An index that was filled before is emptied: its indexer writes it again from the chain.
 */
export class CreateEventFields1795392000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `CREATE TABLE event_field (
     position bigint NOT NULL,
     ordinal integer NOT NULL,
     scope text COLLATE "C" NOT NULL,
     is_inner boolean NOT NULL,
     prefix text COLLATE "C" NOT NULL,
     namespace text COLLATE "C" NOT NULL,
     local text COLLATE "C" NOT NULL,
     text text COLLATE "C",
     number numeric,
     time timestamptz(3),
     unit text COLLATE "C",
     CONSTRAINT event_field_pkey PRIMARY KEY (position, ordinal)
   )`,
  `CREATE INDEX event_field_text_idx ON event_field (local, text)`,
  `CREATE INDEX event_field_number_idx ON event_field (local, unit, number) WHERE number IS NOT NULL`,
  `CREATE INDEX event_field_time_idx ON event_field (local, time) WHERE time IS NOT NULL`,
  // Which of these go together decides whether few or many events match; the planner would take them for independent.
  `CREATE STATISTICS event_field_kinds (mcv) ON scope, local, unit, namespace FROM event_field`,
  `ALTER TABLE event_item ADD number numeric, ADD unit text COLLATE "C", ADD amount numeric`,
  // A pattern that matches very many items: events are gone through in the order asked for, and each is looked into.
  `CREATE INDEX event_item_position_idx ON event_item (position)`,
  `CREATE INDEX event_item_number_idx ON event_item (number) WHERE number IS NOT NULL`,
  `CREATE INDEX event_item_amount_idx ON event_item (unit, amount) WHERE amount IS NOT NULL`,
  `ALTER TABLE event ADD namespaces jsonb`,
  `CREATE INDEX event_time_idx ON event (event_time, position) WHERE type IS NOT NULL`,
  `CREATE INDEX event_declaration_idx ON event (event_time, position) WHERE is_error_declaration`,
  // One column each: rows with equal keys share an index entry, which keeps these small and cheap to write.
  `CREATE INDEX event_type_idx ON event (type) WHERE type IS NOT NULL`,
  `CREATE INDEX event_biz_step_idx ON event (biz_step) WHERE biz_step IS NOT NULL`,
  `CREATE INDEX event_disposition_idx ON event (disposition) WHERE disposition IS NOT NULL`,
  `CREATE INDEX event_read_point_idx ON event (read_point) WHERE read_point IS NOT NULL`,
  `CREATE INDEX event_biz_location_idx ON event (biz_location) WHERE biz_location IS NOT NULL`,
  `CREATE INDEX block_time_idx ON block (time)`,
  `TRUNCATE block, entry, organization, organization_key, product, item, event, event_item, containment, association, lineage, transfer, finding`,
  `UPDATE indexer_cursor SET height = -1, block_hash = ''`,
];

const DOWN = [
  `DROP TABLE event_field`,
  `DROP INDEX event_time_idx, event_declaration_idx, event_type_idx, event_biz_step_idx, event_disposition_idx, event_read_point_idx,
     event_biz_location_idx, block_time_idx`,
  `ALTER TABLE event DROP namespaces`,
  // Their indexes go with them.
  `DROP INDEX event_item_position_idx`,
  `ALTER TABLE event_item DROP number, DROP unit, DROP amount`,
];
