import type { EventPredicate } from '#trace';
import type { StatementParameters } from '../statement-parameters.js';
import { placeCondition, termCondition, timeCondition } from './event-conditions.js';
import { fieldCondition, sensorMeasureCondition } from './field-conditions.js';
import { itemCondition, quantityCondition } from './item-conditions.js';
import { masterDataCondition } from './master-data-conditions.js';

/** One predicate as an SQL condition on `event e`. */
export function condition(predicate: EventPredicate, parameters: StatementParameters): string {
  switch (predicate.kind) {
    case 'term':
      return termCondition(predicate, parameters);
    case 'time':
      return timeCondition(predicate, parameters);
    case 'place':
      return placeCondition(predicate, parameters);
    case 'item':
      return itemCondition(predicate, parameters);
    case 'quantity':
      return quantityCondition(predicate, parameters);
    case 'sensorMeasure':
      return sensorMeasureCondition(predicate, parameters);
    case 'field':
      return fieldCondition(predicate, parameters);
    case 'errorDeclaration':
      return 'e.is_error_declaration';
    case 'masterData':
      return masterDataCondition(predicate, parameters);
  }
}
