import type { ItemPredicate, QuantityPredicate } from '#trace';
import type { StatementParameters } from '../statement-parameters.js';
import { idMatch } from './id-match.js';
import { measureConditions } from './measure-conditions.js';

export function itemCondition(predicate: ItemPredicate, parameters: StatementParameters): string {
  return `e.position IN (SELECT i.position FROM event_item i WHERE ${idMatch('i.item_key', predicate.match, parameters)}
    AND i.role = ANY (${parameters.add(predicate.roles, 'text[]')}) AND ${predicate.byQuantity ? '' : 'NOT '}i.by_quantity)`;
}

export function quantityCondition({ measures }: QuantityPredicate, parameters: StatementParameters): string {
  return `e.position IN (SELECT i.position FROM event_item i WHERE ${measureConditions('i.amount', 'i.uom', measures, parameters)})`;
}
