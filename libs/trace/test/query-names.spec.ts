import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parseEventQuery } from '../src/index.js';

// The standard's own lists of names, kept outside of the repository.
const STANDARD = fileURLToPath(new URL('../../../../shared/standards/gs1/rest/', import.meta.url));
const isThere = existsSync(STANDARD);
const describeStandard = isThere ? describe : describe.skip;

describeStandard(`the standard’s names${isThere ? '' : ' (its files are not beside this repository)'}`, () => {
  const read = (name: string): unknown => (isThere ? JSON.parse(readFileSync(STANDARD + name, 'utf8')) : {});
  const schema = read('query-schema.json') as {
    definitions?: { 'EPCIS-Query': { properties: Record<string, object>; patternProperties: Record<string, object> } };
  };
  const openApi = read('openapi.json') as { components?: { parameters: Record<string, { name: string; in: string }> } };
  const query = schema.definitions?.['EPCIS-Query'];

  const inBody = Object.keys(query?.properties ?? {}).filter((name) => name !== '@context');
  const inUrl = Object.values(openApi.components?.parameters ?? {})
    .filter((parameter) => parameter.in === 'query' && /^(EQ|GE|GT|LE|LT|MATCH|WD|EXISTS)_|^eventType$|^orderBy$/.test(parameter.name))
    .map((parameter) => parameter.name);
  /** A name of each pattern: a field in place of a CURIE, a type in place of a type. */
  const ofPatterns = Object.keys(query?.patternProperties ?? {}).map((pattern) =>
    pattern
      .replace(/^\^|\$$/g, '')
      .replace('[a-z][a-zA-Z0-9]*\\\\:\\\\w+', 'ex:field')
      .replace('\\\\w+_\\\\w+', 'bizLocation_city')
      .replace('[a-z][a-zA-Z0-9_]+', 'owning_party')
      .replace('[A-Z0-9]{2,4}', 'CEL'),
  );

  it.each([...new Set([...inBody, ...inUrl, ...ofPatterns])].map((name) => [name]))('%s is a parameter', (name) => {
    const order = name === 'eventCountLimit' ? { orderBy: 'eventTime' } : {};
    expect(valuesToTry.some((value) => parseEventQuery(new Map(Object.entries({ ...order, [name]: value })), new Map()).ok)).toBe(true);
  });

  it('are all there', () => {
    expect(inBody.length).toBeGreaterThan(55);
    expect(inUrl.length).toBeGreaterThan(45);
    expect(ofPatterns.length).toBeGreaterThan(90);
  });

  // Some value of the parameter's type is among these.
  const valuesToTry = ['true', '1', 'ADD', 'ASC', 'eventTime', 'urn:x:y', '2026-01-01T00:00:00Z'];
});
