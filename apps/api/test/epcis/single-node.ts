import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { toHex } from '#codec';
import { DEFAULT_PARAMETERS } from '#identity';
import { createKeystore } from '#keystore';
import { startTestPostgres } from '../../../../libs/index/testing/test-postgres.js';
import type { LoadedConfig } from '../../src/config/load-config.js';
import { startNode } from '../../src/start-node.js';

export const SINGLE_NODE_KEY = 'test-key';
const API_KEY = SINGLE_NODE_KEY;
const PASSPHRASE = 'correct horse';

export interface SingleNode {
  /** Without a slash at the end. */
  readonly url: string;
  call(
    method: string,
    path: string,
    options?: { readonly headers?: Record<string, string>; readonly body?: string },
  ): Promise<{
    readonly statusCode: number;
    readonly headers: Record<string, string>;
    readonly body: string;
  }>;
  stop(): Promise<void>;
}

/** A whole node of one organisation in this process, with a database of its own. */
export async function startSingleNode(overrides: Partial<LoadedConfig> = {}): Promise<SingleNode> {
  const directory = mkdtempSync(join(tmpdir(), 'lading-epcis-'));
  const postgres = await startTestPostgres(process.env['DATABASE_URL']);
  const keys = { node: join(directory, 'node.key'), sign: join(directory, 'sign.key') };
  const publicKeys: string[] = [];
  for (const purpose of ['node', 'sign'] as const) {
    const key = await createKeystore(keys[purpose], purpose, PASSPHRASE, { scryptN: 2 ** 14 });
    if (!key.ok) throw new Error(key.detail);
    publicKeys.push(toHex(key.value.publicKey));
  }
  const did = 'did:web:maker.example';
  const genesis = join(directory, 'genesis.json');
  const organization = {
    did,
    name: 'Maker',
    roles: ['validator', 'member'],
    gs1CompanyPrefixes: ['0614141'],
    nodeKey: publicKeys[0],
    signingKey: publicKeys[1],
  };
  writeFileSync(
    genesis,
    JSON.stringify({
      format: 'lading-genesis-1',
      time: 1_700_000_000_000,
      organizations: [organization],
      parameters: DEFAULT_PARAMETERS,
    }),
  );
  const running = await startNode(
    {
      did,
      genesis,
      dataDir: join(directory, 'store'),
      api: { host: '127.0.0.1', port: 0 },
      peer: { host: '127.0.0.1', port: 0 },
      peers: [],
      databaseUrl: await postgres.createDatabase(),
      keys,
      apiKeySha256: createHash('sha256').update(API_KEY).digest('hex'),
      publicReads: false,
      logLevel: 'silent',
      passphrase: PASSPHRASE,
      endsWithParent: false,
      ...overrides,
    },
    { logger: pino({ level: 'silent' }) },
  );
  const call: SingleNode['call'] = async (method, path, { headers = {}, body } = {}) => {
    const response = await fetch(new URL(path, running.url), {
      method,
      headers: { authorization: `Bearer ${API_KEY}`, ...headers },
      ...(body !== undefined && { body }),
    });
    return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  };
  while ((await call('GET', '/readyz')).statusCode !== 200) await new Promise((resume) => setTimeout(resume, 25));
  return {
    url: running.url,
    call,
    stop: async () => {
      await running.stop();
      await postgres.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
