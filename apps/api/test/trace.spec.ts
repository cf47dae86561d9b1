import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TraceDto, TraceEventDto } from '#index';
import { AUTHORIZED, startTestApp, type TestApp } from './start-test-app.js';

const OIL = 'https://id.gs1.org/01/09521234567899/10/OIL';
const OLIVES = 'https://id.gs1.org/01/09521234567899/10/OLIVES';
const EVENT: TraceEventDto = {
  position: 3_000,
  kind: 'epcis.capture',
  eventId: 'urn:uuid:5a4d8f5e-5d4c-4c5e-8a1f-000000000001',
  type: 'TransformationEvent',
  action: null,
  isErrorDeclaration: false,
  supersededBy: null,
  eventTime: '2026-02-01T10:00:00.000Z',
  eventTimeZoneOffset: '+00:00',
  bizStep: 'commissioning',
  disposition: null,
  readPoint: null,
  bizLocation: null,
  eventIndex: 0,
  entryId: 'ab'.repeat(32),
  author: 'did:web:maker.example',
  height: 3,
  index: 0,
  blockTime: '2026-02-02T00:00:00.000Z',
  disputed: false,
  items: [{ item: OIL, roles: ['output'] }],
  findings: [],
  source: {
    raw: `{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"mill":"https://mill.example/"}],"type":"TransformationEvent","eventTime":"2026-02-01T10:00:00Z","eventTimeZoneOffset":"+00:00","inputQuantityList":[{"epcClass":"${OLIVES}","quantity":10.50,"uom":"KGM"}],"outputQuantityList":[{"epcClass":"${OIL}","quantity":2.10,"uom":"KGM"}],"mill:stone":"granite"}`,
    namespaces: { mill: 'https://mill.example/' },
    contexts: [],
  },
};
const LOT = { kind: 'lot', status: 'active', owner: null, custodian: null, container: null, lot: null, product: null, quantity: null, place: null } as const;
const TRACE: TraceDto = {
  item: OIL,
  direction: 'up',
  at: null,
  nodes: [
    { ...LOT, id: OIL, depth: { up: 0, down: null } },
    { ...LOT, id: OLIVES, depth: { up: 1, down: null } },
  ],
  edges: [
    {
      kind: 'transformation',
      input: OLIVES,
      output: OIL,
      transformationId: null,
      inputQuantity: { value: '10.50', uom: 'KGM' },
      outputQuantity: { value: '2.10', uom: 'KGM' },
      share: '1',
      events: [3_000],
    },
  ],
  events: [EVENT, { ...EVENT, position: 1_000, kind: 'lot.commission', eventId: null, type: null, source: null }],
  tombstones: [{ item: OLIVES, direction: 'up', reason: 'unknown-item', event: null }],
  truncated: false,
};

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
  t.index.traces.set(OIL, TRACE);
});
afterAll(() => t.close());

const get = (query: string, headers: Readonly<Record<string, string>> = {}) =>
  t.inject({ method: 'GET', url: `/api/v1/items/${encodeURIComponent(OIL)}/trace${query}`, headers: { ...AUTHORIZED, ...headers } });

describe('GET /api/v1/items/{id}/trace', () => {
  it('answers the graph, without the text of the events', async () => {
    const answer = await get('?direction=up&at=2026-02-01T10:00:00%2B01:00&depth=50&limit=10000');
    expect(answer.statusCode).toBe(200);
    const expected = { ...TRACE, asOf: { height: 7 }, events: TRACE.events.map(({ source: _, ...event }) => event) };
    expect(answer.json()).toEqual(expected);
  });

  it.each(['direction=sideways', 'depth=51', 'limit=0', 'limit=10001', 'at=yesterday', 'format=pdf', 'siblings=true'])(
    'refuses %s and names the parameter',
    async (query) => {
      const answer = await get(`?${query}`);
      expect(answer.statusCode).toBe(400);
      expect(answer.body).toContain(query.split('=')[0]);
    },
  );

  it('answers 404 for what the ledger does not know', async () => {
    const answer = await t.inject({ method: 'GET', url: `/api/v1/items/${encodeURIComponent(OLIVES)}/trace`, headers: AUTHORIZED });
    expect(answer.statusCode).toBe(404);
  });

  it.each([
    ['?format=csv', {}],
    ['', { accept: 'text/csv' }],
  ])('gives tables for %s %j, quantities digit for digit', async (query, headers) => {
    const answer = await get(query, headers);
    expect(answer.headers['content-type']).toMatch(/^text\/csv/);
    const lines = answer.body.split('\r\n');
    expect(lines.slice(0, 4)).toEqual(['trace', 'item,direction,at,height,truncated', `${OIL},up,,7,false`, '']);
    expect(lines).toContain(`transformation,${OLIVES},${OIL},,,,10.50,KGM,2.10,KGM,1,3000`);
    expect(lines).toContain(`${OLIVES},up,unknown-item,`);
  });

  it('gives the EPCIS events as a query document, numbers and extensions as written', async () => {
    const answer = await get('?format=epcis');
    expect(answer.body).toContain('"quantity":10.50');
    expect(answer.json()).toMatchObject({
      '@context': [expect.any(String), { mill: 'https://mill.example/' }],
      type: 'EPCISQueryDocument',
      epcisBody: { queryResults: { resultsBody: { eventList: [{ eventID: EVENT.eventId, 'mill:stone': 'granite' }] } } },
    });
  });

  it('refuses a document that would be too large', async () => {
    t.index.traces.set(OIL, { ...TRACE, events: [{ ...EVENT, source: null }] });
    const answer = await get('?format=epcis');
    expect(answer.statusCode).toBe(413);
    expect(answer.json()).toMatchObject({ code: 'API_EXPORT_TOO_LARGE' });
    t.index.traces.set(OIL, TRACE);
  });
});
