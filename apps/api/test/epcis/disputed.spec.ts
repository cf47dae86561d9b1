import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import type { FoundEvent } from '#index';
import { queryDocument } from '../../src/http/epcis/answers/query-document.js';
import type { EpcSpelling } from '../../src/http/epcis/answers/epc-format.js';
import { foundEvent } from './found-event.js';
import { GS1, isGs1There, withFormats } from './gs1-openapi.js';

const EVENT = {
  type: 'ObjectEvent',
  action: 'OBSERVE',
  eventTime: '2026-03-01T08:00:00Z',
  eventTimeZoneOffset: '+01:00',
  epcList: ['urn:epc:id:sgtin:9521001.000001.1'],
};
const TERMS = 'urn:lading:terms#';
const AS_WRITTEN = { event: (event: unknown) => event } as unknown as EpcSpelling;

function answered(...events: FoundEvent[]) {
  const { text } = queryDocument(events, { spelling: AS_WRITTEN, createdAt: new Date(0) });
  const document = JSON.parse(text) as {
    '@context': unknown[];
    epcisBody: { queryResults: { resultsBody: { eventList: Record<string, unknown>[] } } };
  };
  return { document, context: document['@context'], events: document.epcisBody.queryResults.resultsBody.eventList };
}

describe('a disputed event in an EPCIS document', () => {
  it('says so in a member of the ledger’s own, and others do not', () => {
    const { context, events } = answered(
      foundEvent(EVENT),
      foundEvent({ ...EVENT, eventID: 'urn:e:2' }, { disputed: true }),
    );
    expect(context).toEqual([expect.any(String), { lading: TERMS }]);
    expect(events.map((event) => event['lading:disputed'])).toEqual([undefined, true]);
  });

  it('changes nothing where nothing is disputed', () => {
    const { context, events } = answered(foundEvent(EVENT));
    expect(context).toHaveLength(1);
    expect(Object.keys(events[0] as object)).toEqual([...Object.keys(EVENT), 'eventID', 'recordTime']);
  });

  it('keeps its mark though its author took the name for something else', () => {
    const taken = { ...EVENT, 'lading:disputed': 'no', 'lading2:x': 1 };
    const namespaces = { lading: 'https://thief.example/', lading2: 'https://thief.example/2' };
    const { context, events } = answered(foundEvent(taken, { namespaces, disputed: true }));
    expect(context[1]).toEqual({ ...namespaces, lading3: TERMS });
    expect(events[0]).toMatchObject({ 'lading:disputed': 'no', 'lading3:disputed': true });
  });

  (isGs1There ? it : it.skip)('is still an event by GS1’s JSON schema', () => {
    const schema = withFormats(new Ajv({ strict: false })).compile(
      JSON.parse(readFileSync(join(GS1, 'schema/EPCIS-JSON-Schema.json'), 'utf8')) as object,
    );
    const { document } = answered(foundEvent({ ...EVENT, eventID: 'urn:e:2' }, { disputed: true }));
    expect({ isValid: schema(document), errors: schema.errors }).toEqual({ isValid: true, errors: null });
  });
});
