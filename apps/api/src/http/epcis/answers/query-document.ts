import { assertInvariant, JsonObject, parseStrictJson, writeJson, type JsonValue } from '#codec';
import type { FoundEvent } from '#index';
import type { EpcSpelling } from './epc-format.js';
import { markDisputed, type MarkedEvent } from './mark-disputed.js';
import { mergeNamespaces } from './merge-namespaces.js';

export const EPCIS_CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
/** The predefined query of the standard: what a query without a name of its own is. */
export const SIMPLE_EVENT_QUERY = 'SimpleEventQuery';

export interface QueryDocument {
  /** JSON text: numbers stand in it as their authors wrote them. */
  readonly text: string;
  /** The prefixes of the document's own context. */
  readonly namespaces: ReadonlyMap<string, string>;
}

export interface QueryDocumentOptions {
  readonly queryName?: string;
  readonly subscriptionID?: string;
  readonly spelling: EpcSpelling;
  readonly createdAt: Date;
}

/** An EPCISQueryDocument that holds these events, each with its eventID and the time at which it was recorded. */
export function queryDocument(events: readonly FoundEvent[], options: QueryDocumentOptions): QueryDocument {
  const found = events.map(markDisputed);
  const { shared, overrides } = mergeNamespaces(found);
  const contexts = sharedContexts(found);
  const eventList = found.map((event, i) => {
    const own = contexts === undefined ? event.contexts : [];
    return options.spelling.event(
      completed(event, [...own, ...(overrides[i] === undefined ? [] : [objectOf(overrides[i])])]),
    );
  });
  const context = [EPCIS_CONTEXT, ...(contexts ?? []), ...(shared.size === 0 ? [] : [objectOf(shared)])];
  const results = objectOf([
    ['queryName', options.queryName ?? SIMPLE_EVENT_QUERY],
    ...(options.subscriptionID === undefined ? [] : ([['subscriptionID', options.subscriptionID]] as const)),
    ['resultsBody', objectOf([['eventList', eventList]])],
  ]);
  const document = objectOf([
    ['@context', context],
    ['type', 'EPCISQueryDocument'],
    ['schemaVersion', '2.0'],
    ['creationDate', options.createdAt.toISOString()],
    ['epcisBody', objectOf([['queryResults', results]])],
  ]);
  return { text: writeJson(document), namespaces: shared };
}

/**
 * The contexts that all events name by URI; undefined when they do not agree: then each event names its own, since what one context says of a
 * term is not what the author of another event meant.
 */
function sharedContexts(found: readonly FoundEvent[]): readonly string[] | undefined {
  const [first] = found;
  const isShared = found.every(({ contexts }) => contexts.join(' ') === first?.contexts.join(' '));
  return isShared ? (first?.contexts ?? []) : undefined;
}

/**
 * The event as it is answered: what the ledger knows of it added, its own `@context` replaced by the document's and what it must
 * have beside that.
 */
function completed(found: MarkedEvent, context: readonly JsonValue[]): JsonObject {
  const parsed = parseStrictJson(new TextEncoder().encode(found.raw));
  assertInvariant(parsed.ok && parsed.value instanceof JsonObject, 'INV-CHAIN-3', { event: found.eventId });
  const members = new Map<string, JsonValue>(parsed.value.members);
  members.delete('@context');
  members.set('eventID', found.eventId);
  members.set('recordTime', found.recordTime);
  if (found.disputedMember !== undefined) members.set(found.disputedMember, true);
  if (context.length === 0) return objectOf(members);
  return objectOf([['@context', context.length === 1 ? (context[0] as JsonValue) : context], ...members]);
}

function objectOf(members: Iterable<readonly [string, JsonValue]>): JsonObject {
  return new JsonObject(new Map(members), 0, 0);
}
