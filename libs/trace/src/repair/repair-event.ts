import { JsonObject, type JsonValue } from '#codec';
import {
  EVENT_FIELDS,
  EXTENSION_EVENT_FIELDS,
  SENSOR_ELEMENT_FIELDS,
  SENSOR_METADATA_FIELDS,
  SENSOR_REPORT_FIELDS,
} from '../epcis/event-fields.js';
import { STANDARD_EVENT_TYPES } from '../epcis/epcis-event.types.js';
import type { CbvKind } from './cbv-words.js';
import { jsonObject, ObjectEditor } from './object-editor.js';
import type { RepairLog } from './repair-log.js';
import { repairNames } from './repair-names.js';
import {
  listOf,
  repairBoolean,
  repairIds,
  repairNumber,
  repairTerm,
  repairTerms,
  repairText,
  repairTime,
  repairUpperCase,
  tidyTexts,
} from './repair-values.js';

const TYPE_OF_LETTERS: ReadonlyMap<string, string> = new Map(
  [...STANDARD_EVENT_TYPES, 'QuantityEvent'].map((type) => [type.toLowerCase(), type]),
);
const EPC_LISTS: readonly { readonly name: string; readonly unique: boolean }[] = [
  { name: 'epcList', unique: true },
  { name: 'childEPCs', unique: false },
  { name: 'inputEPCList', unique: true },
  { name: 'outputEPCList', unique: true },
];
const QUANTITY_LISTS = ['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList'];
const QUANTITY_FIELDS = new Set(['epcClass', 'quantity', 'uom']);
const DECLARATION_FIELDS = new Set(['declarationTime', 'reason', 'correctiveEventIDs']);
const PERSISTENT_DISPOSITION_FIELDS = new Set(['set', 'unset']);
const PLACE_FIELDS = new Set(['id']);
const NO_FIELDS: ReadonlySet<string> = new Set();
/** `stringValue` and `uom` may be any text. */
const SENSOR_REPORT_TIDY = [...SENSOR_REPORT_FIELDS].filter((name) => name !== 'stringValue' && name !== 'uom');
const SENSOR_NUMBERS = ['value', 'minValue', 'maxValue', 'meanValue', 'sDev', 'percRank', 'percValue'];
const LAYOUT = 'EPCIS 2.0 JSON has no wrapper here; what stands in it was moved out.';

/**
 * Repairs one event. What cannot be repaired stays as it is, for the strict reader to refuse.
 * @param pointer - where the event stands in what was sent
 * @param givenType - the type that the event's place gives it in layouts of EPCIS 1.2
 */
export function repairEvent(source: JsonObject, pointer: string, log: RepairLog, givenType?: string): JsonObject {
  const event = new ObjectEditor(source, pointer, log);
  unwrapExtensions(event);
  if (givenType !== undefined && !['type', 'isA', '@type'].some((name) => event.has(name))) {
    event.change('type', givenType, 'REPAIR_LAYOUT', 'The type of an event stands in the event.');
  }
  repairTypeName(event);
  repairType(event);
  const type = event.get('type');
  const standard = STANDARD_EVENT_TYPES.find((name) => name === type);
  const fields = standard === undefined ? EXTENSION_EVENT_FIELDS : EVENT_FIELDS[standard];
  repairNames(event, fields, 'uri-extensions');
  tidyTexts(event, fields);

  if (event.has('action')) repairUpperCase(event, 'action');
  for (const name of ['eventTime', 'recordTime']) repairTime(event, name);
  repairZoneOffset(event);
  repairTerm(event, 'bizStep', 'bizstep');
  repairTerm(event, 'disposition', 'disp');
  for (const { name, unique } of EPC_LISTS) repairIds(event, name, { elementName: 'epc', unique });
  for (const name of QUANTITY_LISTS) eachObject(event, name, 'quantityElement', repairQuantity);
  eachObject(event, 'bizTransactionList', 'bizTransaction', repairReference('bizTransaction', 'btt'));
  eachObject(event, 'sourceList', 'source', repairReference('source', 'sdt'));
  eachObject(event, 'destinationList', 'destination', repairReference('destination', 'sdt'));
  for (const name of ['readPoint', 'bizLocation']) repairPlace(event, name);
  child(event, 'persistentDisposition', (change) => {
    repairNames(change, PERSISTENT_DISPOSITION_FIELDS, 'no-extensions');
    tidyTexts(change, PERSISTENT_DISPOSITION_FIELDS);
    for (const name of PERSISTENT_DISPOSITION_FIELDS) repairTerms(change, name, 'disp');
  });
  child(event, 'errorDeclaration', repairDeclaration);
  child(event, 'ilmd', (ilmd) => {
    unwrapExtensions(ilmd);
    repairNames(ilmd, NO_FIELDS, 'uri-extensions');
  });
  eachObject(event, 'sensorElementList', 'sensorElement', repairSensorElement);
  return event.toJson();
}

