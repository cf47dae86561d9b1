import type { DataSource } from 'typeorm';
import type { At, OrganizationDto, Page, PageRequest } from '../queries.types.js';
import { list, one } from './answers.js';

const COLUMNS = `o.did, o.name, o.roles, o.gs1_company_prefixes AS "gs1CompanyPrefixes", o.gln, o.status, o.since,
  (SELECT coalesce(json_agg(x), '[]'::json)
   FROM (SELECT k.key_id AS "keyId", k.public_key AS "publicKey", k.purpose, k.valid_from AS "validFrom",
                k.valid_until AS "validUntil", k.revoked
         FROM jsonb_array_elements_text(o.key_ids) WITH ORDINALITY AS listed (key_id, place)
         JOIN organization_key k ON k.key_id = listed.key_id
         ORDER BY listed.place) x) AS keys`;

export function organizations(dataSource: DataSource, page: PageRequest | undefined): Promise<Page<OrganizationDto>> {
  return list(dataSource, {
    sql: `SELECT ${COLUMNS} FROM organization o WHERE $1::text IS NULL OR o.did > $1 ORDER BY o.did LIMIT $2`,
    sortKey: ['string'],
    sortValues: (row) => [row.did],
    page,
  });
}

export function organization(dataSource: DataSource, did: string): Promise<At<OrganizationDto> | undefined> {
  return one(dataSource, `SELECT ${COLUMNS} FROM organization o WHERE o.did = $1`, [did]);
}
