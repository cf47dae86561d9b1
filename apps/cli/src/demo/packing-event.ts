/** What is packed into, or taken out of, what. Times are RFC 3339 in UTC. */
export interface Packing {
  readonly action: 'ADD' | 'DELETE';
  readonly container: string;
  readonly items: readonly string[];
  readonly place: string;
  readonly time: string;
}

/** An EPCIS 2.0 document with one AggregationEvent. */
export function packingDocument({ action, container, items, place, time }: Packing): object {
  return {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: time,
    epcisBody: {
      eventList: [
        {
          type: 'AggregationEvent',
          eventTime: time,
          eventTimeZoneOffset: '+00:00',
          parentID: container,
          childEPCs: items,
          action,
          bizStep: action === 'ADD' ? 'packing' : 'unpacking',
          disposition: 'in_progress',
          readPoint: { id: place },
        },
      ],
    },
  };
}
