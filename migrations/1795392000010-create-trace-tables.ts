import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What traces follow beside containment: transformations and associations. Both begin their primary key with the item. An index that was
 * filled before is emptied: its indexer writes it again from the chain, these tables included.
 */
export class CreateTraceTables1795392000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE lineage, association');
    await runner.query('DROP INDEX item_lot_idx');
  }
}

const UP = [
  `CREATE TABLE lineage (
     item_key text COLLATE "C" NOT NULL,
     position bigint NOT NULL,
     ordinal integer NOT NULL,
     role text COLLATE "C" NOT NULL,
     transformation text COLLATE "C" NOT NULL,
     by_quantity boolean NOT NULL,
     quantity text COLLATE "C",
     uom text COLLATE "C",
     CONSTRAINT lineage_pkey PRIMARY KEY (item_key, position, ordinal)
   )`,
  `CREATE INDEX lineage_transformation_idx ON lineage (transformation)`,
  `CREATE TABLE association (
     child text COLLATE "C" NOT NULL,
     parent text COLLATE "C" NOT NULL,
     from_position bigint NOT NULL,
     from_time timestamptz(3) NOT NULL,
     to_position bigint,
     to_time timestamptz(3),
     CONSTRAINT association_pkey PRIMARY KEY (child, parent, from_position)
   )`,
  `CREATE INDEX association_parent_idx ON association (parent)`,
  `CREATE INDEX item_lot_idx ON item (lot) WHERE lot IS NOT NULL`,
  `TRUNCATE block, entry, organization, organization_key, product, item, event, event_item, containment, transfer, finding`,
  `UPDATE indexer_cursor SET height = -1, block_hash = ''`,
];
