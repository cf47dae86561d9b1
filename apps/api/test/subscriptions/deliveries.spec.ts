import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { fromBase64, utf8Encode } from '#codec';
import { portableVerifier } from '#identity';
import type { DeliveryLoop } from '../../src/http/epcis/subscriptions/delivery-loop.js';
import { startDeliveryBench, type DeliveryBench } from './delivery-bench.js';
import { documentOf, serialsIn, startReceiver, type Receiver } from './receiver.js';

describe('deliveries to a subscriber', () => {
  let bench: DeliveryBench;
  let receiver: Receiver;
  let loop: DeliveryLoop;
  const running: DeliveryLoop[] = [];
  let serial = 0;
  /** Serial numbers that no other test has. */
  const fresh = (count: number): string[] => Array.from({ length: count }, () => `s${++serial}`);

  beforeAll(async () => {
    bench = await startDeliveryBench();
  });
  afterAll(() => bench.stop());
  beforeEach(async () => {
    receiver = await startReceiver();
    loop = bench.loop();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((each) => each.stop()));
    for (const { subscriptionID } of (await bench.subscriptions.list(undefined)).items)
      await bench.subscriptions.delete('seen', subscriptionID);
    await receiver.down();
  });

  function run(...loops: DeliveryLoop[]): void {
    for (const each of loops) each.start();
    running.push(...loops);
  }
  async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
    for (const end = Date.now() + 8_000; !(await isTrue());) {
      if (Date.now() > end) throw new Error('it did not happen');
      await new Promise((resume) => setTimeout(resume, 10));
    }
  }
  const deliveriesOf = async (id: string) => (await bench.subscriptions.deliveries(id)).items;

  it('begin with the events after the subscription, in the order of the chain, each block at once', async () => {
    const [before, ...after] = fresh(5) as [string, ...string[]];
    await bench.record(before);
    await bench.subscribe(receiver.url);
    expect(await loop.round()).toBe(0);
    await bench.record(after[0] as string, after[1] as string);
    await loop.round();
    expect(serialsIn(receiver.taken)).toEqual(after.slice(0, 2));
    await bench.record(...after.slice(2));
    await loop.round();
    expect(serialsIn(receiver.taken)).toEqual(after);
    expect(receiver.taken).toHaveLength(2);
    expect(await loop.round()).toBe(0);
  });

  it('begin where the subscriber asks for, and come in documents of bounded size', async () => {
    const events = fresh(7);
    const { position } = await bench.feed.head();
    await bench.record(...events);
    await bench.subscribe(receiver.url, { position, pageSize: 3 });
    await loop.round();
    expect(serialsIn(receiver.taken)).toEqual(events);
    expect(receiver.taken.map((each) => serialsIn([each]).length)).toEqual([3, 3, 1]);
    // Each document says where the next begins.
    const next = documentOf(receiver.taken[0] as { body: string })['urn:lading:nextPosition'];
    const again = await bench.subscribe(receiver.url, { position: next });
    receiver.taken.length = 0;
    await loop.round();
    expect(serialsIn(receiver.taken)).toEqual(events.slice(3));
    expect((await deliveriesOf(again)).map(({ eventCount }) => eventCount)).toEqual([4]);
  });

  it('are signed with the subscriber’s token and with the organisation’s key', async () => {
    await bench.subscribe(receiver.url);
    await bench.record(...fresh(1));
    await loop.round();
    const [{ headers, body }] = receiver.taken as [Receiver['taken'][number]];
    const token = 'a token of the subscriber';
    expect(headers['gs1-signature']).toBe(createHmac('sha256', token).update(body).digest('hex'));
    const signed = `${headers['webhook-id'] as string}.${headers['webhook-timestamp'] as string}.${body}`;
    const [symmetric, asymmetric] = (headers['webhook-signature'] as string).split(' ') as [string, string];
    expect(symmetric).toBe(`v1,${createHmac('sha256', token).update(signed).digest('base64')}`);
    const signature = fromBase64(asymmetric.replace('v1a,', '')) as Uint8Array;
    const key = bench.self.signingKeys.current();
    expect(headers['lading-key-id']).toBe(key.keyId);
    expect(portableVerifier.verify(signature, utf8Encode(signed), key.publicKey)).toBe(true);
    expect(portableVerifier.verify(signature, utf8Encode(`${signed} `), key.publicKey)).toBe(false);
  });

  it('wait while the receiver is down, longer each time, and all come in order once it is up', async () => {
    const id = await bench.subscribe(receiver.url);
    const events = fresh(6);
    await receiver.down();
    const pauses: number[] = [];
    for (const event of events) {
      await bench.record(event);
      await loop.round();
      const { retryAt } = (await bench.subscriptions.get(id)) as { retryAt: string };
      pauses.push(Date.parse(retryAt) - bench.clock.now);
      bench.clock.now = Date.parse(retryAt);
    }
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000]);
    expect((await deliveriesOf(id))[0]).toMatchObject({
      state: 'pending',
      attempts: 6,
      lastStatus: null,
      lastError: 'Nobody listens there (connection refused).',
    });
    await receiver.up();
    await loop.round();
    expect(serialsIn(receiver.taken)).toEqual(events);
    expect(await bench.subscriptions.get(id)).toMatchObject({
      retryAt: null,
      lastError: null,
      lastNotifiedAt: new Date(bench.clock.now).toISOString(),
    });
  });

  it('keep id and body from attempt to attempt', async () => {
    const id = await bench.subscribe(receiver.url);
    await bench.record(...fresh(2));
    receiver.answer = (_received, response) => void response.writeHead(503).end();
    await loop.round();
    bench.clock.now += 60_000;
    await bench.reindex();
    receiver.answer = (_received, response) => void response.writeHead(200).end('thank you');
    await loop.round();
    const [first, second] = receiver.received as [Receiver['received'][number], Receiver['received'][number]];
    expect(second.body).toBe(first.body);
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(second.headers['webhook-timestamp']).not.toBe(first.headers['webhook-timestamp']);
    expect(await deliveriesOf(id)).toMatchObject([
      { deliveryID: first.headers['webhook-id'], state: 'delivered', attempts: 2, lastStatus: 200 },
    ]);
  });

  it('are given up at last, which wakes up only by a replay, and then nothing is missing', async () => {
    const id = await bench.subscribe(receiver.url);
    const events = fresh(3);
    receiver.answer = (_received, response) => void response.writeHead(500).end();
    await bench.record(events[0] as string);
    await loop.round();
    bench.clock.now += 3_600_000;
    await loop.round();
    expect(await bench.subscriptions.get(id)).toMatchObject({
      state: 'failed',
      lastError: 'The receiver answered 500.',
    });
    expect(await deliveriesOf(id)).toMatchObject([{ state: 'failed', attempts: 2 }]);
    receiver.answer = (_received, response) => void response.writeHead(204).end();
    await bench.record(...events.slice(1));
    bench.clock.now += 3_600_000;
    expect(await loop.round()).toBe(0);
    // One that is refused wakes nothing.
    expect(await bench.subscriptions.replay(id, 0, new Date(bench.clock.now))).toBe('too-early');
    expect(await loop.round()).toBe(0);
    expect(await bench.subscriptions.replay(id, undefined, new Date(bench.clock.now))).toBe(1);
    await loop.round();
    expect(serialsIn(receiver.taken)).toEqual(events);
    expect(await bench.subscriptions.get(id)).toMatchObject({ state: 'active' });
  });

  it('can be replayed from a position: the same documents under the same ids', async () => {
    const id = await bench.subscribe(receiver.url);
    for (const event of fresh(4)) {
      await bench.record(event);
      await loop.round();
    }
    const before = receiver.taken.splice(0);
    const [, , second] = await deliveriesOf(id);
    expect(await bench.subscriptions.replay(id, second?.fromPosition, new Date(bench.clock.now))).toBe(3);
    await loop.round();
    expect(receiver.taken.map(({ body, headers }) => [headers['webhook-id'], body])).toEqual(
      before.slice(1).map(({ body, headers }) => [headers['webhook-id'], body]),
    );
    expect(await bench.subscriptions.replay(id, 0, new Date(bench.clock.now))).toBe('too-early');
  });

  it('come in smaller documents when the receiver says that one is too large', async () => {
    const id = await bench.subscribe(receiver.url);
    const events = fresh(7);
    receiver.answer = (received, response) =>
      void response.writeHead(serialsIn([received]).length > 2 ? 413 : 204).end();
    await bench.record(...events);
    await loop.round();
    expect(serialsIn(receiver.taken)).toEqual(events);
    const more = fresh(4);
    receiver.received.length = 0;
    await bench.record(...more);
    await loop.round();
    expect(serialsIn(receiver.taken)).toEqual([...events, ...more]);
    // It has been learnt.
    expect(receiver.received).toHaveLength(2);
    expect((await deliveriesOf(id)).every(({ state }) => state === 'delivered')).toBe(true);
  });

  it('end with the subscription, and with its query', async () => {
    const first = await bench.subscribe(receiver.url);
    await bench.queries.create({ name: 'other', queryJson: '{}', namespaces: {} });
    const second = await bench.subscribe(receiver.url, { queryName: 'other' });
    await receiver.down();
    await bench.record(...fresh(1));
    await loop.round();
    await bench.subscriptions.delete('seen', first);
    await bench.queries.delete('other');
    await receiver.up();
    bench.clock.now += 60_000;
    expect(await loop.round()).toBe(0);
    expect(receiver.received).toEqual([]);
    expect([await bench.subscriptions.get(first), await bench.subscriptions.get(second)]).toEqual([
      undefined,
      undefined,
    ]);
    const left = await bench.dataSource.query('SELECT count(*)::int AS count FROM subscription_delivery');
    expect(left).toEqual([{ count: 0 }]);
  });

  it('do not follow redirects', async () => {
    const other = await startReceiver();
    const id = await bench.subscribe(receiver.url);
    receiver.answer = (_received, response) => void response.writeHead(307, { location: other.url }).end();
    await bench.record(...fresh(1));
    await loop.round();
    expect(other.received).toEqual([]);
    expect(await deliveriesOf(id)).toMatchObject([{ state: 'pending', lastStatus: 307 }]);
    await other.down();
  });

  it('do not wait for ever for an answer, nor read one without end', async () => {
    const id = await bench.subscribe(receiver.url);
    receiver.answer = () => undefined;
    await bench.record(...fresh(1));
    await bench.loop({ attemptTimeoutMs: 100 }).round();
    expect(await deliveriesOf(id)).toMatchObject([{ lastError: 'No answer within 0.1 s.' }]);
    receiver.answer = (_received, response) => {
      response.writeHead(200);
      const flood = setInterval(() => response.write('x'.repeat(8_192)), 1);
      response.on('close', () => clearInterval(flood));
    };
    bench.clock.now += 60_000;
    await loop.round();
    expect(await deliveriesOf(id)).toMatchObject([{ state: 'delivered', lastStatus: 200 }]);
  });

  it('go to no address of the own network, whatever a name points to at the moment of the request', async () => {
    const policy = { allowPrivateDestinations: false };
    const addresses = [['169.254.169.254'], ['93.184.215.14', '10.0.0.1'], ['::1'], ['::ffff:127.0.0.1']];
    const id = await bench.subscribe('https://receiver.example/hook');
    await bench.record(...fresh(1));
    for (const each of addresses) {
      const resolve = () =>
        Promise.resolve(
          each.map((address) => ({ address, family: address.includes(':') ? (6 as const) : (4 as const) })),
        );
      await bench.loop({ policy, resolve, giveUpAfterMs: 1e12 }).round();
      expect((await deliveriesOf(id))[0]).toMatchObject({
        state: 'pending',
        lastError: expect.stringContaining('not on the public internet'),
      });
      bench.clock.now += 3_000_000;
    }
    // A subscription that was made when the node's configuration was another.
    const loopback = await bench.subscribe(receiver.url);
    await bench.record(...fresh(1));
    await bench.loop({ policy, giveUpAfterMs: 1e12 }).round();
    expect((await deliveriesOf(loopback))[0]).toMatchObject({ lastError: 'A destination is an https URL.' });
    expect(receiver.received).toEqual([]);
  });

  it('connect to the address that was judged, and not to another that the name has meanwhile', async () => {
    const asked: string[] = [];
    const resolve = (name: string) => {
      asked.push(name);
      return Promise.resolve([{ address: '127.0.0.1', family: 4 as const }]);
    };
    await bench.subscribe(receiver.url.replace('127.0.0.1', 'receiver.invalid'));
    await bench.record(...fresh(1));
    await bench.loop({ resolve }).round();
    expect(asked).toEqual(['receiver.invalid']);
    expect(receiver.taken).toHaveLength(1);
    expect(receiver.taken[0]?.headers.host).toMatch(/^receiver\.invalid:/);
  });

  describe('on a schedule', () => {
    const schedule = { second: '0', minute: '0/10' };
    const at = (time: string) => new Date(`2026-06-02T${time}Z`);

    it('come when it is time and not before, with all that was recorded until then', async () => {
      bench.clock.now = at('00:05:00').getTime();
      await bench.subscribe(receiver.url, { schedule, nextRunAt: at('00:10:00') });
      const events = fresh(4);
      await bench.record(events[0] as string);
      await bench.record(events[1] as string);
      expect(await loop.round()).toBe(0);
      bench.clock.now = at('00:10:00').getTime();
      await loop.round();
      expect(serialsIn(receiver.taken)).toEqual(events.slice(0, 2));
      await bench.record(...events.slice(2));
      bench.clock.now = at('00:19:59').getTime();
      expect(await loop.round()).toBe(0);
      bench.clock.now = at('00:20:00').getTime();
      await loop.round();
      expect(serialsIn(receiver.taken)).toEqual(events);
      expect(receiver.taken).toHaveLength(2);
    });

    it('tell that there was nothing only where that was asked for', async () => {
      bench.clock.now = at('01:05:00').getTime();
      await bench.subscribe(receiver.url, { schedule, nextRunAt: at('01:10:00') });
      const id = await bench.subscribe(receiver.url, { schedule, nextRunAt: at('01:10:00'), reportIfEmpty: true });
      bench.clock.now = at('01:10:00').getTime();
      await loop.round();
      expect(receiver.taken).toHaveLength(1);
      expect(JSON.parse(receiver.taken[0]?.body ?? '')).toMatchObject({
        epcisBody: { queryResults: { subscriptionID: id, resultsBody: { eventList: [] } } },
      });
      bench.clock.now = at('01:19:00').getTime();
      expect(await loop.round()).toBe(0);
    });

    it('are made up for once when nobody ran at the time', async () => {
      bench.clock.now = at('02:05:00').getTime();
      const id = await bench.subscribe(receiver.url, { schedule, nextRunAt: at('02:10:00'), reportIfEmpty: true });
      bench.clock.now = at('09:01:00').getTime();
      await loop.round();
      expect(receiver.taken).toHaveLength(1);
      expect(await bench.subscriptions.get(id)).toMatchObject({
        nextRunAt: '2026-06-02T09:10:00.000Z',
        minRecordTime: '2026-06-02T09:01:00.000Z',
      });
    });
  });

  describe('by several processes', () => {
    it('come once each and in order, while events are being recorded', async () => {
      await bench.subscribe(receiver.url, { pageSize: 3 });
      const others = await Promise.all([startReceiver(), startReceiver()]);
      for (const other of others) await bench.subscribe(other.url);
      run(bench.loop(), bench.loop());
      const events = fresh(40);
      for (let i = 0; i < events.length; i += 4) await bench.record(...events.slice(i, i + 4));
      const all = [receiver, ...others];
      await until(() => all.every(({ taken }) => serialsIn(taken).length >= events.length));
      for (const { taken } of all) {
        expect(serialsIn(taken)).toEqual(events);
        expect(new Set(taken.map(({ headers }) => headers['webhook-id'])).size).toBe(taken.length);
      }
      for (const other of others) await other.down();
    });

    it('are taken over from one that ended in the middle, under the same id', async () => {
      await bench.subscribe(receiver.url);
      const events = fresh(2);
      await bench.record(events[0] as string);
      // Arrived, but the process ended before it had the answer.
      receiver.answer = () => undefined;
      const first = bench.loop();
      first.start();
      await until(() => receiver.received.length === 1);
      await first.stop();
      receiver.answer = (_received, response) => void response.writeHead(204).end();
      await bench.record(events[1] as string);
      await loop.round();
      expect(serialsIn(receiver.taken)).toEqual(events);
      expect(receiver.taken[0]?.headers['webhook-id']).toBe(receiver.received[0]?.headers['webhook-id']);
    });

    it('are taken over from one that died with its lease when the lease ends', async () => {
      const id = await bench.subscribe(receiver.url);
      await bench.record(...fresh(1));
      await bench.dataSource.query(`UPDATE subscription SET lease = 'dead', leased_until = $2 WHERE id = $1`, [
        id,
        new Date(bench.clock.now + 60_000),
      ]);
      expect(await loop.round()).toBe(0);
      bench.clock.now += 60_000;
      expect(await loop.round()).toBe(1);
      expect(receiver.taken).toHaveLength(1);
    });

    it('that lost the lease change nothing any more', async () => {
      const id = await bench.subscribe(receiver.url);
      await bench.record(...fresh(1));
      receiver.answer = (_received, response) => {
        // While the attempt is under way somebody asks for a replay.
        void bench.subscriptions
          .replay(id, undefined, new Date(bench.clock.now))
          .then(() => response.writeHead(204).end());
      };
      await loop.round();
      expect(await deliveriesOf(id)).toMatchObject([{ state: 'pending', attempts: 0 }]);
      receiver.answer = (_received, response) => void response.writeHead(204).end();
      await loop.round();
      expect(await deliveriesOf(id)).toMatchObject([{ state: 'delivered', attempts: 1 }]);
    });
  });

  it('survive a rebuild of the index: nothing twice, nothing missing, nothing sent from half an index', async () => {
    const id = await bench.subscribe(receiver.url);
    const events = fresh(3);
    await bench.record(events[0] as string);
    await loop.round();
    await receiver.down();
    await bench.record(events[1] as string);
    await loop.round();
    await receiver.up();
    await bench.reindex(2);
    bench.clock.now += 60_000;
    await loop.round();
    expect(serialsIn(receiver.taken)).toEqual(events.slice(0, 1));
    expect(await bench.subscriptions.get(id)).toMatchObject({ lastError: expect.stringContaining('index') });
    await bench.reindex();
    await bench.record(events[2] as string);
    bench.clock.now += 60_000;
    await loop.round();
    expect(serialsIn(receiver.taken)).toEqual(events);
  });

  it('that were made long ago are forgotten, and what has not been delivered is not', async () => {
    const id = await bench.subscribe(receiver.url);
    await bench.record(...fresh(1));
    await loop.round();
    await receiver.down();
    await bench.record(...fresh(1));
    await loop.round();
    bench.clock.now += 31 * 24 * 3_600_000;
    run(bench.loop());
    await until(async () => (await deliveriesOf(id)).length === 1);
    expect(await deliveriesOf(id)).toMatchObject([{ deliveredAt: null }]);
    await receiver.up();
  });

  it('belong to a bounded number of subscriptions, also when many are made at once', async () => {
    const given = {
      queryName: 'seen',
      dest: receiver.url,
      signatureToken: undefined,
      epcFormat: 'Never_Translates',
      schedule: undefined,
      reportIfEmpty: false,
    };
    const rest = {
      initialRecordTime: new Date(),
      position: 0,
      pageSize: 1,
      nextRunAt: undefined,
      createdAt: new Date(),
    };
    const made = await Promise.all(
      [1, 2, 3, 4].map((i) => bench.subscriptions.create({ ...given, ...rest, id: `many-${i}` }, 2)),
    );
    expect(made.sort()).toEqual(['created', 'created', 'limit', 'limit']);
    expect(await bench.subscriptions.create({ ...given, ...rest, id: 'none', queryName: 'none' }, 9)).toBe('no-query');
  });

  it('never show the token', async () => {
    const id = await bench.subscribe(receiver.url);
    expect(
      JSON.stringify([
        await bench.subscriptions.get(id),
        await bench.subscriptions.list('seen'),
        await deliveriesOf(id),
      ]),
    ).not.toContain('a token of');
  });
});
