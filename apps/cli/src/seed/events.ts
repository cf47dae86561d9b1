import type { EventJson } from './seed.types.js';

/** Prefix `supply:` of the fields that are not in the standard. */
const EXTENSIONS = 'https://supply.example/vocabulary/';

export interface Quantity {
  readonly epcClass: string;
  readonly quantity: number;
  /** UN/ECE Recommendation 20; absent = pieces. */
  readonly uom?: string;
}

/** Where and when, and what for: what every event has. Places are URIs. */
export interface Circumstances {
  /** Milliseconds since 1970. */
  readonly ms: number;
  readonly step: string;
  readonly disposition?: string;
  readonly readPoint: string;
  readonly bizLocation?: string;
  /** Further members as they stand in the event. */
  readonly more?: EventJson;
}

export function objectEvent(
  action: 'ADD' | 'OBSERVE' | 'DELETE',
  what: readonly string[] | readonly Quantity[],
  about: Circumstances,
): EventJson {
  const isQuantity = typeof what[0] === 'object';
  return event('ObjectEvent', { ...(isQuantity ? { quantityList: what } : { epcList: what }), action }, about);
}

export function packing(
  action: 'ADD' | 'DELETE',
  parentID: string,
  children: readonly string[] | readonly Quantity[],
  about: Circumstances,
): EventJson {
  return event('AggregationEvent', { parentID, ...childrenOf(children), action }, about);
}

export function association(
  action: 'ADD' | 'DELETE',
  parentID: string,
  children: readonly string[],
  about: Circumstances,
): EventJson {
  return event('AssociationEvent', { parentID, childEPCs: children, action }, about);
}

export function transformation(
  inputs: readonly Quantity[],
  outputs: readonly string[] | readonly Quantity[],
  about: Circumstances,
): EventJson {
  const made = typeof outputs[0] === 'object' ? { outputQuantityList: outputs } : { outputEPCList: outputs };
  return event('TransformationEvent', { inputQuantityList: inputs, ...made }, about);
}

function childrenOf(children: readonly string[] | readonly Quantity[]): EventJson {
  if (children.length === 0) return {};
  return typeof children[0] === 'object' ? { childQuantityList: children } : { childEPCs: children };
}

function event(
  type: string,
  what: EventJson,
  { ms, step, disposition, readPoint, bizLocation, more }: Circumstances,
): EventJson {
  return {
    type,
    eventTime: timeText(ms),
    eventTimeZoneOffset: '+00:00',
    ...what,
    bizStep: step,
    ...(disposition !== undefined && { disposition }),
    readPoint: { id: readPoint },
    ...(bizLocation !== undefined && { bizLocation: { id: bizLocation } }),
    ...more,
  };
}

/** A temperature reading in °C as members of an event; above `max` it is an alarm. */
export function temperature(ms: number, deviceID: string, value: number, max: number): EventJson {
  const alarm = value > max ? { exception: 'ALARM_CONDITION' } : {};
  const sensorReport = [{ type: 'Temperature', value, uom: 'CEL', ...alarm }];
  return { sensorElementList: [{ sensorMetadata: { time: timeText(ms), deviceID }, sensorReport }] };
}

export function timeText(ms: number): string {
  return new Date(ms).toISOString();
}

export function seedDocument(events: readonly EventJson[]): object {
  return {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { supply: EXTENSIONS }],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: events.at(-1)?.['eventTime'],
    epcisBody: { eventList: events },
  };
}
