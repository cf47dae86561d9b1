import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { epcisEntries, EVENT, EVENT_DECLARATION } from '#trace';
import { TrialLedger, TRADERS } from './trial-ledger.js';

const FOLDER = join(process.cwd(), '../shared/standards/gs1/examples/JSON');
const suite = existsSync(FOLDER) ? describe : describe.skip;

/** The published documents in path order; an EPCISQueryDocument is an answer, not something to capture. */
function documents(): { path: string; bytes: Uint8Array }[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.jsonld'))
    .sort()
    .map((path) => ({ path, bytes: new Uint8Array(readFileSync(join(FOLDER, path))) }))
    .filter(({ bytes }) => !Buffer.from(bytes).includes('"EPCISQueryDocument"'));
}

suite('the example documents of GS1 (skipped when ../shared/standards is absent)', () => {
  it('hold 54 events, of which 48 are recorded and six refused because their eventID exists', () => {
    const ledger = new TrialLedger();
    const refused: string[] = [];
    let events = 0;
    for (const [i, { path, bytes }] of documents().entries()) {
      const drafts = epcisEntries(bytes, 'proceed');
      if (!drafts.ok) throw new Error(`${path}: ${drafts.code} ${drafts.detail}`);
      for (const draft of drafts.value) {
        events++;
        const result = ledger.submit(TRADERS[i % TRADERS.length] as (typeof TRADERS)[number], draft);
        if (!result.ok) {
          expect(result.code).toBe('EPCIS_EVENT_EXISTS');
          expect(result.detail).toContain(draft.subject);
          refused.push(draft.subject.slice(0, 24));
        }
      }
    }
    expect(events).toBe(54);
    expect(refused).toHaveLength(6);
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
