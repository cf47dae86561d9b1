import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Subscriptions to named queries of this organisation, and the outbox of their deliveries. */
export class CreateSubscriptions1795392000070 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE subscription (
      id text COLLATE "C" PRIMARY KEY,
      query_name text COLLATE "C" NOT NULL CONSTRAINT subscription_query_name_fkey REFERENCES named_query (name) ON DELETE CASCADE,
      dest text COLLATE "C" NOT NULL,
      signature_token text COLLATE "C",
      epc_format text COLLATE "C" NOT NULL,
      schedule jsonb,
      report_if_empty boolean NOT NULL,
      initial_record_time timestamptz(3) NOT NULL,
      created_at timestamptz(3) NOT NULL,
      position bigint NOT NULL,
      page_size integer NOT NULL,
      next_run_at timestamptz(3),
      run_height bigint,
      run_until bigint,
      owes_report boolean NOT NULL,
      last_run_at timestamptz(3),
      last_notified_at timestamptz(3),
      failed_at timestamptz(3),
      retry_at timestamptz(3),
      last_error text COLLATE "C",
      lease text COLLATE "C",
      leased_until timestamptz(3)
    )`);
    await runner.query('CREATE INDEX subscription_query_name_idx ON subscription (query_name, id)');
    await runner.query(`CREATE TABLE subscription_delivery (
      id text COLLATE "C" PRIMARY KEY,
      subscription_id text COLLATE "C" NOT NULL
        CONSTRAINT subscription_delivery_subscription_id_fkey REFERENCES subscription (id) ON DELETE CASCADE,
      state text COLLATE "C" NOT NULL,
      from_position bigint NOT NULL,
      to_position bigint NOT NULL,
      height bigint NOT NULL,
      event_count integer NOT NULL,
      created_at timestamptz(3) NOT NULL,
      queued_at timestamptz(3) NOT NULL,
      attempts integer NOT NULL,
      last_attempt_at timestamptz(3),
      last_status integer,
      last_error text COLLATE "C",
      delivered_at timestamptz(3)
    )`);
    await runner.query(
      'CREATE INDEX subscription_delivery_order_idx ON subscription_delivery (subscription_id, from_position, created_at, id)',
    );
    await runner.query(
      `CREATE INDEX subscription_delivery_pending_idx ON subscription_delivery (subscription_id, from_position) WHERE state = 'pending'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE subscription_delivery, subscription');
  }
}
