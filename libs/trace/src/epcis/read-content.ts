import { JsonObject, success, failure, type JsonValue, type Result } from '#codec';
import { isAbsoluteUri } from '../identifiers/absolute-uri.js';
import { FieldReader, Problems } from '../field-reader.js';
import { DOCUMENT_FIELDS } from './event-fields.js';
import type { EpcisEvent } from './epcis-event.types.js';
import { holdsMasterData, readMasterData, type VocabularyElement } from './master-data.js';
import { readEvent } from './read-event.js';
import { readDateTime } from './time.js';

/** Events that one entry may hold. */
export const EVENTS_PER_ENTRY_MAX = 1000;
/** Items that the events of one entry may name together: a bound on the state that one entry touches. */
export const ITEMS_PER_ENTRY_MAX = 10_000;

export interface EpcisContent {
  /** At most `EVENTS_PER_ENTRY_MAX`; none only beside master data. */
  readonly events: readonly EpcisEvent[];
  /** The master data in the document's header. */
  readonly vocabulary: readonly VocabularyElement[];
}

const HEADER_FIELDS: ReadonlySet<string> = new Set(['epcisMasterData']);
const SCHEMA_VERSION = /^[0-9]+(?:\.[0-9]+)*$/;

/**
 * Reads an EPCISDocument, or one bare event with its own `@context`: the semantics of the EPCIS 2.0 JSON Schema 2.0.1, in our own code, because
 * what decides whether an entry is valid must not change with a library.
 *
 * @returns the code of the first problem in document order per field list, with a JSON pointer (docs/protocol/entry-kinds.md)
 */
export function readEpcisContent(json: JsonValue): Result<EpcisContent> {
  if (!(json instanceof JsonObject))
    return failure('EPCIS_NOT_A_DOCUMENT', 'an EPCISDocument or an event is a JSON object', '');
  const type = json.get('type');
  if (type === 'EPCISQueryDocument') {
    return failure(
      'EPCIS_NOT_A_DOCUMENT',
      'an EPCISQueryDocument is an answer; capture an EPCISDocument or one event',
      '/type',
    );
  }
  const problems = new Problems('EPCIS');
  const root = FieldReader.ofRoot(json, problems);
  checkContext(root);
  const events = type === 'EPCISDocument' ? readDocument(root) : [readEvent(root, 0, root.object.get('@context'))];
  const items = events.reduce((sum, event) => sum + event.items.length, 0);
  if (items > ITEMS_PER_ENTRY_MAX)
    problems.add('TOO_MANY_ITEMS', `the events of one entry name at most ${ITEMS_PER_ENTRY_MAX} items`, '');
  return problems.first ?? success({ events, vocabulary: readMasterData(json) });
}

function readDocument(root: FieldReader): readonly EpcisEvent[] {
  root.onlyFields(DOCUMENT_FIELDS, 'uri-extensions');
  root.matching('schemaVersion', (text) => SCHEMA_VERSION.test(text), 'a version such as 2.0');
  root.matching('creationDate', (text) => readDateTime(text) !== undefined, 'an RFC 3339 date and time with offset');
  root.optionalUri('id');
  for (const name of ['sender', 'receiver', 'instanceIdentifier'])
    root.optionalText(name, { lengthMin: 0, lengthMax: 512 });
  root.optionalChild('epcisHeader')?.onlyFields(HEADER_FIELDS, 'uri-extensions');

  const body = root.child('epcisBody');
  if (body === undefined) return [];
  const list = body.list('eventList');
  if ((list.length === 0 && !holdsMasterData(root.object)) || list.length > EVENTS_PER_ENTRY_MAX) {
    const detail = `a document holds 1..${EVENTS_PER_ENTRY_MAX} events, or master data`;
    body.problems.add('EVENT_COUNT', detail, body.at('eventList'));
    return [];
  }
  const context = root.object.get('@context');
  const events: EpcisEvent[] = [];
  for (const [i, element] of list.entries()) {
    const event = body.elementObject(element, 'eventList', i);
    if (event !== undefined) events.push(readEvent(event, i, context));
    if (body.problems.first !== undefined) break;
  }
  return events;
}

/** A URI, an object, or a list of them, none twice. Contexts are never fetched: the ledger knows the standard's own terms. */
function checkContext(root: FieldReader): void {
  const context = root.value('@context');
  if (context === undefined) return;
  const elements = Array.isArray(context) ? (context as readonly JsonValue[]) : [context];
  const isValid = elements.every(
    (element) => element instanceof JsonObject || (typeof element === 'string' && isAbsoluteUri(element)),
  );
  const uris = elements.filter((element) => typeof element === 'string');
  if (!isValid || new Set(uris).size !== uris.length) {
    root.problems.add('BAD_VALUE', '@context is a URI, an object, or a list of them, none twice', '/@context');
  }
}
