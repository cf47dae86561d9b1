import type { FoundEvent } from '#index';
import type { EpcFormat } from '#trace';
import type { EpcFormats } from '../answers/epc-format.js';
import { queryDocument } from '../answers/query-document.js';

/** Member of a subscriber's document: where the next one begins. An extension; the standard wants its name to be a URI. */
export const NEXT_POSITION = 'urn:lading:nextPosition';

export interface SubscribedDocument {
  readonly queryName: string;
  /** Of a webhook; a WebSocket has none. */
  readonly subscriptionID?: string;
  readonly epcFormat: EpcFormat;
  readonly createdAt: Date;
  readonly nextPosition: number;
}

/** An EPCISQueryDocument for a subscriber: the same text for the same events, whenever it is made. */
export async function subscribedDocument(
  events: readonly FoundEvent[],
  options: SubscribedDocument,
  formats: Pick<EpcFormats, 'spelling'>,
): Promise<string> {
  const { queryName, subscriptionID, createdAt, nextPosition } = options;
  const { text } = queryDocument(events, {
    spelling: await formats.spelling(options.epcFormat),
    createdAt,
    queryName,
    ...(subscriptionID !== undefined && { subscriptionID }),
  });
  return `${text.slice(0, -1)},"${NEXT_POSITION}":${nextPosition}}`;
}
