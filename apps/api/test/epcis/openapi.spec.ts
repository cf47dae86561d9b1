import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FoundEvent } from '#index';
import { fakeEventSearch } from '../fakes/fake-epcis.js';
import { AUTHORIZED, startTestApp, type TestApp } from '../start-test-app.js';
import { foundEvent } from './found-event.js';
import { Gs1OpenApi, GS1, isGs1There, SKIPPED } from './gs1-openapi.js';

const suite = isGs1There ? describe : describe.skip;
const ITEM = 'https://id.gs1.org/01/09521234567899/21/1';
const EVENT_ID = 'urn:uuid:00000000-0000-4000-8000-00000000000a';
const bare = {
  '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  type: 'ObjectEvent',
  eventID: EVENT_ID,
  eventTime: '2026-01-01T10:00:00.000Z',
  eventTimeZoneOffset: '+00:00',
  action: 'OBSERVE',
  epcList: [ITEM],
};
const document = {
  '@context': [bare['@context']],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-01-01T10:00:00.000Z',
  epcisBody: { eventList: [{ ...bare, '@context': undefined }] },
};

/** Every event of GS1's strict documents, as the index would find it. */
function published(): FoundEvent[] {
  const root = join(GS1, 'examples/JSON');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.jsonld'))
    .flatMap((path) => {
      const parsed = JSON.parse(readFileSync(join(root, path), 'utf8')) as {
        '@context': unknown[];
        epcisBody: { eventList?: object[] };
      };
      const declared = parsed['@context'].flatMap((each) =>
        typeof each === 'object' ? Object.entries(each as object) : [],
      );
      const namespaces = Object.fromEntries(declared.filter(([, uri]) => typeof uri === 'string')) as Record<
        string,
        string
      >;
      return (parsed.epcisBody.eventList ?? []).map((event) => foundEvent(event, { namespaces }));
    });
}

