import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { toHex, utf8Decode } from '#codec';
import {
  CURRENT,
  DEFAULT_PARAMETERS,
  genesisRecords,
  keyIdOf,
  ORGANIZATION_KEY,
  portableSigner,
  rootCommitmentOf,
  rotationProofMessage,
  VALIDATORS,
  type Did,
  type Genesis,
  type KeyPurpose,
  type NetworkId,
} from '#identity';
import { decodeStatement, TURNS } from '#ledger';
import { memoryRecords, type MemoryRecords } from '../../../libs/identity/test/memory-records.js';
import type { Self, SigningKey } from '../src/http/parts.js';
import { AUTHORIZED, startTestApp, type TestApp } from './start-test-app.js';

const NETWORK = '11'.repeat(32) as NetworkId;
const DIDS = ['maker', 'carrier', 'retailer', 'baker'].map((name) => `did:web:${name}.example` as Did);
const [MAKER, CARRIER, RETAILER, BAKER] = DIDS as [Did, Did, Did, Did];

function keyOf(seed: number): SigningKey {
  const signer = portableSigner(new Uint8Array(32).fill(seed));
  return { ...signer, keyId: keyIdOf(signer.publicKey) };
}

const SIGN = keyOf(7);
const ADMIN = keyOf(8);
const NEXT = keyOf(9);

function selfWith(adminKeys: Self['adminKeys']): Self {
  const held = { current: () => SIGN, prepareNext: () => Promise.resolve(NEXT) };
  return { did: MAKER, networkId: NETWORK, signingKeys: held, nodeKeys: held, adminKeys };
}

/** Four validators, of which the first is ours. */
function genesisState(): MemoryRecords {
  const state = memoryRecords();
  const genesis: Genesis = {
    networkId: NETWORK,
    time: 0,
    parameters: DEFAULT_PARAMETERS,
    organizations: DIDS.map((did, i) => ({
      did,
      name: `Organisation ${i}`,
      roles: ['validator', 'member'],
      gs1CompanyPrefixes: [],
      nodeKey: keyOf(100 + i).publicKey,
      signingKey: i === 0 ? SIGN.publicKey : keyOf(120 + i).publicKey,
      adminKey: i === 0 ? ADMIN.publicKey : keyOf(140 + i).publicKey,
    })),
  };
  genesisRecords(genesis, state);
  return state;
}

let state: MemoryRecords;
let t: TestApp;
async function open(connected: readonly Did[] = DIDS): Promise<void> {
  const adminKeys = { current: () => ADMIN, prepareNext: () => Promise.resolve(NEXT) };
  t = await startTestApp(
    { state, self: selfWith(adminKeys) },
    DIDS.map((id) => ({ id, connected: connected.includes(id) })),
  );
}
beforeEach(() => {
  state = genesisState();
});
afterEach(() => t.close());

const post = (url: string, payload: object) => t.inject({ method: 'POST', url, headers: AUTHORIZED, payload });
/** Who signed what was submitted last, and what it says. */
function submitted(): { kind: string; keyId: string; content: Record<string, unknown> } {
  const { statement, content } = t.node.submitted.at(-1)!;
  const decoded = decodeStatement(statement);
  if (!decoded.ok) throw new Error(decoded.code);
  const { kind, keyId } = decoded.value;
  return { kind, keyId, content: JSON.parse(utf8Decode(content) ?? '') as Record<string, unknown> };
}

const REMOVAL = { kind: 'validators.change', change: 'remove', did: BAKER };
const ID = 'ab'.repeat(32);

