import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startTestNetwork, type TestNetwork } from '../../cli/test/e2e/test-network.js';
import {
  barriers,
  CHROMIUM,
  LANGUAGES,
  launchBrowser,
  newVisitor,
  screenshot,
  settled,
  signIn,
  SKIP_NOTE,
  visit,
} from './browser.js';

const describeWithChromium = CHROMIUM === undefined ? describe.skip : describe;

describeWithChromium(`the dashboard in Chromium${SKIP_NOTE}`, () => {
  let test: TestNetwork;
  let browser: Browser;
  let url: string;
  let apiKey: string;

  beforeAll(async () => {
    [test, browser] = await Promise.all([startTestNetwork(), launchBrowser()]);
    const [maker] = test.network.network.organizations;
    url = maker?.api ?? '';
    apiKey = maker?.apiKey ?? '';
    await test.clients[0]?.post('/api/v1/products', { gtin: '09521001000017', name: 'Olive oil, 500 ml' });
    const { body } =
      (await test.clients[0]?.post('/api/v1/items', { gtin: '09521001000017', serials: ['S1', 'S2'], lot: 'L1' })) ??
      {};
    await test.clients[0]?.until(
      '/api/v1/network',
      ({ indexHeight }) => (indexHeight as number) >= (body?.['height'] as number),
    );
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await test?.remove();
  }, 20_000);

  const PAGES: readonly [name: string, path: string][] = [
    ['home', '/'],
    ['items', '/items'],
    ['chain', '/chain'],
    ['not-found', '/nowhere'],
  ];

  it.each(LANGUAGES)(
    'shows every page in %s, light and dark, with nothing that axe calls serious or critical',
    async (language) => {
      const visitor = await newVisitor(browser, language);
      const { page, faults } = visitor;
      await page.goto(url);
      await settled(page);
      const found: Record<string, string[]> = {};
      const look = async (name: string): Promise<void> => {
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          found[`${name} ${colorScheme}`] = await barriers(page);
          await screenshot(page, `${name}-${language}-${colorScheme}`);
        }
      };
      await look('login');
      await signIn(visitor, url, apiKey);
      for (const [name, path] of PAGES) {
        await visit(visitor, path);
        await look(name);
      }
      expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([]);
      expect(await page.locator('html').getAttribute('lang')).toBe(language === 'zh' ? 'zh-Hans' : 'en');
      expect(faults).toEqual([]);
      await visitor.context.close();
    },
    60_000,
  );

  it('refuses a wrong key in words, and lets in who has the right one, to the page that was asked for', async () => {
    const visitor = await newVisitor(browser, 'en');
    const { page } = visitor;
    await page.goto(`${url}/chain`);
    await page.locator('input[type=password]').fill('not-the-key');
    await page.keyboard.press('Enter');
    await page.getByText('This key is not the organisation’s.').waitFor();
    await page.locator('input[type=password]').fill(apiKey);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Chain' }).waitFor();
    await visitor.context.close();
  }, 20_000);

  it('can be used with the keyboard alone: skip link, search box, language', async () => {
    const visitor = await newVisitor(browser, 'en');
    const { page } = visitor;
    await signIn(visitor, url, apiKey);
    await page.locator('main').focus();
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.getAttribute("type")')).toBe('search');
    await page.keyboard.type('#1');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/chain/blocks/1');
    await page.getByRole('button', { name: 'Language' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: '简体中文' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: '区块链' }).waitFor();
    await visitor.context.close();
  }, 20_000);
});
