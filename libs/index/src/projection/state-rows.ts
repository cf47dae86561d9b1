import { toHex } from '#codec';
import { ORGANIZATION, ORGANIZATION_KEY } from '#identity';
import type { DecodedEntry } from '#ledger';
import { asTraceAction, ITEM, PRODUCT, TRANSFER } from '#trace';
import type { ItemRow } from '../rows/item.row.js';
import type { OrganizationKeyRow } from '../rows/organization-key.row.js';
import type { OrganizationRow } from '../rows/organization.row.js';
import type { ProductRow } from '../rows/product.row.js';
import type { TransferRow } from '../rows/transfer.row.js';
import { textOf } from './event-rows.js';

export function organizationRow(bytes: Uint8Array): OrganizationRow {
  const organization = ORGANIZATION.decode(bytes);
  return {
    did: organization.did,
    name: organization.name,
    roles: organization.roles,
    gs1CompanyPrefixes: organization.gs1CompanyPrefixes,
    gln: organization.gln ?? null,
    status: organization.status,
    since: organization.since,
    keyIds: organization.keyIds,
    names: organization.names ?? null,
    contact: organization.contact ?? null,
    furtherGlns: organization.furtherGlns ?? [],
    nodeAddress: organization.nodeAddress ?? null,
    apiUrl: organization.apiUrl ?? null,
  };
}

export function organizationKeyRow(bytes: Uint8Array): OrganizationKeyRow {
  const key = ORGANIZATION_KEY.decode(bytes);
  return {
    keyId: key.keyId,
    organization: key.organization,
    publicKey: toHex(key.publicKey),
    purpose: key.purpose,
    validFrom: key.validFrom,
    validUntil: key.validUntil ?? null,
    revoked: key.revoked ?? false,
    notTrustedFrom: key.notTrustedFrom ?? null,
  };
}

export function itemRow(itemKey: string, bytes: Uint8Array): ItemRow {
  const item = ITEM.decode(bytes);
  return {
    itemKey,
    status: item.status,
    owner: item.owner ?? null,
    custodian: item.custodian ?? null,
    container: item.container ?? null,
    lot: item.lot ?? null,
    product: item.product ?? null,
    quantityValue: item.quantity?.value ?? null,
    quantityUom: item.quantity?.uom ?? null,
    ownershipOffer: item.ownershipOffer ?? null,
    custodyOffer: item.custodyOffer ?? null,
    historyCount: item.count,
    historyDigest: toHex(item.digest),
  };
}

export function transferRow(id: string, bytes: Uint8Array): TransferRow {
  const transfer = TRANSFER.decode(bytes);
  return {
    id,
    state: transfer.state,
    sender: transfer.from,
    receiver: transfer.to,
    transfers: transfer.transfers,
    items: transfer.items,
    content: transfer.content,
    accepted: transfer.accepted,
    reference: transfer.reference ?? null,
    offeredHeight: transfer.offeredHeight,
    expiresAfterHeight: transfer.expiresAfterHeight,
    answeredBy: transfer.answeredBy ?? null,
  };
}

/** @param registrations - by entry id; description and attributes stand in the entry, not in the state */
export function productRow(gtin: string, bytes: Uint8Array, registrations: ReadonlyMap<string, DecodedEntry>): ProductRow {
  const product = PRODUCT.decode(bytes);
  const entry = registrations.get(product.registeredBy);
  const action = entry === undefined ? undefined : asTraceAction(entry.action);
  const { description, attributes } = action?.kind === 'product.register' ? action : { description: undefined, attributes: undefined };
  return {
    gtin,
    name: product.name,
    description: description ?? null,
    attributesJson: entry === undefined || attributes === undefined ? null : textOf(entry.content, attributes.start, attributes.end),
    owner: product.owner,
    registeredBy: product.registeredBy,
  };
}
