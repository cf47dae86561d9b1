import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkTicket, readTicket, signTicket, type InvitationTicket, type NetworkId } from '#identity';
import { createKeystore, openKeystore, sodiumVerifier, type OpenedKey } from '#keystore';
import { projectRoot } from '../../src/config/project-root.js';
import { ensureDatabases } from '../../src/dev/postgres/databases.js';
import { ApiClient } from '../../src/join/api-client.js';
import type { Client } from './client.js';
import { freePortBase, startTestNetwork, type TestNetwork } from './test-network.js';

const GROWER = 'did:web:grower.example';
/** GTINs under the maker's prefix, check digits included. */
const gtinOf = (n: number): string => {
  const digits = `0952100100${String(n).padStart(3, '0')}`;
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 3 : 1), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
};

let test: TestNetwork;
let folder: string;
let passphraseFile: string;
let ports: number;
let databaseUrl: string;
const running = new Set<Command>();

beforeAll(async () => {
  test = await startTestNetwork();
  folder = mkdtempSync(join(tmpdir(), 'lading-join-'));
  passphraseFile = join(folder, 'passphrase');
  writeFileSync(passphraseFile, 'correct horse', { mode: 0o600 });
  ports = await freePortBase();
  [databaseUrl] = (await ensureDatabases(test.network.databaseUrls[0]!, ['grower'])) as [string];
  // Keys that are quick to open; what is not there yet, the root key after the first, is left to the command.
  for (const dataDir of ['grower', 'thief']) {
    const keys = join(folder, dataDir, 'keys');
    mkdirSync(keys, { recursive: true, mode: 0o700 });
    for (const purpose of ['node', 'sign', 'admin', 'root'] as const)
      await createKeystore(join(keys, `${purpose}.json`), purpose, 'correct horse', { scryptN: 2 ** 14 });
  }
}, 90_000);

afterAll(async () => {
  for (const command of running) command.stop();
  await Promise.all([...running].map(({ ended }) => ended));
  await test?.remove();
  rmSync(folder, { recursive: true, force: true });
}, 30_000);

/** A `lading` command in a process of its own. */
interface Command {
  readonly ended: Promise<{ readonly exitCode: number | null; readonly said: string; readonly data: string }>;
  /** Waits until it has said this on stderr. */
  until(words: string | RegExp): Promise<string>;
  stop(): void;
}

