import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { Gs1OpenApi, isGs1There } from '../epcis/gs1-openapi.js';
import { SINGLE_NODE_KEY, startSingleNode, type SingleNode } from '../epcis/single-node.js';
import { documentOf, serialsIn, startReceiver, type Receiver } from './receiver.js';

const JSON_BODY = { 'content-type': 'application/json' };
const AUTHORIZED = { authorization: `Bearer ${SINGLE_NODE_KEY}` };
const TOKEN = '13df38d8275b13f05704629e5f1cf3d45d6132d5';

describe(`subscriptions of a running node${isGs1There ? '' : ' (GS1’s OpenAPI file is absent: answers are not compared with it)'}`, () => {
  let node: SingleNode;
  let receiver: Receiver;
  let gs1: Gs1OpenApi | undefined;
  let serial = 0;
  let isStopped = false;

  beforeAll(async () => {
    gs1 = isGs1There ? new Gs1OpenApi() : undefined;
    receiver = await startReceiver();
    node = await startSingleNode({ webhooks: { allowPrivateDestinations: true } });
    await post('/epcis/queries', { name: 'seen', query: { EQ_bizStep: ['inspecting'] } });
  });
  afterAll(async () => {
    if (!isStopped) await node.stop();
    await receiver.down();
  });

  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    node.call('POST', path, { headers: { ...JSON_BODY, ...headers }, body: JSON.stringify(body) });
  async function capture(bizStep = 'inspecting'): Promise<string> {
    const name = `n${++serial}`;
    const made = await post('/epcis/events', {
      '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
      type: 'ObjectEvent',
      eventID: `urn:uuid:${randomUUID()}`,
      eventTime: new Date().toISOString(),
      eventTimeZoneOffset: '+00:00',
      action: 'OBSERVE',
      bizStep,
      epcList: [`https://id.gs1.org/01/09521234567899/21/${name}`],
    });
    expect(made.statusCode).toBe(201);
    return name;
  }
  async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
    for (const end = Date.now() + 8_000; !(await isTrue());) {
      if (Date.now() > end) throw new Error('it did not happen');
      await new Promise((resume) => setTimeout(resume, 10));
    }
  }
  /** What GS1's OpenAPI file says against an answer. */
  const problems = (method: string, path: string, answer: Parameters<Gs1OpenApi['problems']>[2]): string[] =>
    gs1?.problems(method, path, answer) ?? [];
  const ALL = '/queries/{queryName}/subscriptions';
  const ONE = '/queries/{queryName}/subscriptions/{subscriptionID}';

  it('send an event as soon as it is captured, in answers as the standard wants them', async () => {
    const made = await post('/epcis/queries/seen/subscriptions', {
      dest: receiver.url,
      signatureToken: TOKEN,
      stream: true,
    });
    expect([made.statusCode, problems('POST', ALL, made)]).toEqual([201, []]);
    expect(made.body).not.toContain(TOKEN);
    const location = made.headers['location'] as string;
    const { subscriptionID } = JSON.parse(made.body) as { subscriptionID: string };
    expect(location).toBe(`${node.url}/epcis/queries/seen/subscriptions/${subscriptionID}`);

    await capture('shipping');
    const name = await capture();
    await until(() => receiver.taken.length > 0);
    expect(serialsIn(receiver.taken)).toEqual([name]);
    expect(documentOf(receiver.taken[0] as { body: string })).toMatchObject({
      type: 'EPCISQueryDocument',
      epcisBody: { queryResults: { queryName: 'seen', subscriptionID } },
    });

    const scheduled = await post('/epcis/queries/seen/subscriptions', {
      dest: 'https://203.0.114.1/',
      schedule: { hour: '1', minute: '5' },
      reportIfEmpty: true,
    });
    expect([scheduled.statusCode, problems('POST', ALL, scheduled)]).toEqual([201, []]);
    expect(JSON.parse(scheduled.body)).toMatchObject({
      schedule: { hour: '1', minute: '5' },
      reportIfEmpty: true,
      nextRunAt: expect.stringMatching(/T01:05:00\.000Z$/),
    });

    await until(async () => (await node.call('GET', location)).body.includes('lastNotifiedAt'));
    const one = await node.call('GET', location);
    expect([one.statusCode, problems('GET', ONE, one)]).toEqual([200, []]);
    const list = await node.call('GET', '/epcis/queries/seen/subscriptions?perPage=1');
    expect([list.statusCode, problems('GET', ALL, list), (JSON.parse(list.body) as unknown[]).length]).toEqual([
      200,
      [],
      1,
    ]);
    const next = await node.call('GET', /<([^>]+)>/.exec(list.headers['link'] ?? '')?.[1] as string);
    expect([(JSON.parse(next.body) as unknown[]).length, next.headers['link']]).toEqual([1, undefined]);
    for (const [path, url] of [
      [ALL, '/epcis/queries/seen/subscriptions'],
      [ONE, location],
    ] as const) {
      const options = await node.call('OPTIONS', url);
      expect([options.statusCode, problems('OPTIONS', path, options)]).toEqual([204, []]);
    }

    const deliveries = await node.call('GET', `/api/v1/subscriptions/${subscriptionID}/deliveries`);
    expect(JSON.parse(deliveries.body)).toMatchObject({
      items: [{ state: 'delivered', attempts: 1, eventCount: 1, deliveryID: receiver.taken[0]?.headers['webhook-id'] }],
      nextCursor: null,
    });
    const replayed = await post(`/api/v1/subscriptions/${subscriptionID}/replay`, {
      from: (JSON.parse(deliveries.body) as { items: [{ fromPosition: number }] }).items[0].fromPosition,
    });
    expect([replayed.statusCode, replayed.body]).toEqual([200, '{"queued":1}']);
    await until(() => receiver.taken.length === 2);
    expect(receiver.taken[1]?.body).toBe(receiver.taken[0]?.body);
    expect(JSON.parse((await node.call('GET', '/api/v1/subscriptions')).body)).toMatchObject({
      items: [expect.anything(), expect.anything()],
      nextCursor: null,
    });

    const gone = await node.call('DELETE', location);
    expect([gone.statusCode, problems('DELETE', ONE, gone)]).toEqual([204, []]);
    for (const method of ['GET', 'DELETE']) {
      const none = await node.call(method, location);
      expect([none.statusCode, problems(method, ONE, none)]).toEqual([404, []]);
    }
    expect(JSON.parse((await post(`/api/v1/subscriptions/${subscriptionID}/replay`, {})).body)).toMatchObject({
      status: 404,
      code: 'EPCIS_NO_SUCH_SUBSCRIPTION',
    });
  });

  it.each([
    ['no destination', { stream: true }, '/dest'],
    ['a destination that is no URL', { dest: 'here', stream: true }, '/dest'],
    ['another scheme', { dest: 'ftp://receiver.example/', stream: true }, '/dest'],
    ['a password in the URL', { dest: 'https://me:secret@receiver.example/', stream: true }, '/dest'],
    ['neither stream nor schedule', { dest: 'https://receiver.example/' }, ''],
    ['both', { dest: 'https://receiver.example/', stream: true, schedule: { hour: '1' } }, '/schedule'],
    ['stream: false', { dest: 'https://receiver.example/', stream: false }, '/stream'],
    ['an empty schedule', { dest: 'https://receiver.example/', schedule: {} }, '/schedule'],
    ['a schedule out of range', { dest: 'https://receiver.example/', schedule: { hour: '24' } }, '/schedule/hour'],
    ['an unknown field', { dest: 'https://receiver.example/', schedule: { year: '1' } }, '/schedule/year'],
    [
      'a date that never comes',
      { dest: 'https://receiver.example/', schedule: { month: '2', dayOfMonth: '30' } },
      '/schedule',
    ],
    [
      'a stream that reports emptiness',
      { dest: 'https://receiver.example/', stream: true, reportIfEmpty: true },
      '/reportIfEmpty',
    ],
    [
      'a time without offset',
      { dest: 'https://receiver.example/', stream: true, initialRecordTime: '2026-01-01T00:00:00' },
      '/initialRecordTime',
    ],
    [
      'a token that can be guessed',
      { dest: 'https://receiver.example/', stream: true, signatureToken: 'x' },
      '/signatureToken',
    ],
    ['an unknown member', { dest: 'https://receiver.example/', stream: true, color: 'red' }, '/color'],
  ])('are refused with %s', async (_what, body, pointer) => {
    const refused = await post('/epcis/queries/seen/subscriptions', body);
    expect(JSON.parse(refused.body)).toMatchObject({
      type: 'epcisException:SubscriptionControlsException',
      status: 400,
      code: 'EPCIS_SUBSCRIPTION_CONTROLS',
      errors: [{ pointer }],
    });
    // The file lists 400 at GET only.
    expect(problems('GET', ALL, refused)).toEqual([]);
  });

  it('need a query, the key and JSON', async () => {
    const body = { dest: receiver.url, stream: true };
    const unknown = await post('/epcis/queries/none/subscriptions', body);
    expect([unknown.statusCode, problems('POST', ALL, unknown)]).toEqual([404, []]);
    const stranger = await post('/epcis/queries/seen/subscriptions', body, { authorization: '' });
    expect([stranger.statusCode, problems('POST', ALL, stranger)]).toEqual([401, []]);
    const csv = await post('/epcis/queries/seen/subscriptions', body, { 'content-type': 'text/csv' });
    expect([csv.statusCode, problems('POST', ALL, csv)]).toEqual([415, []]);
    const xml = await post('/epcis/queries/seen/subscriptions', body, { accept: 'application/xml' });
    expect([xml.statusCode, problems('POST', ALL, xml)]).toEqual([406, []]);
    const page = await node.call('GET', '/epcis/queries/seen/subscriptions?nextPageToken=x');
    expect([page.statusCode, problems('GET', ALL, page)]).toEqual([400, []]);
    await post('/epcis/queries', { name: 'limited', query: { maxEventCount: 5 } });
    expect(JSON.parse((await post('/epcis/queries/limited/subscriptions', body)).body)).toMatchObject({
      code: 'EPCIS_SUBSCRIPTION_CONTROLS',
    });
  });

  describe('over a WebSocket', () => {
    interface Client {
      readonly socket: WebSocket;
      readonly messages: { readonly body: string }[];
      readonly closed: Promise<number>;
    }
    async function connect(path: string): Promise<Client> {
      const socket = new WebSocket(`${node.url.replace('http', 'ws')}${path}`, { headers: AUTHORIZED });
      const messages: { body: string }[] = [];
      socket.on('message', (data: Buffer) => messages.push({ body: data.toString() }));
      const closed = new Promise<number>((resolve) => socket.on('close', resolve));
      await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
      return { socket, messages, closed };
    }
    function refusal(
      path: string,
      headers: Record<string, string> = AUTHORIZED,
    ): Promise<{ statusCode: number; body: string }> {
      return new Promise((resolve, reject) => {
        const socket = new WebSocket(`${node.url.replace('http', 'ws')}${path}`, { headers });
        socket.on('open', () => reject(new Error('it was opened')));
        socket.on('error', reject);
        socket.on('unexpected-response', (_request, response) => {
          let body = '';
          response.on('data', (chunk: Buffer) => (body += chunk.toString()));
          response.on('end', () => resolve({ statusCode: response.statusCode ?? 0, body }));
        });
      });
    }

    it('come as they are captured, and go on where a client stopped', async () => {
      const client = await connect('/epcis/queries/seen/events?stream=true');
      const first = await capture();
      await until(() => client.messages.length === 1);
      expect(serialsIn(client.messages)).toEqual([first]);
      client.socket.close();
      await client.closed;
      const position = documentOf(client.messages[0] as { body: string })['urn:lading:nextPosition'];
      const missed = [await capture(), await capture(), await capture()];
      const again = await connect(`/epcis/queries/seen/events?stream=true&from=${position}&perPage=2`);
      await until(() => again.messages.length === 2);
      expect(serialsIn(again.messages)).toEqual(missed);
      again.socket.terminate();
    });

    it('begin at a record time, and come on a schedule', async () => {
      const name = await capture();
      const client = await connect(
        '/epcis/queries/seen/events?second=*&initialRecordTime=2020-01-01T00:00:00Z&reportIfEmpty=true',
      );
      await until(() => client.messages.length >= 2);
      expect(serialsIn(client.messages)).toContain(name);
      expect(serialsIn(client.messages.slice(1))).toEqual([]);
      client.socket.terminate();
    });

    it('are refused like every other request', async () => {
      expect(await refusal('/epcis/queries/seen/events?stream=true', {})).toMatchObject({ statusCode: 401 });
      expect(await refusal('/epcis/queries/none/events?stream=true')).toMatchObject({ statusCode: 404 });
      const silent = await refusal('/epcis/queries/seen/events');
      expect(silent.statusCode).toBe(400);
      expect(JSON.parse(silent.body)).toMatchObject({ type: 'epcisException:SubscriptionControlsException' });
      expect(await refusal('/epcis/queries/seen/events?stream=true&second=1')).toMatchObject({ statusCode: 400 });
      expect(await refusal('/epcis/queries/seen/events?stream=true&color=red')).toMatchObject({ statusCode: 400 });
      const foreign = { ...AUTHORIZED, cookie: 'session=mine', origin: 'https://elsewhere.example' };
      expect(await refusal('/epcis/queries/seen/events?stream=true', foreign)).toMatchObject({ statusCode: 403 });
      expect(await refusal('/api/v1/network')).toMatchObject({ statusCode: 200 });
    });

    it('end when the query is deleted', async () => {
      await post('/epcis/queries', { name: 'short', query: {} });
      const client = await connect('/epcis/queries/short/events?stream=true');
      await node.call('DELETE', '/epcis/queries/short');
      await capture();
      expect(await client.closed).toBe(1000);
    });
  });

  it('end with their query, which tells nobody any more', async () => {
    const before = receiver.received.length;
    await post('/epcis/queries', { name: 'ending', query: {} });
    const made = await post('/epcis/queries/ending/subscriptions', { dest: receiver.url, stream: true });
    expect(made.statusCode).toBe(201);
    await node.call('DELETE', '/epcis/queries/ending');
    expect((await node.call('GET', made.headers['location'] as string)).statusCode).toBe(404);
    await capture();
    await new Promise((resume) => setTimeout(resume, 600));
    expect(receiver.received).toHaveLength(before);
  });

  it('end when the node stops, which they do not hold up', async () => {
    await post('/epcis/queries', { name: 'last', query: {} });
    const socket = new WebSocket(`${node.url.replace('http', 'ws')}/epcis/queries/last/events?stream=true`, {
      headers: AUTHORIZED,
    });
    await new Promise((resolve) => socket.on('open', resolve));
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    isStopped = true;
    await node.stop();
    expect(await closed).toBe(1001);
  });
});
