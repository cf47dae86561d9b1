import type { MeasureTest, NumberTest } from './event-query.types.js';
import type { Parameter } from './parameter.js';
import { inEveryUnit } from './units.js';

/** What a parameter asks of a measured value, in each unit in which the value may have been recorded. */
export function readMeasures(parameter: Parameter, op: NumberTest['op'], uom: string | undefined): readonly MeasureTest[] {
  const values = op === 'EQ' ? parameter.numbers() : [parameter.number()];
  if (uom === undefined) return [{ uom, test: numberTest(op, values) }];
  return inEveryUnit(uom, values).map((measure) => ({ uom: measure.uom, test: numberTest(op, measure.values) }));
}

function numberTest(op: NumberTest['op'], values: readonly string[]): NumberTest {
  return op === 'EQ' ? { op, values } : { op, value: values[0] as string };
}
