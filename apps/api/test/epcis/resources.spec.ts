import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fakeEventSearch, type FakeEventSearch } from '../fakes/fake-epcis.js';
import { companyPrefixLength } from '#trace';
import { AUTHORIZED, startTestApp, type TestApp } from '../start-test-app.js';
import { foundEvent } from './found-event.js';

let t: TestApp;
let search: FakeEventSearch;
beforeEach(async () => {
  search = fakeEventSearch();
  t = await startTestApp({ eventSearch: search });
});
afterEach(() => t.close());

type Method = 'GET' | 'POST' | 'DELETE' | 'OPTIONS';
const call = (method: Method, url: string, headers: object = {}, payload?: string) =>
  t.inject({ method, url, headers: { ...AUTHORIZED, ...headers }, ...(payload !== undefined && { payload }) });
const get = (url: string, headers: object = {}) => call('GET', url, headers);
const event = (eventID: string, overrides: object = {}) => ({
  type: 'ObjectEvent',
  eventID,
  eventTime: '2026-01-01T10:00:00.000Z',
  eventTimeZoneOffset: '+00:00',
  action: 'OBSERVE',
  epcList: ['urn:epc:id:sgtin:9521234.056789.1'],
  ...overrides,
});
const A = 'urn:uuid:00000000-0000-4000-8000-00000000000a';
const B = 'urn:uuid:00000000-0000-4000-8000-00000000000b';

interface Document {
  readonly '@context': readonly unknown[];
  readonly epcisBody: {
    readonly queryResults: {
      readonly queryName: string;
      readonly resultsBody: { readonly eventList: readonly (Record<string, unknown> & { eventID: string })[] };
    };
  };
}
const eventsIn = (answer: { json: <T>() => T }) => answer.json<Document>().epcisBody.queryResults.resultsBody.eventList;

describe('answers in EPC URN spelling', () => {
  const KEY = 'https://id.gs1.org/01/09521101530001/21/1';
  const asked = async () => {
    search.found = [foundEvent(event(A, { epcList: [KEY] }))];
    const answer = await get('/epcis/events', { 'gs1-epc-format': 'Always_EPC_URN' });
    return eventsIn(answer)[0]?.['epcList'];
  };

  it('keep keys as Digital Links whose company prefix nobody knows', async () => {
    expect(await asked()).toEqual([KEY]);
  });

  it('take the length of a company prefix from the operator’s list', async () => {
    await t.close();
    t = await startTestApp({ eventSearch: search, gs1PrefixLengths: companyPrefixLength([['952', 7]]) });
    expect(await asked()).toEqual(['urn:epc:id:sgtin:9521101.053000.1']);
  });
});

describe('what client and server tell each other in headers', () => {
  it('tells the versions with every answer, also with a refusal', async () => {
    for (const path of ['/epcis', '/epcis/events', '/epcis/bizSteps', '/epcis/queries/none'])
      expect((await get(path)).headers).toMatchObject({ 'gs1-epcis-version': '2.0.0', 'gs1-cbv-max': '2.0.0' });
  });

  it('answers OPTIONS on each resource with what it allows', async () => {
    const allow = async (path: string) => {
      const answer = await call('OPTIONS', path);
      expect(answer.statusCode).toBe(204);
      return answer.headers.allow;
    };
    expect(await allow('/epcis')).toBe('OPTIONS, GET');
    expect(await allow('/epcis/events')).toBe('OPTIONS, GET, POST');
    expect(await allow('/epcis/epcs/urn:epc:id:sgtin:9521234.056789.1/events')).toBe('OPTIONS, GET');
    expect(await allow('/epcis/queries/mine')).toBe('OPTIONS, GET, DELETE');
    expect((await call('OPTIONS', '/epcis/capture')).headers).toMatchObject({
      'gs1-epcis-capture-limit': '1000',
      'gs1-epcis-capture-file-size-limit': String(16 * 1024 * 1024),
      'gs1-capture-error-behaviour': 'all',
    });
  });

  it.each([
    ['a later version', { 'gs1-epcis-min': '2.1' }],
    ['an earlier version', { 'gs1-epcis-max': '1.2' }],
    ['another vocabulary', { 'gs1-cbv-min': '3' }],
    ['no version', { 'gs1-epcis-version': 'new' }],
    ['XML', { accept: 'application/xml' }],
    ['an unknown spelling', { 'gs1-epc-format': 'Always_Barcodes' }],
  ])('refuses what it cannot satisfy: %s', async (_what, headers) => {
    const answer = await get('/epcis/events', headers);
    expect(answer.statusCode).toBe(406);
    expect(answer.json()).toMatchObject({ type: 'epcisException:NotAcceptableException', code: 'API_NOT_ACCEPTABLE' });
  });

  it('takes ranges that include what it speaks', async () => {
    const headers = {
      'gs1-epcis-min': '1.2',
      'gs1-epcis-max': '2.0',
      'gs1-cbv-version': '2.0.1',
      accept: 'application/xml;q=0.5, application/ld+json',
    };
    const answer = await get('/epcis/events', headers);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/ld\+json/);
  });

  it('refuses URLs that are too long', async () => {
    const answer = await get(`/epcis/events?MATCH_epc=${'x'.repeat(9_000)}`);
    expect(answer.statusCode).toBe(414);
    expect(answer.json()).toMatchObject({ type: 'epcisException:URITooLongException' });
  });
});

