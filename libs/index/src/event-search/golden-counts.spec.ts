import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { epcisEntries, parseEventQuery, type EventQuery } from '#trace';
import { TestChain } from '../../testing/test-chain.js';
import { startTestPostgres, type TestPostgres } from '../../testing/test-postgres.js';
import { createIndexDataSource, migrate, project } from '../index.js';
import { EventSearch } from './event-search.js';

// The standard's own examples, kept outside of the repository.
const STANDARD = fileURLToPath(new URL('../../../../../shared/standards/gs1/', import.meta.url));
const isThere = existsSync(STANDARD);

interface Golden {
  readonly events: number;
  readonly refused: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}
const golden = isThere
  ? (JSON.parse(readFileSync(`${STANDARD}golden-query-counts.json`, 'utf8')) as Golden)
  : { events: 0, refused: [], counts: {} };

const describeGolden = isThere ? describe : describe.skip;

describeGolden(`the expected query counts${isThere ? '' : ' (the standard’s examples are not beside this repository)'}`, () => {
  let postgres: TestPostgres;
  let dataSource: DataSource;
  const refused: string[] = [];

  beforeAll(async () => {
    postgres = await startTestPostgres(process.env['DATABASE_URL']);
    dataSource = await createIndexDataSource({ url: await postgres.createDatabase(), poolSize: 2 }).initialize();
    await migrate(dataSource);
    const chain = new TestChain();
    for (const path of documentPaths()) {
      const drafts = epcisEntries(readFileSync(path), 'proceed');
      if (!drafts.ok) throw new Error(`${path}: ${drafts.code} ${drafts.detail}`);
      for (const [i, draft] of drafts.value.entries()) {
        const entry = chain.entry(chain.maker, draft);
        try {
          chain.append(entry);
        } catch {
          refused.push(`${basename(path)}#${i}`);
        }
      }
    }
    await project(dataSource, chain.blocks);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await postgres.stop();
  });

  function documentPaths(): string[] {
    return readdirSync(`${STANDARD}examples/JSON`, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.jsonld') && path !== 'EPCISQueryDocument.jsonld')
      .sort((a, b) => (a < b ? -1 : 1))
      .map((path) => `${STANDARD}examples/JSON/${path}`);
  }

  async function count(query: EventQuery): Promise<number> {
    const found = await new EventSearch(dataSource).search(query, { perPage: 100 });
    if (!found.ok) throw new Error(found.code);
    return found.value.events.length;
  }

  it('refuse exactly the events that repeat one', () => {
    expect([...refused].sort()).toEqual([...golden.refused].sort());
  });

  it('find every event without conditions', async () => {
    expect(await count(parsed(''))).toBe(golden.events);
  });

  it.each(Object.entries(golden.counts))('%s finds %i', async (text, expected) => {
    expect(await count(parsed(text))).toBe(expected);
  });
});

/** `EQ_bizStep=shipping` */
function parsed(text: string): EventQuery {
  const equals = text.indexOf('=');
  const query = parseEventQuery(new Map(text === '' ? [] : [[text.slice(0, equals), text.slice(equals + 1)]]), new Map());
  if (!query.ok) throw new Error(`${query.detail} ${query.pointer}`);
  return query.value;
}
