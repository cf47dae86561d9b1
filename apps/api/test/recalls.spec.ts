import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { utf8Decode } from '#codec';
import type { AffectedItemDto, At, RecallImpactDto, RecallImpactRequest } from '#index';
import type { Did } from '#identity';
import { decodeStatement } from '#ledger';
import { RECALL } from '#trace';
import { AUTHORIZED, startTestApp, type TestApp } from './start-test-app.js';

const LOT = 'https://id.gs1.org/01/09521234567899/10/L1';
const ITEM = 'https://id.gs1.org/01/09521234567899/21/1';
const RECALL_ID = 'ab'.repeat(32);

let t: TestApp;
beforeEach(async () => {
  t = await startTestApp({
    state: {
      get: (type) =>
        type.prefix === RECALL.prefix
          ? ({ state: 'open', openedBy: 'did:web:maker.example' as Did, items: [LOT] } as unknown as ReturnType<
              typeof type.decode
            >)
          : undefined,
    },
  });
});
afterEach(() => t.close());

const get = (url: string) => t.inject({ method: 'GET', url, headers: AUTHORIZED });
const post = (url: string, payload?: object) =>
  t.inject({ method: 'POST', url, headers: AUTHORIZED, ...(payload && { payload }) });

function signed(): { kind: string; content: unknown } {
  const [entry] = t.node.submitted;
  const statement = decodeStatement(entry!.statement);
  if (!statement.ok) throw new Error(statement.detail);
  return { kind: statement.value.kind, content: JSON.parse(utf8Decode(entry!.content) as string) };
}

describe('a recall', () => {
  it('is opened by a signed entry about items and lots together', async () => {
    const answer = await post('/api/v1/recalls', {
      title: 'Glass',
      reason: 'Splinters',
      class: 'I',
      items: [ITEM],
      lots: [LOT],
      window: { from: '2026-01-01T00:00:00Z' },
    });
    const receipt = answer.json<{ entryId: string }>();
    expect(answer.statusCode).toBe(201);
    expect(answer.headers.location).toBe(`/api/v1/recalls/${receipt.entryId}`);
    expect(receipt).toMatchObject({
      id: receipt.entryId,
      state: 'open',
      openedBy: 'did:web:maker.example',
      items: [LOT],
    });
    expect(signed()).toEqual({
      kind: 'recall.open',
      content: {
        title: 'Glass',
        reason: 'Splinters',
        class: 'I',
        items: [ITEM, LOT],
        window: { from: '2026-01-01T00:00:00Z' },
      },
    });
  });

  it('is acknowledged with quantities as decimal text, or with nothing', async () => {
    const quantities = [{ item: LOT, uom: 'KGM', found: '10.50', destroyed: '3' }];
    expect((await post(`/api/v1/recalls/${RECALL_ID}/acknowledge`, { quantities, note: 'Found.' })).statusCode).toBe(
      201,
    );
    expect(signed()).toEqual({
      kind: 'recall.acknowledge',
      content: { recall: RECALL_ID, quantities, note: 'Found.' },
    });
    expect((await post(`/api/v1/recalls/${RECALL_ID}/acknowledge`)).statusCode).toBe(201);
    const refused = await post(`/api/v1/recalls/${RECALL_ID}/acknowledge`, {
      quantities: [{ item: LOT, found: 10.5 }],
    });
    expect(refused.statusCode).toBe(400);
    expect(refused.json()).toMatchObject({ errors: [{ pointer: '/quantities/0/found' }] });
  });

  it('is closed', async () => {
    const answer = await post(`/api/v1/recalls/${RECALL_ID}/close`, { note: 'Done.' });
    expect(answer.headers.location).toBe(`/api/v1/recalls/${RECALL_ID}`);
    expect(signed()).toEqual({ kind: 'recall.close', content: { recall: RECALL_ID, note: 'Done.' } });
  });

  it.each([
    ['TRACE_UNKNOWN_RECALL', 404],
    ['TRACE_NOT_RECALL_OPENER', 403],
    ['TRACE_RECALL_NOT_OPEN', 409],
    ['TRACE_NOT_PRODUCT_OWNER', 403],
  ])('that the ledger refuses with %s is a problem with status %i', async (code, status) => {
    t.node.decide = () => ({ refuse: code });
    const answer = await post(`/api/v1/recalls/${RECALL_ID}/close`);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ code });
  });

  it('that nobody opened is not found', async () => {
    expect((await get(`/api/v1/recalls/${RECALL_ID}`)).json()).toMatchObject({ code: 'API_NOT_FOUND' });
    expect((await get('/api/v1/recalls/x')).statusCode).toBe(404);
    expect((await post('/api/v1/recalls/x/close')).statusCode).toBe(404);
  });
});

