import type { EntityTarget, ObjectLiteral, QueryRunner } from 'typeorm';
import { ORGANIZATION, ORGANIZATION_KEY, PROPOSAL } from '#identity';
import { ITEM, PRODUCT, TRANSFER } from '#trace';
import { proposalRow } from '../governance/proposal-row.js';
import { ItemRow } from '../rows/item.row.js';
import { OrganizationKeyRow } from '../rows/organization-key.row.js';
import { OrganizationRow } from '../rows/organization.row.js';
import { ProductRow } from '../rows/product.row.js';
import { ProposalRow } from '../rows/proposal.row.js';
import { TransferRow } from '../rows/transfer.row.js';
import type { Batch } from './collect-batch.js';
import { itemRow, organizationKeyRow, organizationRow, productRow, transferRow } from './state-rows.js';
import { storable } from './storable.js';
import { writeRows } from './write-rows.js';

interface StateTable {
  readonly target: EntityTarget<ObjectLiteral>;
  readonly row: (id: string, bytes: Uint8Array, batch: Batch) => ObjectLiteral;
}

/** By prefix of the state key; other records are not of interest here. */
const TABLES: ReadonlyMap<string, StateTable> = new Map<string, StateTable>([
  [ORGANIZATION.prefix, { target: OrganizationRow, row: (_id, bytes) => organizationRow(bytes) }],
  [ORGANIZATION_KEY.prefix, { target: OrganizationKeyRow, row: (_id, bytes) => organizationKeyRow(bytes) }],
  [PROPOSAL.prefix, { target: ProposalRow, row: proposalRow }],
  [PRODUCT.prefix, { target: ProductRow, row: (id, bytes, batch) => productRow(id, bytes, batch.registrations) }],
  [ITEM.prefix, { target: ItemRow, row: itemRow }],
  [TRANSFER.prefix, { target: TransferRow, row: transferRow }],
]);

/** Current-state tables follow the ledger's state records. */
export async function writeState(runner: QueryRunner, batch: Batch): Promise<void> {
  const written = new Map<StateTable, ObjectLiteral[]>();
  const removed = new Map<StateTable, string[]>();
  for (const [key, bytes] of batch.changes) {
    const slash = key.indexOf('/');
    const table = TABLES.get(key.slice(0, slash));
    if (table === undefined) continue;
    const id = key.slice(slash + 1);
    if (bytes === null) append(removed, table, storable(id));
    else append(written, table, table.row(id, bytes, batch));
  }
  for (const [table, rows] of written) await writeRows(runner, table.target, rows, 'replace');
  for (const [table, ids] of removed) {
    const { tableName, primaryColumns } = runner.dataSource.getMetadata(table.target);
    await runner.query(`DELETE FROM "${tableName}" WHERE "${primaryColumns[0]?.databaseName}" = ANY ($1::text[])`, [ids]);
  }
}

function append<T>(lists: Map<StateTable, T[]>, table: StateTable, element: T): void {
  const list = lists.get(table);
  if (list === undefined) lists.set(table, [element]);
  else list.push(element);
}
