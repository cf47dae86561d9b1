import type { Result } from '#codec';
import type { EventQuery } from '#trace';
import type { AsOf, Page, PageRequest } from '../queries.types.js';

/** Answers EPCIS queries. Every answer comes from one snapshot and says its height. */
export interface EventSearches {
  /**
   * The events that match, in the order of the query. Later pages hold nothing of blocks after the first page's height: pass `nextCursor`
   * of the page before. Both of an event and its error declaration are returned when both match.
   *
   * @returns failure `EPCIS_QUERY_TOO_LARGE` when more than `maxEventCount` events match, `EPCIS_QUERY_TOO_COMPLEX` when the database
   *   gave up
   * @throws IndexQueryError `INDEX_BAD_CURSOR`, `INDEX_BEHIND`
   */
  search(query: EventQuery, page: EventPageRequest): Promise<Result<EventPage, EventSearchErrorCode>>;
  /** The event and the error declarations with this id, in chain order; an empty list when there are none. */
  eventsById(eventId: string): Promise<{ readonly events: readonly FoundEvent[]; readonly asOf: AsOf }>;
  /** The distinct values of a top-level resource that occur in events, sorted by byte. */
  values(resource: EventResource, page?: PageRequest): Promise<Page<string>>;
  /** Whether a value occurs in any event. @param value - for epcs and places the canonical key */
  exists(resource: EventResource, value: string): Promise<boolean>;
}

/** The collections of the EPCIS binding whose members are found in events. */
export type EventResource = 'eventTypes' | 'epcs' | 'bizSteps' | 'bizLocations' | 'readPoints' | 'dispositions';

export interface EventPageRequest {
  readonly perPage: number;
  /** `nextCursor` of the page before. It holds the height of the first page. */
  readonly after?: string;
}

export interface EventPage {
  readonly events: readonly FoundEvent[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
  /** Height of the first page. */
  readonly asOf: AsOf;
}

/** An EPCIS event as its author wrote it, and where it stands on the chain. */
export interface FoundEvent {
  /** The event's own JSON text. */
  readonly raw: string;
  /** What the prefixes that the event uses stand for, as its document declared them; the standard's own are left out. */
  readonly namespaces: Readonly<Record<string, string>>;
  /** Contexts beside the standard's that its document names by URI, in order. */
  readonly contexts: readonly string[];
  /** The author's, or the one that the ledger gave it (then `raw` has none). */
  readonly eventId: string;
  /** Time of the block: ISO 8601, UTC, milliseconds. */
  readonly recordTime: string;
  readonly entryId: string;
  readonly eventIndex: number;
  readonly author: string;
  readonly height: number;
  /** As of an `EntryReference`. */
  readonly disputed: boolean;
  readonly isErrorDeclaration: boolean;
  /** Entry whose error declaration took the event back. */
  readonly supersededBy: string | null;
  /** Position on the chain: orders all events, the same on every node. */
  readonly position: number;
}

export type EventSearchErrorCode = 'EPCIS_QUERY_TOO_LARGE' | 'EPCIS_QUERY_TOO_COMPLEX';
