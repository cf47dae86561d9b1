import { JsonObject, parseStrictJson, type JsonValue } from '#codec';
import {
  checkEventHash,
  epcisEntries,
  eventHashContext,
  type EntryDraft,
  type EpcisEvent,
  type EventHash,
} from '#trace';
import { ApiProblem, problemOfFailure } from '../problem/problem.js';
import { problemsOfContent, refusalOf } from './validation/check-content.js';

export interface BareEvent {
  readonly draft: EntryDraft;
  readonly event: EpcisEvent;
  /** Undefined for an event that is too long to hash. */
  readonly hash: EventHash | undefined;
}

/**
 * One event with its own `@context`.
 *
 * @param options.inDocument - a document with one event is taken as well: repairs make one, and XML has no other way
 * @throws ApiProblem JSON_…, EPCIS_… or GS1_…, with a pointer
 */
export function readBareEvent(bytes: Uint8Array, { inDocument = false } = {}): BareEvent {
  const drafts = epcisEntries(bytes, 'rollback');
  if (!drafts.ok) throw problemOfFailure(drafts);
  const [draft] = drafts.value as readonly [EntryDraft];
  const json = parseStrictJson(draft.content);
  if (!json.ok) throw problemOfFailure(json);
  if (
    !inDocument &&
    json.value instanceof JsonObject &&
    /^EPCIS(Query)?Document$/.test(String(json.value.get('type')))
  ) {
    throw new ApiProblem(
      'EPCIS_NOT_A_DOCUMENT',
      'One event is expected here; documents are captured with POST /epcis/capture.',
      [{ pointer: '/type', detail: 'names a document, not an event', code: 'EPCIS_NOT_A_DOCUMENT' }],
    );
  }
  const { events, problems } = problemsOfContent(json.value);
  if (problems.length > 0) throw refusalOf(problems);
  const [event, ...others] = events;
  if (event === undefined || others.length > 0) {
    const detail = `One event is expected here, not ${events.length}; documents are captured with POST /epcis/capture.`;
    throw new ApiProblem('EPCIS_EVENT_COUNT', detail, [
      { pointer: '/epcisBody/eventList', detail, code: 'EPCIS_EVENT_COUNT' },
    ]);
  }
  const hash = checkEventHash(event.json, eventHashContext(json.value as JsonObject));
  return { draft, event, hash: hash.ok ? hash.value : undefined };
}

export function withEventId(event: JsonObject, eventID: string): JsonObject {
  return new JsonObject(new Map<string, JsonValue>([...event.members, ['eventID', eventID]]), 0, 0);
}