/** EPCIS 1.x puts what a later version added into `extension` and `baseExtension`, one inside the other. */
function unwrapExtensions(editor: ObjectEditor): void {
  for (let depth = 0; depth < 8; depth++) {
    const wrapper = ['baseExtension', 'extension'].find((name) => editor.get(name) instanceof JsonObject);
    if (wrapper === undefined) return;
    editor.unwrap(wrapper, 'REPAIR_LAYOUT', LAYOUT);
  }
}

/** The type decides which fields there are, so its own name comes first. */
function repairTypeName(event: ObjectEditor): void {
  for (const name of ['isA', '@type']) {
    if (event.has(name)) event.rename(name, 'type', 'REPAIR_FIELD_NAME', 'The field is called type in EPCIS 2.0.');
  }
}

function repairType(event: ObjectEditor): void {
  tidyTexts(event, ['type']);
  const type = event.get('type');
  if (typeof type !== 'string') return;
  const meant = TYPE_OF_LETTERS.get(type.toLowerCase());
  if (meant !== undefined && meant !== type) {
    event.change('type', meant, 'REPAIR_LETTER_CASE', `The event type is spelled ${meant}.`);
  }
  if (meant === 'QuantityEvent') repairQuantityEvent(event);
}

/** EPCIS 1.1 section 7.4.4: a QuantityEvent says what an ObjectEvent with a quantity and action OBSERVE says. */
function repairQuantityEvent(event: ObjectEditor): void {
  const element = new Map<string, JsonValue>();
  for (const name of ['epcClass', 'quantity', 'uom']) {
    const value = event.get(name);
    if (value === undefined) continue;
    element.set(name, value);
    event.remove(
      name,
      'REPAIR_QUANTITY_EVENT',
      `${name} of a QuantityEvent moves into the quantityList of an ObjectEvent.`,
    );
  }
  const sentence = 'EPCIS 2.0 has no QuantityEvent; it says the same as an ObjectEvent OBSERVE with a quantityList.';
  event.change('type', 'ObjectEvent', 'REPAIR_QUANTITY_EVENT', sentence);
  if (!event.has('action')) event.change('action', 'OBSERVE', 'REPAIR_QUANTITY_EVENT', sentence);
  event.change('quantityList', [jsonObject(element)], 'REPAIR_QUANTITY_EVENT', sentence);
}

const ZONE_OFFSET = /^[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00)$/;
const LOOSE_OFFSET = /^([+-])(\d{1,2})(?::?([0-5]\d))?$/;

function repairZoneOffset(event: ObjectEditor): void {
  const name = 'eventTimeZoneOffset';
  const offset = event.get(name);
  if (offset === undefined) {
    const eventTime = event.get('eventTime');
    const zone = typeof eventTime === 'string' ? /(?:[Zz]|[+-]\d\d:\d\d)$/.exec(eventTime)?.[0] : undefined;
    const found = zone?.toUpperCase() === 'Z' ? '+00:00' : zone;
    if (found !== undefined && ZONE_OFFSET.test(found)) {
      event.change(name, found, 'REPAIR_TIME_ZONE_OFFSET', `${name} was missing; it is that of eventTime.`);
    }
    return;
  }
  if (typeof offset !== 'string' || ZONE_OFFSET.test(offset)) return;
  const match = LOOSE_OFFSET.exec(offset);
  const found = /^Z$/i.test(offset)
    ? '+00:00'
    : match === null
      ? ''
      : `${match[1]}${(match[2] as string).padStart(2, '0')}:${match[3] ?? '00'}`;
  if (ZONE_OFFSET.test(found)) {
    event.change(name, found, 'REPAIR_TIME_ZONE_OFFSET', `${name} is written ±hh:mm; it is the same offset.`);
  }
}

