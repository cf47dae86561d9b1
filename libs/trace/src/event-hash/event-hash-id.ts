import { failure, JsonObject, sha256, success, toHex, utf8Encode, type JsonValue, type Result } from '#codec';
import { eventHashContext, type EventHashContext } from './hash-context.js';
import { preHashString } from './pre-hash.js';

/** A hash id as RFC 6920 and CBV 2.0 spell it. */
const HASH_ID = /^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/i;

export type EventHashErrorCode = 'EPCIS_NOT_A_DOCUMENT' | 'EPCIS_EVENT_TOO_LONG_TO_HASH';

/** An event's hash id, and how it stands to the eventID that the event came with. */
export interface EventHash {
  readonly hashId: string;
  readonly eventId?: string;
  /**
   * `absent`: no eventID, the hash id can be offered as one. `other`: an eventID of another kind. `match` and `mismatch`: a hash id, equal
   * to the computed one or not. A mismatch is no error: published examples have stale ones, and a correction keeps the id.
   */
  readonly verdict: 'absent' | 'other' | 'match' | 'mismatch';
}

/**
 * The CBV event hash id, `ni:///sha-256;<hex>?ver=CBV2.0`: the same for every spelling of one event, and for an event and its error
 * declaration (docs/protocol/identifiers.md#event-hash-ids).
 *
 * @param context - of the document that the event stands in (`eventHashContext`)
 * @returns failures `EPCIS_NOT_A_DOCUMENT` (no text in `type`), `EPCIS_EVENT_TOO_LONG_TO_HASH`
 */
export function eventHashId(event: JsonObject, context: EventHashContext): Result<string, EventHashErrorCode> {
  const type = event.get('type');
  if (typeof type !== 'string' || type === '') return failure('EPCIS_NOT_A_DOCUMENT', 'an event has a type', '/type');
  const text = preHashString(event, type, context);
  if (text === undefined) {
    return failure('EPCIS_EVENT_TOO_LONG_TO_HASH', 'written out with its namespaces, the event is too long to hash');
  }
  return success(`ni:///sha-256;${toHex(sha256(utf8Encode(text)))}?ver=CBV2.0`);
}

/** Computes an event's hash id and compares it with the eventID that the event brings. */
export function checkEventHash(event: JsonObject, context: EventHashContext): Result<EventHash, EventHashErrorCode> {
  const hash = eventHashId(event, context);
  if (!hash.ok) return hash;
  const eventId = event.get('eventID');
  if (typeof eventId !== 'string') return success({ hashId: hash.value, verdict: 'absent' });
  return success({ hashId: hash.value, eventId, verdict: verdictOf(eventId, hash.value) });
}

function verdictOf(eventId: string, hashId: string): 'other' | 'match' | 'mismatch' {
  if (!HASH_ID.test(eventId)) return 'other';
  // Digits of a hash may be in either case, the rest of the id too (RFC 6920 section 3 leaves only the digest to us).
  return eventId.toLowerCase() === hashId.toLowerCase() ? 'match' : 'mismatch';
}

/**
 * The hash ids of all events of a document, in its order.
 *
 * @param content - an EPCISDocument, an EPCISQueryDocument, or a bare event
 * @returns the first failure, with a pointer to the event
 */
export function eventHashes(content: JsonObject): Result<readonly EventHash[], EventHashErrorCode> {
  const context = eventHashContext(content);
  const hashes: EventHash[] = [];
  for (const { event, pointer } of eventsOf(content)) {
    if (!(event instanceof JsonObject)) return failure('EPCIS_NOT_A_DOCUMENT', 'an event is a JSON object', pointer);
    const hash = checkEventHash(event, context);
    if (!hash.ok) return failure(hash.code, hash.detail, pointer + (hash.pointer ?? ''));
    hashes.push(hash.value);
  }
  return success(hashes);
}

function eventsOf(content: JsonObject): readonly { event: JsonValue; pointer: string }[] {
  const inDocument = ['epcisBody', 'eventList'];
  const inAnswer = ['epcisBody', 'queryResults', 'resultsBody', 'eventList'];
  for (const path of [inDocument, inAnswer]) {
    let value: JsonValue | undefined = content;
    for (const name of path) value = value instanceof JsonObject ? value.get(name) : undefined;
    if (Array.isArray(value)) {
      return (value as readonly JsonValue[]).map((event, i) => ({ event, pointer: `/${path.join('/')}/${i}` }));
    }
  }
  return [{ event: content, pointer: '' }];
}
