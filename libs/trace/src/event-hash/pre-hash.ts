import { JsonNumber, JsonObject, type JsonValue } from '#codec';
import { canonicalDecimal } from '../quantities/canonical-decimal.js';
import { canonicalValue } from './canonical-value.js';
import { compareCodePoints } from './compare-code-points.js';
import { prefixesOf, type EventHashContext } from './hash-context.js';
import { COMMENTS, EVENT_FIELDS, EVENT_FIELDS_LEFT_OUT, TYPED_LISTS, type HashField } from './hash-fields.js';
import { utcMilliseconds } from './utc-milliseconds.js';

/**
 * Longest string that is built for one event, in characters. Namespaces are written out at every use, so a small event could
 * ask for a very large one.
 */
export const PRE_HASH_LENGTH_MAX = 8 * 1024 * 1024;

/**
 * The string whose SHA-256 is the event's hash (CBV 2.0 section 8.9): every field of the event in one order and one spelling.
 *
 * @returns undefined when it would be longer than `PRE_HASH_LENGTH_MAX`
 */
export function preHashString(event: JsonObject, type: string, context: EventHashContext): string | undefined {
  const writer = new PreHashWriter(prefixesOf(event.get('@context'), context.prefixes));
  const text = writer.event(event, type, context.ignoredFields);
  return writer.length > PRE_HASH_LENGTH_MAX ? undefined : text;
}

class PreHashWriter {
  /** Characters written so far; once above the bound nothing is written any more. */
  length = 0;

  constructor(private readonly prefixes: ReadonlyMap<string, string>) {}

  event(event: JsonObject, type: string, ignored: ReadonlySet<string>): string {
    const leftOut = new Set([...EVENT_FIELDS_LEFT_OUT, ...ignored]);
    const fields = EVENT_FIELDS.filter(({ name }) => !leftOut.has(name));
    const typedLists = TYPED_LISTS.filter(({ name }) => !leftOut.has(name));
    for (const { name } of [...fields, ...typedLists]) leftOut.add(name);
    const rest = [
      ...typedLists.map((field) => this.field(field, event.get(field.name))),
      ...this.extensions(event, leftOut),
    ];
    return `eventType=${type}${this.ordered(fields, event)}${sorted(rest)}`;
  }

  /** The standard fields of an object in their order. */
  private ordered(fields: readonly HashField[], object: JsonObject): string {
    return fields.map((field) => this.field(field, object.get(field.name))).join('');
  }

  private field(field: HashField, value: JsonValue | undefined): string {
    if (value === undefined) return '';
    const name = field.element ?? field.name;
    const elements = sorted(listOf(value).map((element) => this.element(name, field, element)));
    return field.element === undefined || elements === '' ? elements : field.name + elements;
  }

  private element(name: string, field: HashField, value: JsonValue): string {
    if (value instanceof JsonObject && field.fields !== undefined) {
      const known = new Set(field.fields.map((member) => member.name));
      const members = this.ordered(field.fields, value) + sorted(this.extensions(value, known));
      return members === '' ? '' : this.count(name) + members;
    }
    if (value instanceof JsonObject || Array.isArray(value)) return sorted(this.extension(name, value));
    const text = this.text(value as JsonScalar, field);
    return text === '' ? '' : this.count(`${name}=${text}`);
  }

  /** Members of an object that are no standard fields. */
  private extensions(object: JsonObject, known: ReadonlySet<string>): string[] {
    return [...object.members]
      .filter(([name]) => !known.has(name) && !COMMENTS.has(name))
      .flatMap(([name, value]) => this.extension(this.qualified(name), value));
  }

  /** A list is its elements, each under the name of the list. */
  private extension(name: string, value: JsonValue): string[] {
    if (this.length > PRE_HASH_LENGTH_MAX) return [];
    if (value instanceof JsonObject) return [this.count(name) + sorted(this.extensions(value, new Set()))];
    if (Array.isArray(value)) {
      return (value as readonly JsonValue[]).flatMap((element) =>
        Array.isArray(element)
          ? [this.count(name) + sorted(this.extension('', element))]
          : this.extension(name, element),
      );
    }
    const text = this.text(value as JsonScalar, undefined);
    return [this.count(text === '' ? name : `${name}=${text}`)];
  }

  /** `{namespace}local` for a name with a known prefix. */
  private qualified(name: string): string {
    const colon = name.indexOf(':');
    const namespace = colon < 0 ? undefined : this.prefixes.get(name.slice(0, colon));
    return namespace === undefined ? name : `{${namespace}}${name.slice(colon + 1)}`;
  }

  private text(value: JsonScalar, field: HashField | undefined): string {
    if (value === null) return '';
    if (typeof value === 'boolean') return String(value);
    if (value instanceof JsonNumber) return canonicalDecimal(value.text) ?? value.text;
    const time = field?.isTime === true ? utcMilliseconds(value.trim()) : undefined;
    return time ?? canonicalValue(value, this.prefixes, field?.vocabulary);
  }

  private count(text: string): string {
    this.length += text.length;
    return this.length > PRE_HASH_LENGTH_MAX ? '' : text;
  }
}

type JsonScalar = null | boolean | string | JsonNumber;

function listOf(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
}

function sorted(elements: readonly string[]): string {
  return [...elements].sort(compareCodePoints).join('');
}
