import type { IdMatch } from '#trace';
import type { StatementParameters } from '../statement-parameters.js';

/** Patterns stand one by one in the statement: in a list they would not be served by an index. */
export function idMatch(column: string, match: IdMatch, parameters: StatementParameters): string {
  const conditions = match.like.map((pattern) => `${column} LIKE ${parameters.add(pattern, 'text')}`);
  if (match.keys.length > 0) conditions.unshift(`${column} = ANY (${parameters.add(match.keys, 'text[]')})`);
  return `(${conditions.join(' OR ')})`;
}
