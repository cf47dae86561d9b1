import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toHex } from '#codec';
import { sodiumSigner } from '#keystore';
import { run } from './run.js';

describe('the command line', () => {
  let folder: string;
  let out: string;
  let err: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lading-cli-'));
    out = '';
    err = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((out += String(text))));
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((err += String(text))));
  });

  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true, force: true });
  });

  const passphraseFile = (text = 'correct horse\n'): string => {
    const path = join(folder, 'passphrase');
    writeFileSync(path, text);
    return path;
  };

  const newKey = (file: string, purpose = 'node'): Promise<number> =>
    run(['keys', 'new', file, '--purpose', purpose, '--passphrase-file', passphraseFile()]);

  it('shows examples first in its help', async () => {
    expect(await run(['--help'])).toBe(0);
    expect(out).toMatch(/^Examples:\n {2}npm start/);
    expect(out).toContain('Usage: lading');
  });

  it.each([
    { args: ['dev', '--port-base', '65500'], says: 'Give a whole number from 1024 to 65495.' },
    { args: ['dev', '--organizations', '14'], says: 'Give a whole number from 1 to 13.' },
    { args: ['dev', '--organizations', '0'], says: 'Give a whole number from 1 to 13.' },
    { args: ['dev', '--colour'], says: "unknown option '--colour'" },
    { args: ['keys', 'new', 'k.json', '--purpose', 'door'], says: "argument 'door' is invalid" },
    { args: ['ship'], says: "unknown command 'ship'" },
  ])('ends with code 2 and says why: $args', async ({ args, says }) => {
    expect(await run(args)).toBe(2);
    expect(err).toContain(says);
  });

  it('says that no network runs on a data directory, with code 3', async () => {
    for (const args of [['dev', 'status'], ['dev', 'start', '2'], ['demo']]) {
      expect(await run([...args, '--data-dir', folder])).toBe(3);
    }
    expect(err.match(/npm start/g)).toHaveLength(3);
  });

  it('makes a key that only its owner can read, lists and shows it without the passphrase', async () => {
    const file = join(folder, 'keys', 'node.json');
    expect(await newKey(file)).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    out = '';
    expect(await run(['keys', 'show', file, '--json'])).toBe(0);
    const key = JSON.parse(out) as object;
    expect(key).toEqual({
      file,
      purpose: 'node',
      keyId: expect.stringMatching(/^[0-9a-f]{64}$/),
      publicKey: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    out = '';
    expect(await run(['keys', 'list', join(folder, 'keys'), '--json'])).toBe(0);
    expect(JSON.parse(out)).toEqual([key]);
  });

  it('never overwrites a key', async () => {
    const file = join(folder, 'sign.json');
    expect(await newKey(file, 'sign')).toBe(0);
    const before = readFileSync(file);
    expect(await newKey(file, 'sign')).toBe(7);
    expect(readFileSync(file)).toEqual(before);
    expect(err).toContain('KEYSTORE_EXISTS');
  });

  it('checks a passphrase, with code 5 when it does not fit', async () => {
    const file = join(folder, 'node.json');
    await newKey(file);
    const check = ['keys', 'show', file, '--check', '--passphrase-file'];
    expect(await run([...check, passphraseFile()])).toBe(0);
    expect(await run([...check, passphraseFile('wrong\n')])).toBe(5);
    expect(err).toContain('KEYSTORE_WRONG_PASSPHRASE');
  });

  it('needs a passphrase, and names a key file that others can read', async () => {
    const file = join(folder, 'node.json');
    expect(await run(['keys', 'new', file, '--purpose', 'node', '--no-input'])).toBe(2);
    await newKey(file);
    chmodSync(file, 0o644);
    expect(await run(['keys', 'list', folder])).toBe(0);
    expect(err).toContain(`others may read or write ${file}`);
    expect(await run(['keys', 'show', file])).toBe(4);
  });

  it('writes a genesis from the public keys of its organisations, once', async () => {
    const publicKey = (seed: number): string => toHex(sodiumSigner(new Uint8Array(32).fill(seed)).publicKey);
    const organizations = ['a', 'b'].map((name, index) => ({
      did: `did:web:${name}.example`,
      name,
      roles: ['validator', 'member'],
      gs1CompanyPrefixes: [],
      nodeKey: publicKey(2 * index + 1),
      signingKey: publicKey(2 * index + 2),
    }));
    const founding = join(folder, 'organizations.json');
    const genesis = join(folder, 'genesis.json');
    writeFileSync(founding, JSON.stringify({ organizations, parameters: { batchWaitMs: 50 } }));
    out = '';
    expect(await run(['genesis', 'new', '--organizations', founding, '--out', genesis])).toBe(0);
    const networkId = out.trim();
    expect(await run(['genesis', 'new', '--organizations', founding, '--out', genesis])).toBe(7);
    out = '';
    expect(await run(['genesis', 'show', genesis, '--json'])).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ networkId, organizations: [{ name: 'a' }, { name: 'b' }] });

    writeFileSync(founding, JSON.stringify({ organizations: [{ ...organizations[0], did: 'a' }] }));
    expect(await run(['genesis', 'new', '--organizations', founding, '--out', join(folder, 'other.json')])).toBe(4);
    expect(err).toContain('GENESIS_BAD_DID');
  });

  it('prepares configurations for nodes on hosts of their own, and keeps the keys it made', async () => {
    const network = join(folder, 'network');
    const args = ['dev', 'prepare', '--data-dir', network, '--organizations', '2', '--host', 'node-{k}'];
    const secrets = ['--passphrase-file', passphraseFile(), '--database-password-file', passphraseFile()];
    const all = [...args, ...secrets, '--database-url', 'postgres://lading@postgres-{k}:5432/lading'];
    expect(await run(all)).toBe(0);
    const networkId = out.trim();
    const config = JSON.parse(readFileSync(join(network, 'node-2', 'config.json'), 'utf8')) as object;
    expect(config).toMatchObject({
      did: 'did:web:carrier.example',
      genesis: '../genesis.json',
      api: { host: '0.0.0.0', port: 7400 },
      peers: [{ did: 'did:web:maker.example', host: 'node-1', port: 7420 }],
      databaseUrl: 'postgres://lading:correct%20horse@postgres-2:5432/lading',
    });
    out = '';
    expect(await run(all)).toBe(0);
    expect(out.trim()).toBe(networkId);
  });

  it('says what a rebuild of the index lacks', async () => {
    expect(await run(['reindex', '--config', join(folder, 'none.json')])).toBe(3);
    const config = join(folder, 'config.json');
    writeFileSync(config, JSON.stringify({ genesis: 'genesis.json', dataDir: 'chain' }));
    expect(await run(['reindex', '--config', config])).toBe(2);
    expect(err).toContain('has no "databaseUrl"');
  });
});
