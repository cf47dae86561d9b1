import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People, sessions, service accounts and the audit log of the organisation. */
export class CreateAccess1795392000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE person (
      id text COLLATE "C" PRIMARY KEY,
      name text COLLATE "C" NOT NULL,
      role text COLLATE "C" NOT NULL,
      status text COLLATE "C" NOT NULL,
      created_at timestamptz(3) NOT NULL
    )`);
    await runner.query('CREATE INDEX person_name_idx ON person (name, id)');
    await runner.query(`CREATE TABLE passkey (
      id text COLLATE "C" PRIMARY KEY,
      person_id text COLLATE "C" NOT NULL,
      public_key text COLLATE "C" NOT NULL,
      counter bigint NOT NULL,
      transports jsonb NOT NULL,
      name text COLLATE "C" NOT NULL,
      is_device_bound boolean NOT NULL,
      is_backed_up boolean NOT NULL,
      created_at timestamptz(3) NOT NULL,
      last_used_at timestamptz(3)
    )`);
    await runner.query('CREATE INDEX passkey_person_idx ON passkey (person_id)');
    await runner.query(`CREATE TABLE access_link (
      id text COLLATE "C" PRIMARY KEY,
      token_hash text COLLATE "C" NOT NULL,
      kind text COLLATE "C" NOT NULL,
      person_id text COLLATE "C" NOT NULL,
      name text COLLATE "C",
      role text COLLATE "C" NOT NULL,
      created_at timestamptz(3) NOT NULL,
      expires_at timestamptz(3) NOT NULL,
      ended_at timestamptz(3)
    )`);
    await runner.query('CREATE UNIQUE INDEX access_link_token_idx ON access_link (token_hash)');
    await runner.query(`CREATE TABLE session (
      id text COLLATE "C" PRIMARY KEY,
      token_hash text COLLATE "C" NOT NULL,
      person_id text COLLATE "C" NOT NULL,
      created_at timestamptz(3) NOT NULL,
      last_seen_at timestamptz(3) NOT NULL,
      expires_at timestamptz(3) NOT NULL,
      address text COLLATE "C",
      user_agent text COLLATE "C"
    )`);
    await runner.query('CREATE UNIQUE INDEX session_token_idx ON session (token_hash)');
    await runner.query('CREATE INDEX session_person_idx ON session (person_id)');
    await runner.query(`CREATE TABLE challenge (
      value text COLLATE "C" PRIMARY KEY,
      bound_to text COLLATE "C" NOT NULL,
      expires_at timestamptz(3) NOT NULL
    )`);
    await runner.query('CREATE INDEX challenge_expires_idx ON challenge (expires_at)');
    await runner.query(`CREATE TABLE service_account (
      id text COLLATE "C" PRIMARY KEY,
      name text COLLATE "C" NOT NULL,
      scopes jsonb NOT NULL,
      status text COLLATE "C" NOT NULL,
      created_at timestamptz(3) NOT NULL
    )`);
    await runner.query(`CREATE TABLE service_key (
      id text COLLATE "C" PRIMARY KEY,
      account_id text COLLATE "C" NOT NULL,
      kind text COLLATE "C" NOT NULL,
      material text COLLATE "C" NOT NULL,
      created_at timestamptz(3) NOT NULL,
      expires_at timestamptz(3) NOT NULL,
      last_used_at timestamptz(3),
      revoked_at timestamptz(3)
    )`);
    await runner.query('CREATE INDEX service_key_account_idx ON service_key (account_id)');
    await runner.query(`CREATE TABLE signature_nonce (
      key_id text COLLATE "C" NOT NULL,
      nonce text COLLATE "C" NOT NULL,
      expires_at timestamptz(3) NOT NULL,
      PRIMARY KEY (key_id, nonce)
    )`);
    await runner.query('CREATE INDEX signature_nonce_expires_idx ON signature_nonce (expires_at)');
    await createAuditLog(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE person, passkey, access_link, session, challenge, service_account, service_key, signature_nonce, audit_event',
    );
    await runner.query('DROP FUNCTION refuse_change_of_audit_event');
  }
}

async function createAuditLog(runner: QueryRunner): Promise<void> {
  await runner.query(`CREATE TABLE audit_event (
    seq bigint PRIMARY KEY,
    time timestamptz(3) NOT NULL,
    actor_kind text COLLATE "C" NOT NULL,
    actor_id text COLLATE "C",
    actor_name text COLLATE "C",
    action text COLLATE "C" NOT NULL,
    target text COLLATE "C",
    details text COLLATE "C" NOT NULL,
    request_id text COLLATE "C",
    address text COLLATE "C",
    previous_hash text COLLATE "C" NOT NULL,
    hash text COLLATE "C" NOT NULL
  )`);
  await runner.query('CREATE INDEX audit_event_action_idx ON audit_event (action, seq)');
  await runner.query('CREATE INDEX audit_event_actor_idx ON audit_event (actor_id, seq)');
  await runner.query('CREATE INDEX audit_event_time_idx ON audit_event (time)');
  await runner.query(`CREATE FUNCTION refuse_change_of_audit_event() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'the audit log is append-only';
    END
  $$`);
  // Per statement, so that TRUNCATE and statements that match no row are refused too.
  await runner.query(`CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_event()`);
}
