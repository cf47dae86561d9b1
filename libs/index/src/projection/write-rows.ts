import type { ClientBase } from 'pg';
import type { DataSource, EntityMetadata, EntityTarget, ObjectLiteral, QueryRunner } from 'typeorm';
import { storable, storableJson } from './storable.js';

/** Rows per statement: a block that names very many items must not run into the statement timeout. */
const ROWS_PER_STATEMENT_MAX = 10_000;

interface RowWriter {
  readonly insert: Statement;
  readonly upsert: Statement;
  readonly columns: readonly { readonly property: string; readonly isJson: boolean }[];
}

/** Prepared under its name once per connection: parsing and planning cost more than writing a few rows. */
interface Statement {
  readonly name: string;
  readonly text: string;
}

const writers = new WeakMap<EntityMetadata, RowWriter>();

/**
 * Writes rows with one statement for thousands of them: one array per column, joined again by `unnest`. Far cheaper than a
 * parameter per value, and the statement's text is always the same.
 *
 * @param onExisting - `fail` for rows that are written once, `replace` for those that follow the state
 */
export async function writeRows<Row extends ObjectLiteral>(
  runner: QueryRunner,
  target: EntityTarget<Row>,
  rows: readonly Row[],
  onExisting: 'fail' | 'replace' = 'fail',
): Promise<void> {
  if (rows.length === 0) return;
  const writer = writerFor(runner.dataSource, target);
  const statement = onExisting === 'fail' ? writer.insert : writer.upsert;
  // TypeORM's own `query` has no way to name a statement.
  const client = (await runner.connect()) as ClientBase;
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT_MAX) {
    const part = rows.length <= ROWS_PER_STATEMENT_MAX ? rows : rows.slice(from, from + ROWS_PER_STATEMENT_MAX);
    const values = writer.columns.map(({ property, isJson }) => part.map((row) => parameter(row[property], isJson)));
    await client.query({ ...statement, values });
  }
}

function parameter(value: unknown, isJson: boolean): unknown {
  if (isJson) return value === null ? null : storableJson(value);
  return typeof value === 'string' ? storable(value) : value;
}

function writerFor<Row extends ObjectLiteral>(dataSource: DataSource, target: EntityTarget<Row>): RowWriter {
  const metadata = dataSource.getMetadata(target);
  const known = writers.get(metadata);
  if (known !== undefined) return known;

  const names = metadata.columns.map((column) => `"${column.databaseName}"`);
  const arrays = metadata.columns.map((column, i) => `$${i + 1}::${String(column.type)}[]`);
  const table = metadata.tableName;
  const insert = `INSERT INTO "${table}" (${names.join(', ')}) SELECT * FROM unnest(${arrays.join(', ')})`;
  const keys = metadata.primaryColumns.map((column) => `"${column.databaseName}"`);
  const others = names.filter((name) => !keys.includes(name));
  const writer = {
    insert: { name: `insert_${table}`, text: insert },
    upsert: {
      name: `upsert_${table}`,
      text: `${insert} ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${others.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    },
    columns: metadata.columns.map((column) => ({ property: column.propertyName, isJson: column.type === 'jsonb' })),
  };
  writers.set(metadata, writer);
  return writer;
}
