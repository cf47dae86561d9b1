import type { ItemPredicate, QuantityPredicate } from '#trace';
import type { StatementParameters } from '../statement-parameters.js';
import { COMPARISON_OPERATORS } from './comparison-operators.js';
import { idMatch } from './id-match.js';

export function itemCondition(predicate: ItemPredicate, parameters: StatementParameters): string {
  return `e.position IN (SELECT i.position FROM event_item i WHERE ${idMatch('i.item_key', predicate.match, parameters)}
    AND i.role = ANY (${parameters.add(predicate.roles, 'text[]')}) AND ${predicate.byQuantity ? '' : 'NOT '}i.by_quantity)`;
}

export function quantityCondition({ test, uom }: QuantityPredicate, parameters: StatementParameters): string {
  const operands =
    test.op === 'EQ'
      ? `= ANY (${parameters.add(test.values, 'text[]')}::numeric[])`
      : `${COMPARISON_OPERATORS[test.op]} ${parameters.add(test.value, 'numeric')}`;
  const unit = uom === undefined ? '' : ` AND i.uom = ${parameters.add(uom, 'text')}`;
  return `e.position IN (SELECT i.position FROM event_item i WHERE i.amount IS NOT NULL AND i.amount ${operands}${unit})`;
}
