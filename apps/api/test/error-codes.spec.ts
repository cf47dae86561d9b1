import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { httpStatusOf } from '../src/http/problem/error-code-to-http.js';

const ROOT = join(import.meta.dirname, '../../..');
/** First words of our codes; `FINDING_` codes stand in answers, not in problems. */
const AREAS = [
  'ACCESS',
  'API',
  'BLOCK',
  'CBOR',
  'CONSENSUS',
  'COSE',
  'ENTRY',
  'EPCIS',
  'FINDING',
  'GENESIS',
  'GOVERNANCE',
  'GS1',
  'IDENTITY',
  'INDEX',
  'JSON',
  'KEYSTORE',
  'LEDGER',
  'LINK',
  'PEER',
  'POOL',
  'STORE',
  'TRACE',
];
/** Areas whose codes a client of the API can meet as a problem. */
const HTTP_AREAS = ['ACCESS', 'API', 'CBOR', 'COSE', 'ENTRY', 'EPCIS', 'GOVERNANCE', 'GS1', 'IDENTITY', 'JSON', 'POOL', 'TRACE'];

const sources = ['libs', 'apps'].flatMap((top) =>
  readdirSync(join(ROOT, top)).flatMap((part) =>
    readdirSync(join(ROOT, top, part), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.startsWith('src') && path.endsWith('.ts') && !path.endsWith('.spec.ts'))
      .map((path) => join(ROOT, top, part, path)),
  ),
);

/** Every code that stands in our sources: as a literal, or put together from area and suffix in libs/trace. */
function codesInSources(): Set<string> {
  const codes = new Set<string>();
  for (const path of sources) {
    const text = readFileSync(path, 'utf8');
    for (const [, code] of text.matchAll(new RegExp(`(?<!Symbol\\()'((?:${AREAS.join('|')})_[A-Z0-9_]+)'`, 'g')))
      codes.add(code as string);
    const within = relative(join(ROOT, 'libs/trace/src'), path);
    const areas =
      within === 'field-reader.ts'
        ? ['TRACE', 'EPCIS']
        : within.startsWith('epcis')
          ? ['EPCIS']
          : within.startsWith('acts')
            ? ['TRACE']
            : [];
    for (const [, suffix] of text.matchAll(/\badd\(\s*'([A-Z0-9_]+)'/g))
      for (const area of areas) codes.add(`${area}_${suffix}`);
  }
  return codes;
}

const documented = new Map(
  [
    ...readFileSync(join(ROOT, 'docs/reference/errors.md'), 'utf8').matchAll(
      /^\| `([A-Z0-9_]+)` \| ([^|]*) \| ([^|]+) \|$/gm,
    ),
  ].map(([, code, status, meaning]) => [
    code as string,
    { status: (status as string).trim(), meaning: (meaning as string).trim() },
  ]),
);

describe('docs/reference/errors.md', () => {
  it('holds every code that the sources hold, and no other', () => {
    const inSources = codesInSources();
    expect({
      missing: [...inSources].filter((code) => !documented.has(code)).sort(),
      stale: [...documented.keys()].filter((code) => !inSources.has(code)).sort(),
    }).toEqual({ missing: [], stale: [] });
    expect(inSources.size).toBeGreaterThan(100);
  });

  it('gives the status that the API answers', () => {
    const wrong = [...documented].filter(([code, { status }]) => {
      const isHttp = HTTP_AREAS.includes(code.slice(0, code.indexOf('_'))) || code === 'INDEX_BAD_CURSOR';
      return status !== (isHttp ? String(httpStatusOf(code)) : '–');
    });
    expect(wrong.map(([code]) => code)).toEqual([]);
  });

  it('says of each what it means', () => {
    for (const [code, { meaning }] of documented)
      expect({ code, length: meaning.length > 15 }).toEqual({ code, length: true });
  });
});

describe('httpStatusOf', () => {
  it.each([
    ['TRACE_NOT_OWNER', 403],
    ['TRACE_ITEM_EXISTS', 409],
    ['TRACE_ITEM_NOT_ACTIVE', 422],
    ['POOL_FULL', 503],
    ['GS1_BAD_CHECK_DIGIT', 400],
    ['CONSENSUS_MALFORMED', 500],
    ['nonsense', 500],
  ])('%s → %i', (code, status) => {
    expect(httpStatusOf(code)).toBe(status);
  });
});