describe('answers with events', () => {
  it('keeps numbers as they were written, and adds what the ledger knows', async () => {
    const raw = JSON.stringify(event(A)).replace(
      '"epcList"',
      '"quantityList":[{"epcClass":"https://id.gs1.org/01/09521234567899","quantity":10.500000000000000001}],"epcList"',
    );
    search.found = [foundEvent(raw)];
    const answer = await get('/epcis/events');
    expect(answer.body).toContain('"quantity":10.500000000000000001');
    expect(eventsIn(answer)[0]).toMatchObject({ eventID: A, recordTime: '2026-01-01T10:00:05.000Z' });
  });

  it('gives an event without eventID the one that the ledger gave it', async () => {
    search.found = [foundEvent({ ...event(A), eventID: undefined }, { eventId: B })];
    expect(eventsIn(await get('/epcis/events'))[0]?.eventID).toBe(B);
  });

  it('spells EPCs as Digital Links unless asked otherwise', async () => {
    search.found = [foundEvent(event(A))];
    expect(eventsIn(await get('/epcis/events'))[0]).toMatchObject({
      epcList: ['https://id.gs1.org/01/09521234567899/21/1'],
    });
    const headers = { 'gs1-epc-format': 'Never_Translates' };
    expect(eventsIn(await get('/epcis/events', headers))[0]).toMatchObject({
      epcList: ['urn:epc:id:sgtin:9521234.056789.1'],
    });
  });

  it('names the contexts again that documents name by URI', async () => {
    const [one, two] = ['https://one.example/terms.jsonld', 'https://two.example/terms.jsonld'];
    const shown = async (...contexts: string[][]) => {
      search.found = contexts.map((each, i) =>
        foundEvent(event(i === 0 ? A : B), { contexts: each, namespaces: { ex: 'urn:ex:' } }),
      );
      const answer = await get('/epcis/events');
      return [answer.json<Document>()['@context'].slice(1), ...eventsIn(answer).map((each) => each['@context'])];
    };
    const prefixes = { ex: 'urn:ex:' };
    expect(await shown([one, two], [one, two])).toEqual([[one, two, prefixes], undefined, undefined]);
    expect(await shown([one], [two, one])).toEqual([[prefixes], one, [two, one]]);
    expect(await shown([one], [])).toEqual([[prefixes], one, undefined]);
    expect(await shown([], [])).toEqual([[prefixes], undefined, undefined]);
  });

  it('merges the prefixes of the events, and gives an event a context of its own where they differ', async () => {
    search.found = [
      foundEvent(event(A, { 'ext:a': 1 }), { namespaces: { ext: 'https://a.example/' } }),
      foundEvent(event(B, { 'ext:b': 2 }), { namespaces: { ext: 'https://b.example/' } }),
      foundEvent(event('urn:uuid:c', { 'ext:c': 3 })),
      foundEvent(event('urn:uuid:d', { 'other:d': 4 }), { namespaces: { other: 'https://d.example/' } }),
    ];
    const answer = await get('/epcis/events');
    expect(answer.json<Document>()['@context']).toEqual([
      'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
      { ext: 'https://a.example/', other: 'https://d.example/' },
    ]);
    expect(eventsIn(answer).map((each) => each['@context'])).toEqual([
      undefined,
      { ext: 'https://b.example/' },
      { ext: null },
      undefined,
    ]);
    expect(answer.headers['gs1-extensions']).toBe('ext=https://a.example/,other=https://d.example/');
  });

  it('answers an eventID with the event and its error declaration, and an unknown one with 404', async () => {
    search.found = [foundEvent(event(A)), foundEvent(event(A, { errorDeclaration: {} }))];
    expect(eventsIn(await get(`/epcis/events/${encodeURIComponent(A)}`))).toHaveLength(2);
    const unknown = await get(`/epcis/events/${encodeURIComponent(B)}`);
    expect(unknown.statusCode).toBe(404);
    expect(unknown.json()).toMatchObject({ type: 'epcisException:NoSuchNameException' });
  });
});

