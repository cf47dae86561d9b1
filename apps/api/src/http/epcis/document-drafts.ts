import { JsonObject, parseStrictJson, type JsonValue } from '#codec';
import { epcisEntries, EVENTS_PER_ENTRY_MAX, type EntryDraft } from '#trace';
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
  /** The eventID of each event that the entry holds, in order. */
  readonly eventIDs: readonly (string | undefined)[];
  /** What is wrong with the event; it is not submitted then. Pointers count within the entry. */
  readonly problems: readonly ProblemDetail[];
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
  const eventIDs = (list ?? [json]).map(eventIdOf);
  const { problems } = problemsOfContent(json);
  const isWhole = behaviour === 'rollback' || list === undefined || drafts.value.length !== list.length;
  if (problems.length > 0 && (isWhole || problems.some(({ pointer }) => !isInEvent(pointer))))
    throw refusalOf(problems);
  return drafts.value.map((draft, position) => ({
    draft,
    position: isWhole ? undefined : position,
    eventIDs: isWhole ? eventIDs : [eventIDs[position]],
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
  const eventID = captured.eventIDs[inEntry];
  return {
    pointer:
      captured.position === undefined ? (pointer ?? '') : `${EVENT_LIST}/${captured.position}${within?.[2] ?? ''}`,
    ...(eventID !== undefined &&
      (captured.position !== undefined || within !== null || captured.eventIDs.length === 1) && { eventID }),
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

function eventIdOf(event: JsonValue): string | undefined {
  const eventID = event instanceof JsonObject ? event.get('eventID') : undefined;
  return typeof eventID === 'string' ? eventID : undefined;
}
