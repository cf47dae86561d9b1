import type { DataSource } from 'typeorm';
import { utf8Encode } from '#codec';
import { project } from '#index';
import type { DecodedEntry } from '#ledger';
import {
  epcisEntries,
  productRegistration,
  transferAcceptance,
  transferCancellation,
  transferOffer,
  transferRejection,
  type EntryDraft,
} from '#trace';
import { gtinOf } from '../../apps/cli/src/demo/identifiers.js';
import { sampleOrganizations } from '../../apps/cli/src/dev/organizations.js';
import { CATALOGUE } from '../../apps/cli/src/seed/catalogue.js';
import { seedDocument } from '../../apps/cli/src/seed/events.js';
import { eventCount, generateSeed } from '../../apps/cli/src/seed/generate-seed.js';
import type { SeedStep } from '../../apps/cli/src/seed/seed.types.js';
import { InMemoryLedger } from './in-memory-ledger.js';

const ORGANIZATIONS = 4;
/** Of one chain in one block. */
const BLOCK_ENTRIES = 100;

/**
 * Writes what `npm run seed` records into an index, without a network: the same documents, judged by the production rules and written by the
 * production projection.
 */
export async function fillIndex(
  dataSource: DataSource,
  options: { readonly events: number; readonly seed: number },
  tell: (sentence: string) => void,
): Promise<void> {
  const organizations = sampleOrganizations(ORGANIZATIONS);
  const parties = organizations.map(({ did, name, gs1CompanyPrefix, gln }) => ({
    did,
    name,
    companyPrefix: gs1CompanyPrefix,
    gln,
  }));
  const ledger = new InMemoryLedger(organizations);
  await project(dataSource, [ledger.genesis]);
  const maker = parties[0] as (typeof parties)[number];
  const registrations = CATALOGUE.flatMap(({ product, raw, half, packaging }) => [product, raw, half, packaging]).map(
    ({ reference, name }) =>
      ledger.entry(maker.did, productRegistration({ gtin: gtinOf(maker.companyPrefix, reference), name })),
  );
  await project(dataSource, [ledger.append(registrations)]);

  const startedAt = performance.now();
  let done = 0;
  let toldAt = startedAt;
  // The next block is made while PostgreSQL writes the one before.
  let writing: Promise<unknown> = Promise.resolve();
  for (const { steps } of generateSeed({ ...options, parties })) {
    const entries = steps.flatMap((step) => entriesOf(ledger, step));
    for (let from = 0; from < entries.length; from += BLOCK_ENTRIES) {
      const block = ledger.append(entries.slice(from, from + BLOCK_ENTRIES));
      await writing;
      writing = project(dataSource, [block]);
    }
    done += eventCount(steps);
    if (performance.now() - toldAt > 10_000) {
      toldAt = performance.now();
      tell(`${done} of ${options.events} events, ${Math.round((done * 1000) / (toldAt - startedAt))} per second`);
    }
  }
  await writing;
}

function entriesOf(ledger: InMemoryLedger, step: SeedStep): DecodedEntry[] {
  if (step.kind === 'capture') {
    const drafts = epcisEntries(utf8Encode(JSON.stringify(seedDocument(step.events))), 'rollback');
    if (!drafts.ok) throw new Error(`${drafts.code}: ${drafts.detail}`);
    return drafts.value.map((draft) => ledger.entry(step.by, draft));
  }
  const { from, to, transfers, items, answer } = step;
  const offer = ledger.entry(from, transferOffer({ items, to, transfers }));
  if (answer.kind === 'none') return [offer];
  const author = answer.kind === 'cancel' ? from : to;
  return [offer, ledger.entry(author, answerDraft(offer.statement.entryId, answer))];
}

type Answer = Exclude<Extract<SeedStep, { kind: 'transfer' }>['answer'], { kind: 'none' }>;

function answerDraft(transfer: string, answer: Answer): EntryDraft {
  switch (answer.kind) {
    case 'accept':
      return transferAcceptance({ transfer });
    case 'acceptPart':
      return transferAcceptance({ transfer, accepted: answer.accepted, reason: answer.reason });
    case 'reject':
      return transferRejection({ transfer, reason: answer.reason });
    case 'cancel':
      return transferCancellation({ transfer });
  }
}
