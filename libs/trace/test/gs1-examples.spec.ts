import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { epcisEntries, EVENT, EVENT_DECLARATION } from '#trace';
import { TrialLedger, TRADERS } from './trial-ledger.js';

// GS1's documents lie beside the repository; they are read there and never copied into it.
const STANDARDS = join(dirname(fileURLToPath(import.meta.url)), '../../../../shared/standards/gs1');
const FOLDER = join(STANDARDS, 'examples/JSON');
const isThere = existsSync(FOLDER);
const suite = isThere ? describe : describe.skip;
const NAME = `the example documents of GS1${isThere ? '' : ' (skipped: ../shared/standards/gs1 is absent)'}`;

/** The published documents in path order; an EPCISQueryDocument is an answer, not something to capture. */
function documents(): { path: string; bytes: Uint8Array }[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.jsonld'))
    .sort()
    .map((path) => ({ path, bytes: new Uint8Array(readFileSync(join(FOLDER, path))) }))
    .filter(({ bytes }) => !Buffer.from(bytes).includes('"EPCISQueryDocument"'));
}

suite(NAME, () => {
  it('hold 54 events, of which 48 are recorded and six refused because their eventID exists', () => {
    const ledger = new TrialLedger();
    const refused: string[] = [];
    let events = 0;
    for (const [i, { path, bytes }] of documents().entries()) {
      const drafts = epcisEntries(bytes, 'proceed');
      if (!drafts.ok) throw new Error(`${path}: ${drafts.code} ${drafts.detail}`);
      for (const [position, draft] of drafts.value.entries()) {
        events++;
        const result = ledger.submit(TRADERS[i % TRADERS.length] as (typeof TRADERS)[number], draft);
        if (!result.ok) {
          expect(result.code).toBe('EPCIS_EVENT_EXISTS');
          expect(result.detail).toContain(draft.subject);
          refused.push(`${basename(path)}#${position}`);
        }
      }
    }
    expect(events).toBe(54);
    const golden = JSON.parse(readFileSync(join(STANDARDS, 'golden-query-counts.json'), 'utf8')) as {
      refused: string[];
    };
    expect(refused).toHaveLength(6);
    expect(refused.sort()).toEqual(golden.refused.sort());
    expect(ledger.ids(EVENT).length + ledger.ids(EVENT_DECLARATION).length).toBe(48);
  });

  it('are refused whole in rollback mode when one of their events is recorded already', () => {
    const ledger = new TrialLedger();
    let recorded = 0;
    for (const { bytes } of documents()) {
      const drafts = epcisEntries(bytes, 'rollback');
      if (!drafts.ok) throw new Error(drafts.code);
      expect(drafts.value).toHaveLength(1);
      if (ledger.submit(TRADERS[0], drafts.value[0] as (typeof drafts.value)[0]).ok) recorded++;
    }
    expect(recorded).toBe(41);
  });
});
