import type { DataSource } from 'typeorm';
import type { At, Page, PageRequest, ProductDto } from '../queries.types.js';
import { list, one } from './answers.js';
import { entryReferenceById } from './sql-fragments.js';

const COLUMNS = `p.gtin, p.name, p.description, p.attributes_json AS "attributesJson", p.owner,
  ${entryReferenceById('p.registered_by')} AS registered`;

export function products(dataSource: DataSource, page: PageRequest | undefined): Promise<Page<ProductDto>> {
  return list(dataSource, {
    sql: `SELECT ${COLUMNS} FROM product p WHERE $1::text IS NULL OR p.gtin > $1 ORDER BY p.gtin LIMIT $2`,
    sortKey: ['string'],
    sortValues: (row) => [row.gtin],
    page,
  });
}

/** @param gtin - GTIN-14 */
export function product(dataSource: DataSource, gtin: string): Promise<At<ProductDto> | undefined> {
  return one(dataSource, `SELECT ${COLUMNS} FROM product p WHERE p.gtin = $1`, [gtin]);
}
