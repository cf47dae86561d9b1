import { JsonObject, type JsonValue } from '#codec';
import { STANDARD_NAMESPACES, type Namespaces } from './field-name.js';

const PREFIX = /^([A-Za-z][A-Za-z0-9+.-]*):/;
const USED_MAX = 100;

/**
 * Of the declared prefixes those that an event uses in names or values: without them its names mean nothing to a reader.
 *
 * @param text - the event's own JSON text: most events use none of them, which it shows without a walk through the event
 */
export function usedNamespaces(event: JsonObject, text: string, declared: Namespaces): Namespaces {
  const used = new Map<string, string>();
  if (mayUse(text, declared)) collect(event, declared, used);
  return used;
}

/** A prefix stands behind a quotation mark, unless some character of it is escaped. */
function mayUse(text: string, declared: Namespaces): boolean {
  for (const prefix of declared.keys()) if (text.includes(`"${prefix}:`)) return true;
  return declared.size > 0 && text.includes('\\u');
}

function collect(value: JsonValue, declared: Namespaces, used: Map<string, string>): void {
  if (typeof value === 'string') {
    note(value, declared, used);
  } else if (Array.isArray(value)) {
    for (const element of value as readonly JsonValue[]) collect(element, declared, used);
  } else if (value instanceof JsonObject) {
    for (const [name, member] of value.members) {
      if (name === '@context') continue;
      note(name, declared, used);
      collect(member, declared, used);
    }
  }
}

function note(text: string, declared: Namespaces, used: Map<string, string>): void {
  const prefix = PREFIX.exec(text)?.[1];
  if (prefix === undefined || STANDARD_NAMESPACES.has(prefix) || used.size >= USED_MAX) return;
  const namespace = declared.get(prefix);
  if (namespace !== undefined) used.set(prefix, namespace);
}
