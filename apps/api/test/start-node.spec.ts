import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toHex, utf8Encode } from '#codec';
import { DEFAULT_PARAMETERS } from '#identity';
import { createKeystore } from '#keystore';
import { encodeEntry, signEntry } from '#ledger';
import { pino } from 'pino';
import { startTestPostgres, type TestPostgres } from '../../../libs/index/testing/test-postgres.js';
import type { LoadedConfig } from '../src/config/load-config.js';
import { openKeys } from '../src/node/open-keys.js';
import { readGenesis } from '../src/node/read-genesis.js';
import { startNode, type RunningNode } from '../src/start-node.js';

const DID = 'did:web:maker.example';
const API_KEY = 'test-key';
const PASSPHRASE = 'correct horse';
const GTIN = '09521234567899';

let directory: string;
let postgres: TestPostgres;
let config: LoadedConfig;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'lading-node-'));
  postgres = await startTestPostgres();
  const keys = { node: join(directory, 'node.key'), sign: join(directory, 'sign.key') };
  const [nodeKey, signingKey] = await Promise.all(
    (['node', 'sign'] as const).map(async (purpose) => {
      const key = await createKeystore(keys[purpose], purpose, PASSPHRASE, { scryptN: 2 ** 14 });
      if (!key.ok) throw new Error(key.detail);
      return toHex(key.value.publicKey);
    }),
  );
  const genesis = join(directory, 'genesis.json');
  const organization = {
    did: DID,
    name: 'Maker',
    roles: ['validator', 'member'],
    gs1CompanyPrefixes: ['9521234'],
    nodeKey,
    signingKey,
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
  config = {
    did: DID,
    genesis,
    dataDir: join(directory, 'store'),
    api: { host: '127.0.0.1', port: 0 },
    peer: { host: '127.0.0.1', port: 0 },
    peers: [],
    databaseUrl: await postgres.createDatabase(),
    keys,
    apiKeySha256: createHash('sha256').update(API_KEY).digest('hex'),
    publicReads: false,
    access: { servicesMayGovern: true },
    logLevel: 'silent',
    passphrase: PASSPHRASE,
    endsWithParent: false,
  };
}, 60_000);

afterAll(async () => {
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
});

const start = (overrides: Partial<LoadedConfig> = {}) =>
  startNode({ ...config, ...overrides }, { logger: pino({ level: 'silent' }) });

async function call(running: RunningNode, method: string, path: string, body?: unknown) {
  const isBytes = body instanceof Uint8Array;
  const response = await fetch(running.url + path, {
    method,
    headers: {
      authorization: `Bearer ${API_KEY}`,
      ...(body !== undefined && { 'content-type': isBytes ? 'application/cbor' : 'application/json' }),
    },
    ...(body !== undefined && { body: isBytes ? Buffer.from(body) : JSON.stringify(body) }),
  });
  return {
    status: response.status,
    location: response.headers.get('location'),
    body: (await response.json().catch(() => undefined)) as Record<string, unknown>,
  };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 400; i++) {
    if (await isSo()) return;
    await new Promise((resume) => setTimeout(resume, 25));
  }
  throw new Error('waited in vain');
}
const isReady = async (running: RunningNode) => (await call(running, 'GET', '/readyz')).status === 200;

