import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The tables that follow from the chain. Text is compared by byte (COLLATE "C"), so that order, and with it the checksum, is the
 * same whatever locale a database was made with. Tables about items begin their primary key with the item, so that they
 * can be distributed by it.
 */
export class CreateChainIndex1795392000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE block, entry, organization, organization_key, product, item, event, event_item, containment, transfer,
         finding, indexer_cursor`,
    );
  }
}

const UP = [
  `CREATE TABLE block (
     height bigint PRIMARY KEY,
     hash text COLLATE "C" NOT NULL,
     parent_hash text COLLATE "C" NOT NULL,
     time timestamptz(3) NOT NULL,
     proposer text COLLATE "C" NOT NULL,
     entry_count integer NOT NULL,
     size_bytes integer NOT NULL,
     entries_root text COLLATE "C" NOT NULL,
     log_size bigint NOT NULL,
     log_root text COLLATE "C" NOT NULL,
     state_root text COLLATE "C" NOT NULL
   )`,
  `CREATE TABLE entry (
     height bigint NOT NULL,
     index integer NOT NULL,
     log_index bigint NOT NULL,
     id text COLLATE "C" NOT NULL,
     kind text COLLATE "C" NOT NULL,
     author text COLLATE "C" NOT NULL,
     subject text COLLATE "C" NOT NULL,
     key_id text COLLATE "C" NOT NULL,
     content_type text COLLATE "C" NOT NULL,
     content_hash text COLLATE "C" NOT NULL,
     size_bytes integer NOT NULL,
     CONSTRAINT entry_pkey PRIMARY KEY (height, index)
   )`,
  `CREATE UNIQUE INDEX entry_id_key ON entry (id)`,
  `CREATE TABLE organization (
     did text COLLATE "C" PRIMARY KEY,
     name text COLLATE "C" NOT NULL,
     roles jsonb NOT NULL,
     gs1_company_prefixes jsonb NOT NULL,
     gln text COLLATE "C",
     status text COLLATE "C" NOT NULL,
     since bigint NOT NULL,
     key_ids jsonb NOT NULL
   )`,
  `CREATE TABLE organization_key (
     key_id text COLLATE "C" PRIMARY KEY,
     organization text COLLATE "C" NOT NULL,
     public_key text COLLATE "C" NOT NULL,
     purpose text COLLATE "C" NOT NULL,
     valid_from bigint NOT NULL,
     valid_until bigint,
     revoked boolean NOT NULL
   )`,
  `CREATE INDEX organization_key_organization_idx ON organization_key (organization)`,
  `CREATE TABLE product (
     gtin text COLLATE "C" PRIMARY KEY,
     name text COLLATE "C" NOT NULL,
     description text COLLATE "C",
     attributes_json text COLLATE "C",
     owner text COLLATE "C" NOT NULL,
     registered_by text COLLATE "C" NOT NULL
   )`,
  `CREATE TABLE item (
     item_key text COLLATE "C" PRIMARY KEY,
     status text COLLATE "C" NOT NULL,
     owner text COLLATE "C",
     custodian text COLLATE "C",
     container text COLLATE "C",
     lot text COLLATE "C",
     product text COLLATE "C",
     quantity_value text COLLATE "C",
     quantity_uom text COLLATE "C",
     ownership_offer text COLLATE "C",
     custody_offer text COLLATE "C",
     history_count bigint NOT NULL,
     history_digest text COLLATE "C" NOT NULL
   ) WITH (fillfactor = 80)`,
  // position: number of the event on the chain, in chain order (log index of its entry × 1,000 + place within the entry).
  `CREATE TABLE event (
     position bigint PRIMARY KEY,
     height bigint NOT NULL,
     index integer NOT NULL,
     event_index integer NOT NULL,
     kind text COLLATE "C" NOT NULL,
     author text COLLATE "C" NOT NULL,
     record_time timestamptz(3) NOT NULL,
     event_id text COLLATE "C",
     is_error_declaration boolean NOT NULL,
     type text COLLATE "C",
     action text COLLATE "C",
     event_time timestamptz(3) NOT NULL,
     time_zone_offset text COLLATE "C",
     biz_step text COLLATE "C",
     disposition text COLLATE "C",
     read_point text COLLATE "C",
     biz_location text COLLATE "C",
     parent text COLLATE "C",
     unpacks_all boolean NOT NULL,
     superseded_by text COLLATE "C",
     raw text COLLATE "C" NOT NULL
   )`,
  // An error declaration bears the eventID of the event that it takes back.
  `CREATE INDEX event_event_id_idx ON event (event_id)`,
  `CREATE INDEX event_unpacks_all_idx ON event (parent) WHERE unpacks_all`,
  `CREATE TABLE event_item (
     item_key text COLLATE "C" NOT NULL,
     position bigint NOT NULL,
     ordinal integer NOT NULL,
     role text COLLATE "C" NOT NULL,
     by_quantity boolean NOT NULL,
     quantity text COLLATE "C",
     uom text COLLATE "C",
     moves boolean NOT NULL,
     CONSTRAINT event_item_pkey PRIMARY KEY (item_key, position, ordinal)
   )`,
  `CREATE INDEX event_item_moves_idx ON event_item (item_key, position) WHERE moves`,
  `CREATE TABLE containment (
     child text COLLATE "C" NOT NULL,
     parent text COLLATE "C" NOT NULL,
     from_position bigint NOT NULL,
     from_time timestamptz(3) NOT NULL,
     to_position bigint,
     to_time timestamptz(3),
     CONSTRAINT containment_pkey PRIMARY KEY (child, parent, from_position)
   )`,
  `CREATE INDEX containment_parent_idx ON containment (parent)`,
  `CREATE TABLE transfer (
     id text COLLATE "C" PRIMARY KEY,
     state text COLLATE "C" NOT NULL,
     sender text COLLATE "C" NOT NULL,
     receiver text COLLATE "C" NOT NULL,
     transfers text COLLATE "C" NOT NULL,
     items jsonb NOT NULL,
     content jsonb NOT NULL,
     accepted jsonb NOT NULL,
     reference text COLLATE "C",
     offered_height bigint NOT NULL,
     expires_after_height bigint NOT NULL,
     answered_by text COLLATE "C"
   )`,
  `CREATE INDEX transfer_offered_idx ON transfer (offered_height, id)`,
  `CREATE INDEX transfer_sender_idx ON transfer (sender, offered_height, id)`,
  `CREATE INDEX transfer_receiver_idx ON transfer (receiver, offered_height, id)`,
  `CREATE TABLE finding (
     item_key text COLLATE "C" NOT NULL,
     position bigint NOT NULL,
     ordinal integer NOT NULL,
     code text COLLATE "C" NOT NULL,
     contradicts jsonb NOT NULL,
     detail text COLLATE "C" NOT NULL,
     CONSTRAINT finding_pkey PRIMARY KEY (item_key, position, ordinal)
   )`,
  `CREATE INDEX finding_position_idx ON finding (position)`,
  `CREATE TABLE indexer_cursor (
     id smallint PRIMARY KEY CHECK (id = 1),
     height bigint NOT NULL,
     block_hash text COLLATE "C" NOT NULL
   )`,
  `INSERT INTO indexer_cursor VALUES (1, -1, '')`,
];
