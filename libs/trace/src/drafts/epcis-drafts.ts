import { concatBytes, failure, JsonObject, parseStrictJson, success, type JsonValue, type Result } from '#codec';
import { EPCIS_CAPTURE } from '../acts/epcis-capture.js';
import { keyOrText } from '../acts/content-fields.js';
import { EVENTS_PER_ENTRY_MAX } from '../epcis/read-content.js';
import { CONTENT_TYPE } from '../rules.js';
import type { EntryDraft } from './act-drafts.js';
import { dropRepeatedMembers } from './drop-repeated-members.js';

/** EPCIS capture behaviour: all events in one entry, or each in an entry of its own. */
export type CaptureMode = 'rollback' | 'proceed';

/**
 * The entries that capture an EPCIS document, or one bare event, in its author's own bytes.
 *
 * `rollback`: one entry with the document as it is. `proceed`: one entry per event, its content the document with the event list
 * cut down to that event (slices of the source, nothing is written anew). A document whose events cannot be told apart comes
 * as one entry, so that the rules name what is wrong with it.
 *
 * A member that stands twice in one object is cut out first (`dropRepeatedMembers`): an entry must not hold one.
 *
 * @returns in document order; failure `JSON_…` when the bytes are not strict JSON, `EPCIS_EVENT_COUNT` when there are too many
 */
export function epcisEntries(document: Uint8Array, mode: CaptureMode): Result<readonly EntryDraft[]> {
  const json = parseStrictJson(document);
  if (json.ok) return entriesOf(json.value, document, mode);
  if (json.code !== 'JSON_DUPLICATE_KEY') return json;
  const { bytes } = dropRepeatedMembers(document);
  const repaired = parseStrictJson(bytes);
  return repaired.ok ? entriesOf(repaired.value, bytes, mode) : repaired;
}

function entriesOf(json: JsonValue, document: Uint8Array, mode: CaptureMode): Result<readonly EntryDraft[]> {
  const events = eventObjects(json);
  if (mode === 'rollback' || events === undefined) return success([draft(json, document)]);
  if (events.length > EVENTS_PER_ENTRY_MAX) {
    return failure('EPCIS_EVENT_COUNT', `a document holds 1..${EVENTS_PER_ENTRY_MAX} events`, '/epcisBody/eventList');
  }
  const head = document.subarray(0, events[0]?.start);
  const tail = document.subarray(events.at(-1)?.end);
  return success(
    events.map((event) => draft(event, concatBytes(head, document.subarray(event.start, event.end), tail))),
  );
}

/** The events of an EPCISDocument; undefined for a bare event and for a document that has no list of objects. */
function eventObjects(json: JsonValue): readonly JsonObject[] | undefined {
  if (!(json instanceof JsonObject)) return undefined;
  const body = json.get('epcisBody');
  const list = body instanceof JsonObject ? body.get('eventList') : undefined;
  if (!Array.isArray(list) || list.length === 0) return undefined;
  return list.every((event) => event instanceof JsonObject) ? list : undefined;
}

function draft(labelled: JsonValue, content: Uint8Array): EntryDraft {
  return { kind: EPCIS_CAPTURE, subject: labelOf(labelled), contentType: CONTENT_TYPE, content };
}

/** The eventID, else the first item that is named, else a word; for a whole document those of its first event. */
function labelOf(json: JsonValue): string {
  const event = eventObjects(json)?.[0] ?? json;
  if (!(event instanceof JsonObject)) return 'epcis';
  const named = [
    event.get('eventID'),
    event.get('parentID'),
    ...['epcList', 'childEPCs', 'outputEPCList', 'inputEPCList'].map((list) => firstOf(event.get(list))),
  ];
  const label = named.find((value) => typeof value === 'string' && value !== '');
  return typeof label === 'string' ? keyOrText(label).slice(0, 512) : 'epcis';
}

function firstOf(value: JsonValue | undefined): JsonValue | undefined {
  return Array.isArray(value) ? (value as readonly JsonValue[])[0] : undefined;
}
