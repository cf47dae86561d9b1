import type { NumberTest } from '#trace';
import type { StatementParameters } from '../statement-parameters.js';
import { COMPARISON_OPERATORS } from './comparison-operators.js';

export function numberCondition(column: string, test: NumberTest, parameters: StatementParameters): string {
  return test.op === 'EQ'
    ? `${column} = ANY (${parameters.add(test.values, 'text[]')}::numeric[])`
    : `${column} ${COMPARISON_OPERATORS[test.op]} ${parameters.add(test.value, 'numeric')}`;
}
