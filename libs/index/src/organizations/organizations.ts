import type { DataSource } from 'typeorm';
import type { OrganizationDetailDto, OrganizationFilter, OrganizationVersionDto } from '../governance/governance.types.js';
import { list, one } from '../queries/answers.js';
import type { At, OrganizationDto, Page, PageRequest } from '../queries.types.js';

/** An `OrganizationKeyDto`, for aliases k (key) and u (its usage, if any). */
export const KEY_COLUMNS = `k.key_id AS "keyId", k.public_key AS "publicKey", k.purpose, k.valid_from AS "validFrom", k.valid_until AS "validUntil",
  k.revoked, k.not_trusted_from AS "notTrustedFrom",
  json_build_object('entries', coalesce(u.entries, 0), 'firstHeight', u.first_height, 'lastHeight', u.last_height) AS used`;

const COLUMNS = `o.did, o.name, coalesce(o.names, '{}'::jsonb) AS names, o.roles, o.gs1_company_prefixes AS "gs1CompanyPrefixes", o.gln,
  o.further_glns AS "furtherGlns", o.contact, o.node_address AS "nodeAddress", o.api_url AS "apiUrl", o.status, o.since,
  (SELECT coalesce(sum(u.entries), 0)::bigint FROM organization_key k JOIN key_usage u USING (key_id) WHERE k.organization = o.did) AS entries,
  (SELECT coalesce(json_agg(x), '[]'::json)
   FROM (SELECT ${KEY_COLUMNS}
         FROM jsonb_array_elements_text(o.key_ids) WITH ORDINALITY AS listed (key_id, place)
         JOIN organization_key k ON k.key_id = listed.key_id LEFT JOIN key_usage u ON u.key_id = k.key_id
         ORDER BY listed.place) x) AS keys`;

/** In order of their DIDs. */
export function organizations(
  dataSource: DataSource,
  { status, role, search }: OrganizationFilter,
  page: PageRequest | undefined,
): Promise<Page<OrganizationDto>> {
  return list(dataSource, {
    sql: `SELECT ${COLUMNS} FROM organization o
          WHERE ($1::text IS NULL OR o.did > $1)
            AND ($3::text IS NULL OR o.status = $3)
            AND ($4::text IS NULL OR o.roles ? $4)
            AND ($5::text IS NULL OR o.did ILIKE $5 OR o.name ILIKE $5
                 OR EXISTS (SELECT FROM jsonb_each_text(o.names) AS n (tag, name) WHERE n.name ILIKE $5))
          ORDER BY o.did LIMIT $2`,
    parameters: [status ?? null, role ?? null, search === undefined ? null : `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`],
    sortKey: ['string'],
    sortValues: (row) => [row.did],
    page,
  });
}

export async function organization(dataSource: DataSource, did: string): Promise<At<OrganizationDetailDto> | undefined> {
  const found = await one<OrganizationDetailDto>(
    dataSource,
    `SELECT ${COLUMNS},
       (SELECT coalesce(json_agg(x), '[]'::json) FROM (
          SELECT v.height, v.value->'status' AS status, v.value->'roles' AS roles, v.value->'name' AS name
          FROM record_version v WHERE v.record = 'org' AND v.id = o.did ORDER BY v.height) x) AS history
     FROM organization o WHERE o.did = $1`,
    [did],
  );
  return found && { ...found, history: withoutRepetitions(found.history) };
}

/** A version is written for new keys too, which are told elsewhere. */
function withoutRepetitions(history: readonly OrganizationVersionDto[]): readonly OrganizationVersionDto[] {
  const shown = ({ status, roles, name }: OrganizationVersionDto): string => JSON.stringify([status, roles, name]);
  return history.filter((version, i) => {
    const before = history[i - 1];
    return before === undefined || shown(before) !== shown(version);
  });
}
