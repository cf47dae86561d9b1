import { JsonObject, type JsonValue } from '#codec';
import { DOCUMENT_FIELDS } from '../epcis/event-fields.js';
import { STANDARD_EVENT_TYPES } from '../epcis/epcis-event.types.js';
import { readDateTime } from '../epcis/time.js';
import { jsonObject, ObjectEditor, pointerTo } from './object-editor.js';
import { repairEvent } from './repair-event.js';
import type { RepairLog } from './repair-log.js';
import { repairNames } from './repair-names.js';
import { repairText, repairTime, tidyTexts } from './repair-values.js';

/** The standard's own context, in the version that Lading speaks. */
export const EPCIS_CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** Of the others, `sender`, `receiver` and `instanceIdentifier`, EPCIS accepts any text. */
const TIDY_FIELDS = ['id', 'type', 'schemaVersion', 'creationDate', '@context'];
const HEADER_FIELDS = new Set(['epcisMasterData']);
const TYPES: ReadonlySet<string> = new Set([...STANDARD_EVENT_TYPES, 'QuantityEvent']);
const ROOT = /^(?:[A-Za-z][\w.-]*:)?(EPCIS(?:Query)?Document)$/;
const LAYOUT = 'In EPCIS 2.0 JSON the events stand in epcisBody.eventList, a plain list.';

/** An event where it was found, with the type that its place gives it. */
interface FoundEvent {
  readonly value: JsonValue;
  readonly pointer: string;
  readonly type?: string;
}

/** Repairs a document, or one event that stands alone, which becomes a document when anything was repaired in it. */
export function repairJson(json: JsonValue, log: RepairLog): JsonValue {
  if (!(json instanceof JsonObject)) return json;
  const root = unwrapRoot(json, log);
  for (const name of ['isA', '@type']) {
    if (root.has(name)) root.rename(name, 'type', 'REPAIR_FIELD_NAME', 'The field is called type in EPCIS 2.0.');
  }
  const isDocument =
    root.get('type') === 'EPCISQueryDocument' ||
    root.get('type') === 'EPCISDocument' ||
    root.names.some((name) => name.toLowerCase() === 'epcisbody');
  return isDocument ? repairDocument(root) : repairBareEvent(root.toJson(), log);
}

/** Translations from XML keep the root element as a wrapper. */
function unwrapRoot(json: JsonObject, log: RepairLog): ObjectEditor {
  const [name] = json.members.keys();
  const type = json.members.size === 1 ? ROOT.exec(name ?? '')?.[1] : undefined;
  const inner = json.get(name ?? '');
  if (type === undefined || !(inner instanceof JsonObject)) return new ObjectEditor(json, '', log);
  const root = new ObjectEditor(inner, pointerTo('', name as string), log);
  log.add('REPAIR_LAYOUT', '', name as string, undefined, 'The document is the JSON object itself.');
  if (!root.has('type')) root.set('type', type);
  return root;
}

function repairDocument(root: ObjectEditor): JsonValue {
  if (root.get('type') !== 'EPCISDocument') {
    const sentence = 'What is captured is an EPCISDocument; the events are the same.';
    root.change('type', 'EPCISDocument', 'REPAIR_DOCUMENT_FIELD', sentence);
  }
  repairNames(root, DOCUMENT_FIELDS, 'uri-extensions');
  repairText(root, 'schemaVersion');
  tidyTexts(root, TIDY_FIELDS);
  const id = root.get('id');
  if (typeof id === 'string' && id.startsWith('_:')) {
    const sentence = 'A blank node names nothing outside its document; the field id is for a URI.';
    root.remove('id', 'REPAIR_BLANK_NODE_ID', sentence);
  }
  const header = root.get('epcisHeader');
  if (header instanceof JsonObject) {
    const editor = new ObjectEditor(header, root.at('epcisHeader'), root.log);
    repairNames(editor, HEADER_FIELDS, 'uri-extensions');
    root.set('epcisHeader', editor.toJson());
  }
  const events = repairBody(root);
  addMissing(root, events);
  return root.toJson();
}

/** @returns the repaired events */
function repairBody(root: ObjectEditor): readonly JsonValue[] {
  const body = root.get('epcisBody');
  if (!(body instanceof JsonObject)) return [];
  const editor = new ObjectEditor(body, root.at('epcisBody'), root.log);
  if (editor.get('queryResults') instanceof JsonObject) leaveQuery(editor);
  for (const name of ['event', 'EventList', 'eventlist']) {
    if (editor.has(name) && !editor.has('eventList')) editor.rename(name, 'eventList', 'REPAIR_LAYOUT', LAYOUT);
  }
  const list = editor.get('eventList');
  if (list === undefined) return [];
  const found: FoundEvent[] = [];
  collectEvents(list, editor.at('eventList'), found, 0);
  if (!Array.isArray(list)) editor.log.add('REPAIR_LAYOUT', editor.at('eventList'), list, undefined, LAYOUT);
  const events = found.map(({ value, pointer, type }) =>
    value instanceof JsonObject ? repairEvent(value, pointer, editor.log, type) : value,
  );
  editor.set('eventList', events);
  root.set('epcisBody', editor.toJson());
  return events;
}

