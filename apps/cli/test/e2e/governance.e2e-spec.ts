import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyIdOf, type Did, type NetworkId } from '#identity';
import { checksum, createIndexDataSource } from '#index';
import { openKeystore, type OpenedKey } from '#keystore';
import { encodeEntry, signEntry } from '#ledger';
import { ballot, itemCommissioning, type EntryDraft } from '#trace';
import { layoutOf } from '../../src/dev/layout.js';
import { run } from '../../src/run.js';
import type { Answer, Client } from './client.js';
import { startTestNetwork, type TestNetwork } from './test-network.js';

/** GTINs under the prefixes of the four organisations, check digits included. */
const GTINS = ['09521001000017', '09521002000016', '09521003000015', '09521004000014'];
const CBOR = { 'content-type': 'application/cbor' };

let test: TestNetwork;
let maker: Client;
let carrier: Client;
let wholesaler: Client;
let retailer: Client;
let serial = 0;

beforeAll(async () => {
  test = await startTestNetwork();
  [maker, carrier, wholesaler, retailer] = test.clients as [Client, Client, Client, Client];
  for (const client of test.clients) {
    await client.until('/readyz', ({ status }) => status === 'ready');
    await done(client.post('/api/v1/products', { gtin: GTINS[client.k - 1], name: `Product ${client.k}` }));
  }
}, 60_000);

afterAll(async () => {
  await test?.remove();
}, 20_000);

