import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { startTestPostgres, type TestPostgres } from '../../testing/test-postgres.js';
import { CaptureJobs, createIndexDataSource, dropIndex, IdempotencyStore, migrate } from '../index.js';

describe("the organisation's own records", () => {
  let postgres: TestPostgres;
  let dataSource: DataSource;
  let jobs: CaptureJobs;
  let keys: IdempotencyStore;

  beforeAll(async () => {
    postgres = await startTestPostgres(process.env['DATABASE_URL']);
    dataSource = await createIndexDataSource({ url: await postgres.createDatabase(), poolSize: 4 }).initialize();
    await migrate(dataSource);
    jobs = new CaptureJobs(dataSource);
    keys = new IdempotencyStore(dataSource);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await postgres.stop();
  });

  it('show a capture job as running, then with its outcome, and survive a rebuild of the index', async () => {
    const created = await jobs.create({ captureID: 'job-1', captureErrorBehaviour: 'proceed' });
    expect(created).toEqual({
      captureID: 'job-1',
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      finishedAt: null,
      running: true,
      success: true,
      captureErrorBehaviour: 'proceed',
      errors: [],
    });
    const errors = [{ type: 'epcisException:ValidationException', title: 'nul \u0000 name', pointer: '/epcisBody/eventList/2' }];
    const events = [{ eventID: 'urn:uuid:a', entryId: 'ab'.repeat(32), eventHash: null, eventHashCheck: null }];
    await jobs.finish('job-1', { success: false, errors, events });
    await dropIndex(dataSource);
    expect(await jobs.get('job-1')).toMatchObject({
      running: false,
      success: false,
      finishedAt: expect.any(String),
      errors: [{ ...errors[0], title: 'nul \ufffd name' }],
      events,
    });
    expect((await jobs.list()).items[0]).not.toHaveProperty('events');
    expect(await jobs.get('job-2')).toBeUndefined();
  });

  it('keep what a capture repaired, whole for the job and without the list of repairs for lists', async () => {
    const repair = { pointer: '/id', code: 'REPAIR_BLANK_NODE_ID', before: '"_:a"', after: null, sentence: 'Removed.' } as const;
    const report = { originalSha256: 'ab'.repeat(32), repairs: [repair] };
    await jobs.create({ captureID: 'repaired', captureErrorBehaviour: 'rollback', ...report });
    expect(await jobs.get('repaired')).toMatchObject(report);
    const [listed] = (await jobs.list({ limit: 1 })).items;
    expect(listed).toMatchObject({ captureID: 'repaired', originalSha256: report.originalSha256 });
    expect(listed).not.toHaveProperty('repairs');
    await dataSource.query(`DELETE FROM capture_job WHERE id = 'repaired'`);
  });

  it('list capture jobs newest first, in pages, also those made in one millisecond', async () => {
    for (let i = 0; i < 5; i++) await jobs.create({ captureID: `page-${i}`, captureErrorBehaviour: 'rollback' });
    await dataSource.query(`UPDATE capture_job SET created_at = '2030-01-01T00:00:00.123Z' WHERE id LIKE 'page-%'`);
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<CaptureJobs['list']>> = await jobs.list({ limit: 2, ...(cursor === null ? {} : { cursor }) });
      ids.push(...page.items.map((job) => job.captureID));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(ids).toEqual(['page-4', 'page-3', 'page-2', 'page-1', 'page-0', 'job-1']);
  });

  it('let one of several equal requests through and answer the others alike afterwards', async () => {
    const claims = await Promise.all([1, 2, 3, 4].map(() => keys.claim('key-1', 'aa')));
    expect(claims.map((claim) => claim.state).sort()).toEqual(['in-progress', 'in-progress', 'in-progress', 'new']);
    await keys.complete('key-1', { status: 201, body: '{"a":1}', headers: { location: '/x' } });
    expect(await keys.claim('key-1', 'aa')).toEqual({ state: 'done', status: 201, body: '{"a":1}', headers: { location: '/x' } });
    expect(await keys.claim('key-1', 'bb')).toEqual({ state: 'conflict' });
  });

  it('free a key whose request failed, and one whose process died', async () => {
    await keys.claim('key-2', 'aa');
    await keys.release('key-2');
    expect(await keys.claim('key-2', 'bb')).toEqual({ state: 'new' });
    await dataSource.query(`UPDATE idempotency_key SET created_at = now() - interval '5 minutes' WHERE key = 'key-2'`);
    expect(await keys.claim('key-2', 'bb')).toEqual({ state: 'new' });
    expect(await keys.claim('key-2', 'bb')).toEqual({ state: 'in-progress' });
  });

  it('forget keys that are old', async () => {
    await keys.claim('key-3', 'aa');
    await dataSource.query(`UPDATE idempotency_key SET created_at = now() - interval '2 days' WHERE key = 'key-3'`);
    expect(await keys.prune(86_400_000)).toBe(1);
    expect(await keys.claim('key-3', 'cc')).toEqual({ state: 'new' });
  });
});
