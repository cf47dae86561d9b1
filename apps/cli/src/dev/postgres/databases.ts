import pg from 'pg';
import { CliError, EXIT, messageOf } from '../../cli-error.js';

/** PostgreSQL 15, as `server_version_num` counts. */
const VERSION_MIN = 150_000;

/**
 * Checks the server and creates the databases that do not exist yet.
 * @param serverUrl - postgres://user:password@host:port[/database]; the user may create databases
 * @param names - made of lower-case letters, digits and underscores
 * @returns one URL per name
 */
export async function ensureDatabases(serverUrl: string, names: readonly string[]): Promise<string[]> {
  const server = parseDatabaseUrl(serverUrl);
  const client = new pg.Client({
    connectionString: withDatabase(server, server.pathname.slice(1) || 'postgres'),
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined); // A cut connection also fails the query in hand; that is where it is reported.
  try {
    await client.connect();
  } catch (error) {
    throw new CliError(
      `PostgreSQL at ${server.host} cannot be used: ${messageOf(error)}.`,
      EXIT.network,
      'Check --database-url (DATABASE_URL).',
    );
  }
  try {
    const { rows } = await client.query<{ number: number; name: string }>(
      "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS name",
    );
    const version = rows[0];
    if (version === undefined || version.number < VERSION_MIN) {
      throw new CliError(
        `PostgreSQL 15 or newer is needed; ${server.host} is version ${version?.name ?? 'unknown'}.`,
        EXIT.failed,
        'Give another server with --database-url.',
      );
    }
    const existing = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE datname = ANY($1)',
      [names],
    );
    const found = new Set(existing.rows.map((row) => row.datname));
    for (const name of names.filter((wanted) => !found.has(wanted)))
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(
      `The databases could not be created at ${server.host}: ${messageOf(error)}.`,
      EXIT.failed,
      'The user of --database-url needs the right CREATEDB.',
    );
  } finally {
    await client.end();
  }
  return names.map((name) => withDatabase(server, name));
}

export function parseDatabaseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^postgres(?:ql)?:$/.test(url.protocol) && url.hostname !== '') return url;
  throw new CliError('--database-url must look like postgres://user:password@host:5432.', EXIT.usage);
}

function withDatabase(server: URL, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