type Repairer = (editor: ObjectEditor) => void;

function child(parent: ObjectEditor, name: string, repair: Repairer): void {
  const value = parent.get(name);
  if (!(value instanceof JsonObject)) return;
  const editor = new ObjectEditor(value, parent.at(name), parent.log);
  repair(editor);
  parent.set(name, editor.toJson());
}

function eachObject(parent: ObjectEditor, name: string, elementName: string, repair: Repairer): void {
  const elements = listOf(parent, name, elementName);
  if (elements === undefined) return;
  parent.set(
    name,
    elements.map(({ value, pointer }) => {
      if (!(value instanceof JsonObject)) return value;
      const editor = new ObjectEditor(value, pointer, parent.log);
      repair(editor);
      return editor.toJson();
    }),
  );
}

function repairQuantity(element: ObjectEditor): void {
  repairNames(element, QUANTITY_FIELDS, 'no-extensions');
  tidyTexts(element, QUANTITY_FIELDS);
  repairNumber(element, 'quantity');
  repairUpperCase(element, 'uom');
}

/** A business transaction, source or destination: an identifier and its type. */
function repairReference(idName: string, kind: CbvKind): Repairer {
  const fields = new Set(['type', idName]);
  return (element) => {
    repairNames(element, fields, 'no-extensions');
    tidyTexts(element, fields);
    repairTerm(element, 'type', kind);
  };
}

function repairPlace(event: ObjectEditor, name: string): void {
  const value = event.get(name);
  if (typeof value === 'string') {
    event.change(name, jsonObject([['id', value]]), 'REPAIR_LAYOUT', `${name} is an object with an id.`);
    return;
  }
  child(event, name, (place) => {
    unwrapExtensions(place);
    if (!place.has('id') && place.has('@id')) {
      place.rename('@id', 'id', 'REPAIR_FIELD_NAME', 'The field is called id in EPCIS 2.0.');
    }
    tidyTexts(place, PLACE_FIELDS);
  });
}

function repairDeclaration(declaration: ObjectEditor): void {
  unwrapExtensions(declaration);
  repairNames(declaration, DECLARATION_FIELDS, 'uri-extensions');
  tidyTexts(declaration, DECLARATION_FIELDS);
  repairTime(declaration, 'declarationTime');
  repairTerm(declaration, 'reason', 'er');
  repairIds(declaration, 'correctiveEventIDs', { elementName: 'correctiveEventID', unique: false });
}

function repairSensorElement(element: ObjectEditor): void {
  unwrapExtensions(element);
  repairNames(element, SENSOR_ELEMENT_FIELDS, 'uri-extensions');
  child(element, 'sensorMetadata', (metadata) => {
    repairNames(metadata, SENSOR_METADATA_FIELDS, 'uri-extensions');
    tidyTexts(metadata, SENSOR_METADATA_FIELDS);
    for (const name of ['time', 'startTime', 'endTime']) repairTime(metadata, name);
  });
  eachObject(element, 'sensorReport', 'sensorReport', (report) => {
    repairNames(report, SENSOR_REPORT_FIELDS, 'uri-extensions');
    tidyTexts(report, SENSOR_REPORT_TIDY);
    repairTime(report, 'time');
    for (const name of ['type', 'exception']) repairTerm(report, name, 'sensor');
    repairTerm(report, 'component', 'comp');
    for (const name of SENSOR_NUMBERS) repairNumber(report, name);
    for (const name of ['stringValue', 'hexBinaryValue', 'uom']) repairText(report, name);
    repairBoolean(report, 'booleanValue');
  });
}
