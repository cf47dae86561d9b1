import { JsonNumber, JsonObject, parseStrictJson, writeJson, type JsonValue } from '#codec';
import type { NamedQuery } from '#index';
import { ApiProblem, problemOfFailure } from '../../problem/problem.js';
import type { EventQuestion } from '../event-queries.js';

const NAME_LENGTH_MAX = 200;
/** Names travel in paths: what a path cannot hold unchanged is not a good name. */
const NAME = /^[^\u0000-\u001f\u007f/?#]+$/;

/** A query as it is stored. */
export type QueryDefinition = Omit<NamedQuery, 'createdAt'>;

/**
 * Reads the body of `POST /queries`: `{ "name", "query": { parameter: value, … } }`.
 *
 * @param namespaces - of the request's GS1-Extensions
 * @throws ApiProblem JSON_…, EPCIS_BAD_QUERY, each with a pointer
 */
export function readQueryDefinition(
  bytes: Uint8Array,
  namespaces: ReadonlyMap<string, string>,
): { readonly definition: QueryDefinition; readonly question: EventQuestion } {
  const json = parseStrictJson(bytes);
  if (!json.ok) throw problemOfFailure(json);
  if (!(json.value instanceof JsonObject)) throw refusal('', 'A query definition is a JSON object.');
  for (const member of json.value.members.keys()) {
    if (member !== 'name' && member !== 'query')
      throw refusal(`/${member}`, 'A query definition has a name and a query.');
  }
  const name = json.value.get('name');
  if (typeof name !== 'string' || name.length > NAME_LENGTH_MAX || !NAME.test(name)) {
    throw refusal(
      '/name',
      `A name has 1 to ${NAME_LENGTH_MAX} characters, none of them "/", "?", "#" or a control character.`,
    );
  }
  const query = json.value.get('query');
  if (!(query instanceof JsonObject)) throw refusal('/query', 'The query is an object of parameters.');
  const definition = { name, queryJson: writeJson(query), namespaces: Object.fromEntries(namespaces) };
  return { definition, question: questionOf(definition, query) };
}

/** The stored query as a question that may be asked again and again. */
export function storedQuestion(stored: NamedQuery): EventQuestion {
  const json = parseStrictJson(new TextEncoder().encode(stored.queryJson));
  if (!json.ok || !(json.value instanceof JsonObject))
    throw new Error(`The stored query ${stored.name} is not readable.`);
  return questionOf(stored, json.value);
}

function questionOf(definition: QueryDefinition, query: JsonObject): EventQuestion {
  const namespaces = new Map(Object.entries(definition.namespaces));
  for (const [prefix, uri] of prefixesIn(query.get('@context'))) {
    if (namespaces.has(prefix) && namespaces.get(prefix) !== uri)
      throw refusal('/query/@context', `GS1-Extensions gives the prefix ${prefix} another meaning.`);
    namespaces.set(prefix, uri);
  }
  const parameters = new Map<string, string | readonly string[]>();
  for (const [name, value] of query.members) if (name !== '@context') parameters.set(name, textsOf(name, value));
  return {
    parameters,
    namespaces,
    queryName: definition.name,
    // Pages of a query that was replaced by another of the same name are not continued.
    detail: JSON.stringify([definition.queryJson, definition.namespaces]),
  };
}

function prefixesIn(context: JsonValue | undefined): readonly (readonly [string, string])[] {
  const elements = context === undefined ? [] : Array.isArray(context) ? (context as readonly JsonValue[]) : [context];
  return elements.flatMap((element) => {
    if (typeof element === 'string') return [];
    if (!(element instanceof JsonObject))
      throw refusal('/query/@context', 'A context is a URI or an object of prefixes.');
    return [...element.members].map(([prefix, uri]) => {
      if (typeof uri !== 'string') throw refusal('/query/@context', 'Each prefix stands for a URI.');
      return [prefix, uri] as const;
    });
  });
}

function textsOf(name: string, value: JsonValue): string | readonly string[] {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((element) => textOf(name, element));
  return textOf(name, value);
}

function textOf(name: string, value: JsonValue): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof JsonNumber) return value.text;
  throw refusal(
    `/query/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    'A parameter is text, a number, true or false, or a list of them.',
  );
}

function refusal(pointer: string, detail: string): ApiProblem {
  return new ApiProblem('EPCIS_BAD_QUERY', detail, [{ pointer, detail, code: 'EPCIS_BAD_QUERY' }]);
}
