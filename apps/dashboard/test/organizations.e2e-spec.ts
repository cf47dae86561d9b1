import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startTestNetwork, type TestNetwork } from '../../cli/test/e2e/test-network.js';
import {
  barriers,
  CHROMIUM,
  LANGUAGES,
  launchBrowser,
  lookAt,
  screenshot,
  settled,
  SKIP_NOTE,
  visit,
  type Language,
} from './browser.js';
import { enrol, firstAdminLink, newPerson, type Person } from './people.js';

const describeWithChromium = CHROMIUM === undefined ? describe.skip : describe;

describeWithChromium(`organisations and people in Chromium${SKIP_NOTE}`, () => {
  let test: TestNetwork;
  let browser: Browser;
  /** First admin of organisation 1, signed in. */
  let ada: Person;
  let adasLink: string;
  let retailer: string;
  let proposalPath: string;

  beforeAll(async () => {
    browser = await launchBrowser();
    test = await startTestNetwork();
    retailer = test.clients[3]?.did ?? '';
    adasLink = await firstAdminLink(test, 1);
    ada = await newPerson(browser, adasLink);
    await enrol(ada, adasLink, 'Ada');
  }, 90_000);

  afterAll(async () => {
    await browser?.close();
    await test?.remove();
  }, 30_000);

  it('let the first admin in by a link that works once', async () => {
    const late = await newPerson(browser, adasLink);
    await late.page.goto(adasLink);
    await late.page.getByLabel('Your name').fill('Mallory');
    await late.page.getByRole('button', { name: 'Make my passkey' }).click();
    await late.page.getByText('ACCESS_LINK_INVALID').waitFor();
    await late.context.close();
  }, 30_000);

  it('take a validator out: simulated, proposed and voted on by several organisations, each with a passkey of its own', async () => {
    const { page } = ada;
    await visit(ada, `/organizations/validators?change=remove&did=${retailer}`);
    await page.getByText('After this change 3 validators (now 4): 2 must seal, 0 may fail (now 1).').waitFor();
    await page.getByRole('link', { name: 'Put this to the vote' }).click();
    await page.getByLabel('Reason (optional)').fill('It closes its shops.');
    await page.getByRole('button', { name: 'Open the proposal' }).click();

    await ada.recognise(false);
    await page.getByRole('button', { name: 'Sign and open' }).click();
    await page.getByText('The browser’s question was closed, so nothing was done.').waitFor();
    await page.getByText('ACCESS_PASSKEY_REQUIRED').waitFor();
    await ada.recognise(true);
    await page.getByRole('button', { name: 'Sign and open' }).click();
    await page.getByText('1 of 3 needed say yes').waitFor();
    proposalPath = new URL(page.url()).pathname;
    expect(await page.getByRole('button', { name: 'Vote yes' }).count()).toBe(0);

    const link = await firstAdminLink(test, 2);
    const bo = await newPerson(browser, link);
    await enrol(bo, link, 'Bo');
    await visit(bo, '/proposals?state=open');
    await bo.page.getByRole('link', { name: 'Take Retailer out of the validators.' }).click();
    await bo.page.getByText('Reason: It closes its shops.').waitFor();
    await bo.page.getByRole('button', { name: 'Vote yes' }).click();
    await bo.page.getByRole('button', { name: 'Sign: yes' }).click();
    await bo.page.getByText('Your organisation has voted: Yes.').waitFor();
    await bo.context.close();

    // The ballot that decides comes from a system of the third organisation.
    const vote = await test.clients[2]?.post(`/api/v1${proposalPath}/votes`, { choice: 'yes' });
    expect(vote?.status).toBe(201);
    await page.getByText('3 of 3 needed say yes').waitFor();
    await page.getByText(/In effect since block \d+/).waitFor();
    await visit(ada, `/organizations/${retailer}`);
    await page.getByRole('heading', { name: 'How it came about' }).waitFor();
    await page.getByRole('link', { name: 'Take Retailer out of the validators.' }).waitFor();
    await visit(ada, '/organizations/validators');
    await page.getByText('2 of 3 must seal each block').waitFor();
  }, 90_000);

  it('invite another organisation with a ticket that is shown once', async () => {
    const { page } = ada;
    await visit(ada, '/organizations/invite');
    await page.getByLabel(/^Organisation/).fill('Grower');
    await page.getByRole('button', { name: 'Make the ticket' }).click();
    await page.getByText(/^lading-invite:/).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as a file' }).click();
    expect((await download).suggestedFilename()).toBe('lading-invitation.txt');
    expect(
      await page
        .getByRole('img', { name: /QR code/ })
        .evaluate((image) => (image as unknown as { readonly naturalWidth: number }).naturalWidth),
    ).toBeGreaterThan(0);
    await screenshot(page, 'ticket-en-light');
    await page.getByRole('link', { name: 'See invitations and requests' }).click();
    await page.getByRole('region', { name: 'Invitations given out' }).getByText('Grower').waitFor();
    expect(await page.getByText(/^lading-invite:/).count()).toBe(0);
  }, 30_000);

  it('show what a revocation puts in doubt before it is signed, and afterwards the key as revoked', async () => {
    const { page } = ada;
    const registered = await test.clients[0]?.post('/api/v1/products', { gtin: '09521001000017', name: 'Olive oil' });
    expect(registered?.status).toBe(201);
    await visit(ada, '/organizations/keys/revoke');
    await page.getByRole('combobox', { name: /^Key/ }).click();
    await page.getByRole('option', { name: /^Signing key/ }).click();
    await page.getByLabel(/^Not trusted from block/).fill(String(registered?.body['height']));
    await page.getByText('1 entry would become disputed').waitFor();
    await page.getByText('product.register · 1').waitFor();
    expect(await page.getByRole('button', { name: 'Revoke the key' }).isDisabled()).toBe(true);
    await page.getByLabel(/^Reason/).fill('The laptop with the key was stolen.');
    await screenshot(page, 'revocation-en-light');
    await page.getByRole('button', { name: 'Revoke the key' }).click();
    await page.getByRole('button', { name: 'Sign and revoke' }).click();
    await page.getByRole('link', { name: 'See all keys' }).click();
    await page
      .getByRole('region', { name: /^Keys of/ })
      .getByText('Revoked')
      .waitFor();
    const entry = await test.clients[0]?.get(`/api/v1/products/09521001000017`);
    expect(JSON.stringify(entry?.body)).toContain('"disputed":true');
  }, 60_000);

  it('rotate a key: the old one stays beside the new one for a while', async () => {
    const { page } = ada;
    await visit(ada, '/organizations/keys/rotate?purpose=admin');
    await page.getByRole('button', { name: 'Rotate the key' }).click();
    await page.getByRole('button', { name: 'Sign and rotate' }).click();
    await page.getByRole('link', { name: 'See all keys' }).click();
    await page
      .getByRole('region', { name: /^Keys of/ })
      .getByText('Being replaced')
      .waitFor();
  }, 30_000);

  it('give people and systems their ways in, shown once, and put it on record', async () => {
    const { page } = ada;
    await visit(ada, '/people');
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    await page.getByLabel(/^Name/).fill('Cleo');
    await page.getByLabel('Quality', { exact: true }).check();
    await page.getByRole('button', { name: 'Make the link' }).click();
    const link = (await page.locator('[data-secret]').textContent()) ?? '';
    await page.getByRole('button', { name: 'I have kept it' }).click();
    const cleo = await newPerson(browser, link);
    await enrol(cleo, link);
    await visit(cleo, '/people');
    await cleo.page.getByText('You can look, but not act here: that takes the permission “admin”.').waitFor();
    await cleo.context.close();

    await visit(ada, '/people/services');
    await page.getByRole('button', { name: 'Create an account' }).click();
    await page.getByLabel(/^Name/).fill('ERP');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByRole('button', { name: 'Make the key' }).click();
    const secret = (await page.locator('[data-secret]').textContent()) ?? '';
    await page.getByRole('button', { name: 'I have kept it' }).click();
    const answer = await fetch(`${ada.url}/api/v1/session`, { headers: { authorization: `Bearer ${secret}` } });
    expect(await answer.json()).toMatchObject({ caller: { kind: 'service', name: 'ERP' }, scopes: ['read'] });
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End', exact: true }).click();
    await page.getByText('The key is ended').waitFor();
    const refused = await fetch(`${ada.url}/api/v1/session`, { headers: { authorization: `Bearer ${secret}` } });
    expect(refused.status).toBe(401);

    await visit(ada, '/audit?action=person.invited');
    await page.getByRole('region', { name: 'Audit log' }).getByText('person.invited').waitFor();
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText(/^Intact: \d+ events/).waitFor();
  }, 90_000);

  it('let one out and in again with the passkey, by the keyboard alone', async () => {
    const { page } = ada;
    await visit(ada, '/people/me');
    await page.getByRole('button', { name: 'Signed in: Ada' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    await page.getByRole('menuitem', { name: 'Sign out' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Signed in: Ada' }).waitFor();
    await page.getByRole('heading', { level: 1, name: 'My passkeys and sessions' }).waitFor();
  }, 30_000);

  const pages = (): readonly [name: string, path: string][] => [
    ['organizations', '/organizations'],
    ['organization', '/organizations/self'],
    ['validators', `/organizations/validators?change=add&did=${retailer}`],
    ['invitations', '/organizations/invitations'],
    ['invite', '/organizations/invite'],
    ['rotate', '/organizations/keys/rotate'],
    ['revoke', '/organizations/keys/revoke'],
    ['proposals', '/proposals'],
    ['proposal', proposalPath],
    ['new-proposal', `/proposals/new?kind=validators.change&change=add&did=${retailer}`],
    ['new-parameters', '/proposals/new?kind=parameters.change'],
    ['people', '/people'],
    ['me', '/people/me'],
    ['services', '/people/services'],
    ['audit', '/audit'],
  ];

  it.each(LANGUAGES)(
    'have pages in %s, light and dark, with nothing that axe calls serious or critical',
    async (language: Language) => {
      const { page } = ada;
      await page.evaluate(`localStorage.setItem('lading-language', '${language}')`);
      await page.goto(ada.url);
      await settled(page);
      const found: Record<string, string[]> = {};
      for (const [name, path] of pages()) {
        await visit(ada, path);
        await lookAt(page, 'light');
        found[`${name} light`] = await barriers(page);
        await screenshot(page, `${name}-${language}-light`);
        // The other colours change nothing but colours, and those are the same in every language.
        if (language !== 'en') continue;
        await lookAt(page, 'dark');
        found[`${name} dark`] = await barriers(page, ['color-contrast']);
        await screenshot(page, `${name}-${language}-dark`);
      }
      expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([]);
      expect(ada.faults).toEqual([]);
    },
    120_000,
  );
});