describe('pages', () => {
  const nextOf = (answer: { headers: Readonly<Record<string, unknown>> }) =>
    /^<([^>]+)>; rel="next"$/.exec(String(answer.headers['link']))?.[1];

  it('leads through all events without losing or repeating one', async () => {
    search.found = Array.from({ length: 70 }, (_, i) => foundEvent(event(`urn:uuid:${i}`)));
    const seen: string[] = [];
    let url: string | undefined = '/epcis/events';
    const sizes: number[] = [];
    while (url !== undefined) {
      const answer = await get(url);
      const events = eventsIn(answer);
      sizes.push(events.length);
      seen.push(...events.map(({ eventID }) => eventID));
      url = nextOf(answer);
      if (url !== undefined)
        expect(Date.parse(String(answer.headers['gs1-next-page-token-expires']))).toBeGreaterThan(Date.now());
    }
    expect(sizes).toEqual([30, 30, 10]);
    expect(new Set(seen).size).toBe(70);
  });

  it('refuses tokens that were changed, and tokens of another query', async () => {
    search.found = Array.from({ length: 3 }, (_, i) => foundEvent(event(`urn:uuid:${i}`)));
    const next = new URL(nextOf(await get('/epcis/events?perPage=1&EQ_action=OBSERVE')) ?? '');
    const token = next.searchParams.get('nextPageToken') ?? '';
    const changed = `${token.slice(0, -4)}${token.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
    for (const url of [
      `/epcis/events?perPage=1&EQ_action=OBSERVE&nextPageToken=${changed}`,
      `/epcis/events?perPage=1&EQ_action=ADD&nextPageToken=${token}`,
      `/epcis/capture?nextPageToken=${token}`,
      '/epcis/events?nextPageToken=x',
    ]) {
      const answer = await get(url);
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({
        type: 'epcisException:QueryParameterException',
        code: 'API_BAD_PAGE_TOKEN',
      });
    }
    expect((await get(`/epcis/events?perPage=2&EQ_action=OBSERVE&nextPageToken=${token}`)).statusCode).toBe(200);
  });

  it('does not take tokens back', async () => {
    const answer = await call('DELETE', '/epcis/nextPageToken/x');
    expect(answer.statusCode).toBe(501);
    expect(answer.json()).toMatchObject({ type: 'epcisException:ImplementationException' });
  });
});

describe('queries that cannot be answered', () => {
  it.each([
    ['an unknown parameter', '/epcis/events?EQ_bizzStep=shipping', 'EQ_bizzStep'],
    ['a parameter that the path stands for', '/epcis/bizSteps/shipping/events?EQ_bizStep=packing', 'EQ_bizStep'],
    ['an unknown parameter of a list', '/epcis/bizSteps?limit=3', 'limit'],
  ])('%s', async (_what, url, parameter) => {
    const answer = await get(url);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ type: 'epcisException:QueryParameterException', errors: [{ parameter }] });
  });

  it('more events than the client wants at all', async () => {
    search.found = [foundEvent(event(A)), foundEvent(event(B))];
    const answer = await get('/epcis/events?maxEventCount=1');
    expect(answer.statusCode).toBe(413);
    expect(answer.json()).toMatchObject({ type: 'epcisException:QueryTooLargeException' });
  });

  it('a prefix with two meanings', async () => {
    const answer = await get('/epcis/events', { 'gs1-extensions': 'a=https://x.example/,a=https://y.example/' });
    expect(answer.statusCode).toBe(400);
  });
});

describe('the six families of resources', () => {
  it('list the words of the standard and those that events brought, page by page', async () => {
    search.known = { bizSteps: ['https://example.org/waxing', 'shipping'] };
    const first = await get('/epcis/bizSteps');
    const second = await get(/<([^>]+)>/.exec(String(first.headers.link))?.[1] ?? '');
    const members = [first, second].flatMap((answer) => answer.json<{ member: string[] }>().member);
    expect(members).toHaveLength(42);
    expect(members).toContain('https://example.org/waxing');
    expect(new Set(members).size).toBe(42);
    expect(second.headers.link).toBeUndefined();
  });

  it('know their values in either spelling, and answer 404 for others', async () => {
    const item = 'https://id.gs1.org/01/09521234567899/21/1';
    search.known = { epcs: [item] };
    for (const spelling of [item, 'urn:epc:id:sgtin:9521234.056789.1']) {
      const answer = await get(`/epcis/epcs/${encodeURIComponent(spelling)}`);
      expect(answer.json()).toMatchObject({ type: 'Collection', member: ['events'] });
      expect((await get(`/epcis/epcs/${encodeURIComponent(spelling)}/events`)).statusCode).toBe(200);
    }
    expect((await get('/epcis/dispositions/recalled')).statusCode).toBe(200);
    for (const path of ['epcs/urn:x:1', 'bizSteps/waxing', 'eventTypes/PartyEvent/events'])
      expect((await get(`/epcis/${path}`)).statusCode).toBe(404);
  });
});

describe('named queries', () => {
  const JSON_TYPE = { 'content-type': 'application/json' };
  const create = (body: unknown) => call('POST', '/epcis/queries', JSON_TYPE, JSON.stringify(body));

  it('are made, listed, asked and forgotten', async () => {
    const made = await create({ name: 'my shipments', query: { EQ_bizStep: ['shipping'], GE_quantity: 1.5 } });
    expect(made.statusCode).toBe(201);
    expect(made.headers.location).toBe('/epcis/queries/my%20shipments');
    expect((await get('/epcis/queries/my%20shipments')).json()).toEqual([
      { name: 'my shipments', query: { EQ_bizStep: ['shipping'], GE_quantity: 1.5 } },
    ]);
    expect((await get('/epcis/queries')).json()).toHaveLength(1);
    search.found = [foundEvent(event(A)), foundEvent(event(B))];
    const answer = await get('/epcis/queries/my%20shipments/events?perPage=1');
    expect(answer.json<Document>().epcisBody.queryResults.queryName).toBe('my shipments');
    expect(eventsIn(await get(/<([^>]+)>/.exec(String(answer.headers.link))?.[1] ?? ''))[0]?.eventID).toBe(B);
    expect((await call('DELETE', '/epcis/queries/my%20shipments')).statusCode).toBe(204);
    expect((await get('/epcis/queries/my%20shipments/events')).statusCode).toBe(404);
    expect((await call('DELETE', '/epcis/queries/my%20shipments')).statusCode).toBe(404);
  });

  it('are not overwritten', async () => {
    await create({ name: 'q', query: {} });
    const again = await create({ name: 'q', query: { EQ_action: ['ADD'] } });
    expect(again.statusCode).toBe(409);
    expect(again.json()).toMatchObject({
      type: 'epcisException:ResourceAlreadyExistsException',
      code: 'API_QUERY_EXISTS',
    });
    expect((await create({ name: 'SimpleEventQuery', query: {} })).statusCode).toBe(409);
  });

  it.each<[string, unknown, string]>([
    ['no name', { query: {} }, 'QueryValidationException'],
    ['a name that no path can hold', { name: 'a/b', query: {} }, 'QueryValidationException'],
    ['no query', { name: 'q' }, 'QueryValidationException'],
    ['a parameter that is an object', { name: 'q', query: { EQ_bizStep: { a: 1 } } }, 'QueryValidationException'],
    ['an unknown parameter', { name: 'q', query: { EQ_what: ['x'] } }, 'QueryParameterException'],
  ])('are refused: %s', async (_what, body, exception) => {
    const answer = await create(body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ type: `epcisException:${exception}` });
  });
});

describe('POST /epcis/events', () => {
  const bare = { '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', ...event(A) };
  const send = (body: object, headers: object = {}) =>
    call('POST', '/epcis/events', { 'content-type': 'application/ld+json', ...headers }, JSON.stringify(body));

  it('answers when the event is final, with it and where it is', async () => {
    const answer = await send(bare);
    expect(answer.statusCode).toBe(201);
    expect(answer.headers.location).toBe(`/epcis/events/${encodeURIComponent(A)}`);
    expect(answer.json()).toEqual(bare);
  });

  it('names an event that came without an eventID', async () => {
    const answer = await send({ ...bare, eventID: undefined });
    const { eventID } = answer.json<{ eventID: string }>();
    expect(eventID).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
    expect(answer.headers.location).toBe(`/epcis/events/${encodeURIComponent(eventID)}`);
  });

  it('refuses what exists, what is a document, and what is not JSON', async () => {
    t.node.decide = () => ({ status: 'rejected', code: 'EPCIS_EVENT_EXISTS', detail: 'recorded already' });
    const exists = await send(bare);
    expect(exists.statusCode).toBe(409);
    expect(exists.json()).toMatchObject({ type: 'epcisException:ResourceAlreadyExistsException' });
    const document = { ...bare, type: 'EPCISDocument', epcisBody: { eventList: [event(B)] } };
    expect((await send(document)).statusCode).toBe(400);
    const xml = await send(bare, { 'content-type': 'application/xml' });
    expect(xml.json()).toMatchObject({ type: 'epcisException:UnsupportedMediaTypeException' });
  });
});
