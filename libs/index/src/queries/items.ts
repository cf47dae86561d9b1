import type { DataSource } from 'typeorm';
import type { At, FindingDto, ItemDto, Page, PageRequest } from '../queries.types.js';
import { list, one } from './answers.js';
import { FINDING_COLUMNS, FINDING_TABLES, findingsWhere, openRecalls } from './sql-fragments.js';

/** The offer, unless it has expired at the height of the answer. */
const openOffer = (column: string): string =>
  `(SELECT t.id FROM transfer t WHERE t.id = ${column} AND t.state = 'offered' AND c.height <= t.expires_after_height)`;

export function item(dataSource: DataSource, canonicalId: string): Promise<At<ItemDto> | undefined> {
  return one(
    dataSource,
    `SELECT i.item_key AS id, i.owner, i.custodian, i.container, i.lot, i.product,
       CASE WHEN i.quantity_value IS NOT NULL THEN json_build_object('value', i.quantity_value, 'uom', i.quantity_uom) END AS quantity,
       i.status, coalesce(o.ownership, o.custody) AS "openTransfer",
       json_build_object('ownership', o.ownership, 'custody', o.custody) AS "openTransfers",
       ${openRecalls('i.item_key', 'i.lot')} AS "openRecalls", ${findingsWhere('f.item_key = i.item_key')} AS findings,
       json_build_object('count', i.history_count, 'digest', i.history_digest) AS history
     FROM item i
     CROSS JOIN LATERAL (SELECT ${openOffer('i.ownership_offer')} AS ownership, ${openOffer('i.custody_offer')} AS custody) o
     WHERE i.item_key = $1`,
    [canonicalId],
  );
}

/** In chain order. */
export async function findings(dataSource: DataSource, canonicalId: string, page: PageRequest | undefined): Promise<Page<FindingDto>> {
  type Sorted = FindingDto & { readonly sort: readonly [number, number] };
  const found = await list<Sorted>(dataSource, {
    sql: `SELECT ${FINDING_COLUMNS}, json_build_array(f.position, f.ordinal) AS sort FROM ${FINDING_TABLES}
          WHERE f.item_key = $4 AND ($1::bigint IS NULL OR (f.position, f.ordinal) > ($1, $2::integer))
          ORDER BY f.position, f.ordinal LIMIT $3`,
    parameters: [canonicalId],
    sortKey: ['number', 'number'],
    sortValues: (row) => row.sort,
    page,
  });
  return { ...found, items: found.items.map(({ sort: _, ...finding }) => finding) };
}
