import { failure, success, type Failure, type JsonObject, type RecordReader, type Result } from '#codec';
import type { Did } from '#identity';
import type { EntryAction, ExecutionContext } from '#ledger';
import { addCreatedLot } from '../events/quantities.js';
import type { FieldReader } from '../field-reader.js';
import { FindingLog } from '../findings/finding-log.js';
import { isSerialOrLot, itemKey, lotKey } from '../identifiers/gtin.js';
import type { Quantity } from '../records/item.js';
import { PRODUCT } from '../records/product.js';
import { WorkingItems, type WorkingItem } from '../records/working-items.js';
import { makeAction } from './author.js';
import {
  ITEMS_PER_ACT_MAX,
  readAttributesField,
  readGtinField,
  readLotField,
  readQuantityField,
} from './content-fields.js';

export const ITEM_COMMISSION = 'item.commission';
export const LOT_COMMISSION = 'lot.commission';

export interface ItemCommission extends EntryAction {
  readonly kind: typeof ITEM_COMMISSION;
  /** GTIN-14 of a product that the author registered. */
  readonly gtin: string;
  readonly serials: readonly string[];
  /** Canonical keys, in the order of the serials. */
  readonly items: readonly string[];
  readonly lot: string | undefined;
  /** Canonical key of the lot. */
  readonly lotKey: string | undefined;
  readonly attributes: JsonObject | undefined;
}

export interface LotCommission extends EntryAction {
  readonly kind: typeof LOT_COMMISSION;
  readonly gtin: string;
  readonly lot: string;
  /** Canonical key of the lot. */
  readonly lotKey: string;
  readonly quantity: Quantity;
  readonly attributes: JsonObject | undefined;
}

const ITEM_FIELDS: ReadonlySet<string> = new Set(['gtin', 'serials', 'lot', 'attributes']);
const LOT_FIELDS: ReadonlySet<string> = new Set(['gtin', 'lot', 'quantity', 'attributes']);

/** Single items come into being: their author owns and holds them. */
export function readItemCommission(content: FieldReader): Result<ItemCommission> {
  content.onlyFields(ITEM_FIELDS, 'no-extensions');
  const gtin = readGtinField(content);
  const serials = readSerials(content);
  const lot = content.has('lot') ? readLotField(content) : undefined;
  const attributes = readAttributesField(content);
  if (content.problems.first !== undefined) return content.problems.first;

  const items = serials.map((serial) => itemKey(gtin, serial));
  const keyOfLot = lot === undefined ? undefined : lotKey(gtin, lot);
  return success(
    makeAction({ kind: ITEM_COMMISSION, gtin, serials, items, lot, lotKey: keyOfLot, attributes }, (state, context) => {
      const refusal = refuseProduct(state, gtin, context.author);
      if (refusal !== undefined) return refusal;
      const working = new WorkingItems(state, context);
      for (const [i, key] of items.entries()) {
        const item = working.concern(key);
        const taken = commission(item, key, { context, gtin }, `/serials/${i}`);
        if (taken !== undefined) return taken;
        item.lot = keyOfLot ?? item.lot;
      }
      working.save();
      return success([]);
    }),
  );
}

/** A lot comes into being, with its quantity. */
export function readLotCommission(content: FieldReader): Result<LotCommission> {
  content.onlyFields(LOT_FIELDS, 'no-extensions');
  const gtin = readGtinField(content);
  const lot = readLotField(content);
  const quantity = readQuantityField(content);
  const attributes = readAttributesField(content);
  if (content.problems.first !== undefined) return content.problems.first;

  const key = lotKey(gtin, lot);
  return success(
    makeAction({ kind: LOT_COMMISSION, gtin, lot, lotKey: key, quantity, attributes }, (state, context) => {
      const refusal = refuseProduct(state, gtin, context.author);
      if (refusal !== undefined) return refusal;
      const working = new WorkingItems(state, context);
      const item = working.concern(key);
      const taken = commission(item, key, { context, gtin }, '/lot');
      if (taken !== undefined) return taken;
      item.quantity = quantity;
      const log = new FindingLog();
      addCreatedLot(state, context, log, { lot: key, quantity });
      working.save();
      return success(log.findings);
    }),
  );
}

function readSerials(content: FieldReader): readonly string[] {
  const values = content.list('serials');
  if (values.length < 1 || values.length > ITEMS_PER_ACT_MAX) {
    content.problems.add('BAD_VALUE', `a list of 1..${ITEMS_PER_ACT_MAX} serial numbers`, content.at('serials'));
    return [];
  }
  const serials = new Set<string>();
  for (const [i, value] of values.entries()) {
    if (typeof value !== 'string' || !isSerialOrLot(value)) {
      content.problems.add(
        'BAD_VALUE',
        'a serial number is 1..20 characters of GS1 character set 82',
        content.at('serials', i),
      );
    } else if (serials.has(value)) {
      content.problems.add('DUPLICATE_ITEM', 'names an item twice', content.at('serials', i));
    } else {
      serials.add(value);
    }
  }
  return [...serials];
}

function refuseProduct(state: RecordReader, gtin: string, author: Did): Failure | undefined {
  const product = state.get(PRODUCT, gtin);
  if (product === undefined) return failure('TRACE_UNKNOWN_PRODUCT', `no product ${gtin} is registered`, '/gtin');
  if (product.owner !== author)
    return failure('TRACE_NOT_PRODUCT_OWNER', `${gtin} belongs to ${product.owner}`, '/gtin');
  return undefined;
}

/** An item that events have named already may still be commissioned, once. */
function commission(
  item: WorkingItem,
  key: string,
  { context, gtin }: { readonly context: ExecutionContext; readonly gtin: string },
  pointer: string,
): Failure | undefined {
  if (item.commissionedBy !== undefined) return failure('TRACE_ITEM_EXISTS', `${key} exists already`, pointer);
  if (item.container !== undefined)
    return failure('TRACE_ITEM_IN_CONTAINER', `${key} was packed into ${item.container}`, pointer);
  item.status = 'active';
  item.owner = context.author;
  item.custodian = context.author;
  item.product = gtin;
  item.commissionedBy = context.entryId;
  item.commissioner = context.author;
  item.assignedBy = context.entryId;
  return undefined;
}