suite(`GS1’s OpenAPI file accepts every answer${SKIPPED}`, () => {
  let t: TestApp;
  let gs1: Gs1OpenApi;
  beforeAll(async () => {
    gs1 = new Gs1OpenApi();
    const search = fakeEventSearch();
    search.found = [foundEvent(bare), ...published()];
    search.known = {
      epcs: [ITEM],
      bizLocations: ['https://id.gs1.org/414/9521234000013'],
      readPoints: ['https://id.gs1.org/414/9521234000013'],
      eventTypes: ['https://example.org/SafetyEvent'],
    };
    t = await startTestApp({ eventSearch: search });
  });
  afterAll(() => t.close());

  type Method = 'GET' | 'POST' | 'DELETE' | 'OPTIONS';
  const JSON_BODY = { 'content-type': 'application/json' };
  const item = encodeURIComponent(ITEM);
  const place = encodeURIComponent('https://id.gs1.org/414/9521234000013');
  const family = (
    path: string,
    parameter: string,
    known: string,
    filter: string,
  ): [Method, string, string, number, object?, unknown?][] => [
    ['GET', `/${path}`, `/${path}`, 200],
    ['OPTIONS', `/${path}`, `/${path}`, 204],
    ['GET', `/${path}/{${parameter}}`, `/${path}/${known}`, 200],
    ['GET', `/${path}/{${parameter}}`, `/${path}/urn:x:unknown`, 404],
    ['OPTIONS', `/${path}/{${parameter}}`, `/${path}/${known}`, 204],
    ['GET', `/${path}/{${parameter}}/events`, `/${path}/${known}/events?perPage=5`, 200],
    ['GET', `/${path}/{${parameter}}/events`, `/${path}/${known}/events?${filter}=x`, 400],
    ['GET', `/${path}/{${parameter}}/events`, `/${path}/urn:x:unknown/events`, 404],
    ['OPTIONS', `/${path}/{${parameter}}/events`, `/${path}/${known}/events`, 204],
  ];

  it.each<[Method, string, string, number, object?, unknown?]>([
    ['GET', '/', '', 200],
    ['OPTIONS', '/', '', 204],
    ['GET', '/', '', 401, { authorization: '' }],
    ['GET', '/', '', 406, { 'gs1-epcis-min': '3.0' }],
    ['POST', '/capture', '/capture', 202, JSON_BODY, document],
    ['POST', '/capture', '/capture', 400, JSON_BODY, { ...document, creationDate: 'yesterday' }],
    ['POST', '/capture', '/capture', 415, { 'content-type': 'text/csv' }, document],
    ['POST', '/capture', '/capture', 413, JSON_BODY, { ...document, epcisBody: { eventList: Array(1_001).fill({}) } }],
    ['GET', '/capture', '/capture', 200],
    ['OPTIONS', '/capture', '/capture', 204],
    ['GET', '/capture/{captureID}', '/capture/none', 404],
    ['OPTIONS', '/capture/{captureID}', '/capture/none', 204],
    ['POST', '/events', '/events', 201, JSON_BODY, bare],
    ['POST', '/events', '/events', 400, JSON_BODY, { ...bare, bizStep: 'shiping' }],
    ['POST', '/events', '/events', 415, { 'content-type': 'text/csv' }, bare],
    ['GET', '/events', '/events?perPage=500', 200],
    ['GET', '/events', '/events?perPage=5', 200],
    ['GET', '/events', `/events?MATCH_epc=${'x'.repeat(9_000)}`, 414],
    ['OPTIONS', '/events', '/events', 204],
    ['GET', '/events/{eventID}', `/events/${encodeURIComponent(EVENT_ID)}`, 200],
    ['GET', '/events/{eventID}', '/events/urn:x:unknown', 404],
    ['OPTIONS', '/events/{eventID}', '/events/urn:x:unknown', 204],
    ...family('eventTypes', 'eventType', 'ObjectEvent', 'eventType'),
    ...family('epcs', 'epc', item, 'MATCH_anyEPC'),
    ...family('bizSteps', 'bizStep', 'shipping', 'EQ_bizStep'),
    ...family('bizLocations', 'bizLocation', place, 'EQ_bizLocation'),
    ...family('readPoints', 'readPoint', place, 'EQ_readPoint'),
    ...family('dispositions', 'disposition', 'in_transit', 'EQ_disposition'),
    ['POST', '/queries', '/queries', 201, JSON_BODY, { name: 'mine', query: { EQ_bizStep: ['shipping'] } }],
    ['POST', '/queries', '/queries', 409, JSON_BODY, { name: 'mine', query: {} }],
    ['GET', '/queries', '/queries', 200],
    ['OPTIONS', '/queries', '/queries', 204],
    ['GET', '/queries/{queryName}', '/queries/mine', 200],
    ['GET', '/queries/{queryName}', '/queries/none', 404],
    ['OPTIONS', '/queries/{queryName}', '/queries/mine', 204],
    ['GET', '/queries/{queryName}/events', '/queries/mine/events', 200],
    ['GET', '/queries/{queryName}/events', '/queries/none/events', 404],
    ['OPTIONS', '/queries/{queryName}/events', '/queries/mine/events', 204],
    ['DELETE', '/queries/{queryName}', '/queries/mine', 204],
    ['DELETE', '/nextPageToken/{token}', '/nextPageToken/x', 501],
  ])('%s %s (%s): %d', async (method, path, url, status, headers = {}, body = undefined) => {
    const answer = await t.inject({
      method,
      url: `/epcis${url}`,
      headers: { ...AUTHORIZED, ...headers },
      ...(body !== undefined && { payload: JSON.stringify(body) }),
    });
    expect({ status: answer.statusCode, problems: gs1.problems(method, path, answer) }).toEqual({
      status,
      problems: [],
    });
  });

  it('a capture job, finished with and without errors', async () => {
    for (const decision of ['final', 'rejected'] as const) {
      t.node.decide = () =>
        decision === 'final'
          ? { status: 'final', position: { height: 1, index: 0 } }
          : { status: 'rejected', code: 'EPCIS_EVENT_EXISTS', detail: 'recorded already' };
      const { headers } = await t.inject({
        method: 'POST',
        url: '/epcis/capture',
        headers: { ...AUTHORIZED, ...JSON_BODY },
        payload: JSON.stringify({ ...document, 'https://example.org/note': decision }),
      });
      for (let isRunning = true; isRunning;) {
        await new Promise((resume) => setTimeout(resume, 5));
        const job = await t.inject({ method: 'GET', url: headers.location as string, headers: AUTHORIZED });
        expect(gs1.problems('GET', '/capture/{captureID}', job)).toEqual([]);
        isRunning = job.json<{ running: boolean }>().running;
      }
    }
    t.node.decide = () => ({ status: 'rejected', code: 'EPCIS_EVENT_EXISTS', detail: 'recorded already' });
    const exists = await t.inject({
      method: 'POST',
      url: '/epcis/events',
      headers: { ...AUTHORIZED, ...JSON_BODY },
      payload: JSON.stringify({ ...bare, 'https://example.org/note': 'again' }),
    });
    expect([exists.statusCode, gs1.problems('POST', '/events', exists)]).toEqual([409, []]);
  });

  it('and refuses answers that are not the standard’s', () => {
    const answer = { statusCode: 200, headers: { 'content-type': 'application/json' } };
    expect(gs1.problems('GET', '/events', { ...answer, body: '{"type":"EPCISDocument"}' })).not.toEqual([]);
    expect(gs1.problems('GET', '/capture', { ...answer, body: '[{"captureID":1}]' })).not.toEqual([]);
    expect(
      gs1.problems('GET', '/bizSteps', { ...answer, body: '{"@context":"x","type":"Collection","member":["waxing"]}' }),
    ).not.toEqual([]);
  });
});
