import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { playStory } from '../../cli/src/demo/story.js';
import { startTestNetwork, type TestNetwork } from '../../cli/test/e2e/test-network.js';
import {
  barriers,
  CHROMIUM,
  LANGUAGES,
  launchBrowser,
  lookAt,
  newVisitor,
  screenshot,
  settled,
  signIn,
  SKIP_NOTE,
  until,
  visit,
  type Visitor,
} from './browser.js';

const describeWithChromium = CHROMIUM === undefined ? describe.skip : describe;

describeWithChromium(`the dashboard in Chromium${SKIP_NOTE}`, () => {
  let test: TestNetwork;
  let browser: Browser;
  let url: string;
  let apiKey: string;
  /** One of the 24 items of the demo story, and the entry that packed it. */
  let item: string;
  let entryId: string;

  beforeAll(async () => {
    [test, browser] = await Promise.all([startTestNetwork(), launchBrowser()]);
    const { network } = test.network;
    url = network.organizations[0]?.api ?? '';
    apiKey = network.organizations[0]?.apiKey ?? '';
    const ending = await playStory(network, Date.now, () => undefined);
    item = ending.item;
    entryId = ending.events[1]?.entryId ?? '';
    const height = ending.events.at(-1)?.height ?? 0;
    await test.clients[0]?.until('/api/v1/network', ({ indexHeight }) => (indexHeight as number) >= height);
  }, 90_000);

  afterAll(async () => {
    await browser?.close();
    await test?.remove();
  }, 20_000);

  async function signedIn(language: 'en' | 'zh' = 'en', width?: number): Promise<Visitor> {
    const visitor = await newVisitor(browser, language, width);
    await signIn(visitor, url, apiKey);
    return visitor;
  }

  const pages = (): readonly [name: string, path: string][] => [
    ['home', '/'],
    ['items', '/items?q=4711'],
    ['journey', `/items/item?id=${encodeURIComponent(item)}`],
    ['trace', `/items/item?tab=trace&id=${encodeURIComponent(item)}`],
    ['custody', `/items/item?tab=custody&id=${encodeURIComponent(item)}`],
    ['proof', `/items/item?tab=proof&id=${encodeURIComponent(item)}`],
    ['raw', `/items/item?tab=raw&id=${encodeURIComponent(item)}`],
    ['chain', '/chain'],
    ['block', '/chain/blocks/3'],
    ['entry', `/chain/entries/${entryId}`],
    ['not-found', '/nowhere'],
  ];

  it.each(LANGUAGES)(
    'shows every page in %s, light and dark, with nothing that axe calls serious or critical and no fault in the console',
    async (language) => {
      const visitor = await newVisitor(browser, language);
      const { page, faults } = visitor;
      await page.goto(url);
      await settled(page);
      const found: Record<string, string[]> = {};
      const look = async (name: string): Promise<void> => {
        await lookAt(page, 'light');
        found[`${name} light`] = await barriers(page);
        await screenshot(page, `${name}-${language}-light`);
        // The other colours change nothing but colours.
        await lookAt(page, 'dark');
        found[`${name} dark`] = await barriers(page, ['color-contrast']);
        await screenshot(page, `${name}-${language}-dark`);
      };
      await look('login');
      await signIn(visitor, url, apiKey);
      for (const [name, path] of pages()) {
        await visit(visitor, path);
        await look(name);
      }
      expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([]);
      expect(await page.locator('html').getAttribute('lang')).toBe(language === 'zh' ? 'zh-Hans' : 'en');
      expect(faults).toEqual([]);
      await visitor.context.close();
    },
    150_000,
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
  }, 30_000);

  it('can be used with the keyboard alone: skip link, search box, language', async () => {
    const visitor = await signedIn();
    const { page } = visitor;
    await page.evaluate('document.body.focus()');
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
    await page.getByRole('link', { name: '跳到正文' }).focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    await visitor.context.close();
  }, 30_000);

  it('finds a thing by its bare serial number, and says what is wrong with a mistyped GTIN', async () => {
    const visitor = await signedIn();
    const { page } = visitor;
    const search = page.getByRole('searchbox');
    await search.fill(item.split('/').at(-1) ?? '');
    await search.press('Enter');
    await page
      .locator('main')
      .getByRole('link', { name: item.split('/').at(-1) ?? '' })
      .click();
    await page.getByText('Confirmed by both').first().waitFor();
    await search.fill('09521001000018');
    await search.press('Enter');
    await page.getByText('The check digit of 09521001000018 is wrong').waitFor();
    await visitor.context.close();
  }, 30_000);

  it('checks a proof in the page, and notices a changed byte', async () => {
    const visitor = await signedIn();
    const { page } = visitor;
    await visit(visitor, `/chain/entries/${entryId}`);
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText('All checks hold').waitFor();
    expect(await page.locator('.verify-steps li[data-ok="true"]').count()).toBe(5);
    await page.getByRole('button', { name: 'Change one byte' }).click();
    await page.getByText('A check fails').waitFor();
    expect(await page.locator('.verify-steps li[data-ok="false"]').allInnerTexts()).toEqual([
      expect.stringContaining('The bytes are this entry'),
    ]);
    await visit(visitor, `/items/item?tab=proof&id=${encodeURIComponent(item)}`);
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText('Nothing is left out').waitFor();
    await page.getByText('All checks hold').waitFor();
    await visitor.context.close();
  }, 30_000);

  it('draws the trace, says the same as a table, and gives both as files', async () => {
    const visitor = await signedIn();
    const { page } = visitor;
    await visit(visitor, `/items/item?tab=trace&id=${encodeURIComponent(item)}`);
    await page.locator('.trace-node[data-subject]').waitFor();
    const saved = async (name: string): Promise<string> => {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name, exact: true }).click(),
      ]);
      return readFileSync(await file.path(), 'latin1');
    };
    expect(await saved('SVG')).toMatch(/^<svg xmlns=/);
    expect(await saved('PNG')).toMatch(/^.PNG/);
    await page.getByText('Table', { exact: true }).click();
    await page.getByRole('cell', { name: 'packed in' }).waitFor();
    expect(await saved('Export CSV')).toContain(item);
    await visitor.context.close();
  }, 30_000);

  it('keeps filter and order of a table in the address', async () => {
    const visitor = await signedIn();
    const { page } = visitor;
    await visit(visitor, '/chain?filter=carrier&sort=height');
    await page.getByText(/\d+ of \d+ rows/).waitFor();
    expect(await page.getByRole('columnheader', { name: 'Sort by Height' }).getAttribute('aria-sort')).toBe(
      'ascending',
    );
    await page.getByRole('textbox', { name: 'Filter' }).fill('no such thing');
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await page.waitForURL(({ search }) => !search.includes('filter'));
    await visitor.context.close();
  }, 30_000);

  it('shows new blocks without being asked, and says so when the node is away', async () => {
    const visitor = await signedIn();
    const { page } = visitor;
    await page.getByText('Live', { exact: true }).waitFor();
    const heightOf = async (): Promise<number> => Number(await page.locator('.stat-value').first().innerText());
    const before = await heightOf();
    await test.clients[1]?.post('/api/v1/products', { gtin: '09521002000016', name: 'Pallet' });
    await until(async () => (await heightOf()) > before);
    await test.network.stopNode(1);
    await page.getByText('Reconnecting').waitFor();
    await test.network.startNode(1);
    await page.getByText('Live', { exact: true }).waitFor();
    await visitor.context.close();
  }, 60_000);

  it('can be read on a telephone: nothing is wider than 360 px', async () => {
    const visitor = await signedIn('en', 360);
    const { page } = visitor;
    for (const [name, path] of pages()) {
      await visit(visitor, path);
      const width = (await page.evaluate('document.documentElement.scrollWidth')) as number;
      expect({ name, width }).toEqual({ name, width: 360 });
    }
    await screenshot(page, 'telephone');
    await visitor.context.close();
  }, 60_000);
});
