import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** Debian's package `chromium`, or what `CHROMIUM_PATH` names; undefined where there is none: tests of pages are skipped then. */
export const CHROMIUM = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));

/** For the title of a test file, so that skipping is seen. */
export const SKIP_NOTE = CHROMIUM === undefined ? ' (skipped: no Chromium on this machine, see README.md)' : '';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

const SCREENSHOTS = join(tmpdir(), 'lading-screenshots');

export async function launchBrowser(): Promise<Browser> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  // In containers tests run as root, for whom Chromium has no sandbox; the pages are our own.
  return chromium.launch({ executablePath: CHROMIUM as string, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page wrote to its console as an error, and scripts that threw. */
  readonly faults: string[];
}

/** Somebody before a fresh browser, with their own language. */
export async function newVisitor(browser: Browser, language: Language, width = 1280): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // Answers such as 401 before one is in, and 404 while looking for something, are no faults of the page.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(message.text());
  });
  return { page, context, faults };
}

/** Signs in with the organisation's API key. */
export async function signIn({ page }: Visitor, url: string, apiKey: string): Promise<void> {
  await page.goto(url);
  await page.locator('input[type=password]').fill(apiKey);
  await page.keyboard.press('Enter');
  await page.locator('#content h1').waitFor();
}

/** Goes to another page without loading the document anew (the key is in its memory), and waits until nothing is loading. */
export async function visit({ page }: Visitor, path: string): Promise<void> {
  await page.evaluate((to) => {
    const { history, dispatchEvent, PopStateEvent } = globalThis as unknown as {
      history: { pushState(state: null, title: string, path: string): void };
      dispatchEvent(event: object): void;
      PopStateEvent: new (type: string) => object;
    };
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
  await settled(page);
}

/** No request under way and nothing marked as loading. */
export async function settled(page: Page): Promise<void> {
  await page.waitForTimeout(150);
  await page.locator('.mantine-Skeleton-root, .mantine-Loader-root').first().waitFor({ state: 'detached' });
  await page.locator('main h1').waitFor();
}

/** Shows the page in light or dark colours. */
export async function lookAt(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
}

/** What axe finds of the kinds that keep people out, as readable lines. @param rules - all when omitted */
export async function barriers(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
  const { violations } = await (rules === undefined ? axe : axe.withRules(rules)).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary = '' }) => `${id} ${String(target)}: ${failureSummary.split('\n')[1]?.trim() ?? ''}`,
      ),
    );
}

/** Into the system's folder for temporary files, to be looked at. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}

/** Looks again until it is so. */
export async function until(isSo: () => Promise<boolean>, timeoutMs = 15_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`not so after ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
