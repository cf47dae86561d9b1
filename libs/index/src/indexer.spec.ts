import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { itemCommissioning, productRegistration } from '#trace';
import { TestChain } from '../testing/test-chain.js';
import { startTestPostgres, type TestPostgres } from '../testing/test-postgres.js';
import { checksum, createIndexDataSource, dropIndex, Indexer, IndexQueries, migrate, project } from './index.js';

const GTIN = '09521101530001';
const ITEM = `https://id.gs1.org/01/${GTIN}/21/A1`;

describe('the indexer', () => {
  // Its own server, whatever the run has: these tests stop it.
  let postgres: TestPostgres;
  let dataSource: DataSource;
  let chain: TestChain;
  let indexer: Indexer;

  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(() => postgres.stop());
  beforeEach(async () => {
    dataSource = await createIndexDataSource({ url: await postgres.createDatabase(), poolSize: 2 }).initialize();
    await migrate(dataSource);
    chain = new TestChain();
    chain.append(
      chain.entry(chain.maker, productRegistration({ gtin: GTIN, name: 'Olive oil' })),
      chain.entry(chain.maker, itemCommissioning({ gtin: GTIN, serials: ['A1'] })),
    );
    indexer = new Indexer({ dataSource, source: chain, retryMinMs: 20, retryMaxMs: 100 });
  });
  afterEach(async () => {
    await indexer.stop();
    await dataSource.destroy();
  });

  let observed = 0;
  function observeOnce(): void {
    observed++;
    chain.append(
      chain.capture(chain.maker, {
        type: 'ObjectEvent',
        action: 'OBSERVE',
        epcList: [ITEM],
        bizStep: 'inspecting',
        eventTime: new Date(Date.UTC(2026, 1, 1) + observed * 1000).toISOString(),
        eventTimeZoneOffset: '+00:00',
      }),
    );
  }

  async function expectEachEventOnce(count: number): Promise<void> {
    const history = await new IndexQueries(dataSource).itemHistory(ITEM);
    const events = history?.events.filter((event) => event.type !== null) ?? [];
    expect(events).toHaveLength(count);
    expect(new Set(events.map((event) => event.entryId)).size).toBe(count);
  }

  it('reads what was there before it started, then follows', async () => {
    observeOnce();
    indexer.start();
    expect(await indexer.waitFor(2, 5_000)).toBe(true);
    observeOnce();
    observeOnce();
    expect(await indexer.waitFor(4, 5_000)).toBe(true);
    expect({ height: indexer.height, lag: indexer.lag, state: indexer.state }).toEqual({ height: 4, lag: 0, state: 'following' });
    await expectEachEventOnce(3);
  });

  it('tells who waits for a height that does not come in time', async () => {
    indexer.start();
    expect(await indexer.waitFor(99, 50)).toBe(false);
    const waiting = indexer.waitFor(99, 5_000);
    await indexer.stop();
    expect(await waiting).toBe(false);
  });

  it('goes on where the database is after a stop between two batches', async () => {
    for (let i = 0; i < 120; i++) observeOnce();
    await project(dataSource, chain.blocks.slice(0, 61));
    indexer.start();
    expect(await indexer.waitFor(121, 10_000)).toBe(true);
    await expectEachEventOnce(120);
  });

  it('begins again when somebody empties the index under it', async () => {
    indexer.start();
    observeOnce();
    expect(await indexer.waitFor(2, 5_000)).toBe(true);
    const before = await checksum(dataSource);
    await dropIndex(dataSource);
    chain.append();
    const deadline = Date.now() + 5_000;
    while ((await checksum(dataSource)).height < 3 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
    await indexer.stop();
    const rebuilt = await checksum(dataSource);
    expect(rebuilt.height).toBe(3);

    await dropIndex(dataSource);
    await project(dataSource, chain.blocks.slice(0, 3));
    expect(await checksum(dataSource)).toEqual(before);
    await project(dataSource, chain.blocks);
    expect(await checksum(dataSource)).toEqual(rebuilt);
  });

  it('catches up after PostgreSQL was away, with no event twice and none missing', async () => {
    const events: string[] = [];
    await indexer.stop();
    indexer = new Indexer({ dataSource, source: chain, retryMinMs: 20, retryMaxMs: 100, observe: (event) => events.push(event) });
    indexer.start();
    for (let i = 0; i < 20; i++) observeOnce();
    expect(await indexer.waitFor(5, 5_000)).toBe(true);

    const stopping = postgres.shutDown();
    for (let i = 0; i < 20; i++) observeOnce();
    await stopping;
    for (let i = 0; i < 300; i++) observeOnce();
    expect(await indexer.waitFor(341, 200)).toBe(false);
    expect(indexer.state).toBe('database-down');
    expect(indexer.lag).toBeGreaterThan(200);
    const heightWhenDown = indexer.height;

    await postgres.startAgain();
    expect(await indexer.waitFor(341, 10_000)).toBe(true);
    expect(indexer.state).toBe('following');
    expect(heightWhenDown).toBeLessThanOrEqual(341);
    expect(events).toContain('index.failed');
    expect(events).toContain('index.recovered');
    await expectEachEventOnce(340);
  });
});
