import type { JsonObject, JsonValue } from '#codec';
import type { UnixMs } from '#identity';
import type { CanonicalId } from '../identifiers/canonical-id.js';

export type EpcisAction = 'ADD' | 'OBSERVE' | 'DELETE';

/** In which place of an event an item stands. */
export type ItemRole = 'epc' | 'parent' | 'child' | 'input' | 'output';

export const STANDARD_EVENT_TYPES = [
  'ObjectEvent',
  'AggregationEvent',
  'AssociationEvent',
  'TransactionEvent',
  'TransformationEvent',
] as const;
export type StandardEventType = (typeof STANDARD_EVENT_TYPES)[number];

export interface EventQuantity {
  /** Decimal text as the author wrote it; undefined when only the class is named. */
  readonly value: string | undefined;
  /** UN/ECE Recommendation 20 code; undefined = pieces. */
  readonly uom: string | undefined;
}

/** One item (or class, or lot) that an event names. */
export interface EventItem {
  readonly role: ItemRole;
  readonly id: CanonicalId;
  /** As the author spelled it. */
  readonly text: string;
  /** Set exactly for elements of quantity lists. */
  readonly quantity: EventQuantity | undefined;
}

export interface EventLocation {
  readonly key: string;
  readonly text: string;
}

export interface EventParty {
  readonly type: string;
  readonly key: string;
  readonly text: string;
}

export interface BizTransaction {
  readonly type: string | undefined;
  readonly id: string;
}

export interface ErrorDeclaration {
  readonly declarationTime: string;
  readonly declarationTimeMs: UnixMs;
  readonly reason: string | undefined;
  readonly correctiveEventIds: readonly string[];
}

/** An EPCIS 2.0 event, its shape checked. What is not here (sensor data, ILMD, extensions) is in `json`. */
export interface EpcisEvent {
  /** Position in the document's event list; 0 for a bare event. */
  readonly index: number;
  /** RFC 6901 pointer to the event within the content; empty for a bare event. */
  readonly pointer: string;
  /** One of the five standard types, or the URI or CURIE of an extension's type. */
  readonly type: StandardEventType | (string & {});
  /** As given by the author; see `effectiveEventId` for an event without one. */
  readonly eventId: string | undefined;
  readonly eventTime: string;
  readonly eventTimeMs: UnixMs;
  /** `±hh:mm` */
  readonly eventTimeZoneOffset: string;
  readonly action: EpcisAction | undefined;
  /** A bare CBV word or a URI. */
  readonly bizStep: string | undefined;
  readonly disposition: string | undefined;
  readonly persistentDisposition: { readonly set: readonly string[]; readonly unset: readonly string[] } | undefined;
  readonly readPoint: EventLocation | undefined;
  readonly bizLocation: EventLocation | undefined;
  readonly bizTransactions: readonly BizTransaction[];
  readonly sources: readonly EventParty[];
  readonly destinations: readonly EventParty[];
  readonly transformationId: string | undefined;
  readonly errorDeclaration: ErrorDeclaration | undefined;
  /** In document order: parent first, then lists as the standard orders them. */
  readonly items: readonly EventItem[];
  readonly json: JsonObject;
  /** The `@context` of the document that the event came in. */
  readonly context: JsonValue | undefined;
}
