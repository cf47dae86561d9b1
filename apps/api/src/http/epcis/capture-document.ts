import { JsonObject, parseStrictJson, utf8Encode, concatBytes, writeJson, type JsonValue } from '#codec';
import { dropRepeatedMembers } from '#trace';
import { problemOfFailure } from '../problem/problem.js';

/** A captured document: its bytes as they will be signed, and what they say. */
export interface CaptureDocument {
  readonly bytes: Uint8Array;
  readonly json: JsonValue;
}

/**
 * What is captured, made of what was sent. This is the place for everything that changes a document before it is signed; after
 * it nothing does.
 *
 * - A member that stands twice in one object is cut out (docs/adr/005-repeated-members.md).
 * - An EPCISQueryDocument, somebody's answer that is captured here, becomes an EPCISDocument; its events keep their bytes.
 *
 * @throws ApiProblem JSON_… when it is not strict JSON
 */
export function readCaptureDocument(sent: Uint8Array): CaptureDocument {
  const document = readJson(sent);
  const asked = queryDocumentIn(document.json);
  if (asked === undefined) return document;
  const bytes = asDocument(document.bytes, asked);
  return readJson(bytes);
}

function readJson(sent: Uint8Array): CaptureDocument {
  const json = parseStrictJson(sent);
  if (json.ok) return { bytes: sent, json: json.value };
  if (json.code !== 'JSON_DUPLICATE_KEY') throw problemOfFailure(json);
  const { bytes } = dropRepeatedMembers(sent);
  const repaired = parseStrictJson(bytes);
  if (!repaired.ok) throw problemOfFailure(repaired);
  return { bytes, json: repaired.value };
}

interface QueryDocument {
  readonly root: JsonObject;
  readonly events: readonly JsonObject[];
}

/** Undefined also when its events cannot be told apart: then the rules say what is wrong with it. */
function queryDocumentIn(json: JsonValue): QueryDocument | undefined {
  if (!(json instanceof JsonObject) || json.get('type') !== 'EPCISQueryDocument') return undefined;
  const list = ['epcisBody', 'queryResults', 'resultsBody', 'eventList'].reduce<JsonValue | undefined>(
    (value, name) => (value instanceof JsonObject ? value.get(name) : undefined),
    json,
  );
  if (!Array.isArray(list)) return undefined;
  const events = (list as readonly JsonValue[]).filter((event) => event instanceof JsonObject);
  return events.length === list.length ? { root: json, events } : undefined;
}

function asDocument(source: Uint8Array, { root, events }: QueryDocument): Uint8Array {
  const members = new Map<string, JsonValue>();
  for (const [name, value] of root.members) if (name !== 'epcisBody') members.set(name, value);
  members.set('type', 'EPCISDocument');
  const head = writeJson(new JsonObject(members, 0, 0)).slice(0, -1);
  const slices = events.flatMap(({ start, end }, i) => [utf8Encode(i === 0 ? '' : ','), source.subarray(start, end)]);
  return concatBytes(utf8Encode(`${head},"epcisBody":{"eventList":[`), ...slices, utf8Encode(']}}'));
}
