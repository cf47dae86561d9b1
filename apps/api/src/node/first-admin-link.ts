import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { newEnrolmentLink, type AccessRecords, type ActContext } from '#index';
import type { LoadedConfig } from '../config/load-config.js';
import { accessSettings, type AccessSettings } from '../http/auth/access-settings.js';

const FILE = 'first-admin-link';
const LIFETIME_MS = 24 * 3_600_000;
const NODE: ActContext = { actor: { kind: 'node', id: null, name: null }, requestId: null, address: null };

/** At the start, once the database is there: puts on record how people and systems are let in, and offers the link to the first admin. */
export async function openForPeople(
  records: AccessRecords,
  config: Pick<LoadedConfig, 'access' | 'api' | 'dataDir' | 'did' | 'publicReads'>,
  log: Logger,
): Promise<void> {
  const settings = accessSettings(config, config.did);
  const { origin, servicesMayGovern } = settings;
  const { publicReads, dataDir } = config;
  try {
    await records.audit.append(NODE, { action: 'node.started', details: { origin, servicesMayGovern, publicReads } });
    await offerFirstAdmin(records, { settings, dataDir, log });
  } catch (error) {
    // The database may leave again at any moment; the next start offers anew.
    log.warn(
      { reason: error instanceof Error ? error.message : String(error) },
      'no link for the first admin was made',
    );
  }
}

/**
 * Where nobody is admin and no link for the first one is open, makes such a link: into a file that only the node's user reads, and onto
 * the terminal if there is one. Never into the log.
 */
async function offerFirstAdmin(
  records: AccessRecords,
  { settings, dataDir, log }: { readonly settings: AccessSettings; readonly dataDir: string; readonly log: Logger },
): Promise<void> {
  const { link, url } = newEnrolmentLink(settings.origin, LIFETIME_MS);
  const path = join(dataDir, FILE);
  if (!(await records.links.firstAdmin(NODE, link, { replace: false, evenWithAdmin: false }))) {
    const isOpen = (await records.links.open()).some(({ kind }) => kind === 'first-admin');
    if (!isOpen) rmSync(path, { force: true });
    return;
  }
  writeFileSync(path, `${url}\n`, { mode: 0o600 });
  log.warn({ path }, 'nobody is admin yet: open the link in this file within 24 hours, it works once');
  if (process.stderr.isTTY) process.stderr.write(`\nThe first admin enrols here, once, within 24 hours:\n${url}\n\n`);
}
