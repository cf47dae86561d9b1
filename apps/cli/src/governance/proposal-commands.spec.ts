import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { run } from '../run.js';

const proposal = (id: string) => ({
  id: id.padEnd(64, '0'),
  state: 'open',
  sentence: 'Make Baker (did:web:baker.example) a validator.',
  reason: null,
  opened: { author: 'did:web:maker.example', height: 7, blockTime: '2026-01-01T00:00:00.000Z' },
  expiresAt: 100,
  effectHeight: null,
  failure: null,
  tally: { yes: 1, no: 0, validators: 4, needed: 3 },
  changes: [{ field: 'quorum', before: 3, after: 4 }],
  ballots: [],
});
const ANSWERS: Readonly<Record<string, object>> = {
  'GET /api/v1/proposals?limit=200': { items: [proposal('abcd11'), proposal('abcd22')] },
  'GET /api/v1/proposals?limit=200&state=passed': { items: [] },
  [`POST /api/v1/proposals/${proposal('abcd11').id}/votes`]: {
    entryId: 'e1',
    status: 'final',
    height: 9,
    ...proposal('abcd11'),
  },
  'POST /api/v1/keys/revoke/preview': {
    key: { organization: 'did:web:maker.example', purpose: 'sign' },
    entries: 3,
    byKind: [{ kind: 'item.commission', entries: 3 }],
    openTransfers: [],
  },
};

let server: Server;
let folder: string;
let node: string[];
let asked: { readonly request: string; readonly body: string }[];
let printed: string;
let said: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const line = `${request.method} ${request.url}`;
      asked.push({ request: line, body });
      const answer = ANSWERS[line];
      const problem = { code: 'API_NO_ADMIN_KEY', detail: 'This node holds no admin key.' };
      response.writeHead(answer === undefined ? 501 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer ?? problem));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  folder = mkdtempSync(join(tmpdir(), 'lading-cli-'));
  writeFileSync(join(folder, 'api-key'), 'secret\n');
  const { port } = server.address() as AddressInfo;
  node = ['--api', `http://127.0.0.1:${port}`, '--api-key-file', join(folder, 'api-key')];
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  asked = [];
  printed = said = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((printed += String(text)), true));
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((said += String(text)), true));
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('lading proposals', () => {
  it('lists what there is, and says when there is nothing', async () => {
    expect(await run(['proposals', ...node])).toBe(0);
    expect(printed).toContain('abcd1100  open   1 of 3  Make Baker');
    expect(await run(['proposals', '--state', 'passed', ...node])).toBe(0);
    expect(said).toContain('There are no such proposals.');
  });

  it('shows one by the first characters of its id, unless they are those of several', async () => {
    expect(await run(['proposals', 'abcd1', ...node])).toBe(0);
    expect(printed).toContain('quorum   3     4');
    expect(await run(['proposals', 'abcd', ...node])).toBe(7);
    expect(said).toContain('2 proposals begin with abcd.');
    expect(await run(['proposals', 'ffff', ...node])).toBe(3);
    expect(await run(['proposals', 'abc', ...node])).toBe(2);
  });
});

describe('lading vote', () => {
  it('sends the ballot and tells what it came to', async () => {
    expect(await run(['vote', 'abcd1', 'yes', '--reason', 'why not', ...node])).toBe(0);
    expect(JSON.parse(asked.at(-1)?.body ?? '')).toEqual({ choice: 'yes', reason: 'why not' });
    expect(printed).toContain('e1 final at height 9: open, 1 yes of 3 needed');
  });

  it('takes yes or no, and passes on what the node refuses', async () => {
    expect(await run(['vote', 'abcd1', 'perhaps', ...node])).toBe(2);
    expect(await run(['vote', 'abcd2', 'no', ...node])).not.toBe(0);
    expect(said).toContain('This node holds no admin key. (API_NO_ADMIN_KEY)');
  });
});

describe('lading keys revoke', () => {
  it('shows what it would dispute, and does nothing without --yes', async () => {
    const revoke = ['keys', 'revoke', 'ab'.repeat(32), '--not-trusted-from', '12', '--reason', 'stolen'];
    expect(await run([...revoke, ...node])).toBe(2);
    expect(said).toContain('This disputes 3 entries that the sign key of did:web:maker.example signed:');
    expect(asked.map(({ request }) => request)).toEqual(['POST /api/v1/keys/revoke/preview']);
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ keyId: 'ab'.repeat(32), notTrustedFrom: 12 });
  });
});
