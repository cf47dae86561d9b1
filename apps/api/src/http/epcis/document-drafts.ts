import { parseStrictJson } from '#codec';
import { epcisEntries, readEpcisContent, type EntryDraft } from '#trace';
import { problemOfFailure } from '../problem/problem.js';
import type { CaptureErrorBehaviour } from './gs1-headers.js';

/** One entry to be, with where in the captured document it comes from. */
export interface CapturedDraft {
  readonly draft: EntryDraft;
  /** Position in the document's event list; undefined when the entry is the whole document. */
  readonly position: number | undefined;
  /** The eventID of each event that the entry holds, in order. */
  readonly eventIDs: readonly (string | undefined)[];
}

const EVENT_LIST = '/epcisBody/eventList';

/**
 * Takes a captured document apart into entries. With `rollback` the whole document is judged at once; with `proceed` each event
 * is judged on its own when it is submitted.
 *
 * @throws ApiProblem JSON_…, EPCIS_… or GS1_…, with a pointer, when the document is refused at reception
 */
export function draftsOf(bytes: Uint8Array, behaviour: CaptureErrorBehaviour): readonly CapturedDraft[] {
  const drafts = epcisEntries(bytes, behaviour);
  if (!drafts.ok) throw problemOfFailure(drafts);
  const eventIDs = eventIDsOf(bytes);
  const isWhole = behaviour === 'rollback' || drafts.value.length !== eventIDs.length;
  if (!isWhole) return drafts.value.map((draft, position) => ({ draft, position, eventIDs: [eventIDs[position]] }));
  return drafts.value.map((draft) => {
    assertWellFormed(draft.content);
    return { draft, position: undefined, eventIDs };
  });
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

function assertWellFormed(content: Uint8Array): void {
  const json = parseStrictJson(content);
  const read = json.ok ? readEpcisContent(json.value) : json;
  if (!read.ok) throw problemOfFailure(read);
}

/** For error reports only; `epcisEntries` has found the document to be strict JSON. */
function eventIDsOf(bytes: Uint8Array): (string | undefined)[] {
  const document = JSON.parse(Buffer.from(bytes).toString('utf8')) as {
    epcisBody?: { eventList?: unknown } | null;
    eventID?: unknown;
  } | null;
  const list = document?.epcisBody?.eventList;
  const events: unknown[] = Array.isArray(list) ? list : [document];
  return events.map((event) => {
    const eventID = (event as { eventID?: unknown } | null)?.eventID;
    return typeof eventID === 'string' ? eventID : undefined;
  });
}
