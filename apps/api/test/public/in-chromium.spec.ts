import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import {
  barriers,
  CHROMIUM,
  LANGUAGES,
  launchBrowser,
  screenshot,
  SKIP_NOTE,
} from '../../../dashboard/test/browser.js';
import { CASE, GTIN } from '../../../../libs/index/testing/test-events.js';
import { startTestPostgres, type TestPostgres } from '../../../../libs/index/testing/test-postgres.js';
import type { TestApp } from '../start-test-app.js';
import { HOSTILE_GTIN, HOSTILE_SERIAL, path, recordGoods, type RecordedGoods } from './recorded-goods.js';

const describeWithChromium = CHROMIUM === undefined ? describe.skip : describe;
const PHONE = { width: 360, height: 740 };

/** Each look that a page can have. */
const PAGES: readonly (readonly [name: string, path: string])[] = [
  ['ok', path('OK1', 'L1')],
  ['recalled', path('RECALLED1')],
  ['expired', path('EXPIRED1')],
  ['disputed', path('DISPUTED1')],
  ['unknown', path('NEVER1')],
  ['product', `/01/${GTIN}`],
  ['case', new URL(CASE).pathname],
  ['stranger', path('STRANGER1')],
  ['not-a-code', '/01/09521101530002/21/1'],
  ['hostile', `/01/${HOSTILE_GTIN}/21/${encodeURIComponent(HOSTILE_SERIAL)}`],
];

/** With a colour of their own. */
const COLOURED = ['ok', 'recalled', 'disputed', 'unknown'];

describeWithChromium(`the public page in Chromium${SKIP_NOTE}`, () => {
  let postgres: TestPostgres;
  let goods: RecordedGoods;
  let t: TestApp;
  let browser: Browser;
  let url: string;

  beforeAll(async () => {
    [postgres, browser] = await Promise.all([startTestPostgres(process.env['DATABASE_URL']), launchBrowser()]);
    goods = await recordGoods(postgres);
    t = await goods.serve({ publicPage: { shows: ['organizations', 'places', 'quantities'] } });
    await t.app.listen(0, '127.0.0.1');
    url = `http://127.0.0.1:${(t.app.getHttpServer().address() as AddressInfo).port}`;
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await t?.close();
    await goods?.close();
    await postgres?.stop();
  }, 20_000);

  /** A phone, and what its browser complained of or asked for elsewhere. */
  async function phone(language: 'en' | 'zh', javaScriptEnabled = true) {
    const context = await browser.newContext({
      viewport: PHONE,
      locale: language === 'zh' ? 'zh-CN' : 'en-GB',
      javaScriptEnabled,
    });
    const page = await context.newPage();
    const faults: string[] = [];
    const requests: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      const isStatusOfPage = /Failed to load resource.*(404|400)/.test(message.text());
      if (message.type() === 'error' && !isStatusOfPage) faults.push(message.text());
    });
    page.on('dialog', (dialog) => {
      faults.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => requests.push(request.url()));
    return { context, page, faults, requests };
  }

  it.each(LANGUAGES)(
    'keeps nobody out in %s, light and dark, and fits a phone of 360 px',
    async (language) => {
      const { context, page, faults, requests } = await phone(language);
      const found: Record<string, string[]> = {};
      for (const [name, at] of PAGES) {
        await page.goto(url + at);
        await openAll(page);
        for (const colorScheme of COLOURED.includes(name) ? (['light', 'dark'] as const) : (['light'] as const)) {
          await page.emulateMedia({ colorScheme });
          const problems = await barriers(page);
          if (problems.length > 0) found[`${name} ${colorScheme}`] = problems;
          await screenshot(page, `public-${name}-${language}-${colorScheme}`);
        }
        expect({ name, overflow: await overflow(page) }).toEqual({ name, overflow: 0 });
      }
      expect(found).toEqual({});
      expect(await page.locator('html').getAttribute('lang')).toBe(language === 'zh' ? 'zh-Hans' : 'en');
      expect(faults).toEqual([]);
      // One document each, and nothing else from anywhere; `data:` is the icon that is none.
      expect(requests.filter((request) => !request.startsWith('data:'))).toEqual(PAGES.map(([, at]) => url + at));
      expect(await context.cookies()).toEqual([]);
      await context.close();
    },
    60_000,
  );

  it('is the same without JavaScript: status, steps, entries, the other language', async () => {
    const { context, page, faults } = await phone('en', false);
    await page.goto(url + path('RECALLED1'));
    expect(await page.locator('h1').innerText()).toBe('RECALLED');
    await page.goto(`${url}${path('OK1')}?17=271231`);
    expect(await page.locator('h1').innerText()).toBe('OK');
    await page.locator('li', { hasText: 'Handed over' }).locator('summary').click();
    for (const entryId of goods.handover) expect(await page.getByText(entryId).isVisible()).toBe(true);
    await page.getByRole('link', { name: '简体中文' }).click();
    expect(await page.locator('h1').innerText()).toBe('正常 OK');
    expect(new URL(page.url()).search).toBe('?17=271231&lang=zh');
    expect(faults).toEqual([]);
    await context.close();
  }, 30_000);

  it('shows the status before anything else, without scrolling', async () => {
    const { context, page } = await phone('zh');
    for (const [, at] of PAGES) {
      await page.goto(url + at);
      const box = await page.locator('h1').boundingBox();
      expect(box?.y).toBeLessThan(120);
    }
    await context.close();
  }, 30_000);

  it('can be used with the keyboard alone', async () => {
    const { context, page } = await phone('en');
    await page.goto(url + path('OK1'));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.locator('details[open]').count()).toBe(1);
    await context.close();
  }, 30_000);
});

async function openAll(page: Page): Promise<void> {
  await page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = true; })');
}

/** Pixels that one would have to scroll sideways. */
async function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
