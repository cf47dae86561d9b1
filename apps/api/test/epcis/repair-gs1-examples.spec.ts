import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AUTHORIZED, startTestApp, type TestApp } from '../start-test-app.js';

// GS1's documents lie beside the repository; they are read there and never copied into it.
const FOLDER = resolve('../shared/standards/gs1/examples/JSON-simple-context');
const isThere = existsSync(FOLDER);
const suite = isThere ? describe : describe.skip;

/** What no repair makes valid, because it has two readings, and where it is wrong. */
const NOT_REPAIRABLE: ReadonlyMap<string, string> = new Map([
  // Of which event the lasting disposition is meant to be, nobody can know.
  ['PersistentDisposition-example.jsonld', 'persistentDisposition'],
  ['WithFullCombinationOfFields/aggregation_event_all_possible_fields.jsonld', 'persistentDisposition'],
  ['WithFullCombinationOfFields/association_event_all_possible_fields.jsonld', 'persistentDisposition'],
  ['WithFullCombinationOfFields/transaction_event_all_possible_fields.jsonld', 'persistentDisposition'],
  // Whether the action or the ilmd is wrong, neither.
  ['WithFullCombinationOfFields/object_event_all_possible_fields.jsonld', 'ilmd'],
]);

interface Answer {
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly { readonly pointer?: string; readonly detail: string }[];
  readonly repairs: readonly { readonly code: string; readonly pointer: string; readonly sentence: string }[];
}

suite(`the simple-context documents of GS1${isThere ? '' : ' (skipped: ../shared/standards is absent)'}`, () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(() => t.close());

  const capture = async (document: Buffer, query = ''): Promise<{ status: number; answer: Answer | undefined }> => {
    const headers = { ...AUTHORIZED, 'content-type': 'application/ld+json' };
    // A node runs so many captures at once; each document is submitted before the next.
    for (;;) {
      const sent = await t.inject({ method: 'POST', url: `/epcis/capture${query}`, headers, payload: document });
      if (sent.statusCode === 503) await new Promise((resume) => setTimeout(resume, 5));
      else return { status: sent.statusCode, answer: sent.payload === '' ? undefined : sent.json<Answer>() };
    }
  };

  it('are accepted where they are strictly valid, else refused with a pointer, and then accepted with their repairs listed or for a reason not', async () => {
    const paths = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.jsonld'));
    const counts = { strict: 0, repaired: 0, refused: 0 };
    for (const path of paths.sort()) {
      const document = readFileSync(join(FOLDER, path));
      const strict = await capture(document);
      if (strict.status === 202) {
        counts.strict++;
        continue;
      }
      expect([path, strict.status]).toEqual([path, 400]);
      const { code, detail, errors } = strict.answer as Answer;
      if (code.startsWith('JSON_')) expect(detail).toMatch(/line \d+, column \d+/);
      else
        expect(errors).toContainEqual(
          expect.objectContaining({ pointer: expect.any(String), detail: expect.stringMatching(/\w+ \w+/) }),
        );

      const repaired = await capture(document, '?repair=report');
      const place = NOT_REPAIRABLE.get(path);
      if (place !== undefined) {
        counts.refused++;
        const pointer = `/epcisBody/eventList/0/${place}`;
        expect([path, repaired.status, repaired.answer?.code]).toEqual([path, 400, 'EPCIS_MISPLACED_FIELD']);
        expect(repaired.answer?.errors).toContainEqual(expect.objectContaining({ pointer }));
        continue;
      }
      counts.repaired++;
      expect([path, repaired.status]).toEqual([path, 202]);
      expect(repaired.answer?.repairs).toContainEqual(
        expect.objectContaining({ code: expect.stringMatching(/^REPAIR_/), pointer: expect.any(String) }),
      );
    }
    expect(counts).toEqual({ strict: 3, repaired: 38, refused: 5 });
    expect(t.node.submitted).toHaveLength(3 + 38);
  });
});