describe('a simulated recall', () => {
  const affected: AffectedItemDto = {
    id: LOT,
    kind: 'lot',
    as: 'target',
    depth: 0,
    share: '1',
    status: 'active',
    owner: 'did:web:maker.example',
    custodian: 'did:web:maker.example',
    container: null,
    lot: null,
    product: '09521234567899',
    place: {
      bizLocation: 'urn:example:shelf "4", left',
      readPoint: null,
      eventTime: '2026-02-01T00:00:00.000Z',
      event: 1,
    },
    quantities: [{ unit: 'KGM', created: '100', affected: '100', onHand: '90', away: '10' }],
    holders: [
      { organization: 'did:web:maker.example', unit: 'KGM', quantity: '60' },
      { organization: 'did:web:shop.example', unit: 'KGM', quantity: '30' },
    ],
  };
  const none = { targets: [], tombstones: [], away: [], withoutQuantity: [], withoutShare: [], withoutHolder: [] };
  const impact: At<RecallImpactDto> = {
    targets: [LOT],
    window: { from: null, to: null },
    affected: [affected],
    organizations: [],
    unknown: { ...none, away: [{ item: LOT, unit: 'KGM', quantity: '10' }] },
    isComplete: false,
    truncated: false,
    asOf: { height: 7 },
  };
  let asked: RecallImpactRequest | undefined;
  beforeEach(() => {
    t.index.recallImpact = (request) => ((asked = request), Promise.resolve(impact));
  });
  const url = '/api/v1/recalls/simulate';

  it('asks for items and lots in any spelling, each once, and records nothing', async () => {
    const window = { from: '2026-01-01T00:00:00+01:00' };
    const answer = await post(url, { items: ['urn:epc:id:sgtin:9521234.056789.1', ITEM], lots: [LOT], window });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual(impact);
    expect(asked).toEqual({ items: [ITEM, LOT], fromMs: Date.UTC(2025, 11, 31, 23) });
    expect(t.node.submitted).toEqual([]);
  });

  it('is answered as CSV when the client wants that', async () => {
    const headers = { ...AUTHORIZED, accept: 'text/csv' };
    const answer = await t.inject({ method: 'POST', url, headers, payload: { lots: [LOT] } });
    expect(answer.headers['content-type']).toContain('text/csv');
    expect(answer.body.split('\r\n')).toEqual([
      'item,kind,as,depth,share,status,holder,quantity,unit,unknown,owner,container,lot,product,place,placeTime',
      ...['did:web:maker.example,60', 'did:web:shop.example,30'].map(
        (holder) =>
          `${LOT},lot,target,0,1,active,${holder},KGM,,did:web:maker.example,,,09521234567899,"urn:example:shelf ""4"", left",2026-02-01T00:00:00.000Z`,
      ),
      `${LOT},,,,,,,10,KGM,"shipped, received by nobody here",,,,,,`,
      '',
    ]);
  });

  it.each([
    ['without targets', {}],
    ['with more than 1,000 targets', { items: Array(501).fill(ITEM), lots: Array(500).fill(LOT) }],
    ['with what is no identifier', { items: ['x'] }],
    ['with a time that is none', { items: [ITEM], window: { from: 'yesterday' } }],
  ])('is refused %s', async (_name, body) => expect((await post(url, body)).statusCode).toBe(400));
});

describe('lists of recalls and findings', () => {
  it('ask the index with their filters, identifiers in either spelling', async () => {
    const asked: unknown[] = [];
    const page = { items: [], nextCursor: null, asOf: { height: 7 } };
    t.index.recalls = (...question) => (asked.push(question), Promise.resolve(page));
    t.index.findingList = (...question) => (asked.push(question), Promise.resolve(page));
    const urn = encodeURIComponent('urn:epc:id:sgtin:9521234.056789.1');
    expect((await get(`/api/v1/recalls?state=open&item=${urn}&limit=2`)).json()).toEqual(page);
    expect(
      (await get(`/api/v1/findings?code=FINDING_FOREIGN_PREFIX&item=${urn}&author=did:web:x.example`)).json(),
    ).toEqual(page);
    expect(asked).toEqual([
      [{ state: 'open', item: ITEM }, { limit: 2 }],
      [{ code: 'FINDING_FOREIGN_PREFIX', item: ITEM, author: 'did:web:x.example' }, {}],
    ]);
  });

  it.each([
    '/api/v1/recalls?state=ended',
    '/api/v1/findings?code=x',
    '/api/v1/findings?item=x',
    '/api/v1/findings?colour=red',
  ])('refuse %s', async (url) => expect((await get(url)).statusCode).toBe(400));
});

describe('GET /api/v1/lots/{id}/balance', () => {
  it('answers for a lot in any spelling', async () => {
    const sides = { created: '1', consumed: '0', waste: '0', shipped: '0', received: '0', onHand: '1', excess: '0' };
    const balance = {
      lot: LOT,
      units: [
        {
          unit: 'KGM',
          ...sides,
          away: '0',
          unitMismatch: false,
          organizations: [{ organization: 'did:web:x.example', ...sides }],
        },
      ],
      items: [],
      uncounted: 0,
      openRecalls: [],
      findings: [],
      asOf: { height: 7 },
    };
    t.index.lotBalance = (id) => Promise.resolve(id === LOT ? balance : undefined);
    const lot = encodeURIComponent('urn:epc:class:lgtin:9521234.056789.L1');
    expect((await get(`/api/v1/lots/${lot}/balance`)).json()).toEqual(balance);
    expect((await get(`/api/v1/lots/${encodeURIComponent(ITEM)}/balance`)).statusCode).toBe(404);
    expect((await get('/api/v1/lots/x/balance')).statusCode).toBe(400);
  });
});
