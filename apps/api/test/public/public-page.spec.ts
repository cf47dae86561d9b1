import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestPostgres, type TestPostgres } from '../../../../libs/index/testing/test-postgres.js';
import { CASE, GTIN, itemOf } from '../../../../libs/index/testing/test-events.js';
import { startTestApp, type TestApp } from '../start-test-app.js';
import {
  HOSTILE_GTIN,
  HOSTILE_SERIAL,
  ORIGIN,
  path,
  PLACE,
  recordGoods,
  UNREGISTERED,
  type RecordedGoods,
} from './recorded-goods.js';

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
/** What identifies organisations, places and papers, in any answer. */
const PRIVATE = /did:web|Organisation 0|Organisation 1|9521101000009|secret|stolen laptop|KGM|12\.50/;

let postgres: TestPostgres;
let goods: RecordedGoods;
let t: TestApp;
beforeAll(async () => {
  postgres = await startTestPostgres(process.env['DATABASE_URL']);
  goods = await recordGoods(postgres);
  t = await goods.serve();
}, 60_000);
afterAll(async () => {
  await t?.close();
  await goods?.close();
  await postgres?.stop();
});

const get = (url: string, headers: Record<string, string> = BROWSER, of = t) =>
  of.inject({ method: 'GET', url, headers });
const statusOf = (page: string) => /<header class="status (\w+)">/.exec(page)?.[1];
const dataOf = async (url: string, of = t) =>
  (await get(url, { accept: 'application/ld+json' }, of)).json<Record<string, unknown>>();

