import { existsSync, readFileSync } from 'node:fs';
import type { Browser, CDPSession } from 'playwright-core';
import { layoutOf } from '../../cli/src/dev/layout.js';
import type { TestNetwork } from '../../cli/test/e2e/test-network.js';
import { newVisitor, settled, until, type Visitor } from './browser.js';

const WAIT_MS = 10_000;

/** Somebody with a device that has passkeys. */
export interface Person extends Visitor {
  /** Of their organisation's node, by the name to which passkeys are bound. */
  readonly url: string;
  /** Whether the device will recognise its user when it asks next. */
  recognise(isRecognised: boolean): Promise<void>;
}

/** The one-time link that the node of organisation k wrote at its start. */
export async function firstAdminLink({ network }: TestNetwork, k: number): Promise<string> {
  const path = layoutOf(network.dataDir).node(k).firstAdminLink;
  await until(() => Promise.resolve(existsSync(path)));
  return readFileSync(path, 'utf8').trim();
}

/** A fresh browser with Chromium's virtual authenticator. */
export async function newPerson(browser: Browser, link: string): Promise<Person> {
  const visitor = await newVisitor(browser, 'en');
  // What does not appear by then never will; the test then says what it waited for.
  visitor.page.setDefaultTimeout(WAIT_MS);
  const devices: CDPSession = await visitor.context.newCDPSession(visitor.page);
  await devices.send('WebAuthn.enable');
  const { authenticatorId } = await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    ...visitor,
    url: new URL(link).origin,
    async recognise(isUserVerified) {
      await devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
  };
}

/** Opens a link and makes the passkey. @param name - undefined when the link knows it */
export async function enrol({ page }: Person, link: string, name?: string): Promise<void> {
  await page.goto(link);
  if (name !== undefined) await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Make my passkey' }).click();
  await page.getByRole('button', { name: /^Signed in: / }).waitFor();
  await settled(page);
}
