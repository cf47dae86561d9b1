import { JsonObject, parseStrictJson, type JsonValue } from '#codec';
import { epcisEntries, type EntryDraft, type EpcisEvent } from '#trace';
import { ApiProblem, problemOfFailure } from '../problem/problem.js';
import { problemsOfContent, refusalOf } from './validation/check-content.js';

export interface BareEvent {
  readonly draft: EntryDraft;
  readonly event: EpcisEvent;
}

/** One event with its own `@context`. @throws ApiProblem JSON_…, EPCIS_… or GS1_…, with a pointer */
export function readBareEvent(bytes: Uint8Array): BareEvent {
  const drafts = epcisEntries(bytes, 'rollback');
  if (!drafts.ok) throw problemOfFailure(drafts);
  const [draft] = drafts.value as readonly [EntryDraft];
  const json = parseStrictJson(draft.content);
  if (!json.ok) throw problemOfFailure(json);
  if (json.value instanceof JsonObject && /^EPCIS(Query)?Document$/.test(String(json.value.get('type')))) {
    throw new ApiProblem(
      'EPCIS_NOT_A_DOCUMENT',
      'One event is expected here; documents are captured with POST /epcis/capture.',
      [{ pointer: '/type', detail: 'names a document, not an event', code: 'EPCIS_NOT_A_DOCUMENT' }],
    );
  }
  const { events, problems } = problemsOfContent(json.value);
  if (problems.length > 0) throw refusalOf(problems);
  return { draft, event: events[0] as EpcisEvent };
}

export function withEventId(event: JsonObject, eventID: string): JsonObject {
  return new JsonObject(new Map<string, JsonValue>([...event.members, ['eventID', eventID]]), 0, 0);
}
