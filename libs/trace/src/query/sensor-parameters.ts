import { isVocabularyTerm } from '../epcis/vocabulary.js';
import type {
  Comparison,
  EventPredicate,
  FieldPredicate,
  FieldScope,
  FieldTest,
  NumberTest,
  SensorMeasurePredicate,
} from './event-query.types.js';
import type { ReadParameter } from './event-parameters.js';
import { readMeasure } from './measure-tests.js';
import type { Parameter } from './parameter.js';

const METADATA: readonly FieldScope[] = ['sensorMetadata'];
const REPORT: readonly FieldScope[] = ['sensorReport'];
/** The standard puts these into the metadata of an element, into a report, or both. */
const BOTH: readonly FieldScope[] = ['sensorMetadata', 'sensorReport'];

/** Each parameter looks for a report (or metadata) of its own: two of them need not be met by the same report. */
export const SENSOR_PARAMETERS: ReadonlyMap<string, ReadParameter> = new Map<string, ReadParameter>([
  [
    'EXISTS_sensorElementList',
    // Every report has a type, and every element a report.
    (parameter) => (parameter.flag() ? field(REPORT, 'type', { op: 'EXISTS' }) : undefined),
  ],
  ['GE_time', time(BOTH, 'time', 'GE')],
  ['LT_time', time(BOTH, 'time', 'LT')],
  ['GE_startTime', time(METADATA, 'startTime', 'GE')],
  ['LT_startTime', time(METADATA, 'startTime', 'LT')],
  ['GE_endTime', time(METADATA, 'endTime', 'GE')],
  ['LT_endTime', time(METADATA, 'endTime', 'LT')],
  ['EQ_type', (parameter) => texts(REPORT, 'type', readTypes(parameter))],
  ['EQ_deviceID', (parameter) => texts(BOTH, 'deviceID', parameter.ids())],
  ['EQ_dataProcessingMethod', (parameter) => texts(BOTH, 'dataProcessingMethod', parameter.ids())],
  ['EQ_bizRules', (parameter) => texts(BOTH, 'bizRules', parameter.ids())],
  ['EQ_microorganism', (parameter) => texts(REPORT, 'microorganism', parameter.ids())],
  ['EQ_chemicalSubstance', (parameter) => texts(REPORT, 'chemicalSubstance', parameter.ids())],
  ['EQ_uriValue', (parameter) => texts(REPORT, 'uriValue', parameter.ids())],
  ['EQ_stringValue', (parameter) => texts(REPORT, 'stringValue', parameter.texts())],
  ['EQ_hexBinaryValue', (parameter) => texts(REPORT, 'hexBinaryValue', readHexBinary(parameter))],
  ['EQ_booleanValue', (parameter) => texts(REPORT, 'booleanValue', [parameter.boolean()])],
  ...(['GE', 'LT', 'GT', 'LE'] as const).map(
    (op) => [`${op}_percRank`, rank(op)] as const,
  ),
]);

/** `EQ_value_<UOM>`, `(GE|LT|GT|LE)_(value|minValue|…)_<UOM>` */
const MEASURED_PARAMETER =
  /^(?:(EQ)_value|(GE|LT|GT|LE)_(value|minValue|maxValue|meanValue|sDev|percValue))_([A-Z0-9]{2,4})$/;

export function readMeasured(parameter: Parameter): SensorMeasurePredicate | undefined {
  const match = MEASURED_PARAMETER.exec(parameter.name);
  if (match === null) return undefined;
  const [, equals, comparison, measure = 'value', uom] = match;
  const op = (equals ?? comparison) as NumberTest['op'];
  return { kind: 'sensorMeasure', field: measure, measure: readMeasure(parameter, op, uom) };
}

/** A rank has no unit. */
function rank(op: Comparison): ReadParameter {
  return (parameter) => {
    const number = parameter.number();
    return field(REPORT, 'percRank', { op, value: { text: number, number, time: undefined } });
  };
}

function time(scopes: readonly FieldScope[], name: string, op: 'GE' | 'LT'): ReadParameter {
  return (parameter): EventPredicate =>
    field(scopes, name, { op, value: { text: '', number: undefined, time: parameter.time() } });
}

function texts(scopes: readonly FieldScope[], name: string, values: readonly string[]): FieldPredicate {
  return field(scopes, name, {
    op: 'EQ',
    values: values.map((text) => ({ text, number: undefined, time: undefined })),
  });
}

function field(scopes: readonly FieldScope[], local: string, test: FieldTest): FieldPredicate {
  return { kind: 'field', scopes, inner: false, name: { prefix: '', local }, test };
}

function readTypes(parameter: Parameter): readonly string[] {
  const types = parameter.texts();
  if (!types.every(isVocabularyTerm)) parameter.refuse('a measurement type or a URI is expected');
  return types;
}

/** Both cases of the digits mean the same bytes. */
function readHexBinary(parameter: Parameter): readonly string[] {
  const values = parameter.texts();
  if (!values.every((value) => /^[0-9A-Fa-f]+$/.test(value))) parameter.refuse('hexadecimal digits are expected');
  return values.map((value) => value.toLowerCase());
}