/** An EPCISQueryDocument has its events in `queryResults.resultsBody`, beside the name of the query. */
function leaveQuery(body: ObjectEditor): void {
  for (const wrapper of ['queryResults', 'resultsBody']) body.unwrap(wrapper, 'REPAIR_LAYOUT', LAYOUT);
  for (const name of ['queryName', 'subscriptionID']) {
    if (body.has(name)) body.remove(name, 'REPAIR_LEFT_OUT', 'What is captured is no answer to a query.');
  }
}

/**
 * Finds the events in the layouts that translations of EPCIS 1.2 have: one event without a list, `{"ObjectEvent": {…} or […]}`, the
 * same inside `extension`, and list elements that are such objects.
 */
function collectEvents(value: JsonValue, pointer: string, found: FoundEvent[], depth: number): void {
  if (Array.isArray(value)) {
    for (const [i, element] of (value as readonly JsonValue[]).entries()) {
      if (isWrapper(element)) collectEvents(element, `${pointer}/${i}`, found, depth);
      else found.push({ value: element, pointer: `${pointer}/${i}` });
    }
    return;
  }
  if (!isWrapper(value) || depth > 8) {
    found.push({ value, pointer });
    return;
  }
  for (const [name, inner] of value.members) {
    const at = pointerTo(pointer, name);
    if (name === 'extension') collectEvents(inner, at, found, depth + 1);
    else if (Array.isArray(inner)) {
      for (const [i, event] of (inner as readonly JsonValue[]).entries())
        found.push({ value: event, pointer: `${at}/${i}`, type: name });
    } else found.push({ value: inner, pointer: at, type: name });
  }
}

function isWrapper(value: JsonValue): value is JsonObject {
  if (!(value instanceof JsonObject) || value.members.size === 0) return false;
  return [...value.members.keys()].every((name) => name === 'extension' || TYPES.has(name));
}

function addMissing(root: ObjectEditor, events: readonly JsonValue[]): void {
  if (!root.has('@context')) {
    const sentence = 'A document names its context; the standard’s own was added.';
    root.change('@context', EPCIS_CONTEXT, 'REPAIR_DOCUMENT_FIELD', sentence);
  }
  if (!root.has('schemaVersion')) {
    const sentence = 'A document names the version of its schema; as recorded this one is 2.0.';
    root.change('schemaVersion', '2.0', 'REPAIR_DOCUMENT_FIELD', sentence);
  }
  repairTime(root, 'creationDate');
  const latest = latestTime(events);
  if (!root.has('creationDate') && latest !== undefined) {
    const sentence =
      'creationDate was missing; the document cannot be older than its latest event, so that time stands there.';
    root.change('creationDate', latest, 'REPAIR_DOCUMENT_FIELD', sentence);
  }
}

function latestTime(events: readonly JsonValue[]): string | undefined {
  let latest: { text: string; ms: number } | undefined;
  for (const event of events) {
    for (const name of ['eventTime', 'recordTime']) {
      const text = event instanceof JsonObject ? event.get(name) : undefined;
      const ms = typeof text === 'string' ? readDateTime(text) : undefined;
      if (ms !== undefined && (latest === undefined || ms > latest.ms)) latest = { text: text as string, ms };
    }
  }
  return latest?.text;
}

/**
 * A bare event is captured as it is when nothing is wrong with it. Once repaired it becomes a document of one event, which has
 * room for what belongs to the document: the version, and the hash of what was sent.
 */
function repairBareEvent(json: JsonObject, log: RepairLog): JsonValue {
  const repairsBefore = log.repairs.length;
  const event = repairEvent(json, '', log);
  if (!event.members.has('@context')) {
    const sentence = 'An event that stands alone names its context; the standard’s own was added.';
    log.add('REPAIR_DOCUMENT_FIELD', '/@context', undefined, EPCIS_CONTEXT, sentence);
  }
  if (log.repairs.length === repairsBefore && repairsBefore === 0) return json;
  const time = latestTime([event]);
  return jsonObject([
    ['@context', event.get('@context') ?? EPCIS_CONTEXT],
    ['type', 'EPCISDocument'],
    ['schemaVersion', '2.0'],
    ...(time === undefined ? [] : [['creationDate', time] as const]),
    [
      'epcisBody',
      jsonObject([['eventList', [jsonObject([...event.members].filter(([name]) => name !== '@context'))]]]),
    ],
  ]);
}
