import { JsonObject, type JsonValue } from '#codec';
import { isAbsoluteUri } from '../identifiers/absolute-uri.js';

/** What a document says about all of its events: how prefixes are resolved, and which members of events do not count. */
export interface EventHashContext {
  /** Prefix → namespace URI. */
  readonly prefixes: ReadonlyMap<string, string>;
  /** Names of event members that are left out, as they are spelled in the document. */
  readonly ignoredFields: ReadonlySet<string>;
}

/** Prefixes of the standard's own context; a document may give them another meaning. */
const STANDARD_PREFIXES: readonly (readonly [prefix: string, namespace: string])[] = [
  ['epcis', 'https://ref.gs1.org/epcis/'],
  ['cbv', 'https://ref.gs1.org/cbv/'],
  ['cbvmda', 'urn:epcglobal:cbv:mda:'],
  ['gs1', 'https://gs1.org/voc/'],
  ['rdfs', 'http://www.w3.org/2000/01/rdf-schema#'],
  ['owl', 'http://www.w3.org/2002/07/owl#'],
  ['xsd', 'http://www.w3.org/2001/XMLSchema#'],
  ['dcterms', 'http://purl.org/dc/terms/'],
];

/** The term by which a repository says which of its own additions the hash leaves out. */
const IGNORE_FIELDS = 'https://repository-x.example.com/ignoreFields';

/** @param content - an EPCISDocument, an EPCISQueryDocument, or a bare event with its own `@context` */
export function eventHashContext(content: JsonObject): EventHashContext {
  const prefixes = prefixesOf(content.get('@context'), new Map(STANDARD_PREFIXES));
  const body = objectOf(content.get('epcisBody'));
  const results = objectOf(body?.get('queryResults'));
  const ignoredFields = new Set([...ignoredBy(content, prefixes), ...ignoredBy(results, prefixes)]);
  return { prefixes, ignoredFields };
}

/** The prefixes that hold inside an event, which may bring a context of its own. */
export function prefixesOf(
  context: JsonValue | undefined,
  outer: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  if (context === undefined) return outer;
  const prefixes = new Map(outer);
  for (const element of Array.isArray(context) ? (context as readonly JsonValue[]) : [context]) {
    if (!(element instanceof JsonObject)) continue;
    for (const [term, definition] of element.members) {
      const namespace = definition instanceof JsonObject ? definition.get('@id') : definition;
      if (!term.startsWith('@') && typeof namespace === 'string' && isAbsoluteUri(namespace)) {
        prefixes.set(term, namespace);
      }
    }
  }
  return prefixes;
}

function ignoredBy(object: JsonObject | undefined, prefixes: ReadonlyMap<string, string>): readonly string[] {
  for (const [name, value] of object?.members ?? []) {
    if (!name.endsWith(':ignoreFields') || expandCurie(name, prefixes) !== IGNORE_FIELDS) continue;
    const names = Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
    return names.filter((field) => typeof field === 'string');
  }
  return [];
}

/** `prefix:rest` with the prefix replaced by its namespace; any other text as it is. */
export function expandCurie(text: string, prefixes: ReadonlyMap<string, string>): string {
  const colon = text.indexOf(':');
  const namespace = colon < 0 ? undefined : prefixes.get(text.slice(0, colon));
  return namespace === undefined ? text : namespace + text.slice(colon + 1);
}

function objectOf(value: JsonValue | undefined): JsonObject | undefined {
  return value instanceof JsonObject ? value : undefined;
}