describe('a node of one organisation', () => {
  it('records what its API is told, and goes on after a restart where it was', async () => {
    const first = await start();
    let height: unknown;
    try {
      await until(() => isReady(first));
      expect((await call(first, 'POST', '/api/v1/products', { gtin: GTIN, name: 'Tea' })).status).toBe(201);
      expect((await call(first, 'POST', '/api/v1/products', { gtin: GTIN, name: 'Tea' })).body).toMatchObject({
        status: 409,
        code: 'TRACE_PRODUCT_EXISTS',
      });
      const items = await call(first, 'POST', '/api/v1/items', { gtin: GTIN, serials: ['1'] });
      height = items.body['height'];
      const id = encodeURIComponent('urn:epc:id:sgtin:9521234.056789.1');
      const item = await call(first, 'GET', `/api/v1/items/${id}?minHeight=${String(height)}`);
      expect(item.body).toMatchObject({
        id: `https://id.gs1.org/01/${GTIN}/21/1`,
        owner: DID,
        custodian: DID,
        status: 'active',
        history: { count: 1 },
        asOf: { height },
      });
      const history = await call(first, 'GET', `/api/v1/items/${id}/history`);
      expect(history.body).toMatchObject({
        events: [{ kind: 'item.commission', author: DID, event: { gtin: GTIN, serials: ['1'] } }],
      });
      const block = await call(first, 'GET', `/api/v1/blocks/${String(height)}`);
      expect(block.body).toMatchObject({
        certificate: { seals: [{ validator: DID }] },
        entries: { items: [{ kind: 'item.commission' }] },
      });
    } finally {
      await first.stop();
    }

    const second = await start();
    try {
      expect((await call(second, 'GET', '/api/v1/network')).body).toMatchObject({ height, logSize: 2 });
      await until(() => isReady(second));
      expect((await call(second, 'POST', '/api/v1/items', { gtin: GTIN, serials: ['1'] })).body).toMatchObject({
        code: 'TRACE_ITEM_EXISTS',
      });
    } finally {
      await second.stop();
    }
  });

  it('takes entries that a client signed, and refuses each fault with its code', async () => {
    const running = await start();
    try {
      const { sign } = await openKeys(config);
      const { networkId } = readGenesis(config.genesis);
      const fields = {
        keyId: sign.keyId,
        issuer: DID as never,
        subject: 'x',
        networkId,
        kind: 'product.register',
        notAfter: 500,
        contentType: 'application/json',
      };
      const content = (name: string) => utf8Encode(JSON.stringify({ gtin: '09521234000013', name }));
      const send = (entry: { statement: Uint8Array; content: Uint8Array }) =>
        call(running, 'POST', '/api/v1/entries', encodeEntry(entry));

      const good = signEntry(fields, content('Coffee'), sign);
      expect(await send(good)).toMatchObject({ status: 201, body: { status: 'final' } });
      expect(await send({ ...good, content: content('Cocoa') })).toMatchObject({
        status: 422,
        body: { code: 'ENTRY_CONTENT_HASH_MISMATCH' },
      });
      expect(
        await send(signEntry({ ...fields, networkId: '00'.repeat(32) as never }, content('Tea'), sign)),
      ).toMatchObject({ status: 422, body: { code: 'ENTRY_WRONG_NETWORK' } });
      const forged = Uint8Array.from(signEntry(fields, content('Tea'), sign).statement);
      forged[forged.length - 1]! ^= 1;
      expect((await send({ statement: forged, content: content('Tea') })).body['code']).toBe('ENTRY_BAD_SIGNATURE');
      expect(await send(signEntry(fields, utf8Encode('{"gtin":"1","gtin":"2"}'), sign))).toMatchObject({
        status: 400,
        body: { code: 'JSON_DUPLICATE_KEY' },
      });
    } finally {
      await running.stop();
    }
  });

  it('starts without its database, records meanwhile, and indexes when the database is back', async () => {
    await postgres.shutDown();
    const running = await start();
    try {
      expect((await call(running, 'GET', '/healthz')).status).toBe(200);
      expect((await call(running, 'GET', '/api/v1/products')).body).toMatchObject({
        status: 503,
        code: 'API_INDEX_UNAVAILABLE',
      });
      expect((await call(running, 'GET', '/readyz')).status).toBe(503);
      const items = await call(running, 'POST', '/api/v1/items', { gtin: GTIN, serials: ['2'] });
      expect(items.status).toBe(201);

      await postgres.startAgain();
      await until(() => isReady(running));
      const id = encodeURIComponent(`https://id.gs1.org/01/${GTIN}/21/2`);
      expect((await call(running, 'GET', `/api/v1/items/${id}?minHeight=${String(items.body['height'])}`)).status).toBe(
        200,
      );
    } finally {
      await running.stop();
    }
  });

  it('rotates its signing key: entries go on under the new one, also after a restart, and the revoked one is refused', async () => {
    const old = (await openKeys(config)).sign;
    const first = await start();
    let keyId: unknown;
    try {
      // Key operations stand in the audit log, which is in the database.
      await until(() => isReady(first));
      const rotated = await call(first, 'POST', '/api/v1/keys/rotate', {
        purpose: 'sign',
        revokeOld: true,
      });
      expect(rotated).toMatchObject({ status: 201, location: '/api/v1/organizations/self', body: { status: 'final' } });
      keyId = rotated.body['keyId'];
      expect(keyId).not.toBe(old.keyId);
      const item = await call(first, 'POST', '/api/v1/items', { gtin: GTIN, serials: ['after-rotation'] });
      expect(item.status).toBe(201);
      expect((await call(first, 'GET', item.location as string)).body).toMatchObject({ keyId });

      const { networkId } = readGenesis(config.genesis);
      const fields = {
        keyId: old.keyId,
        issuer: DID as never,
        subject: 'x',
        networkId,
        kind: 'product.register',
        notAfter: 500,
        contentType: 'application/json',
      };
      const late = await call(
        first,
        'POST',
        '/api/v1/entries',
        encodeEntry(signEntry(fields, utf8Encode('{"gtin":"09521234000020","name":"Late"}'), old)),
      );
      expect(late.body).toMatchObject({ status: 422, code: 'IDENTITY_KEY_REVOKED' });
    } finally {
      await first.stop();
    }
    expect((await openKeys(config)).sign.keyId).toBe(keyId);
    const second = await start();
    try {
      expect((await call(second, 'POST', '/api/v1/items', { gtin: GTIN, serials: ['after-restart'] })).status).toBe(
        201,
      );
    } finally {
      await second.stop();
    }
  });

  it('does not cut off a write that is under way when it stops', async () => {
    const running = await start();
    await until(() => isReady(running));
    const heightBefore = running.node.durableHeight();
    const write = call(running, 'POST', '/api/v1/items', { gtin: GTIN, serials: ['3'] });
    await until(() => Promise.resolve(running.node.pool().entries > 0 || running.node.durableHeight() > heightBefore));
    await running.stop();
    expect((await write).status).toBe(201);
    await expect(fetch(`${running.url}/healthz`)).rejects.toThrow();
  });
});

