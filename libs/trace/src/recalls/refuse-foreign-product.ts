import { failure, type Failure, type RecordReader } from '#codec';
import { gs1PrefixOwner, type Did } from '#identity';
import { gs1KeyDigits } from '../identifiers/canonical-id.js';
import { gtinOfKey } from '../identifiers/gtin.js';
import { ITEM } from '../records/item.js';
import { PRODUCT } from '../records/product.js';

/**
 * Who may recall an item or lot: the owner of its product; without a registered product whoever its company prefix is registered to;
 * without either, who commissioned it. Not its present owner: it may have been sold long ago.
 */
export function refuseForeignProduct(state: RecordReader, key: string, author: Did): Failure | undefined {
  const owner = productOwner(state, key);
  return owner === author
    ? undefined
    : failure('TRACE_NOT_PRODUCT_OWNER', `${key} is a product of ${owner ?? 'nobody on this ledger'}`);
}

function productOwner(state: RecordReader, key: string): Did | undefined {
  const gtin = gtinOfKey(key);
  const product = gtin === undefined ? undefined : state.get(PRODUCT, gtin);
  return product?.owner ?? gs1PrefixOwner(state, gs1KeyDigits(key) ?? '') ?? state.get(ITEM, key)?.commissioner;
}
