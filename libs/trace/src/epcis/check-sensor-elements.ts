import { JsonNumber, type JsonValue } from '#codec';
import type { FieldReader } from '../field-reader.js';
import { SENSOR_ELEMENT_FIELDS, SENSOR_METADATA_FIELDS, SENSOR_REPORT_FIELDS } from './event-fields.js';
import { readDateTime } from './time.js';
import { isVocabularyTerm } from './vocabulary.js';

const URI_FIELDS: ReadonlySet<string> = new Set([
  'deviceID',
  'deviceMetadata',
  'rawData',
  'dataProcessingMethod',
  'bizRules',
  'microorganism',
  'chemicalSubstance',
  'coordinateReferenceSystem',
  'uriValue',
]);
const TIME_FIELDS: ReadonlySet<string> = new Set(['time', 'startTime', 'endTime']);
const NUMBER_FIELDS: ReadonlySet<string> = new Set([
  'value',
  'minValue',
  'maxValue',
  'meanValue',
  'sDev',
  'percRank',
  'percValue',
]);
const TERM_FIELDS: ReadonlySet<string> = new Set(['type', 'exception', 'component']);
const TEXT_FIELDS: ReadonlySet<string> = new Set(['stringValue', 'uom']);
const HEXADECIMAL = /^[0-9A-Fa-f]+$/;

/** Checks the shape of `sensorElementList`; its values are evidence, and no rule of the ledger depends on them. */
export function checkSensorElements(event: FieldReader): void {
  for (const element of event.children('sensorElementList')) {
    element.onlyFields(SENSOR_ELEMENT_FIELDS, 'uri-extensions');
    const metadata = element.optionalChild('sensorMetadata');
    if (metadata !== undefined) {
      metadata.onlyFields(SENSOR_METADATA_FIELDS, 'uri-extensions');
      checkSensorFields(metadata);
    }
    if (element.list('sensorReport').length === 0) {
      element.problems.add('MISSING_FIELD', 'sensorReport holds at least one report', element.at('sensorReport'));
    }
    for (const report of element.children('sensorReport')) {
      report.onlyFields(SENSOR_REPORT_FIELDS, 'uri-extensions');
      report.value('type');
      checkSensorFields(report);
    }
  }
}

function checkSensorFields(reader: FieldReader): void {
  for (const [name, value] of reader.object.members) {
    if (!isSensorValue(name, value))
      reader.problems.add('BAD_VALUE', `${name} does not have the type that EPCIS gives it`, reader.at(name));
    else if (URI_FIELDS.has(name)) reader.uri(name);
  }
}

function isSensorValue(name: string, value: JsonValue): boolean {
  if (TIME_FIELDS.has(name)) return typeof value === 'string' && readDateTime(value) !== undefined;
  if (NUMBER_FIELDS.has(name)) return value instanceof JsonNumber;
  if (TERM_FIELDS.has(name)) return typeof value === 'string' && isVocabularyTerm(value);
  if (TEXT_FIELDS.has(name)) return typeof value === 'string';
  if (name === 'booleanValue') return typeof value === 'boolean';
  if (name === 'hexBinaryValue') return typeof value === 'string' && HEXADECIMAL.test(value);
  return true;
}
