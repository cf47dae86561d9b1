import { failure, success, type JsonObject, type Result } from '#codec';
import { gs1PrefixOwner } from '#identity';
import type { EntryAction } from '#ledger';
import type { FieldReader } from '../field-reader.js';
import { gs1KeyDigits } from '../identifiers/canonical-id.js';
import { productKey } from '../identifiers/gtin.js';
import { PRODUCT } from '../records/product.js';
import { makeAction } from './author.js';
import { readAttributesField, readGtinField } from './content-fields.js';

export const PRODUCT_REGISTER = 'product.register';

export interface ProductRegister extends EntryAction {
  readonly kind: typeof PRODUCT_REGISTER;
  /** GTIN-14 */
  readonly gtin: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly attributes: JsonObject | undefined;
}

const FIELDS: ReadonlySet<string> = new Set(['gtin', 'name', 'description', 'attributes']);

/** A class of goods gets its owner: whoever the GTIN's company prefix is registered to, or else the first who asks. */
export function readProductRegister(content: FieldReader): Result<ProductRegister> {
  content.onlyFields(FIELDS, 'no-extensions');
  const fields = {
    kind: PRODUCT_REGISTER,
    gtin: readGtinField(content),
    name: content.text('name', { lengthMax: 200 }),
    description: content.optionalText('description', { lengthMax: 2000 }),
    attributes: readAttributesField(content),
  } as const;
  if (content.problems.first !== undefined) return content.problems.first;
  const { gtin, name } = fields;

  return success(
    makeAction(fields, (state, { author, entryId, height }) => {
      const registrant = gs1PrefixOwner(state, gs1KeyDigits(productKey(gtin)) ?? '');
      if (registrant !== undefined && registrant !== author) {
        return failure('TRACE_FOREIGN_PREFIX', `the company prefix of ${gtin} is registered to ${registrant}`, '/gtin');
      }
      const existing = state.get(PRODUCT, gtin);
      if (existing !== undefined)
        return failure('TRACE_PRODUCT_EXISTS', `${gtin} is registered by ${existing.owner}`, '/gtin');
      state.put(PRODUCT, gtin, { owner: author, name, registeredBy: entryId, registeredHeight: height });
      return success([]);
    }),
  );
}
