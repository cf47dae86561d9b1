import type { DataSource } from 'typeorm';
import type { NamedQuery, NamedQueryStore, PageRequest } from '../queries.types.js';
import { storableJson } from '../projection/storable.js';
import { decodePageCursor, encodePageCursor, pageLimit } from '../queries/page-cursor.js';

interface StoredQuery {
  readonly name: string;
  readonly query: string;
  readonly namespaces: Readonly<Record<string, string>>;
  readonly created_at: Date;
}

/** Named EPCIS queries of this organisation's node. */
export class NamedQueries implements NamedQueryStore {
  constructor(private readonly dataSource: DataSource) {}

  async create({ name, queryJson, namespaces }: Omit<NamedQuery, 'createdAt'>): Promise<boolean> {
    const created = (await this.dataSource.query(
      `INSERT INTO named_query (name, query, namespaces, created_at) VALUES ($1, $2, $3::jsonb, now())
       ON CONFLICT (name) DO NOTHING RETURNING name`,
      [name, queryJson, storableJson(namespaces)],
    )) as unknown[];
    return created.length > 0;
  }

  async get(name: string): Promise<NamedQuery | undefined> {
    if (name.includes('\0')) return undefined;
    const [stored] = (await this.dataSource.query('SELECT * FROM named_query WHERE name = $1', [name])) as StoredQuery[];
    return stored === undefined ? undefined : toNamedQuery(stored);
  }

  async list(page: PageRequest = {}): Promise<{ items: readonly NamedQuery[]; nextCursor: string | null }> {
    const limit = pageLimit(page.limit);
    const after = decodePageCursor(page.cursor, ['string']);
    const stored = (await this.dataSource.query(
      'SELECT * FROM named_query WHERE $1::text IS NULL OR name > $1 ORDER BY name LIMIT $2',
      [after?.[0] ?? null, limit + 1],
    )) as StoredQuery[];
    const shown = stored.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map(toNamedQuery),
      nextCursor: stored.length > limit && last !== undefined ? encodePageCursor([last.name]) : null,
    };
  }

  async delete(name: string): Promise<boolean> {
    if (name.includes('\0')) return false;
    // TypeORM answers a DELETE with [rows, count].
    const [rows] = (await this.dataSource.query('DELETE FROM named_query WHERE name = $1 RETURNING name', [name])) as [
      unknown[],
      number,
    ];
    return rows.length > 0;
  }
}

function toNamedQuery({ name, query, namespaces, created_at }: StoredQuery): NamedQuery {
  return { name, queryJson: query, namespaces, createdAt: created_at.toISOString() };
}
