import { JsonObject, parseStrictJson, type JsonValue } from '#codec';
import {
  checkEventHash,
  epcisEntries,
  eventHashContext,
  EVENTS_PER_ENTRY_MAX,
  type EntryDraft,
  type EventHash,
} from '#trace';
import { ApiProblem, problemOfFailure, type ProblemDetail } from '../problem/problem.js';
import type { CaptureDocument } from './capture-document.js';
import type { CaptureErrorBehaviour } from './gs1-headers.js';
import { CAPTURE_LIMITS } from './limits.js';
import { problemsOfContent, refusalOf } from './validation/check-content.js';

/** One entry to be, with where in the captured document it comes from. */
export interface CapturedDraft {
  readonly draft: EntryDraft;
  /** Position in the document's event list; undefined when the entry is the whole document. */
  readonly position: number | undefined;
  /** The events that the entry holds, in order. */
  readonly events: readonly DraftedEvent[];
  /** What is wrong with the event; it is not submitted then. Pointers count within the entry. */
  readonly problems: readonly ProblemDetail[];
}

/** What is known of an event before it is recorded. */
export interface DraftedEvent {
  readonly eventID: string | undefined;
  /** Undefined when it has no hash id. */
  readonly hash: EventHash | undefined;
}

const EVENT_LIST = '/epcisBody/eventList';

/**
 * Takes a captured document apart into entries. With `rollback` the whole document is judged at once; with `proceed` each event
 * is judged on its own, and only what is wrong with the document around them refuses all.
 *
 * @throws ApiProblem JSON_…, EPCIS_… or GS1_…, with a pointer, when the document is refused at reception
 */
export function draftsOf({ bytes, json }: CaptureDocument, behaviour: CaptureErrorBehaviour): readonly CapturedDraft[] {
  const list = eventListIn(json);
  if (list !== undefined && list.length > EVENTS_PER_ENTRY_MAX) {
    throw new ApiProblem(
      'API_CAPTURE_LIMIT',
      `A document holds at most ${EVENTS_PER_ENTRY_MAX} events; send several.`,
      [],
      CAPTURE_LIMITS,
    );
  }
  const drafts = epcisEntries(bytes, behaviour);
  if (!drafts.ok) throw problemOfFailure(drafts);
  const events = draftedEvents(json, list ?? [json]);
  const { problems } = problemsOfContent(json);
  const isWhole = behaviour === 'rollback' || list === undefined || drafts.value.length !== list.length;
  if (problems.length > 0 && (isWhole || problems.some(({ pointer }) => !isInEvent(pointer))))
    throw refusalOf(problems);
  return drafts.value.map((draft, position) => ({
    draft,
    position: isWhole ? undefined : position,
    events: isWhole ? events : events.slice(position, position + 1),
    problems: problems.length === 0 ? [] : problemsOfDraft(draft),
  }));
}

/** Where a refusal's pointer, which counts within the entry, lies in the document, and the event that it is about. */
export function placeInDocument(
  captured: CapturedDraft,
  pointer: string | undefined,
): { readonly pointer: string; readonly eventID?: string } {
  const within = /^\/epcisBody\/eventList\/([0-9]+)(.*)$/.exec(pointer ?? '');
  const inEntry = Number(within?.[1] ?? 0);
  const eventID = captured.events[inEntry]?.eventID;
  return {
    pointer:
      captured.position === undefined ? (pointer ?? '') : `${EVENT_LIST}/${captured.position}${within?.[2] ?? ''}`,
    ...(eventID !== undefined &&
      (captured.position !== undefined || within !== null || captured.events.length === 1) && { eventID }),
  };
}

/** Asked again for each event only where something is wrong: nearly every document is right as a whole. */
function problemsOfDraft({ content }: EntryDraft): readonly ProblemDetail[] {
  const json = parseStrictJson(content);
  if (!json.ok) throw problemOfFailure(json);
  return problemsOfContent(json.value).problems;
}

function isInEvent(pointer: string | undefined): boolean {
  return pointer?.startsWith(`${EVENT_LIST}/`) === true;
}

function eventListIn(json: JsonValue): readonly JsonValue[] | undefined {
  const body = json instanceof JsonObject ? json.get('epcisBody') : undefined;
  const list = body instanceof JsonObject ? body.get('eventList') : undefined;
  return Array.isArray(list) ? (list as readonly JsonValue[]) : undefined;
}

function draftedEvents(document: JsonValue, events: readonly JsonValue[]): readonly DraftedEvent[] {
  if (!(document instanceof JsonObject)) return [];
  const context = eventHashContext(document);
  return events.map((event) => {
    if (!(event instanceof JsonObject)) return { eventID: undefined, hash: undefined };
    const eventID = event.get('eventID');
    const hash = checkEventHash(event, context);
    return { eventID: typeof eventID === 'string' ? eventID : undefined, hash: hash.ok ? hash.value : undefined };
  });
}
