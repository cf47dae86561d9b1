import type { ItemPredicate, QuantityPredicate } from '#trace';
import type { StatementParameters } from '../statement-parameters.js';
import { idMatch } from './id-match.js';
import { numberCondition } from './number-condition.js';

export function itemCondition(predicate: ItemPredicate, parameters: StatementParameters): string {
  return `e.position IN (SELECT i.position FROM event_item i WHERE ${idMatch('i.item_key', predicate.match, parameters)}
    AND i.role = ANY (${parameters.add(predicate.roles, 'text[]')}) AND ${predicate.byQuantity ? '' : 'NOT '}i.by_quantity)`;
}

export function quantityCondition({ measure: { unit, test } }: QuantityPredicate, parameters: StatementParameters): string {
  const conditions =
    unit === undefined
      ? [numberCondition('i.number', test, parameters)]
      : [`i.unit = ${parameters.add(unit, 'text')}`, numberCondition('i.amount', test, parameters)];
  return `e.position IN (SELECT i.position FROM event_item i WHERE ${conditions.join(' AND ')})`;
}
