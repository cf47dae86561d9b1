import type { Api } from '#sdk';
import { checkGtin } from './check-gtin.js';

/** What the form holds, as typed. */
export interface ProductFields {
  readonly gtin: string;
  readonly name: string;
  readonly chineseName: string;
  readonly description: string;
  readonly category: string;
  readonly shelfLifeDays: string | number;
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
}

/** Attributes that have a field of their own. A product has one name of its own; names in other languages are attributes. */
export const CHINESE_NAME = 'name_zh';
export const CATEGORY = 'category';
export const SHELF_LIFE = 'shelfLifeDays';

/** @returns undefined while something is missing */
export function productOf(fields: ProductFields): Api.ProductInput | undefined {
  const check = checkGtin(fields.gtin);
  const name = fields.name.trim();
  if (check.kind !== 'right' || name === '') return undefined;
  const description = fields.description.trim();
  const attributes: Record<string, string | number> = {};
  for (const attribute of fields.attributes) {
    if (attribute.name.trim() !== '' && attribute.value.trim() !== '')
      attributes[attribute.name.trim()] = attribute.value.trim();
  }
  if (fields.chineseName.trim() !== '') attributes[CHINESE_NAME] = fields.chineseName.trim();
  if (fields.category.trim() !== '') attributes[CATEGORY] = fields.category.trim();
  if (typeof fields.shelfLifeDays === 'number') attributes[SHELF_LIFE] = fields.shelfLifeDays;
  return {
    gtin: check.gtin,
    name,
    ...(description !== '' && { description }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
  };
}
