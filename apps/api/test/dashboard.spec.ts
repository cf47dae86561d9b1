import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from './start-test-app.js';

const isBuilt = existsSync(join(import.meta.dirname, '../../../dist/dashboard/index.html'));
const describeBuilt = isBuilt ? describe : describe.skip;
const BROWSER = { accept: 'text/html,application/xhtml+xml' };

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

describeBuilt(`the dashboard${isBuilt ? '' : ' (skipped: not built, npm run build makes it)'}`, () => {
  it.each(['/', '/items?q=1', '/chain/blocks/4', '/no/such/page'])(
    'is what %s shows in a browser, without a key',
    async (url) => {
      const answer = await t.inject({ method: 'GET', url, headers: BROWSER });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(answer.body).toContain('<div id="root">');
    },
  );

  it('runs nothing that is not a file of this node: no inline script, no inline style, no other origin', async () => {
    const answer = await t.inject({ method: 'GET', url: '/', headers: BROWSER });
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(answer.body).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
    expect(answer.body).not.toMatch(/(?:src|href)="(?!\/)/);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('gives each page a nonce of its own', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const { body, headers } = await t.inject({ method: 'GET', url: '/', headers: BROWSER });
        const nonce = /name="csp-nonce" content="([^"]+)"/.exec(body)?.[1] ?? '';
        expect(String(headers['content-security-policy'])).toContain(`'nonce-${nonce}'`);
        return nonce;
      }),
    );
    expect(new Set(nonces).size).toBe(2);
    expect(nonces[0]).toMatch(/^[A-Za-z0-9+/]{22}==$/);
  });

  it('has assets that browsers keep, compressed where they may be', async () => {
    const { body } = await t.inject({ method: 'GET', url: '/', headers: BROWSER });
    const [, script = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(body) ?? [];
    const plain = await t.inject({ method: 'GET', url: script });
    expect(plain.statusCode).toBe(200);
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const gzipped = await t.inject({ method: 'GET', url: script, headers: { 'accept-encoding': 'gzip, br' } });
    expect(gzipped.headers['content-encoding']).toBe('gzip');
    expect(gzipped.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2);
    const again = await t.inject({
      method: 'GET',
      url: script,
      headers: { 'if-none-match': String(plain.headers['etag']) },
    });
    expect(again.statusCode).toBe(304);
  });

  it.each(['/assets/nothing.js', '/assets/..%2findex.html', '/assets/%2e%2e%2f%2e%2e%2fpackage.json'])(
    'has no file %s',
    async (url) => {
      const answer = await t.inject({ method: 'GET', url, headers: BROWSER });
      expect(answer.statusCode).toBe(404);
    },
  );
});

describe('what is not the dashboard’s', () => {
  it.each([
    '/api/v1/nothing',
    '/epcis/nothing',
    '/docs/nothing',
    '/.well-known/nothing',
    '/414/nothing',
    '/assets/nothing',
  ])('is answered as before: %s', async (url) => {
    const answer = await t.inject({ method: 'GET', url, headers: BROWSER });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it('is not shown to programs: what is no page is no page', async () => {
    const answer = await t.inject({ method: 'GET', url: '/nothing', headers: { accept: 'application/json' } });
    expect(answer.statusCode).toBe(404);
    expect((await t.inject({ method: 'POST', url: '/nothing', headers: BROWSER })).statusCode).toBe(404);
  });
});
