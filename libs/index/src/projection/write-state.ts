import type { EntityTarget, ObjectLiteral, QueryRunner } from 'typeorm';
import { ORGANIZATION, ORGANIZATION_KEY } from '#identity';
import { ITEM, PRODUCT, TRANSFER } from '#trace';
import { ItemRow } from '../rows/item.row.js';
import { OrganizationKeyRow } from '../rows/organization-key.row.js';
import { OrganizationRow } from '../rows/organization.row.js';
import { ProductRow } from '../rows/product.row.js';
import { TransferRow } from '../rows/transfer.row.js';
import type { Batch } from './collect-batch.js';
import { itemRow, organizationKeyRow, organizationRow, productRow, transferRow } from './state-rows.js';
import { writeRows } from './write-rows.js';

interface StateTable {
  readonly target: EntityTarget<ObjectLiteral>;
  readonly row: (id: string, bytes: Uint8Array, batch: Batch) => ObjectLiteral;
}

/** By prefix of the state key; other records are not of interest here. */
const TABLES: ReadonlyMap<string, StateTable> = new Map<string, StateTable>([
  [ORGANIZATION.prefix, { target: OrganizationRow, row: (_id, bytes) => organizationRow(bytes) }],
  [ORGANIZATION_KEY.prefix, { target: OrganizationKeyRow, row: (_id, bytes) => organizationKeyRow(bytes) }],
  [PRODUCT.prefix, { target: ProductRow, row: (id, bytes, batch) => productRow(id, bytes, batch.registrations) }],
  [ITEM.prefix, { target: ItemRow, row: itemRow }],
  [TRANSFER.prefix, { target: TransferRow, row: transferRow }],
]);

/** Current-state tables follow the ledger's state records; none of these records is ever removed (docs/protocol/state.md). */
export async function writeState(runner: QueryRunner, batch: Batch): Promise<void> {
  const rows = new Map<StateTable, ObjectLiteral[]>();
  for (const [key, bytes] of batch.changes) {
    const slash = key.indexOf('/');
    const table = TABLES.get(key.slice(0, slash));
    if (table === undefined || bytes === null) continue;
    const list = rows.get(table);
    const row = table.row(key.slice(slash + 1), bytes, batch);
    if (list === undefined) rows.set(table, [row]);
    else list.push(row);
  }
  for (const [table, list] of rows) await writeRows(runner, table.target, list, 'replace');
}
