import type { DataSource } from 'typeorm';
import { KEY_COLUMNS } from '../organizations/organizations.js';
import { list, one } from '../queries/answers.js';
import { entryReferenceColumns } from '../queries/sql-fragments.js';
import type { PageRequest } from '../queries.types.js';
import type { KeyEntriesDto, KeyEntryDto } from './governance.types.js';

export interface KeyEntriesRequest {
  readonly keyId: string;
  readonly fromHeight: number;
  readonly page: PageRequest | undefined;
}

const SIGNED = `FROM entry n WHERE n.key_id = $1 AND n.height >= $2::bigint`;

/** What a key signed from a height on: found by index, counted, and a page of it. */
export async function keyEntries(dataSource: DataSource, { keyId, fromHeight, page }: KeyEntriesRequest): Promise<KeyEntriesDto | undefined> {
  const summary = await one<Pick<KeyEntriesDto, 'key' | 'byKind' | 'openTransfers'>>(
    dataSource,
    `SELECT
       (SELECT row_to_json(x) FROM (SELECT ${KEY_COLUMNS}, k.organization) x) AS key,
       (SELECT coalesce(json_agg(x), '[]'::json)
        FROM (SELECT n.kind, count(*) AS entries ${SIGNED} GROUP BY n.kind ORDER BY n.kind) x) AS "byKind",
       (SELECT coalesce(json_agg(n.id ORDER BY n.height, n.index), '[]'::json) ${SIGNED} AND n.kind = 'transfer.offer'
          AND EXISTS (SELECT FROM transfer t WHERE t.id = n.id AND t.state = 'offered' AND c.height <= t.expires_after_height)) AS "openTransfers"
     FROM organization_key k LEFT JOIN key_usage u USING (key_id) WHERE k.key_id = $1`,
    [keyId, fromHeight],
  );
  if (summary === undefined) return undefined;
  const { asOf, ...rest } = summary;
  const entries = await list<KeyEntryDto>(dataSource, {
    sql: `SELECT ${entryReferenceColumns('n', 'b.time')}, n.kind, n.subject
          FROM entry n JOIN block b ON b.height = n.height
          WHERE n.key_id = $4 AND n.height >= $5::bigint AND ($1::bigint IS NULL OR (n.height, n.index) > ($1, $2::integer))
          ORDER BY n.height, n.index LIMIT $3`,
    parameters: [keyId, fromHeight],
    sortKey: ['number', 'number'],
    sortValues: (row) => [row.height, row.index],
    page,
  });
  return { ...rest, fromHeight, entries: rest.byKind.reduce((sum, kind) => sum + kind.entries, 0), page: entries, asOf };
}
