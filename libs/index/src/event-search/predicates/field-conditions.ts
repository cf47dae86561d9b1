import type { Comparison, FieldName, FieldPredicate, FieldTest, FieldValue, SensorMeasurePredicate } from '#trace';
import type { StatementParameters } from '../statement-parameters.js';
import { COMPARISON_OPERATORS } from './comparison-operators.js';
import { numberCondition } from './number-condition.js';

export function fieldCondition(predicate: FieldPredicate, parameters: StatementParameters): string {
  const conditions = [
    nameCondition(predicate.name, parameters),
    `f.scope = ANY (${parameters.add(predicate.scopes, 'text[]')})`,
    `${predicate.inner ? '' : 'NOT '}f.is_inner`,
    ...testConditions(predicate.test, parameters),
  ];
  return `e.position IN (SELECT f.position FROM event_field f WHERE ${conditions.join(' AND ')})`;
}

export function sensorMeasureCondition({ field, measure }: SensorMeasurePredicate, parameters: StatementParameters): string {
  return `e.position IN (SELECT f.position FROM event_field f WHERE f.local = ${parameters.add(field, 'text')} AND f.scope = 'sensorReport'
    AND f.namespace = '' AND f.unit = ${parameters.add(measure.unit ?? null, 'text')} AND ${numberCondition('f.number', measure.test, parameters)})`;
}

/** On `event_field f`, or on attributes of master data. Fields of the standard have neither prefix nor namespace. */
export function nameCondition(name: FieldName, parameters: StatementParameters, alias = 'f'): string {
  const local = `${alias}.local = ${parameters.add(name.local, 'text')}`;
  if ('namespace' in name) return `${local} AND ${alias}.namespace = ${parameters.add(name.namespace, 'text')}`;
  const prefix = `${alias}.prefix = ${parameters.add(name.prefix, 'text')}`;
  return name.prefix === '' ? `${local} AND ${prefix} AND ${alias}.namespace = ''` : `${local} AND ${prefix}`;
}

function testConditions(test: FieldTest, parameters: StatementParameters): readonly string[] {
  switch (test.op) {
    case 'EXISTS':
      return [];
    case 'EQ':
      return [equalsAny(test.values, parameters)];
    default:
      return [compared(test.op, test.value, parameters)];
  }
}

/** Numbers stand in the text column in their one spelling, beside text as it was written. Times match in any zone. */
function equalsAny(values: readonly FieldValue[], parameters: StatementParameters): string {
  const texts = values.flatMap(({ text, number }) => (number === undefined || number === text ? [text] : [text, number]));
  const times = values.flatMap(({ time }) => (time === undefined ? [] : [new Date(time)]));
  const equal = `f.text = ANY (${parameters.add(texts, 'text[]')})`;
  return times.length === 0 ? equal : `(${equal} OR f.time = ANY (${parameters.add(times, 'timestamptz[]')}))`;
}

function compared(op: Comparison, { number, time }: FieldValue, parameters: StatementParameters): string {
  if (time !== undefined) return `f.time ${COMPARISON_OPERATORS[op]} ${parameters.time(time)}`;
  return `f.unit IS NULL AND f.number ${COMPARISON_OPERATORS[op]} ${parameters.add(number ?? null, 'numeric')}`;
}
