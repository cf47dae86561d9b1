import type { EventResource } from '#index';
import { BUSINESS_STEPS, DISPOSITIONS } from '../validation/cbv-words.js';

/** One of the six kinds of things that events can be looked up by, each a collection with a resource per value. */
export interface ResourceFamily {
  readonly path: EventResource;
  /** Name of the path parameter in the standard's OpenAPI. */
  readonly parameter: string;
  /** The query parameter that the path of a value stands for. */
  readonly filter: string;
  /** Values that the server knows whether or not an event has them. */
  readonly standard: readonly string[];
  /** What its values are: they are looked up by their canonical key, and translated on read. */
  readonly values: 'words' | 'identifiers';
}

const EVENT_TYPES = ['ObjectEvent', 'AggregationEvent', 'TransactionEvent', 'TransformationEvent', 'AssociationEvent'];

export const RESOURCE_FAMILIES: readonly ResourceFamily[] = [
  { path: 'eventTypes', parameter: 'eventType', filter: 'eventType', standard: EVENT_TYPES, values: 'words' },
  { path: 'epcs', parameter: 'epc', filter: 'MATCH_anyEPC', standard: [], values: 'identifiers' },
  { path: 'bizSteps', parameter: 'bizStep', filter: 'EQ_bizStep', standard: [...BUSINESS_STEPS], values: 'words' },
  { path: 'bizLocations', parameter: 'bizLocation', filter: 'EQ_bizLocation', standard: [], values: 'identifiers' },
  { path: 'readPoints', parameter: 'readPoint', filter: 'EQ_readPoint', standard: [], values: 'identifiers' },
  {
    path: 'dispositions',
    parameter: 'disposition',
    filter: 'EQ_disposition',
    standard: [...DISPOSITIONS],
    values: 'words',
  },
];
