import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parseStrictJson, type Failure } from '#codec';
import { readEpcisContent, repairDocument } from '#trace';

// GS1's documents lie beside the repository; they are read there and never copied into it.
const STANDARDS = join(dirname(fileURLToPath(import.meta.url)), '../../../../shared/standards/gs1');
const isThere = existsSync(STANDARDS);
const suite = isThere ? describe : describe.skip;
const skipped = isThere ? '' : ' (skipped: ../shared/standards/gs1 is absent)';

function files(folder: string, ending: RegExp): { path: string; bytes: Uint8Array }[] {
  return readdirSync(join(STANDARDS, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => ending.test(path))
    .sort()
    .map((path) => ({ path, bytes: new Uint8Array(readFileSync(join(STANDARDS, folder, path))) }));
}

/** Why the strict reader refuses a document; undefined when it does not. */
function strictRefusal(bytes: Uint8Array): Failure | undefined {
  const json = parseStrictJson(bytes);
  const content = json.ok ? readEpcisContent(json.value) : json;
  return content.ok ? undefined : content;
}

/** Documents of the folder that no repair makes valid, with the reason. */
const NOT_REPAIRABLE: Readonly<Record<string, string>> = {
  'WithFullCombinationOfFields/object_event_all_possible_fields.jsonld':
    'EPCIS_MISPLACED_FIELD: ilmd with action OBSERVE; whether the action or the ilmd is wrong cannot be known',
};

suite(`the documents that GS1 publishes, in repair mode${skipped}`, () => {
  const simple = isThere ? files('examples/JSON-simple-context', /\.jsonld$/) : [];
  const invalid = simple.filter(({ bytes }) => strictRefusal(bytes) !== undefined);

  it('hold many that are not strictly valid', () => {
    expect(invalid.length).toBeGreaterThan(30);
  });

  it.each(invalid)(
    'refuses $path in strict mode with a place, and accepts it with its repairs listed',
    ({ path, bytes }) => {
      const refusal = strictRefusal(bytes) as Failure;
      // Text that is no strict JSON has no pointers; its detail has line and column.
      if (refusal.code.startsWith('JSON_')) expect(refusal.detail).toMatch(/line \d+, column \d+/);
      else expect(refusal.pointer).toBeDefined();

      const repaired = repairDocument(bytes, 'application/ld+json');
      if (path in NOT_REPAIRABLE) {
        const [code] = (NOT_REPAIRABLE[path] as string).split(':');
        expect(repaired).toMatchObject({ ok: false, code, pointer: expect.stringContaining('/epcisBody/eventList/') });
        return;
      }
      if (!repaired.ok) throw new Error(`${repaired.code} ${repaired.pointer} ${repaired.detail}`);
      expect(repaired.value.repairs.length).toBeGreaterThan(0);
      expect(strictRefusal(repaired.value.document)).toBeUndefined();
    },
  );

  it('leaves every strictly valid document and event byte for byte as it is', () => {
    const valid = [
      ...simple,
      ...files('examples/JSON', /\.jsonld$/),
      ...files('examples/bare-events', /\.json$/),
    ].filter(({ bytes }) => strictRefusal(bytes) === undefined);
    expect(valid.length).toBeGreaterThan(50);
    for (const { path, bytes } of valid) {
      const repaired = repairDocument(bytes, 'application/json');
      if (!repaired.ok) throw new Error(`${path}: ${repaired.code}`);
      expect({ path, repairs: repaired.value.repairs }).toEqual({ path, repairs: [] });
      expect(repaired.value.document).toBe(bytes);
    }
  });

  it('reads the XML documents of the event hash project', () => {
    const documents = files('hash-equivalence', /\.xml$/);
    expect(documents.length).toBe(6);
    for (const { path, bytes } of documents) {
      const repaired = repairDocument(bytes, 'application/xml');
      if (!repaired.ok) throw new Error(`${path}: ${repaired.code} ${repaired.pointer} ${repaired.detail}`);
      expect(repaired.value.repairs.map(({ code }) => code)).toEqual(['REPAIR_FROM_XML']);
      expect(strictRefusal(repaired.value.document)).toBeUndefined();
    }
  });
});
