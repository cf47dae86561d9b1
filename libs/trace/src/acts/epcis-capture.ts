import { failure, success, type JsonValue, type RecordWriter, type Result } from '#codec';
import type { EntryAction, ExecutionContext } from '#ledger';
import type { EpcisEvent } from '../epcis/epcis-event.types.js';
import { effectiveEventId } from '../epcis/event-id.js';
import { readEpcisContent } from '../epcis/read-content.js';
import { applyEvent } from '../events/apply-event.js';
import { FindingLog } from '../findings/finding-log.js';
import { EVENT, EVENT_DECLARATION } from '../records/event.js';
import { WorkingItems } from '../records/working-items.js';
import { makeAction } from './author.js';

export const EPCIS_CAPTURE = 'epcis.capture';

export interface EpcisCapture extends EntryAction {
  readonly kind: typeof EPCIS_CAPTURE;
  readonly events: readonly EpcisEvent[];
}

/**
 * EPCIS events become their author's claims. What contradicts the ledger is recorded with a finding; refused is only what is
 * recorded already, and an error declaration about somebody else's event.
 */
export function readEpcisCapture(json: JsonValue): Result<EpcisCapture> {
  const content = readEpcisContent(json);
  if (!content.ok) return content;
  const { events } = content.value;
  return success(
    makeAction({ kind: EPCIS_CAPTURE, events }, (state, context) => {
      const items = new WorkingItems(state, context);
      const log = new FindingLog();
      for (const event of events) {
        const recorded = recordEvent(state, context, event);
        if (!recorded.ok) return recorded;
        applyEvent({ state, context, items, event, log });
      }
      items.save();
      return success(log.findings);
    }),
  );
}

/** One eventID stands for one event and at most one error declaration of it, which supersedes the event. */
function recordEvent(state: RecordWriter, context: ExecutionContext, event: EpcisEvent): Result<void> {
  const { entryId, author } = context;
  const eventId = effectiveEventId(event, entryId);
  const recorded = { entryId, index: event.index, author, supersededBy: undefined };
  const type = event.errorDeclaration === undefined ? EVENT : EVENT_DECLARATION;
  const existing = state.get(type, eventId);
  if (existing !== undefined) {
    const what = type === EVENT ? 'an event' : 'an error declaration';
    return failure(
      'EPCIS_EVENT_EXISTS',
      `${what} ${eventId} is recorded in entry ${existing.entryId}`,
      `${event.pointer}/eventID`,
    );
  }
  state.put(type, eventId, recorded);
  if (type === EVENT) return success(undefined);

  const original = state.get(EVENT, eventId);
  if (original === undefined) return success(undefined);
  if (original.author !== author) {
    return failure(
      'EPCIS_NOT_EVENT_AUTHOR',
      `only ${original.author} can declare its event ${eventId} an error`,
      `${event.pointer}/errorDeclaration`,
    );
  }
  state.put(EVENT, eventId, { ...original, supersededBy: entryId });
  return success(undefined);
}
