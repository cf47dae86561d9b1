import type { MeasureTest } from '#trace';
import type { StatementParameters } from '../statement-parameters.js';
import { COMPARISON_OPERATORS } from './comparison-operators.js';

/** One alternative per unit, so that each is a range of the index on the number. */
export function measureConditions(number: string, uom: string, measures: readonly MeasureTest[], parameters: StatementParameters): string {
  const alternatives = measures.map(({ uom: unit, test }) => {
    const inUnit = unit === undefined ? '' : ` AND ${uom} = ${parameters.add(unit, 'text')}`;
    return test.op === 'EQ'
      ? `${number} = ANY (${parameters.add(test.values, 'text[]')}::numeric[])${inUnit}`
      : `${number} ${COMPARISON_OPERATORS[test.op]} ${parameters.add(test.value, 'numeric')}${inUnit}`;
  });
  return `${number} IS NOT NULL AND (${alternatives.join(' OR ')})`;
}