describe('governance over HTTP', () => {
  it('signs proposals, ballots and withdrawals with the admin key', async () => {
    await open();
    const opened = await post('/api/v1/proposals', { action: REMOVAL, reason: 'gone', expiresAfterBlocks: 20 });
    expect(opened.json()).toMatchObject({ status: 'final', id: expect.any(String) });
    expect(submitted()).toEqual({
      kind: 'proposal.open',
      keyId: ADMIN.keyId,
      content: { action: REMOVAL, reason: 'gone', expiresAt: 20 },
    });
    expect((await post(`/api/v1/proposals/${ID}/votes`, { choice: 'no' })).statusCode).toBe(201);
    expect(submitted()).toEqual({
      kind: 'proposal.vote',
      keyId: ADMIN.keyId,
      content: { proposal: ID, choice: 'no' },
    });
    const withdrawn = await t.inject({ method: 'POST', url: `/api/v1/proposals/${ID}/withdraw`, headers: AUTHORIZED });
    expect(withdrawn.statusCode).toBe(201);
    expect(submitted()).toEqual({ kind: 'proposal.withdraw', keyId: ADMIN.keyId, content: { proposal: ID } });
  });

  it('lets the organisation change what it says about itself', async () => {
    await open();
    const change = { contact: 'Ada, +49 123', names: { zh: '制造商' }, gln: null };
    const updated = await t.inject({
      method: 'PATCH',
      url: '/api/v1/organizations/self',
      headers: AUTHORIZED,
      payload: change,
    });
    expect(updated.statusCode).toBe(201);
    expect(submitted()).toEqual({ kind: 'organization.update', keyId: ADMIN.keyId, content: change });
    const nameless = { ...change, name: null };
    const refused = await t.inject({
      method: 'PATCH',
      url: '/api/v1/organizations/self',
      headers: AUTHORIZED,
      payload: nameless,
    });
    expect(refused.json()).toMatchObject({ status: 400, errors: [{ pointer: '/name' }] });
  });

  it('says so where the node holds no admin key, and signs nothing with another', async () => {
    t = await startTestApp({ state, self: selfWith(undefined) });
    for (const [url, payload] of [
      ['/api/v1/proposals', { action: REMOVAL }],
      [`/api/v1/proposals/${ID}/votes`, { choice: 'yes' }],
      ['/api/v1/keys/revoke', { keyId: SIGN.keyId, notTrustedFrom: 0, reason: 'stolen' }],
      ['/api/v1/keys/rotate', { purpose: 'admin' }],
    ] as const) {
      const answer = await post(url, payload);
      expect({ url, status: answer.statusCode, code: answer.json().code }).toEqual({
        url,
        status: 501,
        code: 'API_NO_ADMIN_KEY',
      });
    }
    expect(t.node.submitted).toHaveLength(0);
    // A signing key rotates itself where there is nothing above it.
    expect((await post('/api/v1/keys/rotate', { purpose: 'sign' })).json()).toMatchObject({ keyId: NEXT.keyId });
    expect(submitted()).toMatchObject({ kind: 'key.rotate', keyId: SIGN.keyId });
  });

  it('puts a new key, with its proof, in the place of one that is revoked and that the node uses', async () => {
    await open();
    const revoked = await post('/api/v1/keys/revoke', { keyId: SIGN.keyId, notTrustedFrom: 0, reason: 'stolen' });
    expect(revoked.json()).toMatchObject({ keyId: NEXT.keyId });
    const message = rotationProofMessage({
      networkId: NETWORK,
      organization: MAKER,
      purpose: 'sign',
      publicKey: NEXT.publicKey,
    });
    expect(submitted()).toEqual({
      kind: 'key.revoke',
      keyId: ADMIN.keyId,
      content: {
        keyId: SIGN.keyId,
        notTrustedFrom: 0,
        reason: 'stolen',
        replacement: { publicKey: toHex(NEXT.publicKey), proof: toHex(NEXT.sign(message)) },
      },
    });
    const old = keyOf(11);
    const record = {
      keyId: old.keyId,
      publicKey: old.publicKey as never,
      organization: MAKER,
      purpose: 'sign',
      validFrom: 0,
    } as const;
    state.put(ORGANIZATION_KEY, old.keyId, record);
    await post('/api/v1/keys/revoke', { keyId: old.keyId, notTrustedFrom: 0, reason: 'lost' });
    expect(submitted().content['replacement']).toBeUndefined();
    const wanted = { keyId: old.keyId, notTrustedFrom: 0, reason: 'lost', replace: true };
    expect((await post('/api/v1/keys/revoke', wanted)).json()).toMatchObject({
      status: 400,
      code: 'API_INVALID_REQUEST',
    });
  });

  it.each([
    ['an action of no known kind', { action: { kind: 'organization.applaud', did: BAKER } }],
    ['a member that the action has not', { action: { ...REMOVAL, why: 'x' } }],
    ['two ends', { action: REMOVAL, expiresAt: 5, expiresAfterBlocks: 5 }],
    ['the role of a validator', { action: { kind: 'organization.roles', did: BAKER, roles: ['validator'] } }],
    ['an unknown parameter', { action: { kind: 'parameters.change', parameters: { blockColour: 1 } } }],
    ['a threshold above all', { action: { kind: 'parameters.change', thresholds: { 'key.revoke': 101 } } }],
  ])('refuses %s before anything is signed', async (_what, payload) => {
    await open();
    expect((await post('/api/v1/proposals', payload)).json()).toMatchObject({
      status: 400,
      code: 'API_INVALID_REQUEST',
    });
    expect(t.node.submitted).toHaveLength(0);
  });
});

