import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfig } from '../src/config/load-config.js';

const CONFIG = {
  did: 'did:web:maker.example',
  genesis: '../genesis.json',
  dataDir: 'store',
  api: { host: '127.0.0.1', port: 7401 },
  peer: { host: '127.0.0.1', port: 7501 },
  peers: [{ did: 'did:web:carrier.example', host: '127.0.0.1', port: 7502 }],
  databaseUrl: 'postgres://localhost/maker',
  keys: { node: 'node.key', sign: 'sign.key' },
  apiKeySha256: 'ab'.repeat(32),
};

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'lading-config-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function written(content: object | string): string {
  const path = join(directory, 'node.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('loadConfig', () => {
  it('resolves paths against the file and fills in what is not said', () => {
    expect(loadConfig(['--config', written(CONFIG)], {})).toMatchObject({
      genesis: join(directory, '../genesis.json'),
      dataDir: join(directory, 'store'),
      keys: { node: join(directory, 'node.key'), sign: join(directory, 'sign.key') },
      publicReads: false,
      logLevel: 'info',
      passphrase: undefined,
      endsWithParent: false,
    });
  });

  it('resolves the path of the list of company prefixes', () => {
    expect(loadConfig(['--config', written({ ...CONFIG, gs1PrefixList: '../gcp.json' })], {}).gs1PrefixList).toBe(
      join(directory, '../gcp.json'),
    );
    expect(loadConfig(['--config', written(CONFIG)], {})).not.toHaveProperty('gs1PrefixList');
  });

  it('lets the environment override database, log level and passphrase', () => {
    const path = written({ ...CONFIG, passphraseFile: 'passphrase' });
    writeFileSync(join(directory, 'passphrase'), 'from the file\n');
    expect(loadConfig([], { LADING_NODE_CONFIG: path }).passphrase).toBe('from the file');
    expect(
      loadConfig([`--config=${path}`], {
        DATABASE_URL: 'postgres://other/db',
        LADING_LOG_LEVEL: 'debug',
        LADING_PASSPHRASE: 'from the environment',
      }),
    ).toMatchObject({
      databaseUrl: 'postgres://other/db',
      logLevel: 'debug',
      passphrase: 'from the environment',
    });
  });

  it.each([
    ['no configuration at all', () => [], /--config/],
    ['a file that is not there', () => ['--config', join(directory, 'absent.json')], /cannot be read/],
    ['no JSON', () => ['--config', written('{')], /not a JSON object/],
    ['a JSON value that is no object', () => ['--config', written('[]')], /not a JSON object/],
    [
      'pages without TLS elsewhere than on localhost',
      () => ['--config', written({ ...CONFIG, access: { origin: 'http://lading.maker.example' } })],
      /access\.origin: https/,
    ],
    [
      'an origin with a path',
      () => ['--config', written({ ...CONFIG, access: { origin: 'https://lading.maker.example/' } })],
      /access\.origin: scheme, host and port only/,
    ],
    [
      'a relying party of another domain',
      () => [
        '--config',
        written({ ...CONFIG, access: { origin: 'https://lading.maker.example', rpId: 'other.example' } }),
      ],
      /access\.rpId: the host of origin/,
    ],
    [
      'a proxy that is no address',
      () => ['--config', written({ ...CONFIG, access: { trustedProxies: ['proxy'] } })],
      /access\.trustedProxies\.0: an IP address/,
    ],
    [
      'a limit of nothing',
      () => ['--config', written({ ...CONFIG, access: { limits: { signIn: 0 } } })],
      /access\.limits\.signIn/,
    ],
    ['a field that is not known', () => ['--config', written({ ...CONFIG, dataDirectory: 'x' })], /dataDirectory/],
    ['a port out of range', () => ['--config', written({ ...CONFIG, api: { host: 'x', port: 70_000 } })], /api\.port/],
    [
      'an API key where its hash belongs',
      () => ['--config', written({ ...CONFIG, apiKeySha256: 'secret' })],
      /apiKeySha256/,
    ],
    [
      'a passphrase file that is not there',
      () => ['--config', written({ ...CONFIG, passphraseFile: 'absent' })],
      /passphrase file/,
    ],
  ])('says in one sentence what is wrong: %s', (_what, argv, sentence) => {
    expect(() => loadConfig(argv(), {})).toThrow(sentence);
    expect(() => loadConfig(argv(), {})).toThrow(expect.objectContaining({ name: 'StartupError' }));
  });
});