/** The body of a request that must succeed. */
async function done(answer: Promise<Answer>): Promise<Record<string, unknown>> {
  const { status, body } = await answer;
  if (status !== 200 && status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

async function expectRefused(answer: Promise<Answer>, status: number, code: string): Promise<void> {
  const { status: given, body } = await answer;
  expect({ status: given, code: body['code'] }).toEqual({ status, code });
}

function commission(client: Client): Promise<Answer> {
  return client.post('/api/v1/items', { gtin: GTINS[client.k - 1], serials: [`S${serial++}`] });
}

const heightOf = async (client: Client): Promise<number> => (await client.get('/api/v1/network')).body['height'] as number;

/** Clients that write one thing after the other until told to stop. */
function load(clients: readonly Client[], parallel: number): { readonly count: () => number; stop(): Promise<readonly string[]> } {
  let isStopped = false;
  let count = 0;
  const failures: string[] = [];
  const workers = clients.flatMap((client) =>
    Array.from({ length: parallel }, async () => {
      while (!isStopped) {
        const { status, body } = await commission(client);
        count++;
        if (status !== 201) failures.push(`${client.did} ${status} ${JSON.stringify(body)}`);
      }
    }),
  );
  return {
    count: () => count,
    async stop() {
      isStopped = true;
      await Promise.all(workers);
      return failures;
    },
  };
}

async function key(k: number, purpose: 'sign' | 'admin'): Promise<OpenedKey> {
  const layout = layoutOf(test.network.dataDir);
  const { signingKey, adminKey } = layout.node(k);
  const opened = await openKeystore(purpose === 'sign' ? signingKey : adminKey, readFileSync(layout.passphrase, 'utf8').trim());
  if (!opened.ok) throw new Error(opened.detail);
  return opened.value;
}

/** Posts an entry that is signed here, as whoever has the key. */
function postSigned(via: Client, author: Client, signer: OpenedKey, draft: EntryDraft): Promise<Answer> {
  const { content, ...fields } = draft;
  const entry = signEntry(
    {
      ...fields,
      issuer: author.did as Did,
      keyId: keyIdOf(signer.publicKey),
      networkId: test.network.network.networkId as NetworkId,
      notAfter: 90_000,
    },
    content,
    signer,
  );
  return via.post('/api/v1/entries', encodeEntry(entry), CBOR);
}

interface Key {
  readonly keyId: string;
  readonly purpose: string;
  readonly validUntil: number | null;
}

async function keysOf(client: Client, minHeight = 0): Promise<readonly Key[]> {
  const body = await done(client.get(`/api/v1/organizations/self?minHeight=${minHeight}`));
  return body['keys'] as readonly Key[];
}

/** Heights at which proposals were opened: another node may be a moment behind the one that opened it. */
const openedAt = new Map<unknown, number>();

async function propose(by: Client, action: object, more: object = {}): Promise<Record<string, unknown>> {
  const opened = await done(by.post('/api/v1/proposals', { action, ...more }));
  openedAt.set(opened['id'], opened['height'] as number);
  return opened;
}

async function vote(by: Client, id: unknown, choice = 'yes'): Promise<Answer> {
  await by.until('/api/v1/network', ({ height }) => (height as number) >= (openedAt.get(id) ?? 0));
  return by.post(`/api/v1/proposals/${String(id)}/votes`, { choice });
}

describe('four organisations in four processes', () => {
  it('rotate all keys of one under load, and no request fails', async () => {
    const before = await keysOf(maker);
    const running = load([maker, carrier], 3);
    const ends: number[] = [];
    for (const purpose of ['admin', 'sign', 'node']) {
      const { height } = await done(maker.post('/api/v1/keys/rotate', { purpose, overlapBlocks: 20 }));
      ends.push((height as number) + 21);
    }
    // On beyond the end of the old keys: votes, seals, links and entries are the new ones' by then.
    const end = Math.max(...ends) + 10;
    await maker.until('/api/v1/network', ({ height }) => (height as number) > end, 30_000);
    expect(await running.stop()).toEqual([]);
    expect(running.count()).toBeGreaterThan(50);

    const after = await keysOf(maker, end);
    for (const purpose of ['admin', 'sign', 'node']) {
      const [old, next] = after.filter((found) => found.purpose === purpose);
      expect(old?.keyId).toBe(before.find((found) => found.purpose === purpose)?.keyId);
      expect(old?.validUntil).not.toBeNull();
      expect(next).toMatchObject({ validUntil: null, revoked: false });
    }
    for (const client of test.clients) {
      const { body } = await client.get('/api/v1/network');
      expect((body['validators'] as { connected: boolean }[]).map(({ connected }) => connected)).toEqual([true, true, true, true]);
    }
    const own = await done(maker.get('/.well-known/did.json'));
    expect(own['verificationMethod']).toHaveLength(after.length);
    expect(own['authentication']).toEqual([`${maker.did}#${after.filter(({ purpose }) => purpose === 'node')[1]?.keyId}`]);
  }, 60_000);

  it('dispute what a stolen key signed from the height that its owner names, on every node, and nothing before', async () => {
    const stolen = await key(2, 'sign');
    const { entryId: honest, height: lastHonest } = await done(commission(carrier));
    const forged = await done(
      postSigned(wholesaler, carrier, stolen, itemCommissioning({ gtin: GTINS[1]!, serials: ['FORGED'] })),
    );
    const notTrustedFrom = (lastHonest as number) + 1;
    // It was posted elsewhere: the owner's node may be a moment behind.
    await carrier.until('/api/v1/network', ({ height }) => (height as number) >= (forged['height'] as number));
    const preview = await done(carrier.post('/api/v1/keys/revoke/preview', { keyId: stolen.keyId, notTrustedFrom }));
    expect(preview).toMatchObject({ entries: 1, byKind: [{ kind: 'item.commission', entries: 1 }], items: [{ entryId: forged['entryId'] }] });

    const revocation = { keyId: stolen.keyId, notTrustedFrom, reason: 'stolen' };
    const revoked = await done(carrier.post('/api/v1/keys/revoke', revocation));
    expect(revoked['keyId']).not.toBe(stolen.keyId);
    for (const client of test.clients) {
      const isDisputed = async (id: unknown) => {
        const entry = await client.until(`/api/v1/entries/${String(id)}`, ({ status }) => status === 'final');
        return entry['disputed'];
      };
      await client.until('/api/v1/network', ({ indexHeight }) => (indexHeight as number) >= (revoked['height'] as number));
      expect([await isDisputed(honest), await isDisputed(forged['entryId'])]).toEqual([false, true]);
      const item = encodeURIComponent(`https://id.gs1.org/01/${GTINS[1]}/21/FORGED`);
      const history = await done(client.get(`/api/v1/items/${item}/history`));
      expect(history['events']).toMatchObject([{ disputed: true }]);
    }
    await expectRefused(
      postSigned(wholesaler, carrier, stolen, itemCommissioning({ gtin: GTINS[1]!, serials: ['TOO-LATE'] })),
      422,
      'IDENTITY_KEY_REVOKED',
    );
    // The node has gone over to the key that took its place.
    expect(await commission(carrier)).toMatchObject({ status: 201 });
  }, 30_000);

  it('remove a validator that is down, without a stop of the chain; it comes back as a member that agrees', async () => {
    await test.network.killNode(4);
    const running = load([maker, wholesaler], 1);
    const action = { kind: 'validators.change', change: 'remove', did: retailer.did };
    const simulated = await done(maker.post('/api/v1/proposals/simulate', { action }));
    expect(simulated).toMatchObject({
      sentence: `Take Retailer (${retailer.did}) out of the validators.`,
      refusal: null,
      before: { validators: 4, quorum: 3, tolerated: 1 },
      after: { validators: 3, quorum: 2, tolerated: 0 },
      offline: [],
      reachable: 3,
    });

    const { id, state } = await propose(maker, action, { reason: 'its machine burned' });
    expect(state).toBe('open');
    expect(await done(vote(carrier, id))).toMatchObject({ state: 'open', tally: { yes: 2, no: 0, validators: 4, needed: 3 } });
    await expectRefused(vote(carrier, id, 'no'), 409, 'GOVERNANCE_ALREADY_VOTED');
    const decided = await done(vote(wholesaler, id));
    expect(decided).toMatchObject({ state: 'effective', tally: { yes: 3, needed: 3 } });
    await expectRefused(vote(wholesaler, id), 409, 'GOVERNANCE_PROPOSAL_NOT_OPEN');
    const shown = await done(wholesaler.get(`/api/v1/proposals/${String(id)}?minHeight=${String(decided['height'])}`));
    expect(shown).toMatchObject({
      state: 'effective',
      reason: 'its machine burned',
      about: { did: retailer.did, name: 'Retailer' },
      changes: [
        { field: 'validators', before: expect.arrayContaining([retailer.did]) },
        { field: 'quorum', before: 3, after: 2 },
        { field: 'tolerated', before: 1, after: 0 },
      ],
    });
    expect((shown['ballots'] as { organization: string }[]).map(({ organization }) => organization)).toEqual([
      maker.did,
      carrier.did,
      wholesaler.did,
    ]);
    const count = running.count();
    await maker.until('/api/v1/network', () => running.count() > count + 5, 30_000);
    expect(await running.stop()).toEqual([]);

    await test.network.startNode(4);
    const height = await heightOf(maker);
    await retailer.until('/api/v1/network', (body) => (body['height'] as number) >= height, 30_000);
    expect((await retailer.get('/api/v1/network')).body['validators']).toHaveLength(3);
    // It still records, and has no ballot any more.
    expect(await commission(retailer)).toMatchObject({ status: 201 });
    const { id: next } = await propose(retailer, { kind: 'parameters.change', parameters: { batchWaitMs: 20 } });
    await expectRefused(vote(retailer, next), 403, 'GOVERNANCE_NOT_A_VALIDATOR');
    await done(retailer.post(`/api/v1/proposals/${String(next)}/withdraw`, {}));
  }, 60_000);

  it('suspend a member: it reads on, and every node refuses what it writes', async () => {
    const { id } = await propose(carrier, { kind: 'organization.suspend', did: retailer.did });
    const decided = await done(vote(maker, id));
    expect(decided).toMatchObject({ state: 'effective', tally: { yes: 2, validators: 3, needed: 2 } });
    const { did, status } = await done(retailer.get(`/api/v1/organizations/self?minHeight=${String(decided['height'])}`));
    expect({ did, status }).toEqual({ did: retailer.did, status: 'suspended' });
    await expectRefused(commission(retailer), 403, 'IDENTITY_ORGANIZATION_NOT_ACTIVE');
    await expectRefused(
      postSigned(maker, retailer, await key(4, 'sign'), itemCommissioning({ gtin: GTINS[3]!, serials: ['ELSEWHERE'] })),
      403,
      'IDENTITY_ORGANIZATION_NOT_ACTIVE',
    );
    expect(await commission(maker)).toMatchObject({ status: 201 });
  }, 30_000);

  it('refuse what is no ballot of theirs, each with its code', async () => {
    const action = { kind: 'parameters.change', parameters: { batchWaitMs: 30 } };
    const { id, height } = await propose(maker, action, { expiresAfterBlocks: 4 });
    const yes = ballot({ proposal: String(id), choice: 'yes' });
    // Signed with a key of the wrong purpose, and in the name of another.
    await expectRefused(postSigned(maker, carrier, await key(2, 'sign'), yes), 422, 'IDENTITY_KEY_NOT_FOR_SIGNING');
    await expectRefused(postSigned(maker, carrier, await key(3, 'admin'), yes), 422, 'IDENTITY_KEY_NOT_OF_ISSUER');
    await expectRefused(wholesaler.post(`/api/v1/proposals/${String(id)}/withdraw`, {}), 403, 'GOVERNANCE_NOT_PROPOSER');
    await expectRefused(vote(wholesaler, 'ab'.repeat(32)), 404, 'GOVERNANCE_UNKNOWN_PROPOSAL');
    while ((await heightOf(carrier)) < (height as number) + 4) await done(commission(maker));
    await expectRefused(vote(carrier, id), 409, 'GOVERNANCE_PROPOSAL_EXPIRED');
    const expired = await done(carrier.get(`/api/v1/proposals/${String(id)}?minHeight=${(height as number) + 4}`));
    expect(expired).toMatchObject({ state: 'expired', tally: { yes: 1, no: 0, validators: 3, needed: 2 } });

    // The rules refuse these when they are proposed.
    const nobody = { kind: 'organization.suspend', did: 'did:web:nobody.example' };
    await expectRefused(maker.post('/api/v1/proposals', { action: nobody }), 404, 'GOVERNANCE_UNKNOWN_ORGANIZATION');
    const zero = { kind: 'parameters.change', thresholds: { 'organization.suspend': 0 } };
    await expectRefused(maker.post('/api/v1/proposals', { action: zero }), 422, 'GOVERNANCE_THRESHOLD_OUT_OF_RANGE');
  }, 30_000);

  it('let one that lost its keys recover with its root key, on the command line and through the node of another', async () => {
    const layout = layoutOf(test.network.dataDir);
    const { rootKey, nodeKey } = layout.node(3);
    const lost = await keysOf(wholesaler);
    await test.network.killNode(3);
    const folder = join(test.network.dataDir, 'recovered');
    const makersNode = ['--api', test.network.network.organizations[0]!.api, '--api-key-file', layout.node(1).apiKey];
    const recover = ['keys', 'recover', '--root', rootKey, '--out', folder, '--did', wholesaler.did, '--reason', 'disk lost'];
    expect(await run([...recover, '--passphrase-file', layout.passphrase, ...makersNode])).toBe(0);

    for (const file of readdirSync(folder)) copyFileSync(join(folder, file), join(nodeKey, '..', file));
    await test.network.startNode(3);
    await wholesaler.until('/readyz', ({ status }) => status === 'ready');
    const height = await heightOf(maker);
    const keys = await keysOf(wholesaler, height);
    expect(keys.filter(({ validUntil }) => validUntil === null).map(({ purpose }) => purpose)).toEqual(['root', 'admin', 'sign', 'node']);
    expect(keys.slice(0, lost.length).map(({ keyId }) => keyId)).toEqual(lost.map(({ keyId }) => keyId));
    expect(await commission(wholesaler)).toMatchObject({ status: 201 });

    // It votes again, with a key that the command line opens itself.
    const { id } = await propose(maker, { kind: 'organization.readmit', did: retailer.did });
    const vote3 = ['vote', String(id).slice(0, 8), 'yes', '--key', join(folder, 'admin.json'), '--passphrase-file', layout.passphrase];
    const ownNode = ['--api', test.network.network.organizations[2]!.api, '--api-key-file', layout.node(3).apiKey];
    await wholesaler.until(`/api/v1/proposals/${String(id)}`, ({ state }) => state === 'open');
    expect(await run([...vote3, ...ownNode])).toBe(0);
    const readmitted = await retailer.until('/api/v1/organizations/self', ({ status }) => status === 'active');
    expect(readmitted['history']).toMatchObject([
      { status: 'active', roles: ['validator', 'member'] },
      { status: 'active', roles: ['member'] },
      { status: 'suspended' },
      { status: 'active', roles: ['member'] },
    ]);
    expect(await commission(retailer)).toMatchObject({ status: 201 });
  }, 60_000);

  it('agree on everything in the end', async () => {
    const height = Math.max(...(await Promise.all(test.clients.map(heightOf))));
    const heads = await Promise.all(
      test.clients.map(async (client) => {
        await client.until('/api/v1/network', (body) => body['indexHeight'] === height, 20_000);
        const { headHash, stateRoot, logRoot } = (await client.get('/api/v1/network')).body;
        return { headHash, stateRoot, logRoot };
      }),
    );
    expect(new Set(heads.map((head) => JSON.stringify(head))).size).toBe(1);
    const sums = [];
    for (const url of test.network.databaseUrls) {
      const database = await createIndexDataSource({ url }).initialize();
      sums.push(await checksum(database));
      await database.destroy();
    }
    expect(sums).toEqual([sums[0], sums[0], sums[0], sums[0]]);
  }, 60_000);
});
