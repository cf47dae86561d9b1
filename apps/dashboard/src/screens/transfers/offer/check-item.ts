import type { Api } from '#sdk';

export type Scope = 'ownership' | 'custody' | 'both';

/** Whether an item can be offered, as far as one can tell before the ledger judges. */
export type ItemCheck =
  | { readonly kind: 'ready' | 'unknown' | 'inContainer' | 'offered' | 'notActive' | 'unchecked' }
  | { readonly kind: 'notOwner' | 'notCustodian'; readonly organization: string };

/**
 * The checks of an offer (docs/protocol/entry-kinds.md, transfers) in their order.
 * @param item - null: nobody has recorded it; undefined: not asked yet
 * @param self - DID of this organisation
 */
export function checkItem(item: Api.Item | null | undefined, scope: Scope, self: string): ItemCheck {
  if (item === undefined) return { kind: 'unchecked' };
  if (item === null || item.owner === null) return { kind: 'unknown' };
  if (item.container !== null) return { kind: 'inContainer' };
  if (scope !== 'custody' && item.owner !== self) return { kind: 'notOwner', organization: item.owner };
  if (scope !== 'ownership' && item.custodian !== null && item.custodian !== self)
    return { kind: 'notCustodian', organization: item.custodian };
  if (item.status !== 'active') return { kind: 'notActive' };
  const { ownership, custody } = item.openTransfers;
  if ((scope !== 'custody' && ownership !== null) || (scope !== 'ownership' && custody !== null))
    return { kind: 'offered' };
  return { kind: 'ready' };
}
