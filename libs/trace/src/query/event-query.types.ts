import type { UnixMs } from '#identity';
import type { ItemRole } from '../epcis/epcis-event.types.js';

/** What an EPCIS SimpleEventQuery asks for, free of spelling: identifiers are canonical keys, names are expanded, numbers exact. */
export interface EventQuery {
  /** All must hold. */
  readonly predicates: readonly EventPredicate[];
  readonly order: EventOrder;
  /** At most so many events in all pages together, the first in `order`. */
  readonly eventCountLimit: number | undefined;
  /** When more events match, the answer is a refusal. */
  readonly maxEventCount: number | undefined;
  /** Events per page that the client asks for. */
  readonly perPage: number | undefined;
  /** As the client sent it: opaque here. */
  readonly nextPageToken: string | undefined;
}

export interface EventOrder {
  readonly by:
    | { readonly field: 'eventTime' }
    | { readonly field: 'recordTime' }
    | { readonly field: 'extension'; readonly name: FieldName };
  readonly direction: 'ASC' | 'DESC';
}

/** One condition on an event. Lists of values mean: any of them. */
export type EventPredicate =
  | TermPredicate
  | TimePredicate
  | PlacePredicate
  | ItemPredicate
  | QuantityPredicate
  | SensorMeasurePredicate
  | ErrorDeclarationPredicate
  | FieldPredicate
  | MasterDataPredicate;

export interface TermPredicate {
  readonly kind: 'term';
  readonly field: 'type' | 'action' | 'bizStep' | 'disposition' | 'eventID';
  readonly values: readonly string[];
}

/** Half-open ranges: from (included) and until (excluded). */
export interface TimePredicate {
  readonly kind: 'time';
  readonly field: 'eventTime' | 'recordTime';
  readonly test: 'GE' | 'LT';
  readonly ms: UnixMs;
}

export interface PlacePredicate {
  readonly kind: 'place';
  readonly field: 'readPoint' | 'bizLocation';
  readonly match: IdMatch;
  /** Also the places below these by master data, and the extensions of a GLN. */
  readonly withDescendants: boolean;
}

/** An item that the event names in one of these roles. */
export interface ItemPredicate {
  readonly kind: 'item';
  readonly roles: readonly ItemRole[];
  /** In a quantity list (a class or lot), or in a list of EPCs. */
  readonly byQuantity: boolean;
  readonly match: IdMatch;
}

/** A canonical key that equals one of `keys` or fits one of `like`. */
export interface IdMatch {
  readonly keys: readonly string[];
  /** SQL LIKE patterns with `\\` as escape character. */
  readonly like: readonly string[];
}

/** A quantity element of any list. */
export interface QuantityPredicate {
  readonly kind: 'quantity';
  readonly measure: MeasureTest;
}

/** A measurement in a sensor report. */
export interface SensorMeasurePredicate {
  readonly kind: 'sensorMeasure';
  /** `value`, `minValue` … */
  readonly field: string;
  readonly measure: MeasureTest;
}

export interface MeasureTest {
  /** As of `ComparableMeasure`; undefined = the number as it was written, whatever its unit. */
  readonly unit: string | undefined;
  readonly test: NumberTest;
}

/** The event declares another an error. */
export interface ErrorDeclarationPredicate {
  readonly kind: 'errorDeclaration';
}

/** A field that has no predicate of its own kind: extensions, ILMD, sensor data, business transactions, parties … */
export interface FieldPredicate {
  readonly kind: 'field';
  /** In any of them. */
  readonly scopes: readonly FieldScope[];
  /** Inside another extension field, at any depth, instead of directly in its scope. */
  readonly inner: boolean;
  readonly name: FieldName;
  readonly test: FieldTest;
}

/** In which part of an event a field stands. For business transactions and parties the name is the type, for the others the field's. */
export type FieldScope =
  | 'event'
  | 'ilmd'
  | 'errorDeclaration'
  | 'readPoint'
  | 'bizLocation'
  | 'bizTransaction'
  | 'source'
  | 'destination'
  | 'persistentDisposition'
  | 'sensorElement'
  | 'sensorMetadata'
  | 'sensorReport';

/**
 * A field's name. Extensions are compared by namespace and local name; when the query does not say what a prefix stands for, by the prefix
 * that the author wrote.
 */
export type FieldName =
  | { readonly namespace: string; readonly local: string }
  | { readonly prefix: string; readonly local: string };

export type FieldTest =
  | { readonly op: 'EXISTS' }
  | { readonly op: 'EQ'; readonly values: readonly FieldValue[] }
  | { readonly op: Comparison; readonly value: FieldValue };

/** What a field is compared with. Ordered comparisons look at the number or time only. */
export interface FieldValue {
  readonly text: string;
  /** Decimal text without exponent, when the text is a number. */
  readonly number: string | undefined;
  readonly time: UnixMs | undefined;
}

export type Comparison = 'GT' | 'GE' | 'LT' | 'LE';

export type NumberTest =
  | { readonly op: 'EQ'; readonly values: readonly string[] }
  | { readonly op: Comparison; readonly value: string };

/** The element that a field of the event names has master data with this attribute (and one of these values). */
export interface MasterDataPredicate {
  readonly kind: 'masterData';
  /** A field of the standard, or an extension's. */
  readonly field: MasterDataField | FieldName;
  /** Any of them. */
  readonly attributes: readonly FieldName[];
  /** Undefined: whatever the value. */
  readonly values: readonly string[] | undefined;
}

/** Fields of the standard whose values are elements of vocabularies. */
export type MasterDataField =
  'bizLocation' | 'readPoint' | 'bizTransaction' | 'source' | 'destination' | 'epcClass' | 'bizStep' | 'disposition';

/** `pointer` of the failure is the name of the parameter. */
export type EventQueryErrorCode = 'EPCIS_QUERY_PARAMETER';
