import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import { ApiProblem } from '../../src/http/problem/problem.js';
import { readBareEvent } from '../../src/http/epcis/bare-event.js';
import { readCaptureDocument } from '../../src/http/epcis/capture-document.js';
import { draftsOf } from '../../src/http/epcis/document-drafts.js';
import { GS1, isGs1There, SKIPPED, withFormats } from './gs1-openapi.js';

const suite = isGs1There ? describe : describe.skip;

/** What the API says of a document: nothing, or the refusal. */
function verdict(path: string): ApiProblem | undefined {
  try {
    const bytes = new Uint8Array(readFileSync(path));
    if (path.endsWith('.json')) readBareEvent(bytes);
    else draftsOf(readCaptureDocument(bytes), 'rollback');
    return undefined;
  } catch (thrown) {
    if (thrown instanceof ApiProblem) return thrown;
    throw thrown;
  }
}

function documents(folder: string): string[] {
  const root = join(GS1, 'examples', folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.json(ld)?$/.test(path))
    .sort()
    .map((path) => join(root, path));
}

suite(`the API and GS1’s JSON schema judge GS1’s documents alike${SKIPPED}`, () => {
  let schema: ValidateFunction;
  beforeAll(() => {
    schema = withFormats(new Ajv({ strict: false })).compile(
      JSON.parse(readFileSync(join(GS1, 'schema/EPCIS-JSON-Schema.json'), 'utf8')) as object,
    );
  });
  const agreed = (path: string) => {
    const refusal = verdict(path);
    const isValid = schema(JSON.parse(readFileSync(path, 'utf8')));
    return { path, refused: refusal !== undefined, isValid, pointer: refusal?.errors[0]?.pointer };
  };

  it('accepts the 46 documents, the query document and the five bare events of the strict examples', () => {
    const judged = [...documents('JSON'), ...documents('bare-events')].map(agreed);
    expect(judged).toHaveLength(52);
    expect(judged.filter(({ refused, isValid }) => refused || !isValid)).toEqual([]);
  });

  it('refuses the documents of the simple-context folder that the schema refuses, each with a pointer', () => {
    const judged = documents('JSON-simple-context').map(agreed);
    expect(judged).toHaveLength(46);
    expect(judged.filter(({ refused, isValid }) => refused === isValid)).toEqual([]);
    expect(judged.filter(({ refused, pointer }) => refused && pointer === undefined)).toEqual([]);
    expect(judged.filter(({ refused }) => refused).length).toBeGreaterThan(40);
  });

  it('refuses every event of which one word was changed, as the schema does', () => {
    const text = readFileSync(
      join(GS1, 'examples/JSON/WithFullCombinationOfFields/object_event_all_possible_fields.jsonld'),
      'utf8',
    );
    const document = JSON.parse(text) as Record<string, unknown>;
    const words = [
      ...JSON.stringify(document).matchAll(/"(bizStep|disposition|type|reason|component|exception)":"([A-Za-z_]+)"/g),
    ];
    const changed = words
      .filter(([, , word]) => !['ObjectEvent', 'EPCISDocument'].includes(word as string))
      .map(([member, name, word]) => JSON.stringify(document).replace(member, `"${name}":"${word}x"`));
    expect(changed.length).toBeGreaterThan(5);
    for (const each of changed) {
      expect(schema(JSON.parse(each))).toBe(false);
      expect(() => draftsOf(readCaptureDocument(Buffer.from(each)), 'rollback')).toThrow(/EPCIS_/);
    }
  });
});
