import type { FieldName, FieldPredicate, FieldTest, FieldValue, SensorMeasurePredicate } from '#trace';
import type { StatementParameters } from '../statement-parameters.js';
import { COMPARISON_OPERATORS } from './comparison-operators.js';
import { measureConditions } from './measure-conditions.js';

export function fieldCondition(predicate: FieldPredicate, parameters: StatementParameters): string {
  const conditions = [
    nameCondition(predicate.name, parameters),
    `f.scope = ANY (${parameters.add(predicate.scopes, 'text[]')})`,
    `${predicate.inner ? '' : 'NOT '}f.is_inner`,
    ...testConditions(predicate.test, parameters),
  ];
  return `e.position IN (SELECT f.position FROM event_field f WHERE ${conditions.join(' AND ')})`;
}

export function sensorMeasureCondition({ field, measures }: SensorMeasurePredicate, parameters: StatementParameters): string {
  const local = parameters.add(field, 'text');
  return `e.position IN (SELECT f.position FROM event_field f WHERE f.local = ${local} AND f.scope = 'sensorReport' AND f.namespace = ''
    AND ${measureConditions('f.number', 'f.uom', measures, parameters)})`;
}

/** On `event_field f`. Fields of the standard have neither prefix nor namespace. */
export function nameCondition(name: FieldName, parameters: StatementParameters): string {
  const local = `f.local = ${parameters.add(name.local, 'text')}`;
  if ('namespace' in name) return `${local} AND f.namespace = ${parameters.add(name.namespace, 'text')}`;
  const prefix = `f.prefix = ${parameters.add(name.prefix, 'text')}`;
  return name.prefix === '' ? `${local} AND ${prefix} AND f.namespace = ''` : `${local} AND ${prefix}`;
}

function testConditions(test: FieldTest, parameters: StatementParameters): readonly string[] {
  switch (test.op) {
    case 'EXISTS':
      return [];
    case 'EQ':
      return [equalsAny(test.values, parameters)];
    default:
      return [`${comparedColumn(test.value)} ${COMPARISON_OPERATORS[test.op]} ${comparedValue(test.value, parameters)}`];
  }
}

/** Numbers stand in the text column in their one spelling, beside text as it was written. Times match in any zone. */
function equalsAny(values: readonly FieldValue[], parameters: StatementParameters): string {
  const texts = values.flatMap(({ text, number }) => (number === undefined || number === text ? [text] : [text, number]));
  const times = values.flatMap(({ time }) => (time === undefined ? [] : [new Date(time)]));
  const equal = `f.text = ANY (${parameters.add(texts, 'text[]')})`;
  return times.length === 0 ? equal : `(${equal} OR f.time = ANY (${parameters.add(times, 'timestamptz[]')}))`;
}

function comparedColumn(value: FieldValue): string {
  return value.time === undefined ? 'f.number' : 'f.time';
}

function comparedValue({ number, time }: FieldValue, parameters: StatementParameters): string {
  return time === undefined ? parameters.add(number ?? null, 'numeric') : parameters.time(time);
}