describe('the public page', () => {
  it.each([
    ['an item about which nothing speaks', path('OK1'), 200, 'OK'],
    ['the same with its lot in the code', path('OK1', 'L1'), 200, 'OK'],
    ['an item whose lot is called back', path('RECALLED1'), 200, 'RECALLED'],
    ['the lot that is called back', `/01/${GTIN}/10/BAD`, 200, 'RECALLED'],
    ['a serial that nobody recorded, of the lot that is called back', path('NEVER1', 'BAD'), 200, 'RECALLED'],
    ['an item whose code says that it is of the lot that is called back', path('OK1', 'BAD'), 200, 'RECALLED'],
    ['an item whose lot is past its date', path('EXPIRED1'), 200, 'EXPIRED'],
    ['an item that came into being with a date in an event', path('EXPIRED2'), 200, 'EXPIRED'],
    ['an item whose date is to come', path('FRESH1'), 200, 'OK'],
    ['an item of which a key spoke that may be in other hands', path('DISPUTED1'), 200, 'DISPUTED'],
    ['an item of which somebody spoke who has no say in it', path('STRANGER1'), 200, 'OK'],
    ['a lot of which its owner used more than there was', `/01/${GTIN}/10/OVER`, 200, 'DISPUTED'],
    ['a lot of which somebody else says so', `/01/${GTIN}/10/FINE`, 200, 'OK'],
    ['an item of a product that nobody registered', new URL(UNREGISTERED).pathname, 200, 'OK'],
    ['a serial that only somebody without a say spoke of', path('NOBODYS1'), 200, 'UNKNOWN'],
    ['a serial that nobody recorded', path('NEVER1'), 404, 'UNKNOWN'],
    ['a product', `/01/${GTIN}`, 200, 'PRODUCT'],
    ['a product in another length of its GTIN', `/01/${GTIN.slice(1)}`, 200, 'PRODUCT'],
    ['a product that nobody registered', '/01/09506000134352', 404, 'UNKNOWN'],
    ['a case', new URL(CASE).pathname, 200, 'OK'],
  ])('of %s says so first: %s', async (_what, url, code, status) => {
    const answer = await get(url);
    expect({ code: answer.statusCode, status: statusOf(answer.body) }).toEqual({ code, status });
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect((await dataOf(url))['lading:status']).toBe(status);
  });

  it('tells product, code, steps with their grades, and what it does not tell', async () => {
    const { body } = await get(path('OK1'));
    for (const text of [
      'Olive oil, 500 ml',
      'OK1',
      'L1',
      'Handed over',
      'from the brand owner to organisation 1',
      'Confirmed by the counterparty',
      'Stated',
      'not whether the goods are genuine',
      '2 organisations recorded',
      ...goods.handover,
    ])
      expect(body).toContain(text);
    expect(body).not.toMatch(/authentic|verified/i);
  });

  it('of a recall says what to do', async () => {
    const { body } = await get(path('RECALLED1'));
    expect(body).toContain('Glass &lt;b&gt;splinters&lt;/b&gt;');
    expect(body).toContain('Bring it back. You get your money.');
    expect(body).toContain(goods.recall);
  });

  it.each([
    [path('SOLD1'), 'recorded as sold'],
    [`/01/${GTIN}/10/FINE`, 'neither owns nor holds'],
    [new URL(UNREGISTERED).pathname, 'Nobody has registered this product'],
    [path('GONE1'), 'recorded as destroyed'],
    [path('OK1', 'OTHER'), 'another lot'],
    [path('STRANGER1'), 'neither owns nor holds'],
    [path('NEVER1', 'BAD'), 'serial number is not recorded'],
  ])('says what else there is to know: %s, %s', async (url, words) => {
    expect((await get(url)).body).toContain(words);
  });

  it('does not take a stranger’s word for a sale', async () => {
    expect((await get(path('STRANGER1'))).body).not.toContain('recorded as sold');
  });

  it('tells of an unknown code nothing that could make it look known, in the same look', async () => {
    const [unknown, known] = [await get(path('NEVER1')), await get(path('OK1'))];
    expect(unknown.body).not.toContain('Olive oil');
    const look = (page: string) => /<style>.*<\/style>/s.exec(page)?.[0];
    expect(look(unknown.body)).toBe(look(known.body));
    const names = (headers: object) => Object.keys(headers).filter((name) => name !== 'date');
    expect(names(unknown.headers)).toEqual(names(known.headers));
  });

  it.each([
    ['a wrong check digit', '/01/09521101530002/21/1', 'GS1_BAD_CHECK_DIGIT', 'Wrong check digit'],
    ['a qualifier out of its place', `/01/${GTIN}/21/1/10/2`, 'GS1_MALFORMED_KEY', 'Not a code'],
    ['a serial that is too long', path('x'.repeat(21)), 'GS1_MALFORMED_KEY', 'Not a code'],
    ['characters of no code', `/01/${GTIN}/21/%E6%B2%B9`, 'GS1_MALFORMED_KEY', 'Not a code'],
    ['nothing', '/01/x', 'GS1_MALFORMED_KEY', 'Not a code'],
  ])('explains %s', async (_what, url, code, title) => {
    const answer = await get(url);
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(`<h1>${title}</h1>`);
    expect(answer.body).toContain(code);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect((await get(url, { accept: 'application/ld+json' })).json()).toMatchObject({ code });
  });

  it('says that it cannot answer when the database is away, and does not say that the item is unknown', async () => {
    const away = await startTestApp();
    away.index.failure = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    const answer = await get(path('OK1'), BROWSER, away);
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('2');
    expect(answer.body).toContain('No answer now');
    await away.close();
  });

  it('escapes what authors wrote, wherever it stands', async () => {
    const url = `/01/${HOSTILE_GTIN}/21/${encodeURIComponent(HOSTILE_SERIAL)}`;
    const { body, statusCode } = await get(`${url}?lang=en&x="><script>alert(3)</script>`);
    expect(statusCode).toBe(200);
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;&lt;img src=x onerror=alert(2)&gt;');
    expect(body).toContain('&lt;b&gt;&quot;&#39;&amp;/%');
    expect(body).not.toMatch(/<script|<img|<b>"/);
    expect(await dataOf(url)).toMatchObject({ 'gs1:hasSerialNumber': HOSTILE_SERIAL });
  });

  it('is one small document that loads nothing, runs nothing and sets no cookie', async () => {
    for (const url of [path('OK1'), path('RECALLED1'), `${path('OK1')}?lang=zh`, path('NEVER1')]) {
      const { body, headers } = await get(url);
      expect(Buffer.byteLength(body)).toBeLessThan(20_000);
      expect(headers['set-cookie']).toBeUndefined();
      expect(body).not.toMatch(/<script|\son\w+=|\sstyle=|src=|@import|url\(/);
      expect(body.match(/<link [^>]*>/g)).toEqual(['<link rel="icon" href="data:,">']);
      const policy = String(headers['content-security-policy']);
      expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]+='; img-src data:;/);
      expect(policy).not.toMatch(/unsafe|script-src|https?:/);
      expect(headers['cache-control']).toBe('public, max-age=30');
      expect(headers.vary).toBe('accept, accept-language');
    }
  });

  it.each([
    ['zh-CN,zh;q=0.9,en;q=0.8', '', 'zh-Hans'],
    ['en-GB,zh;q=0.5', '', 'en'],
    ['fr, zh;q=0.3, en;q=0.2', '', 'zh-Hans'],
    ['zh;q=0, fr', '', 'en'],
    ['zh-CN', '?lang=en', 'en'],
    ['en', '?lang=zh-Hans', 'zh-Hans'],
    ['en', '?lang=fr', 'en'],
  ])('speaks to "%s" with %s in %s', async (language, query, tag) => {
    const { body, headers } = await get(path('OK1') + query, { ...BROWSER, 'accept-language': language });
    expect(headers['content-language']).toBe(tag);
    expect(body).toContain(`<html lang="${tag}">`);
    expect(body).toContain(tag === 'en' ? 'Olive oil, 500 ml' : '橄榄油 500 毫升');
  });

  it('keeps what else the address says when the language is changed', async () => {
    const { body } = await get(`${path('OK1')}?17=271231&lang=en`);
    expect(body).toContain('href="?17=271231&amp;lang=zh"');
  });
});

describe('what is public', () => {
  const urls = () => [path('OK1'), path('SOLD1'), path('DISPUTED1'), `/01/${GTIN}/10/BAD`, new URL(CASE).pathname];

  it('is nothing but product, status and steps by role where the organisation says nothing', async () => {
    for (const url of urls())
      for (const accept of ['text/html', 'application/ld+json', 'application/linkset+json'])
        expect((await get(url, { accept })).body).not.toMatch(PRIVATE);
  });

  it('is names, places and quantities where the organisation says so; papers and reasons never', async () => {
    const open = await goods.serve({ publicPage: { shows: ['organizations', 'places', 'quantities'] } });
    const all = (await Promise.all(urls().map((url) => get(url, BROWSER, open)))).map(({ body }) => body).join('');
    for (const text of ['from Organisation 0 to Organisation 1', PLACE, '12.50 KGM']) expect(all).toContain(text);
    expect(all).not.toMatch(/did:web|secret|stolen laptop/);
    await open.close();
  });

  it('is nothing at all where the organisation says so', async () => {
    const closed = await goods.serve({ publicPage: { enabled: false } });
    for (const url of [path('OK1'), path('NEVER1'), '/01/x', '/.well-known/gs1resolver'])
      expect((await get(url, BROWSER, closed)).statusCode).toBe(404);
    await closed.close();
  });

  it('is asked for by one address only so often', async () => {
    const limited = await goods.serve({ access: { limits: { publicPage: 3 } } });
    const codes: number[] = [];
    for (const serial of ['OK1', 'NEVER1', 'NEVER2', 'NEVER3'])
      codes.push((await get(path(serial), BROWSER, limited)).statusCode);
    expect(codes).toEqual([200, 404, 404, 429]);
    await limited.close();
  });
});

describe('the resolver', () => {
  const address = ORIGIN + path('OK1', 'L1');

  it.each([
    ['Accept: application/linkset+json', '', 'application/linkset+json'],
    ['?linkType=linkset', '?linkType=linkset', '*/*'],
    ['?linkType=all', '?linkType=all', 'text/html'],
  ])('answers %s with the linkset', async (_how, query, accept) => {
    const answer = await get(path('OK1', 'L1') + query, { accept });
    expect(answer.headers['content-type']).toContain('application/linkset+json');
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.headers.link).toContain('rel="http://www.w3.org/ns/json-ld#context"');
    expect(answer.json()).toMatchObject({
      linkset: [
        {
          anchor: address,
          'https://gs1.org/voc/defaultLink': [{ href: address, type: 'text/html' }],
          'https://gs1.org/voc/pip': [
            { href: `${address}?lang=en`, hreflang: ['en'] },
            { href: `${address}?lang=zh`, hreflang: ['zh-Hans'] },
          ],
          'https://gs1.org/voc/traceability': [{ type: 'application/ld+json' }],
        },
      ],
    });
  });

  it('leads from its links to what they promise', async () => {
    const { linkset } = (await get(`${path('OK1')}?linkType=linkset`)).json<{ linkset: Record<string, unknown>[] }>();
    const links = Object.values(linkset[0] ?? {}).flatMap((value) => (Array.isArray(value) ? value : []));
    expect(links).toHaveLength(4);
    for (const { href, type } of links as { href: string; type: string }[]) {
      const answer = await get(href.slice(ORIGIN.length));
      expect({ href, type: String(answer.headers['content-type']).split(';')[0] }).toEqual({ href, type });
    }
  });

  it.each(['gs1:pip', 'https://gs1.org/voc/pip', 'gs1:defaultLink'])('takes the link type %s', async (type) => {
    const answer = await get(`${path('OK1')}?linkType=${encodeURIComponent(type)}`, { accept: 'application/ld+json' });
    expect(answer.headers['content-type']).toContain('text/html');
  });

  it('knows no links of other types', async () => {
    for (const type of ['gs1:recipeInfo', 'constructor', '__proto__'])
      expect((await get(`${path('OK1')}?linkType=${type}`)).statusCode).toBe(404);
  });

  it('answers a code that nobody recorded with 404 in every form', async () => {
    for (const accept of ['text/html', 'application/ld+json', 'application/linkset+json'])
      expect((await get(path('NEVER1'), { accept })).statusCode).toBe(404);
  });

  it('says of itself which keys it resolves', async () => {
    expect((await get('/.well-known/gs1resolver')).json()).toMatchObject({
      resolverRoot: ORIGIN,
      supportedPrimaryKeys: ['00', '01'],
    });
  });

  it('gives the data of the page: the steps with their entries, and the proof’s digest', async () => {
    const [data, item] = [await dataOf(path('OK1', 'L1')), await goods.queries.item(itemOf('OK1'))];
    expect(data).toMatchObject({
      '@id': itemOf('OK1'),
      'gs1:gtin': GTIN,
      'gs1:hasBatchLotNumber': 'L1',
      'gs1:hasSerialNumber': 'OK1',
      'lading:history': { 'lading:count': item?.history.count, 'lading:digest': item?.history.digest },
    });
    const steps = data['lading:steps'] as Record<string, unknown>[];
    expect(steps.map((step) => [step['lading:step'], step['lading:grade']])).toEqual([
      ['commissioning', 'stated'],
      ['handed_over', 'confirmed'],
      ['recalled', 'stated'],
      ['recall_closed', 'stated'],
    ]);
    expect(steps[1]?.['lading:entries']).toEqual(
      goods.handover.map((entryId) => ({ 'lading:entryId': entryId, 'lading:height': expect.any(Number) })),
    );
  });
});
