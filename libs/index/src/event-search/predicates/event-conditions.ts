import type { PlacePredicate, TermPredicate, TimePredicate } from '#trace';
import { POSITIONS_PER_ENTRY } from '../../projection/event-position.js';
import type { StatementParameters } from '../statement-parameters.js';
import { idMatch } from './id-match.js';
import { placesBelow } from './master-data-conditions.js';

// Conditions on columns of `event e`.

const TERM_COLUMNS: Readonly<Record<TermPredicate['field'], string>> = {
  type: 'e.type',
  action: 'e.action',
  bizStep: 'e.biz_step',
  disposition: 'e.disposition',
  eventID: 'e.event_id',
};

const PLACE_COLUMNS: Readonly<Record<PlacePredicate['field'], string>> = {
  readPoint: 'e.read_point',
  bizLocation: 'e.biz_location',
};

export function termCondition(predicate: TermPredicate, parameters: StatementParameters): string {
  return `${TERM_COLUMNS[predicate.field]} = ANY (${parameters.add(predicate.values, 'text[]')})`;
}

export function placeCondition(predicate: PlacePredicate, parameters: StatementParameters): string {
  const column = PLACE_COLUMNS[predicate.field];
  return predicate.withDescendants ? `${column} = ANY (${placesBelow(column, predicate.match.keys, parameters)})` : idMatch(column, predicate.match, parameters);
}

export function timeCondition(predicate: TimePredicate, parameters: StatementParameters): string {
  const operator = predicate.test === 'GE' ? '>=' : '<';
  if (predicate.field === 'eventTime') return `e.event_time ${operator} ${parameters.time(predicate.ms)}`;
  return `e.position ${operator} ${firstPositionAt(parameters.time(predicate.ms))}`;
}

/** Record times are block times, which increase with the position: the first position of the first block from this time on. */
function firstPositionAt(time: string): string {
  return `coalesce((SELECT (b.log_size - b.entry_count) * ${POSITIONS_PER_ENTRY} FROM block b WHERE b.time >= ${time}
    ORDER BY b.time LIMIT 1), ${Number.MAX_SAFE_INTEGER})`;
}
