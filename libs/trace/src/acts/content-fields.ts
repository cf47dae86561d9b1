import { JsonNumber, JsonObject, type JsonValue } from '#codec';
import type { FieldReader } from '../field-reader.js';
import { canonicalId } from '../identifiers/canonical-id.js';
import { isSerialOrLot, readGtin } from '../identifiers/gtin.js';
import type { Quantity } from '../records/item.js';

/** Items that one act may name. */
export const ITEMS_PER_ACT_MAX = 1000;

const ATTRIBUTES_MAX = 64;
const ATTRIBUTE_NAME_LENGTH_MAX = 64;
const ATTRIBUTE_TEXT_LENGTH_MAX = 512;
/** Positive, without exponent, at most 18 digits before and 9 behind the point. */
const DECIMAL = /^(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,9})?$/;
const NOT_POSITIVE = 'a quantity is a positive decimal number without exponent';
const UOM = /^[A-Z0-9]{2,3}$/;
const QUANTITY_FIELDS: ReadonlySet<string> = new Set(['value', 'uom']);

/** @returns the GTIN-14 */
export function readGtinField(reader: FieldReader): string {
  const text = reader.text('gtin', { lengthMax: 14 });
  const gtin = readGtin(text);
  if (gtin.ok) return gtin.value;
  reader.problems.first ??= { ...gtin, pointer: reader.at('gtin') };
  return text;
}

export function readLotField(reader: FieldReader): string {
  return reader.matching('lot', isSerialOrLot, '1..20 characters of GS1 character set 82');
}

/** A number as JSON number or as decimal text; what is kept is the text. */
export function readQuantityField(reader: FieldReader): Quantity {
  const quantity = reader.child('quantity');
  if (quantity === undefined) return { value: '0', uom: undefined };
  quantity.onlyFields(QUANTITY_FIELDS, 'no-extensions');
  const value = readDecimal(quantity, 'value');
  if (/^[0.]+$/.test(value)) quantity.problems.add('BAD_VALUE', NOT_POSITIVE, quantity.at('value'));
  return { value, uom: readUomField(quantity) };
}

/** A number that is not negative, as JSON number or as decimal text. @returns its text */
export function readDecimal(reader: FieldReader, name: string): string {
  const raw = reader.value(name);
  const value = raw instanceof JsonNumber ? raw.text : typeof raw === 'string' ? raw : '';
  if (!DECIMAL.test(value)) reader.problems.add('BAD_VALUE', NOT_POSITIVE, reader.at(name));
  return value;
}

export function readUomField(reader: FieldReader): string {
  return reader.matching('uom', (uom) => UOM.test(uom), 'a UN/ECE unit code of 2 or 3 characters');
}

/** A flat object of text, numbers and truth values; it stays in the entry and no rule depends on it. */
export function readAttributesField(reader: FieldReader): JsonObject | undefined {
  const attributes = reader.optionalChild('attributes');
  if (attributes === undefined) return undefined;
  if (attributes.object.members.size > ATTRIBUTES_MAX) {
    attributes.problems.add('BAD_VALUE', `at most ${ATTRIBUTES_MAX} attributes`, attributes.pointer);
  }
  for (const [name, value] of attributes.object.members) {
    const isBounded = name.length >= 1 && name.length <= ATTRIBUTE_NAME_LENGTH_MAX && isAttributeValue(value);
    if (!isBounded) {
      attributes.problems.add(
        'BAD_VALUE',
        'an attribute is text of at most 512 characters, a number or a truth value',
        attributes.at(name),
      );
    }
  }
  return attributes.object;
}

function isAttributeValue(value: JsonValue): boolean {
  if (typeof value === 'string') return value.length <= ATTRIBUTE_TEXT_LENGTH_MAX;
  return typeof value === 'boolean' || (value instanceof JsonNumber && value.text.length <= 64);
}

/** A list of 1..`ITEMS_PER_ACT_MAX` identifiers in any spelling. @returns canonical keys in the order of the list, each once */
export function readItemsField(reader: FieldReader, name: string): readonly string[] {
  const values = reader.list(name);
  if (values.length < 1 || values.length > ITEMS_PER_ACT_MAX) {
    reader.problems.add('BAD_VALUE', `a list of 1..${ITEMS_PER_ACT_MAX} items`, reader.at(name));
    return [];
  }
  const keys = new Set<string>();
  for (const [i, value] of values.entries()) {
    const { key, kind } = reader.checkId(value, name, i);
    if (kind === 'class')
      reader.problems.add('NOT_AN_ITEM', 'names a class of items; name an item or a lot', reader.at(name, i));
    if (keys.has(key)) reader.problems.add('DUPLICATE_ITEM', 'names an item twice', reader.at(name, i));
    keys.add(key);
  }
  return [...keys];
}

/** @returns the canonical key, or the text itself when it is no identifier: for labels that nobody judges */
export function keyOrText(text: string): string {
  const id = canonicalId(text);
  return id.ok ? id.value.key : text;
}