function lading(...args: string[]): Command {
  const child = spawn(process.execPath, [join(projectRoot(), 'dist/apps/cli/src/main.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let data = '';
  child.stdout.on('data', (part: Buffer) => (data += part.toString()));
  const hearers = new Set<() => void>();
  child.stderr.on('data', (part: Buffer) => {
    said += part.toString();
    for (const hear of hearers) hear();
  });
  const ended = new Promise<{ exitCode: number | null; said: string; data: string }>((resolve) =>
    child.once('close', (exitCode) => resolve({ exitCode, said, data })),
  );
  const command: Command = {
    ended: ended.finally(() => running.delete(command)),
    until: (words) =>
      new Promise((resolve, reject) => {
        const hear = (): void => void (said.search(words) >= 0 && resolve(said));
        hearers.add(hear);
        hear();
        void ended.then(({ exitCode }) => reject(new Error(`ended with ${exitCode}: ${said}`)));
      }),
    stop: () => void child.kill('SIGTERM'),
  };
  running.add(command);
  return command;
}

const client = (k: number): Client => test.clients[k - 1]!;

function joinGrower(dataDir: string, ...more: string[]): Command {
  return lading(
    'join',
    ...more,
    '--data-dir',
    join(folder, dataDir),
    '--passphrase-file',
    passphraseFile,
    '--no-input',
  );
}

const asGrower = (ticket: string): string[] => [
  ticket,
  ...['--did', GROWER, '--gs1-prefix', '9521055', '--database-url', databaseUrl],
  ...['--api', `127.0.0.1:${ports + 1}`, '--peer', `127.0.0.1:${ports + 2}`],
];

async function invite(): Promise<string> {
  const { body } = await client(1).post('/api/v1/invitations', { name: 'Grower', roles: ['member', 'validator'] });
  return body['ticket'] as string;
}

/** Opens a proposal and lets others vote yes, which must decide it. */
async function decide(
  opener: Client,
  path: string,
  body: object,
  voters: readonly (Client | ApiClient)[],
): Promise<void> {
  const opened = await opener.post(path, body);
  expect(opened).toMatchObject({ status: 201 });
  let last: unknown;
  for (const voter of voters) {
    const vote = await voter.post(`/api/v1/proposals/${opened.body['id'] as string}/votes`, { choice: 'yes' });
    last = voter instanceof ApiClient ? vote : (vote as { body: unknown }).body;
  }
  expect(last).toMatchObject({ state: expect.stringMatching(/passed|effective/) });
}

describe('a fifth organisation', () => {
  let ticket: string;
  let grower: ApiClient;
  let node: Command;

  it('is let in by nothing but its own ticket: expired, of another network, changed on the way', async () => {
    ticket = await invite();
    const read = readTicket(ticket, sodiumVerifier);
    if (!read.ok) throw new Error(read.detail);
    const signer = await adminKeyOf(1);
    const again = (change: Partial<InvitationTicket>): string => signTicket({ ...read.value, ...change }, signer);
    expect(checkTicket(read.value, test.network.network.networkId as NetworkId, Date.now()).ok).toBe(true);
    const refusals = [
      [again({ expiresAt: Date.now() - 1 }), 4, 'IDENTITY_TICKET_EXPIRED'],
      [again({ networkId: '22'.repeat(32) as NetworkId }), 4, 'IDENTITY_TICKET_WRONG_NETWORK'],
      [`${ticket.slice(0, -4)}AAAA`, 5, 'IDENTITY_TICKET_BAD_SIGNATURE'],
    ] as const;
    for (const [text, exitCode, code] of refusals) {
      const refused = await joinGrower('refused', ...asGrower(text)).ended;
      expect(refused).toMatchObject({ exitCode, said: expect.stringContaining(code) });
    }
  }, 30_000);

  it('makes its keys, shows the six words that the inviter sees, and is admitted by three votes', async () => {
    const joining = joinGrower('grower', ...asGrower(ticket), '--no-start', '--json');
    await joining.until('puts the request to the vote');
    const { body } = await client(1).get('/api/v1/join-requests');
    const [request] = body['items'] as { id: string; words: string[]; state: string; organization: { did: string } }[];
    expect(request).toMatchObject({ state: 'filed', organization: { did: GROWER } });

    const admit = (...more: string[]) =>
      lading('admit', request!.id.slice(0, 8), '--data-dir', test.network.dataDir, ...more).ended;
    expect(await admit()).toMatchObject({ exitCode: 2, said: expect.stringContaining(request!.words.join(' ')) });
    const proposed = await admit('--words-compared');
    expect(proposed.exitCode).toBe(0);
    for (const k of [2, 3]) await client(k).post(`/api/v1/proposals/${proposed.data.trim()}/votes`, { choice: 'yes' });
    const { exitCode, said, data } = await joining.ended;
    expect({ exitCode, words: (JSON.parse(data) as { words: string[] }).words }).toEqual({
      exitCode: 0,
      words: request!.words,
    });
    expect(said).toContain(request!.words.join('  '));

    const replay = await joinGrower(
      'thief',
      ...asGrower(ticket).map((word) => (word === GROWER ? 'did:web:thief.example' : word)),
    ).ended;
    expect(replay).toMatchObject({ exitCode: 7, said: expect.stringContaining('IDENTITY_TICKET_USED') });
  }, 60_000);

  it('copies the chain from genesis, verifies it, and reads it from its own index', async () => {
    const file = join(folder, 'grower', 'config.json');
    const config = JSON.parse(readFileSync(file, 'utf8')) as object;
    // The test votes with the API key, as a person would with a passkey.
    writeFileSync(file, JSON.stringify({ ...config, access: { servicesMayGovern: true } }));
    node = joinGrower('grower');
    await node.until(/In sync at block \d+/);
    grower = new ApiClient(
      `http://127.0.0.1:${ports + 1}`,
      readFileSync(join(folder, 'grower', 'api-key'), 'utf8').trim(),
    );
    const self = await grower.get<Record<string, unknown>>('/api/v1/organizations/self');
    expect(self).toMatchObject({ did: GROWER, status: 'active', roles: ['member'], gs1CompanyPrefixes: ['9521055'] });
    await expectOneChain();
  }, 60_000);

  it('becomes a validator by vote, seals and proposes blocks', async () => {
    await decide(
      client(2),
      '/api/v1/proposals',
      { action: { kind: 'validators.change', change: 'add', did: GROWER } },
      [client(1), client(3)],
    );
    for (let n = 0; n < 7; n++) await register(n);
    const { height } = await grower.get<{ height: number }>('/api/v1/network');
    const { items } = await grower.get<{ items: { proposer: string }[] }>(`/api/v1/blocks?limit=7&minHeight=${height}`);
    expect(items.map(({ proposer }) => proposer)).toContain(GROWER);
    const { validators, quorum } = (await client(4).get('/api/v1/network')).body as {
      validators: { did: string; lastSealHeight: number }[];
      quorum: number;
    };
    expect({ count: validators.length, quorum }).toEqual({ count: 5, quorum: 4 });
    expect(validators.find(({ did }) => did === GROWER)?.lastSealHeight).toBeGreaterThan(0);
    await expectOneChain();
  }, 60_000);

  it('has its vote: a validator that is down is removed by the others, and the chain goes on', async () => {
    await test.network.stopNode(4);
    const removal = { action: { kind: 'organization.remove', did: client(4).did } };
    await decide(client(1), '/api/v1/proposals', removal, [client(2), client(3), grower]);
    const { validators } = (await client(1).get('/api/v1/network')).body as { validators: { did: string }[] };
    expect(validators.map(({ did }) => did)).toEqual([client(2).did, GROWER, client(1).did, client(3).did].sort());
    await register(7);
    // Its node is turned away: nobody trusts its key any more.
    const { items } = await grower.get<{ items: { did: string }[] }>('/api/v1/network/peers');
    expect(items.map(({ did }) => did)).not.toContain(client(4).did);
  }, 60_000);

  it('that loses its disk, not its keys, comes back, follows at first, and votes again', async () => {
    node.stop();
    expect((await node.ended).exitCode).toBe(0);
    rmSync(join(folder, 'grower', 'chain'), { recursive: true });
    node = joinGrower('grower');
    await node.until(/In sync at block \d+/);
    const height = (await client(1).get('/api/v1/network')).body['height'] as number;
    for (let n = 8; n < 14; n++) await register(n);
    const { validators } = await grower.get<{ validators: { did: string; lastSealHeight: number | null }[] }>(
      '/api/v1/network',
    );
    expect(validators.find(({ did }) => did === GROWER)?.lastSealHeight).toBeGreaterThan(height + 3);
    await expectOneChain();
  }, 60_000);

  it('that loses its node key registers another one through a member, and votes with it', async () => {
    node.stop();
    await node.ended;
    const key = join(folder, 'grower', 'keys', 'node.json');
    const lost = readFileSync(key);
    rmSync(key);
    const entry = join(folder, 'entry.cbor');
    const config = join(folder, 'grower', 'config.json');
    const files = ['--config', config, '--out', entry, '--passphrase-file', passphraseFile];
    expect((await lading('replace-node-key', ...files).ended).exitCode).toBe(0);
    expect(readFileSync(key).equals(lost)).toBe(false);
    const cbor = { 'content-type': 'application/cbor' };
    expect(await client(3).post('/api/v1/entries', new Uint8Array(readFileSync(entry)), cbor)).toMatchObject({
      status: 201,
    });

    node = joinGrower('grower');
    await node.until(/In sync at block \d+/);
    const { height } = await grower.get<{ height: number }>('/api/v1/network');
    for (let n = 14; n < 18; n++) await register(n);
    const { validators } = await grower.get<{ validators: { did: string; lastSealHeight: number | null }[] }>(
      '/api/v1/network',
    );
    expect(validators.find(({ did }) => did === GROWER)?.lastSealHeight).toBeGreaterThan(height);
    await expectOneChain();
  }, 60_000);

  /** One more block. */
  async function register(n: number): Promise<void> {
    const product = { gtin: gtinOf(n), name: `Product ${n}` };
    expect(await client(1).post('/api/v1/products', product)).toMatchObject({ status: 201 });
  }

  async function adminKeyOf(k: number): Promise<OpenedKey> {
    const { path, passphraseFile: file } = test.network.signingKey(k);
    const key = await openKeystore(path.replace('sign.json', 'admin.json'), readFileSync(file, 'utf8').trim());
    if (!key.ok) throw new Error(key.detail);
    return key.value;
  }

  /** The newcomer's last block is the founders'. */
  async function expectOneChain(): Promise<void> {
    const { height } = await grower.get<{ height: number }>('/api/v1/network');
    const block = `/api/v1/blocks/${height}?minHeight=${height}`;
    const own = await grower.get<{ hash: string }>(block);
    const theirs = await client(1).until(block, () => true);
    expect(own.hash).toBe(theirs['hash']);
  }
});
