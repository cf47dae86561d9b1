import type { MeasureTest, NumberTest } from './event-query.types.js';
import type { Parameter } from './parameter.js';
import { comparableMeasure } from './units.js';

/** @param uom - of the parameter's name; undefined = numbers are compared as they were written */
export function readMeasure(parameter: Parameter, op: NumberTest['op'], uom: string | undefined): MeasureTest {
  const numbers = op === 'EQ' ? parameter.numbers() : [parameter.number()];
  if (uom === undefined) return { unit: undefined, test: numberTest(op, numbers) };
  const measures = numbers.map((number) => comparableMeasure(uom, number));
  return { unit: measures[0]?.unit, test: numberTest(op, measures.map(({ number }) => number)) };
}

function numberTest(op: NumberTest['op'], values: readonly string[]): NumberTest {
  return op === 'EQ' ? { op, values } : { op, value: values[0] as string };
}
