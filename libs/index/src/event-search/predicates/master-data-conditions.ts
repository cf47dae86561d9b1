import type { MasterDataField, MasterDataPredicate } from '#trace';
import type { StatementParameters } from '../statement-parameters.js';
import { nameCondition } from './field-conditions.js';

/**
 * Versions of master data that hold for this search: `v` is of a block before the search's first page, its successor is not. Whose claim it
 * is does not matter.
 */
const HOLDS = `v.position < (SELECT position FROM pinned) AND (v.end_position IS NULL OR v.end_position >= (SELECT position FROM pinned))`;

/** How events name elements: in a column of their own, or in rows of another table. `$keys` = an array of what the elements are called. */
const CONDITIONS: Readonly<Record<MasterDataField, string>> = {
  bizLocation: 'e.biz_location = ANY ($keys)',
  readPoint: 'e.read_point = ANY ($keys)',
  bizStep: 'e.biz_step = ANY ($keys)',
  disposition: 'e.disposition = ANY ($keys)',
  bizTransaction: referenceIn('bizTransaction'),
  source: referenceIn('source'),
  destination: referenceIn('destination'),
  epcClass: 'e.position IN (SELECT i.position FROM event_item i WHERE i.item_key = ANY ($keys) AND i.by_quantity)',
};

function referenceIn(scope: 'bizTransaction' | 'source' | 'destination'): string {
  return `e.position IN (SELECT f.position FROM event_field f WHERE f.scope = '${scope}' AND f.text = ANY ($keys))`;
}

/** The elements are looked up once per statement, and events then by the index of their field. */
export function masterDataCondition({ field, attributes, values }: MasterDataPredicate, parameters: StatementParameters): string {
  const names = attributes.map((name) => `(${nameCondition(name, parameters, 'a')})`).join(' OR ');
  const value = values === undefined ? '' : ` AND a.text = ANY (${parameters.add(values, 'text[]')})`;
  const elements = `FROM vocabulary_attribute a JOIN vocabulary_element v USING (position, ordinal) WHERE (${names})${value} AND ${HOLDS}`;
  if (typeof field === 'string') return CONDITIONS[field].replace('$keys', () => `ARRAY(SELECT v.key ${elements})`);
  // An extension's value stands in the index as its author wrote it.
  return `e.position IN (SELECT f.position FROM event_field f WHERE ${nameCondition(field, parameters)} AND f.scope = 'event'
    AND f.text = ANY (ARRAY(SELECT unnest(ARRAY[v.key, v.text]) ${elements})))`;
}

/**
 * The places that are meant by `keys` "with descendants", as an array: they themselves, what master data says to be below them at any depth, and
 * of each GLN among them the extensions that events name, which are places within it by their very number.
 *
 * @param column - of `event` as `e`
 */
export function placesBelow(column: string, keys: readonly string[], parameters: StatementParameters): string {
  const named = column.replace('e.', 'x.');
  return `ARRAY(
    WITH RECURSIVE place (key) AS (
      SELECT unnest(${parameters.add(keys, 'text[]')}) COLLATE "C"
      UNION
      SELECT c.child FROM place p JOIN vocabulary_child c ON c.parent = p.key JOIN vocabulary_element v USING (position, ordinal) WHERE ${HOLDS}
    )
    SELECT key FROM place
    UNION
    SELECT ${named} FROM place p JOIN event x ON ${named} > p.key || '/254/' AND ${named} < p.key || '/2540'
    WHERE p.key LIKE 'https://id.gs1.org/414/%' AND p.key NOT LIKE '%/254/%')`;
}