describe('a node that cannot start', () => {
  it.each<[string, () => Promise<Partial<LoadedConfig>>, RegExp]>([
    [
      'has no key',
      () => Promise.resolve({ keys: { node: join(directory, 'absent.key'), sign: config.keys.sign } }),
      /no node key .*lading keys new/,
    ],
    [
      'has the keys the wrong way round',
      () => Promise.resolve({ keys: { node: config.keys.sign, sign: config.keys.node } }),
      /holds a key for "sign" where one for "node" is needed/,
    ],
    ['has no passphrase', () => Promise.resolve({ passphrase: undefined }), /LADING_PASSPHRASE/],
    ['has the wrong passphrase', () => Promise.resolve({ passphrase: 'wrong' }), /KEYSTORE_WRONG_PASSPHRASE/],
    [
      'has no genesis file',
      () => Promise.resolve({ genesis: join(directory, 'absent.json') }),
      /genesis file .* cannot be read/,
    ],
  ])('says what to do: %s', async (_what, overrides, sentence) => {
    await expect(start(await overrides())).rejects.toThrow(sentence);
  });

  it('says which port is taken, and leaves nothing behind', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    try {
      for (const member of ['api', 'peer'] as const) {
        await expect(start({ [member]: { host: '127.0.0.1', port } })).rejects.toThrow(
          `Port ${port} on 127.0.0.1 is taken: stop what listens there or change "${member}" in the configuration.`,
        );
      }
    } finally {
      taken.close();
    }
    await (await start()).stop();
  });

  it('says that another process has its data', async () => {
    const running = await start();
    try {
      await expect(start()).rejects.toThrow(/STORE_IN_USE/);
    } finally {
      await running.stop();
    }
  });
});
