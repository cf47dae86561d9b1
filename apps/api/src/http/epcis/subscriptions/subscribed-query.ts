import type { NamedQuery } from '#index';
import type { EventQuery } from '#trace';
import { readEventQuery } from '../event-queries.js';
import { storedQuestion } from '../queries/query-definition.js';
import { controlsProblem } from './subscription-controls.js';

/** Events of one document, unless the query says `perPage`. */
const EVENTS_PER_DOCUMENT = 100;
const EVENTS_PER_DOCUMENT_MAX = 1_000;

export interface SubscribedQuery {
  readonly query: EventQuery;
  readonly eventsPerDocument: number;
}

/**
 * A named query as a subscriber follows it: its filters, in the order of the chain.
 *
 * @throws ApiProblem EPCIS_SUBSCRIPTION_CONTROLS for a query that leaves events out by their number
 */
export function subscribedQuery(named: NamedQuery): SubscribedQuery {
  const query = readEventQuery(storedQuestion(named));
  if (query.eventCountLimit !== undefined || query.maxEventCount !== undefined)
    throw controlsProblem(
      '',
      `The query ${named.name} has eventCountLimit or maxEventCount: a subscriber would miss events. Subscribe to a query without them.`,
    );
  return { query, eventsPerDocument: Math.min(query.perPage ?? EVENTS_PER_DOCUMENT, EVENTS_PER_DOCUMENT_MAX) };
}
