import { failure, success, type JsonValue, type RecordReader, type RecordWriter, type Result } from '#codec';
import type { EntryAction, ExecutionContext } from '#ledger';
import type { EpcisEvent } from '../epcis/epcis-event.types.js';
import { effectiveEventId } from '../epcis/event-id.js';
import type { VocabularyElement } from '../epcis/master-data.js';
import { readEpcisContent } from '../epcis/read-content.js';
import { applyEvent } from '../events/apply-event.js';
import { FindingLog } from '../findings/finding-log.js';
import { EVENT, EVENT_DECLARATION, type LotMovement, type RecordedEvent } from '../records/event.js';
import { WorkingItems } from '../records/working-items.js';
import { makeAction } from './author.js';

export const EPCIS_CAPTURE = 'epcis.capture';

export interface EpcisCapture extends EntryAction {
  readonly kind: typeof EPCIS_CAPTURE;
  readonly events: readonly EpcisEvent[];
  /** The author's claims about places, classes …: no rule looks at them. */
  readonly vocabulary: readonly VocabularyElement[];
}

/**
 * EPCIS events become their author's claims. What contradicts the ledger is recorded with a finding; refused is only what is
 * recorded already, and an error declaration about somebody else's event.
 */
export function readEpcisCapture(json: JsonValue): Result<EpcisCapture> {
  const content = readEpcisContent(json);
  if (!content.ok) return content;
  const { events, vocabulary } = content.value;
  return success(
    makeAction({ kind: EPCIS_CAPTURE, events, vocabulary }, (state, context) => {
      const items = new WorkingItems(state, context);
      const log = new FindingLog();
      for (const event of events) {
        const original = judgeEvent(state, context, event);
        if (!original.ok) return original;
        const movements: LotMovement[] = [];
        applyEvent({ state, context, items, event, log, original: original.value, movements });
        recordEvent(state, context, event, movements);
      }
      items.save();
      return success(log.findings);
    }),
  );
}

/**
 * One eventID stands for one event and at most one error declaration of it, which supersedes the event.
 *
 * @returns the event that an error declaration takes back, when it is on the ledger
 */
function judgeEvent(
  state: RecordReader,
  { entryId, author }: ExecutionContext,
  event: EpcisEvent,
): Result<RecordedEvent | undefined> {
  const eventId = effectiveEventId(event, entryId);
  const type = recordTypeOf(event);
  const existing = state.get(type, eventId);
  if (existing !== undefined) {
    const what = type === EVENT ? 'an event' : 'an error declaration';
    return failure(
      'EPCIS_EVENT_EXISTS',
      `${what} ${eventId} is recorded in entry ${existing.entryId}`,
      `${event.pointer}/eventID`,
    );
  }
  const original = type === EVENT ? undefined : state.get(EVENT, eventId);
  if (original !== undefined && original.author !== author) {
    return failure(
      'EPCIS_NOT_EVENT_AUTHOR',
      `only ${original.author} can declare its event ${eventId} an error`,
      `${event.pointer}/errorDeclaration`,
    );
  }
  return success(original);
}

function recordEvent(
  state: RecordWriter,
  { entryId, author }: ExecutionContext,
  event: EpcisEvent,
  movements: readonly LotMovement[],
): void {
  const eventId = effectiveEventId(event, entryId);
  const type = recordTypeOf(event);
  state.put(type, eventId, { entryId, index: event.index, author, supersededBy: undefined, movements });
  const original = type === EVENT ? undefined : state.get(EVENT, eventId);
  if (original !== undefined) state.put(EVENT, eventId, { ...original, supersededBy: entryId });
}

function recordTypeOf(event: EpcisEvent): typeof EVENT {
  return event.errorDeclaration === undefined ? EVENT : EVENT_DECLARATION;
}
