import { JsonNumber, JsonObject, type JsonValue } from '#codec';
import type { UnixMs } from '#identity';
import type { EpcisEvent } from '../epcis/epcis-event.types.js';
import { readDateTime } from '../epcis/time.js';
import { isAbsoluteUri } from '../identifiers/absolute-uri.js';
import { canonicalId } from '../identifiers/canonical-id.js';
import type { FieldScope } from './event-query.types.js';
import { expandName, type ExpandedName, type Namespaces } from './field-name.js';
import { VALUE_LENGTH_MAX } from './parameter.js';
import { plainDecimal } from './plain-decimal.js';
import { comparableMeasure } from './units.js';

/** One value of a field that a `FieldPredicate` can ask for. */
export interface SearchableField extends ExpandedName {
  readonly scope: FieldScope;
  readonly inner: boolean;
  /** Cut behind one character more than a query can ask for; null for an object, an array or null. Numbers as `plainDecimal` writes them. */
  readonly text: string | null;
  /** Plain decimal; of a measurement the one that is comparable within its unit. */
  readonly number: string | null;
  readonly time: UnixMs | null;
  /** Of a measurement; see `ComparableMeasure`. */
  readonly unit: string | null;
}

/**
 * What queries can ask about an event beyond its items, terms, times and places, in document order.
 *
 * @param namespaces - declared by the event's document
 * @param limit - as many are returned at most; what is beyond cannot be searched for
 */
export function searchableFields(event: EpcisEvent, namespaces: Namespaces, limit: number): readonly SearchableField[] {
  const collector = new Collector(namespaces, limit);
  for (const { type, id } of event.bizTransactions) collector.text('bizTransaction', type ?? '', keyOf(id));
  for (const { type, key } of event.sources) collector.text('source', type, key);
  for (const { type, key } of event.destinations) collector.text('destination', type, key);
  if (event.transformationId !== undefined) {
    collector.text('event', 'transformationID', keyOf(event.transformationId));
  }
  for (const word of event.persistentDisposition?.set ?? []) collector.text('persistentDisposition', 'set', word);
  for (const word of event.persistentDisposition?.unset ?? []) collector.text('persistentDisposition', 'unset', word);
  const declaration = event.errorDeclaration;
  if (declaration !== undefined) {
    collector.standard('errorDeclaration', 'declarationTime', declaration.declarationTime);
    if (declaration.reason !== undefined) collector.text('errorDeclaration', 'reason', declaration.reason);
    for (const id of declaration.correctiveEventIds) collector.text('errorDeclaration', 'correctiveEventID', id);
  }
  for (const [name, value] of event.json.members) {
    const scope = OBJECTS.get(name);
    if (scope !== undefined) collector.extensionsOf(scope, value);
    else if (name === 'sensorElementList') collectSensorElements(collector, value);
    else if (name.includes(':')) collector.extension('event', false, name, value);
  }
  return collector.fields;
}

/** Parts of an event that may hold extensions. */
const OBJECTS: ReadonlyMap<string, FieldScope> = new Map([
  ['ilmd', 'ilmd'],
  ['errorDeclaration', 'errorDeclaration'],
  ['readPoint', 'readPoint'],
  ['bizLocation', 'bizLocation'],
]);

/** Fields of sensor metadata and reports that queries ask for. Identifiers become canonical keys. */
const SENSOR_FIELDS: ReadonlyMap<string, 'text' | 'id' | 'hexBinary' | 'measure' | 'rank'> = new Map([
  ['time', 'text'],
  ['startTime', 'text'],
  ['endTime', 'text'],
  ['type', 'text'],
  ['deviceID', 'id'],
  ['dataProcessingMethod', 'id'],
  ['bizRules', 'id'],
  ['microorganism', 'id'],
  ['chemicalSubstance', 'id'],
  ['uriValue', 'id'],
  ['stringValue', 'text'],
  ['booleanValue', 'text'],
  ['hexBinaryValue', 'hexBinary'],
  ['value', 'measure'],
  ['minValue', 'measure'],
  ['maxValue', 'measure'],
  ['meanValue', 'measure'],
  ['sDev', 'measure'],
  ['percValue', 'measure'],
  ['percRank', 'rank'],
]);

function collectSensorElements(collector: Collector, list: JsonValue): void {
  for (const element of objectsOf(list)) {
    collector.extensionsOf('sensorElement', element);
    for (const metadata of objectsOf(element.get('sensorMetadata'))) collectSensorFields(collector, 'sensorMetadata', metadata);
    for (const report of objectsOf(element.get('sensorReport'))) collectSensorFields(collector, 'sensorReport', report);
  }
}

