import { JsonObject, type JsonValue } from '#codec';
import { isAbsoluteUri } from '../identifiers/absolute-uri.js';
import type { FieldName } from './event-query.types.js';

/** What each prefix stands for. */
export type Namespaces = ReadonlyMap<string, string>;

/** Prefixes that the EPCIS 2.0 JSON-LD context declares for everybody. */
export const STANDARD_NAMESPACES: Namespaces = new Map([
  ['epcis', 'https://ref.gs1.org/epcis/'],
  ['cbv', 'https://ref.gs1.org/cbv/'],
  ['cbvmda', 'urn:epcglobal:cbv:mda:'],
  ['gs1', 'https://gs1.org/voc/'],
  ['rdfs', 'http://www.w3.org/2000/01/rdf-schema#'],
  ['owl', 'http://www.w3.org/2002/07/owl#'],
  ['xsd', 'http://www.w3.org/2001/XMLSchema#'],
  ['dcterms', 'http://purl.org/dc/terms/'],
]);

/** Longer namespaces are taken as not declared: each field of an event repeats its namespace in the index. */
const NAMESPACE_LENGTH_MAX = 200;
const PREFIXES_MAX = 1_000;

/**
 * The prefixes that a JSON-LD `@context` declares. Contexts that it names by URI are not fetched.
 *
 * @param context - a URI, an object, or a list of them; of two declarations of a prefix the later one holds
 */
export function declaredNamespaces(context: JsonValue | undefined): Namespaces {
  const elements = Array.isArray(context) ? (context as readonly JsonValue[]) : [context];
  const declared = new Map<string, string>();
  for (const element of elements) {
    if (!(element instanceof JsonObject)) continue;
    for (const [prefix, value] of element.members) {
      const uri = value instanceof JsonObject ? value.get('@id') : value;
      if (typeof uri !== 'string' || uri.length > NAMESPACE_LENGTH_MAX || !isAbsoluteUri(uri)) continue;
      if (declared.size < PREFIXES_MAX) declared.set(prefix, uri);
    }
  }
  return declared;
}

/** A document that names more is read without the rest. */
const CONTEXTS_MAX = 16;
/** The standard's own, which every answer names. */
const STANDARD_CONTEXT =
  /^https?:\/\/(?:ref\.gs1\.org\/standards\/epcis\/|gs1\.github\.io\/EPCIS\/)(?:.*\/)?epcis-context(?:-root)?\.jsonld$/i;

/** The contexts beside the standard's that a JSON-LD `@context` names by URI, in its order: only a reader who fetches them knows their terms. */
export function remoteContexts(context: JsonValue | undefined): readonly string[] {
  const elements = Array.isArray(context) ? (context as readonly JsonValue[]) : [context];
  const uris = elements.filter((element) => typeof element === 'string');
  return uris.filter((uri) => !STANDARD_CONTEXT.test(uri)).slice(0, CONTEXTS_MAX);
}

/** A field's name in all that it can be found by. */
export interface ExpandedName {
  /** As written, without the colon; empty when the name is a full URI. */
  readonly prefix: string;
  /** Empty when nobody says what the prefix stands for. */
  readonly namespace: string;
  readonly local: string;
}

/**
 * @param text - a CURIE (`example:myField`) or a full URI, which is parted behind its last `/` or `#`, else its last `:`
 */
export function expandName(text: string, namespaces: Namespaces): ExpandedName {
  const colon = text.indexOf(':');
  const prefix = text.slice(0, colon);
  const local = text.slice(colon + 1);
  const namespace = namespaces.get(prefix) ?? STANDARD_NAMESPACES.get(prefix);
  if (namespace !== undefined) return { prefix, namespace, local };
  if (prefix !== 'urn' && !local.startsWith('//')) return { prefix, namespace: '', local };
  const end = Math.max(text.lastIndexOf('/'), text.lastIndexOf('#'));
  const cut = (end === -1 ? text.lastIndexOf(':') : end) + 1;
  return { prefix: '', namespace: text.slice(0, cut), local: text.slice(cut) };
}

/** How a query names a field that documents name in their own ways. */
export function fieldName(text: string, namespaces: Namespaces): FieldName {
  const { prefix, namespace, local } = expandName(text, namespaces);
  return namespace === '' ? { prefix, local } : { namespace, local };
}
