import { failure, success, type Failure, type Result } from '#codec';
import { isAbsoluteUri } from '../identifiers/absolute-uri.js';
import { EVENT_PARAMETERS, readTypedList } from './event-parameters.js';
import type { EventOrder, EventPredicate, EventQuery, EventQueryErrorCode } from './event-query.types.js';
import { readAttribute, readExtension } from './extension-parameters.js';
import { fieldName } from './field-name.js';
import { readMatch, readQuantity } from './item-parameters.js';
import { Parameter } from './parameter.js';
import { readMeasured, SENSOR_PARAMETERS } from './sensor-parameters.js';

/** Parameters of a query by name, each with the text of one value or of several. */
export type QueryParameters = ReadonlyMap<string, string | readonly string[]>;

const PARAMETERS_MAX = 100;
/** How the answer is ordered and cut, rather than what is in it. */
const CONTROLS = ['orderBy', 'orderDirection', 'eventCountLimit', 'maxEventCount', 'perPage', 'nextPageToken'] as const;

/**
 * Reads the parameters of an EPCIS SimpleEventQuery (EPCIS 2.0 section 8.2.7.1).
 *
 * @param parameters - text is read as in a URL, several values parted by `|`; a list holds values as they are (a POST body's, numbers
 *   and booleans as their text)
 * @param namespaces - what each prefix of an extension's name stands for
 * @returns failure `EPCIS_QUERY_PARAMETER` for the first parameter that is unknown or not as it should be, its name as pointer
 */
export function parseEventQuery(
  parameters: QueryParameters,
  namespaces: ReadonlyMap<string, string>,
): Result<EventQuery, EventQueryErrorCode> {
  if (parameters.size > PARAMETERS_MAX) {
    return failure('EPCIS_QUERY_PARAMETER', `a query has at most ${PARAMETERS_MAX} parameters`, '');
  }
  const predicates: EventPredicate[] = [];
  const controls = new Map<string, Parameter>();
  for (const [name, given] of parameters) {
    const parameter = new Parameter(name, given, namespaces);
    if ((CONTROLS as readonly string[]).includes(name)) {
      controls.set(name, parameter);
      continue;
    }
    const predicate = readPredicate(parameter);
    if (parameter.problem !== undefined) return parameter.problem;
    if (predicate === undefined) return unknown(name);
    if (predicate !== 'nothing') predicates.push(predicate);
  }
  return readControls(predicates, controls);
}

/** @returns undefined for an unknown name, `nothing` when the parameter does not narrow the answer */
function readPredicate(parameter: Parameter): EventPredicate | 'nothing' | undefined {
  const fixed = EVENT_PARAMETERS.get(parameter.name) ?? SENSOR_PARAMETERS.get(parameter.name);
  if (fixed !== undefined) return fixed(parameter) ?? 'nothing';
  for (const read of PATTERN_READERS) {
    const predicate = read(parameter);
    if (predicate !== undefined) return predicate;
  }
  return undefined;
}

/** Names that hold a type, a unit or a field. Extensions come last: their names may be nearly anything. */
const PATTERN_READERS: readonly ((parameter: Parameter) => EventPredicate | 'nothing' | undefined)[] = [
  readMatch,
  readQuantity,
  readTypedList,
  readMeasured,
  readAttribute,
  readExtension,
];

function readControls(
  predicates: readonly EventPredicate[],
  controls: ReadonlyMap<string, Parameter>,
): Result<EventQuery, EventQueryErrorCode> {
  const direction = controls.get('orderDirection');
  const limit = controls.get('eventCountLimit');
  if (direction !== undefined && !['ASC', 'DESC'].includes(direction.text())) {
    direction.refuse('ASC or DESC is expected');
  }
  // "First" has no meaning without an order.
  if (limit !== undefined && !controls.has('orderBy')) limit.refuse('it needs orderBy');
  if (limit !== undefined && controls.has('maxEventCount')) limit.refuse('it excludes maxEventCount');
  const query: EventQuery = {
    predicates,
    order: {
      by: readOrderBy(controls.get('orderBy')),
      direction: direction?.text() === 'ASC' ? 'ASC' : 'DESC',
    },
    eventCountLimit: limit?.count(),
    maxEventCount: controls.get('maxEventCount')?.count(),
    perPage: controls.get('perPage')?.count(),
    nextPageToken: controls.get('nextPageToken')?.opaque(),
  };
  const problem = [...controls.values()].find((parameter) => parameter.problem !== undefined)?.problem;
  return problem ?? success(query);
}

/** Without orderBy the standard leaves the order open: latest event first. */
function readOrderBy(parameter: Parameter | undefined): EventOrder['by'] {
  const field = parameter?.text() ?? 'eventTime';
  if (field === 'eventTime' || field === 'recordTime') return { field };
  if (parameter === undefined || !isAbsoluteUri(field)) {
    parameter?.refuse('eventTime, recordTime or the name of an extension field is expected');
    return { field: 'eventTime' };
  }
  return { field: 'extension', name: fieldName(field, parameter.namespaces) };
}

function unknown(name: string): Failure<EventQueryErrorCode> {
  return failure('EPCIS_QUERY_PARAMETER', `there is no query parameter ${name.slice(0, 200)}`, name);
}
