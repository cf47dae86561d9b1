import { encodeCbor, type RecordType } from '#codec';
import type { Did, Height } from '#identity';
import type { EntryId } from '#ledger';
import { entryIdPlace, Places } from './places.js';

/** State record `product/<GTIN-14>`. Attributes stand in the entry that registered it. */
export interface Product {
  readonly owner: Did;
  readonly name: string;
  readonly registeredBy: EntryId;
  readonly registeredHeight: Height;
}

export const PRODUCT: RecordType<Product> = {
  prefix: 'product',
  encode: (product) =>
    encodeCbor([product.owner, product.name, entryIdPlace(product.registeredBy), product.registeredHeight]),
  decode(bytes) {
    const places = new Places('product', bytes, 4);
    return {
      owner: places.text() as Did,
      name: places.text(),
      registeredBy: places.entryId(),
      registeredHeight: places.count(),
    };
  },
};
