import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createIndexDataSource } from '#index';
import { startTestPostgres, type TestPostgres } from '../../../../libs/index/testing/test-postgres.js';
import { run } from '../run.js';

let postgres: TestPostgres;
let folder: string;
let config: string;
let databaseUrl: string;
let out: string;
let err: string;

beforeAll(async () => {
  postgres = await startTestPostgres(process.env['DATABASE_URL']);
  databaseUrl = await postgres.createDatabase();
  folder = mkdtempSync(join(tmpdir(), 'lading-access-'));
  config = join(folder, 'node.json');
  writeFileSync(config, JSON.stringify({ databaseUrl, api: { host: '127.0.0.1', port: 7401 } }));
}, 60_000);
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  out = '';
  err = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((out += String(text))));
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((err += String(text))));
});
afterEach(() => {
  jest.restoreAllMocks();
});

async function query(...statements: string[]): Promise<unknown[]> {
  const dataSource = await createIndexDataSource({ url: databaseUrl, poolSize: 2 }).initialize();
  try {
    const results: unknown[] = [];
    for (const statement of statements) results.push(await dataSource.query(statement));
    return results;
  } finally {
    await dataSource.destroy();
  }
}

describe('lading access', () => {
  it('prints a link for the first admin again, and the one before ends', async () => {
    expect(await run(['access', 'first-admin', '--config', config])).toBe(0);
    const first = out.trim();
    expect(first).toMatch(/^http:\/\/localhost:7401\/enrol#[\w-]{43}$/);
    out = '';
    expect(await run(['access', 'first-admin', '--config', config, '--json'])).toBe(0);
    expect((JSON.parse(out) as { url: string }).url).not.toBe(first);
    expect(await query('SELECT count(*) FROM access_link WHERE ended_at IS NULL')).toEqual([[{ count: '1' }]]);
  });

  it('does not make one beside an active admin, unless that is said', async () => {
    await query(
      `INSERT INTO person (id, name, role, status, created_at) VALUES ('a', 'Ada', 'admin', 'active', now())`,
    );
    expect(await run(['access', 'first-admin', '--config', config])).toBe(7);
    expect(err).toContain('--another');
    expect(await run(['access', 'first-admin', '--config', config, '--another'])).toBe(0);
  });

  it('verifies the audit log, also against a head noted earlier', async () => {
    expect(await run(['access', 'verify', '--config', config, '--json'])).toBe(0);
    const { headSeq, headHash } = JSON.parse(out) as { headSeq: number; headHash: string };
    expect(headSeq).toBe(3);
    expect(await run(['access', 'verify', '--config', config, '--head', `${headSeq}:${headHash}`])).toBe(0);
    await query('ALTER TABLE audit_event DISABLE TRIGGER ALL', 'DELETE FROM audit_event WHERE seq = 3');
    expect(await run(['access', 'verify', '--config', config])).toBe(0);
    expect(await run(['access', 'verify', '--config', config, '--head', `${headSeq}:${headHash}`])).toBe(5);
    expect(err).toContain('event 3 does not fit');
    expect(await run(['access', 'verify', '--config', config, '--head', 'nonsense'])).toBe(2);
  });

  it('says what is wrong with the configuration', async () => {
    expect(await run(['access', 'verify', '--config', join(folder, 'absent.json')])).toBe(3);
    const empty = join(folder, 'empty.json');
    writeFileSync(empty, '{}');
    expect(await run(['access', 'verify', '--config', empty])).toBe(2);
  });
});