function collectSensorFields(collector: Collector, scope: FieldScope, object: JsonObject): void {
  const uom = object.get('uom');
  for (const [name, value] of object.members) {
    const kind = SENSOR_FIELDS.get(name);
    if (kind === undefined) {
      if (name.includes(':')) collector.extension(scope, false, name, value);
    } else if (kind === 'measure') {
      collector.measurement(scope, name, value, typeof uom === 'string' ? uom : undefined);
    } else if (typeof value === 'string' && (kind === 'id' || kind === 'hexBinary')) {
      collector.text(scope, name, kind === 'id' ? keyOf(value) : value.toLowerCase());
    } else {
      collector.standard(scope, name, value);
    }
  }
}

function objectsOf(value: JsonValue | undefined): readonly JsonObject[] {
  const list = Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
  return list.filter((element) => element instanceof JsonObject);
}

/** Identifiers in fields are not checked when recorded: what is no right key stays the text that it is. */
function keyOf(text: string): string {
  const id = canonicalId(text);
  return id.ok ? id.value.key : text;
}

class Collector {
  readonly fields: SearchableField[] = [];

  constructor(
    private readonly namespaces: Namespaces,
    private readonly limit: number,
  ) {}

  /** A field of the standard that is compared as text. */
  text(scope: FieldScope, local: string, text: string): void {
    this.add(scope, false, standardName(local), { text: cut(text), number: null, time: null }, null);
  }

  /** A field of the standard. */
  standard(scope: FieldScope, local: string, value: JsonValue): void {
    this.add(scope, false, standardName(local), readValue(value), null);
  }

  measurement(scope: FieldScope, local: string, value: JsonValue, uom: string | undefined): void {
    const { text, number, time } = readValue(value);
    const measure = uom === undefined || number === null ? { unit: null, number } : comparableMeasure(uom, number);
    this.add(scope, false, standardName(local), { text, number: measure.number, time }, measure.unit);
  }

  /** Every extension field directly in an object, and what is in it. */
  extensionsOf(scope: FieldScope, object: JsonValue): void {
    if (!(object instanceof JsonObject)) return;
    for (const [name, value] of object.members) if (name.includes(':')) this.extension(scope, false, name, value);
  }

  /** One row per value of a list; members of objects are inner fields, however deep. */
  extension(scope: FieldScope, inner: boolean, name: string, value: JsonValue): void {
    const values = Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
    const expanded = isAbsoluteUri(name) ? expandName(name, this.namespaces) : undefined;
    if (expanded !== undefined && values.length === 0) this.add(scope, inner, expanded, readValue(null), null);
    for (const element of values) {
      if (this.fields.length >= this.limit) return;
      if (expanded !== undefined) this.add(scope, inner, expanded, readValue(element), null);
      this.innerFields(scope, element);
    }
  }

  private innerFields(scope: FieldScope, value: JsonValue): void {
    if (value instanceof JsonObject) {
      for (const [name, member] of value.members) this.extension(scope, true, name, member);
    } else if (Array.isArray(value)) {
      for (const element of value as readonly JsonValue[]) this.innerFields(scope, element);
    }
  }

  private add(scope: FieldScope, inner: boolean, name: ExpandedName, value: FieldContent, unit: string | null): void {
    if (this.fields.length < this.limit) this.fields.push({ scope, inner, ...name, ...value, unit });
  }
}

function standardName(local: string): ExpandedName {
  return { prefix: '', namespace: '', local };
}

type FieldContent = Pick<SearchableField, 'text' | 'number' | 'time'>;

/** Numbers may come as JSON numbers or as text, as in XML, where everything is text. */
function readValue(value: JsonValue): FieldContent {
  if (value instanceof JsonNumber) {
    const number = plainDecimal(value.text);
    return { text: number ?? value.text, number: number ?? null, time: null };
  }
  if (typeof value === 'boolean') return { text: String(value), number: null, time: null };
  if (typeof value !== 'string') return { text: null, number: null, time: null };
  return {
    text: cut(value),
    number: plainDecimal(value) ?? null,
    time: readDateTime(value) ?? null,
  };
}

/** One character beyond what a question may hold: what is cut equals no question, and fits into an index. */
function cut(text: string): string {
  return text.slice(0, VALUE_LENGTH_MAX + 1);
}