describe('a simulated proposal', () => {
  const simulate = async (action: object) =>
    (await post('/api/v1/proposals/simulate', { action })).json() as Record<string, unknown>;

  it('shows quorum and tolerated failures before and after, and who is there', async () => {
    await open([MAKER, CARRIER, RETAILER]);
    expect(await simulate(REMOVAL)).toMatchObject({
      sentence: `Take Organisation 3 (${BAKER}) out of the validators.`,
      refusal: null,
      tally: { yes: 1, no: 0, validators: 4, needed: 3 },
      before: { validators: 4, quorum: 3, tolerated: 1 },
      after: { validators: 3, quorum: 2, tolerated: 0 },
      offline: [],
      reachable: 3,
      warning: null,
    });
    expect(await simulate({ ...REMOVAL, did: CARRIER })).toMatchObject({
      offline: [BAKER],
      reachable: 2,
      warning: null,
    });
    expect(t.node.submitted).toHaveLength(0);
  });

  it('warns where the rules see nothing wrong yet, but the links of this node do', async () => {
    await open([MAKER, CARRIER]);
    expect(await simulate({ ...REMOVAL, did: CARRIER })).toMatchObject({
      refusal: null,
      offline: [BAKER, RETAILER],
      reachable: 1,
      warning: 'After this change 2 of 3 validators must seal; 1 can be reached from here now.',
    });
  });

  it('is refused with the arithmetic when those who seal would not make the quorum', async () => {
    const standings = [BAKER, RETAILER].map((validator) => ({ validator, missed: 2, sealed: 0 }));
    state.put(TURNS, CURRENT, { validators: [], turnOrder: [], standings });
    await open();
    expect(await simulate({ ...REMOVAL, did: CARRIER })).toMatchObject({
      refusal: {
        code: 'GOVERNANCE_QUORUM_UNREACHABLE',
        detail: `after this change 3 validators, quorum 2; sealing now: ${MAKER} (1)`,
      },
    });
    expect(await simulate(REMOVAL)).toMatchObject({ refusal: null, offline: [RETAILER], reachable: 2 });
  });

  it('tells what the rules would say of anything else, and writes nothing', async () => {
    await open();
    const nobody = { kind: 'organization.remove', did: 'did:web:nobody.example' };
    expect(await simulate(nobody)).toMatchObject({
      refusal: { code: 'GOVERNANCE_UNKNOWN_ORGANIZATION' },
      about: { did: nobody.did, name: null },
    });
    const before = new Map(state.values);
    const keys = Object.fromEntries(
      (['node', 'sign', 'admin', 'root'] as KeyPurpose[]).map((purpose, i) => {
        const key = keyOf(30 + i);
        const message = rotationProofMessage({
          networkId: NETWORK,
          organization: 'did:web:new.example' as Did,
          purpose,
          publicKey: key.publicKey,
        });
        return [purpose, { publicKey: toHex(key.publicKey), proof: toHex(key.sign(message)) }];
      }),
    );
    const admission = {
      kind: 'organization.admit',
      did: 'did:web:new.example',
      name: 'New',
      gs1CompanyPrefixes: ['9521999'],
      roles: ['member'],
      keys,
      rootCommitment: toHex(rootCommitmentOf(keyOf(40).publicKey as never)),
    };
    expect(await simulate(admission)).toMatchObject({
      sentence: 'Admit New (did:web:new.example) as member. It will not validate.',
      refusal: null,
      changes: expect.arrayContaining([
        { field: 'status', before: null, after: 'active' },
        { field: 'name', before: null, after: 'New' },
      ]),
    });
    const forged = { ...admission, keys: { ...keys, root: keys['admin'] } };
    expect(await simulate(forged)).toMatchObject({ refusal: { code: 'IDENTITY_BAD_KEY_PROOF' } });
    expect(state.values).toEqual(before);
    expect(state.get(VALIDATORS, CURRENT)).toHaveLength(4);
  });
});
