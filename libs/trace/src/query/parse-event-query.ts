import { failure, type Result } from '#codec';
import type { EventQuery, EventQueryErrorCode } from './event-query.types.js';

/** Parameters of a query by name, each with the text of one value or of several. */
export type QueryParameters = ReadonlyMap<string, string | readonly string[]>;

/**
 * Reads the parameters of an EPCIS SimpleEventQuery (EPCIS 2.0 section 8.2.7.1).
 *
 * @param parameters - from a URL: one text per name, several values parted by `|`; from a POST body: lists, numbers as their text
 * @param namespaces - what each prefix of an extension's name stands for
 * @returns failure `EPCIS_QUERY_PARAMETER` for the first parameter that is unknown or not as it should be, its name as pointer
 */
export function parseEventQuery(
  parameters: QueryParameters,
  namespaces: ReadonlyMap<string, string>,
): Result<EventQuery, EventQueryErrorCode> {
  const [first = ''] = [...parameters.keys(), ...namespaces.keys()];
  return failure('EPCIS_QUERY_PARAMETER', 'not yet', first);
}
