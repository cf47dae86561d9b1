import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GS1, Gs1OpenApi, isGs1There, SKIPPED } from './gs1-openapi.js';
import { startSingleNode, type SingleNode } from './single-node.js';

const suite = isGs1There ? describe : describe.skip;
const JSON_LD = { 'content-type': 'application/ld+json' };

interface Event {
  readonly eventID: string;
  readonly type: string;
  readonly recordTime: string;
  readonly [field: string]: unknown;
}
interface Golden {
  readonly events: number;
  readonly refused: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}
const golden = isGs1There
  ? (JSON.parse(readFileSync(join(GS1, 'golden-query-counts.json'), 'utf8')) as Golden)
  : { events: 0, refused: [], counts: {} };

suite(`GS1’s example documents in a running node${SKIPPED}`, () => {
  let node: SingleNode;
  let gs1: Gs1OpenApi;
  const refused: string[] = [];

  beforeAll(async () => {
    gs1 = new Gs1OpenApi();
    node = await startSingleNode();
    const paths = readdirSync(join(GS1, 'examples/JSON'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.jsonld') && path !== 'EPCISQueryDocument.jsonld')
      .sort((a, b) => (a < b ? -1 : 1));
    for (const path of paths) {
      const job = await capture(readFileSync(join(GS1, 'examples/JSON', path), 'utf8'), 'proceed');
      for (const { code, pointer } of job.errors) {
        expect(code).toBe('EPCIS_EVENT_EXISTS');
        refused.push(`${basename(path)}#${pointer.split('/')[3]}`);
      }
    }
  }, 120_000);
  afterAll(() => node.stop());

  async function capture(body: string, behaviour: string) {
    const accepted = await node.call('POST', '/epcis/capture', {
      headers: { ...JSON_LD, 'GS1-Capture-Error-Behaviour': behaviour },
      body,
    });
    expect([accepted.statusCode, accepted.body]).toEqual([202, '']);
    for (;;) {
      const job = await node.call('GET', accepted.headers['location'] as string);
      expect(gs1.problems('GET', '/capture/{captureID}', job)).toEqual([]);
      const read = JSON.parse(job.body) as {
        running: boolean;
        success: boolean;
        errors: { code: string; pointer: string }[];
      };
      if (!read.running) return read;
      await new Promise((resume) => setTimeout(resume, 10));
    }
  }

  const urlOf = (filter: string) => {
    const [name = '', value = ''] = [filter.slice(0, filter.indexOf('=')), filter.slice(filter.indexOf('=') + 1)];
    return `/epcis/events?${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
  };

  /** All pages of an answer, each of them judged by GS1's OpenAPI file. */
  async function eventsOf(first: string, path = '/events'): Promise<Event[]> {
    const events: Event[] = [];
    for (let url: string | undefined = first; url !== undefined;) {
      const answer = await node.call('GET', url);
      expect([url, answer.statusCode, gs1.problems('GET', path, answer)]).toEqual([url, 200, []]);
      const document = JSON.parse(answer.body) as {
        epcisBody: { queryResults: { resultsBody: { eventList: Event[] } } };
      };
      events.push(...document.epcisBody.queryResults.resultsBody.eventList);
      url = /<([^>]+)>/.exec(answer.headers['link'] ?? '')?.[1];
    }
    return events;
  }

  it('are recorded but for the six events that exist', () => {
    expect(refused.sort()).toEqual([...golden.refused].sort());
  });

  it('are answered whole over pages of any size, each event once', async () => {
    for (const perPage of [7, 30, 100]) {
      const events = await eventsOf(`/epcis/events?perPage=${perPage}`);
      expect(events).toHaveLength(golden.events);
      expect(new Set(events.map(({ eventID, ...event }) => `${eventID} ${'errorDeclaration' in event}`)).size).toBe(
        golden.events,
      );
    }
    expect(await eventsOf('/epcis/events?perPage=7&orderBy=eventTime&eventCountLimit=20')).toHaveLength(20);
  });

  it.each(Object.entries(golden.counts))('%s finds %d', async (filter, count) => {
    expect(await eventsOf(urlOf(filter))).toHaveLength(count);
  });

  it('can be found by their eventID, with the error declarations', async () => {
    for (const { eventID } of await eventsOf('/epcis/events?perPage=100')) {
      const found = await eventsOf(`/epcis/events/${encodeURIComponent(eventID)}`, '/events/{eventID}');
      expect(found.map((event) => event.eventID)).toContain(eventID);
    }
  });

  it('lead from each collection to the events of its members', async () => {
    for (const family of ['eventTypes', 'epcs', 'bizSteps', 'bizLocations', 'readPoints', 'dispositions']) {
      const collection = await node.call('GET', `/epcis/${family}?perPage=200`);
      expect(gs1.problems('GET', `/${family}`, collection)).toEqual([]);
      const { member } = JSON.parse(collection.body) as { member: string[] };
      expect(member.length).toBeGreaterThan(0);
      for (const each of member.slice(-3)) {
        const url = `/epcis/${family}/${encodeURIComponent(each)}`;
        expect([url, (await node.call('GET', url)).statusCode]).toEqual([url, 200]);
        expect((await node.call('GET', `${url}/events`)).statusCode).toBe(200);
      }
    }
    const [item] = await eventsOf(
      '/epcis/epcs/urn%3Aepc%3Aid%3Asgtin%3A0614141.107346.2017/events',
      '/epcs/{epc}/events',
    );
    expect(JSON.stringify(item)).toContain('https://id.gs1.org/01/10614141073464/21/2017');
  });

  it('are answered with EPC URNs on request', async () => {
    const url = urlOf('MATCH_epc=https://id.gs1.org/01/10614141073464/21/2017');
    const answer = await node.call('GET', url, { headers: { 'GS1-EPC-Format': 'Always_EPC_URN' } });
    expect(answer.body).toContain('"urn:epc:id:sgtin:0614141.107346.2017"');
    expect(answer.body).not.toContain('https://id.gs1.org/01/10614141073464/21/2017');
  });

  it('can be asked for under a name', async () => {
    const body = JSON.stringify({ name: 'shipped', query: { EQ_bizStep: ['shipping'] } });
    const made = await node.call('POST', '/epcis/queries', { headers: { 'content-type': 'application/json' }, body });
    expect(made.statusCode).toBe(201);
    const events = await eventsOf('/epcis/queries/shipped/events?perPage=2', '/queries/{queryName}/events');
    expect(events).toHaveLength(golden.counts['EQ_bizStep=shipping'] as number);
    expect(
      (await node.call('POST', '/epcis/queries', { headers: { 'content-type': 'application/json' }, body })).statusCode,
    ).toBe(409);
    expect(JSON.parse((await node.call('GET', '/epcis/queries')).body)).toEqual([JSON.parse(body)]);
    expect((await node.call('DELETE', '/epcis/queries/shipped')).statusCode).toBe(204);
    expect((await node.call('DELETE', '/epcis/queries/shipped')).statusCode).toBe(404);
  });

  it('come with five bare events, which are recorded at once and only once', async () => {
    for (const file of readdirSync(join(GS1, 'examples/bare-events'))) {
      const body = readFileSync(join(GS1, 'examples/bare-events', file), 'utf8').replace(
        /"eventID"\s*:\s*"[^"]*"/,
        `"eventID":"urn:x-test:${file}"`,
      );
      const withId = body.includes('"eventID"') ? body : body.replace('{', `{"eventID":"urn:x-test:${file}",`);
      const made = await node.call('POST', '/epcis/events', { headers: JSON_LD, body: withId });
      expect([file, made.statusCode, gs1.problems('POST', '/events', made)]).toEqual([file, 201, []]);
      expect(await eventsOf(made.headers['location'] as string, '/events/{eventID}')).toHaveLength(1);
      const again = await node.call('POST', '/epcis/events', { headers: JSON_LD, body: withId });
      expect([again.statusCode, gs1.problems('POST', '/events', again)]).toEqual([409, []]);
    }
  });

  it('include an EPCISQueryDocument, whose events are captured like others', async () => {
    const text = readFileSync(join(GS1, 'examples/JSON/EPCISQueryDocument.jsonld'), 'utf8');
    const before = await eventsOf('/epcis/events?perPage=100');
    const job = await capture(
      text.replaceAll(/"eventID"\s*:\s*"[^"]*"/g, '"eventID":"urn:x-test:query-document"'),
      'proceed',
    );
    const added = (await eventsOf('/epcis/events?perPage=100')).length - before.length;
    expect([added, job.errors.map(({ code }) => code).filter((code) => code !== 'EPCIS_EVENT_EXISTS')]).toEqual([
      expect.any(Number),
      [],
    ]);
    expect(added).toBeGreaterThan(0);
  });
});
