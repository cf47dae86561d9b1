import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
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
  type Visitor,
} from './browser.js';
import { workbook } from './workbook.js';

const describeWithChromium = CHROMIUM === undefined ? describe.skip : describe;
const GTIN = '09521001000017';
const LINK = `https://id.gs1.org/01/${GTIN}`;
const SSCC = 'https://id.gs1.org/00/095210010000000017';
const CONTEXT = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'];

describeWithChromium(`products, transfers and recalls in Chromium${SKIP_NOTE}`, () => {
  let test: TestNetwork;
  let browser: Browser;
  /** Paths of what the first tests made, for the pages that the later ones look at. */
  let transferPath = '';
  let recallPath = '';

  beforeAll(async () => {
    [test, browser] = await Promise.all([startTestNetwork(), launchBrowser()]);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await test?.remove();
  }, 20_000);

  const urlOf = (k: number): string => test.network.network.organizations[k]?.api ?? '';

  async function enter(k: number, language: 'en' | 'zh' = 'en', width = 1280): Promise<Visitor> {
    const visitor = await newVisitor(browser, language, width);
    await signIn(visitor, urlOf(k), test.network.network.organizations[k]?.apiKey ?? '');
    return visitor;
  }

  /** Until the node of organisation k reads what another has written. */
  async function caughtUp(k: number): Promise<void> {
    const answers = await Promise.all(test.clients.map((client) => client.get('/api/v1/network')));
    const height = Math.max(...answers.map(({ body }) => body['height'] as number));
    await test.clients[k]?.until('/api/v1/network', ({ indexHeight }) => (indexHeight as number) >= height);
  }

  it('a product is registered, items are commissioned and offered, a part is accepted, and the trace shows it', async () => {
    const maker = await enter(0);
    const { page } = maker;
    await visit(maker, '/products/new');
    await page.getByRole('textbox', { name: 'GTIN' }).fill('9521001000018');
    await page.getByText('it would have to be 7').waitFor();
    await page.getByRole('button', { name: 'Use 9521001000017' }).click();
    await page.getByText(`Recorded as ${GTIN}`).waitFor();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Olive oil, 500 ml');
    await page.getByRole('textbox', { name: 'Name in Chinese' }).fill('橄榄油 500 毫升');
    await page.getByRole('button', { name: 'Sign and register' }).click();
    await page.getByRole('heading', { level: 1, name: 'Olive oil, 500 ml' }).waitFor();

    await page.getByRole('textbox', { name: 'Serial numbers' }).fill('S1..S3');
    await page.getByRole('textbox', { name: /^Lot/ }).fill('L1');
    await page.getByRole('button', { name: 'Commission' }).click();
    await page.getByText(/3 things commissioned in block \d+/).waitFor();
    await page.getByRole('link', { name: 'Offer them to someone' }).click();

    await page.getByText('3 selected').waitFor();
    await page.getByText('Can be offered').nth(2).waitFor();
    await page.getByRole('combobox', { name: 'Receiver' }).click();
    await page.getByRole('option', { name: 'Carrier' }).click();
    await page.getByRole('textbox', { name: 'Reference' }).fill('PO 7');
    await page.getByRole('button', { name: 'Sign and offer' }).click();
    await page.getByRole('heading', { level: 1, name: 'From Maker to Carrier' }).waitFor();
    transferPath = new URL(page.url()).pathname;
    await caughtUp(1);

    // The receiver works on a telephone.
    const carrier = await enter(1, 'en', 360);
    await visit(carrier, '/transfers');
    await carrier.page.getByRole('link', { name: transferPath.slice(-64, -54) }).click();
    await carrier.page.getByRole('checkbox', { name: 'Line 2: received' }).uncheck();
    await carrier.page.getByRole('combobox', { name: 'Line 2: why not' }).selectOption('damaged');
    expect(await overflow(carrier.page)).toBe(0);
    await screenshot(carrier.page, 'transfer-answer-360-en');
    await carrier.page.getByRole('textbox', { name: 'Note' }).fill('The case was open.');
    await carrier.page.getByRole('button', { name: 'Accept 2 of 3 lines' }).click();
    await carrier.page.getByText('Partly accepted').first().waitFor();
    await carrier.page.getByText('Not accepted · Damaged').waitFor();
    expect(carrier.faults).toEqual([]);
    await carrier.context.close();
    await caughtUp(0);

    await visit(maker, '/transfers?tab=disputed');
    await page.getByText('Partly accepted').waitFor();
    await visit(maker, `/items/item?id=${encodeURIComponent(`${LINK}/21/S1`)}`);
    await page.getByText('Carrier').first().waitFor();
    const { body } = (await test.clients[0]?.get(`/api/v1/items/${encodeURIComponent(`${LINK}/21/S2`)}`)) ?? {};
    expect(body?.['owner']).toBe('did:web:maker.example');
    await visit(maker, `/items/item?id=${encodeURIComponent(`${LINK}/21/S1`)}&tab=trace`);
    await page.getByText('S1', { exact: true }).first().waitFor();
    await page.getByText('Carrier').first().waitFor();
    expect(maker.faults).toEqual([]);
    await maker.context.close();
  }, 90_000);

  it('a container is offered as a whole tree, refused by the receiver with the keyboard alone, and taken back when offered again', async () => {
    const [client] = test.clients;
    await client?.post('/api/v1/items', { gtin: GTIN, serials: ['C1', 'C2'] });
    const packed = await client?.post('/epcis/events', {
      '@context': CONTEXT,
      type: 'AggregationEvent',
      action: 'ADD',
      parentID: SSCC,
      childEPCs: [`${LINK}/21/C1`, `${LINK}/21/C2`],
      eventTime: '2026-02-01T09:00:00Z',
      eventTimeZoneOffset: '+00:00',
    });
    expect(packed?.status).toBe(201);
    await caughtUp(0);
    const maker = await enter(0);
    const { page } = maker;
    await visit(maker, '/transfers/new');
    await page.getByRole('textbox', { name: 'Items' }).fill(`${SSCC} ${LINK}/21/C1 12`);
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText(/12 is a serial number or lot/).waitFor();
    await page.getByText('3 with what is inside').waitFor();
    await page.getByText('Is inside another').waitFor();
    await page.getByRole('button', { name: 'Remove C1' }).click();
    const offer = async (): Promise<void> => {
      await page.getByRole('combobox', { name: 'Receiver' }).click();
      await page.getByRole('option', { name: 'Retailer' }).click();
      await page.getByRole('button', { name: 'Sign and offer' }).click();
      await page.getByRole('heading', { level: 1, name: 'From Maker to Retailer' }).waitFor();
    };
    await offer();
    await page.getByText('2 things inside').first().waitFor();
    const path = new URL(page.url()).pathname;
    await caughtUp(3);

    const retailer = await enter(3);
    await visit(retailer, path);
    await retailer.page.getByRole('checkbox', { name: 'Line 1: received' }).focus();
    await retailer.page.keyboard.press('Space');
    await retailer.page.getByText('this rejects the whole offer').waitFor();
    await retailer.page.getByRole('button', { name: 'Reject everything' }).focus();
    await retailer.page.keyboard.press('Enter');
    await retailer.page.getByText('Not accepted · Missing').waitFor();
    await retailer.context.close();
    await caughtUp(0);

    await visit(maker, `/transfers/new?items=${encodeURIComponent(SSCC)}`);
    await page.getByText('Can be offered').waitFor();
    await offer();
    await page.getByRole('button', { name: 'Cancel this offer' }).click();
    await page.getByRole('button', { name: 'Yes, cancel it' }).click();
    await page.getByText('Cancelled', { exact: true }).first().waitFor();
    expect(maker.faults).toEqual([]);
    await maker.context.close();
  }, 60_000);

  it('a recall is simulated, opened, acknowledged by who holds the goods, and closed', async () => {
    const maker = await enter(0);
    const { page } = maker;
    await visit(maker, '/recalls/new');
    await page.getByRole('textbox', { name: 'Lots and items' }).fill(`(01)${GTIN}(10)L1`);
    await page.getByText(/^4 called back/).waitFor();
    await page
      .getByRole('cell', { name: /Carrier/ })
      .first()
      .waitFor();
    await screenshot(page, 'recall-plan-en');
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Spreadsheet (CSV)' }).click();
    expect((await saved).suggestedFilename()).toBe('recall-impact.csv');
    await page.getByRole('textbox', { name: 'Title' }).fill('Rancid oil');
    await page.getByRole('textbox', { name: 'Reason' }).fill('Peroxide value above the limit');
    await page.getByRole('button', { name: 'Use the template' }).click();
    await page.getByRole('button', { name: 'Sign and open the recall' }).click();
    await page.getByRole('button', { name: 'Yes, open it' }).click();
    await page.getByRole('heading', { level: 1, name: 'Rancid oil' }).waitFor();
    recallPath = new URL(page.url()).pathname;
    await page.getByText('0 / 1').waitFor();
    await caughtUp(1);

    const carrier = await enter(1);
    await visit(carrier, '/recalls');
    await carrier.page.getByRole('link', { name: 'Rancid oil' }).click();
    await carrier.page.getByRole('textbox', { name: 'Found, S1' }).fill('1');
    await carrier.page.getByRole('textbox', { name: 'Destroyed, S1' }).fill('1');
    await carrier.page.getByRole('textbox', { name: 'Note' }).fill('Taken off the shelf.');
    await carrier.page.getByRole('button', { name: 'Sign and acknowledge' }).click();
    await carrier.page.getByText('1 / 1').waitFor();
    expect(carrier.faults).toEqual([]);
    await carrier.context.close();
    await caughtUp(0);

    await visit(maker, recallPath);
    await page.getByText('1 / 1').waitFor();
    await page.getByText('Taken off the shelf.').first().waitFor();
    await page.getByRole('textbox', { name: 'Closing note' }).fill('All found.');
    await page.getByRole('button', { name: 'Close the recall' }).click();
    await page.getByRole('button', { name: 'Yes, close it' }).click();
    await page.getByText('Closed', { exact: true }).first().waitFor();
    expect(maker.faults).toEqual([]);
    await maker.context.close();
  }, 60_000);

  it('an import takes the good rows of a file and gives the others back', async () => {
    const maker = await enter(0);
    const { page } = maker;
    await visit(maker, '/products/import');
    const csv = `gtin,name\n${GTIN},Again\n9521001000024,Soap\n9521001000032,Wrong digit\n`;
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'products.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.getByText('the check digit would have to be 1').waitFor();
    await page.getByRole('button', { name: 'Register 2 products' }).click();
    await page.getByText('1 registered, 1 refused, 1 not right').waitFor();
    await page.getByText('TRACE_PRODUCT_EXISTS').waitFor();
    await screenshot(page, 'import-en');

    const rows = Array.from({ length: 4_000 }, (_unused, index) => [
      index,
      `A product with a rather long name ${index}`,
    ]);
    await page.locator('input[type=file]').setInputFiles({
      name: 'products.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: workbook([['gtin', 'name'], ...rows]),
    });
    await page.getByText('0 of 4000 rows can be registered').waitFor();
    expect(maker.faults.filter((fault) => !fault.includes('409'))).toEqual([]);
    await maker.context.close();
  }, 30_000);

  it('says what the ledger refuses, with its code and what to do', async () => {
    const carrier = await enter(1);
    await visit(carrier, `/recalls/new?targets=${encodeURIComponent(`${LINK}/10/L1`)}`);
    await carrier.page.getByRole('textbox', { name: 'Title' }).fill('Not mine');
    await carrier.page.getByRole('textbox', { name: 'Reason' }).fill('Only a try');
    await carrier.page.getByRole('button', { name: 'Sign and open the recall' }).click();
    await carrier.page.getByRole('button', { name: 'Yes, open it' }).click();
    await carrier.page.getByText('TRACE_NOT_PRODUCT_OWNER').waitFor();
    await carrier.page.getByText('What to do').waitFor();
    await carrier.context.close();
  }, 30_000);

  it.each(LANGUAGES)(
    'every page in %s has nothing that axe calls serious or critical, and those of transfers fit 360 pixels',
    async (language) => {
      const pages: readonly [name: string, path: string][] = [
        ['products', '/products'],
        ['product', `/products/${GTIN}`],
        ['product-new', '/products/new?gtin=9521001000018'],
        ['product-import', '/products/import'],
        ['labels', `/products/${GTIN}/labels?lot=L1&serials=S1..S3`],
        ['transfers', '/transfers?tab=outbox'],
        ['transfers-disputed', '/transfers?tab=disputed'],
        ['transfers-none', '/transfers'],
        ['transfer', transferPath],
        ['transfer-new', `/transfers/new?items=${encodeURIComponent(`${SSCC} ${LINK}/21/S2`)}`],
        ['recalls', '/recalls'],
        ['recall', recallPath],
        ['recall-new', `/recalls/new?targets=${encodeURIComponent(`${LINK}/10/L1`)}`],
      ];
      const visitor = await enter(0, language);
      const { page, faults } = visitor;
      const found: Record<string, string[]> = {};
      const wide: string[] = [];
      for (const [name, path] of pages) {
        await page.setViewportSize({ width: 1280, height: 900 });
        await visit(visitor, path);
        await page.waitForTimeout(300);
        for (const colorScheme of language === 'en' ? (['light', 'dark'] as const) : (['light'] as const)) {
          await page.emulateMedia({ colorScheme });
          await page.waitForTimeout(100);
          found[`${name} ${colorScheme}`] = await barriers(page);
          await screenshot(page, `${name}-${language}-${colorScheme}`);
        }
        if (!name.startsWith('transfer')) continue;
        await page.setViewportSize({ width: 360, height: 780 });
        await settled(page);
        if ((await overflow(page)) > 0) wide.push(name);
        await screenshot(page, `${name}-${language}-360`);
      }
      expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([]);
      expect(wide).toEqual([]);
      expect(faults).toEqual([]);
      await visitor.context.close();
    },
    120_000,
  );
});

/** How many pixels the page is wider than its window. */
function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
