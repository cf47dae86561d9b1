import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { sha256, toHex, utf8Encode, type RecordReader } from '#codec';
import {
  comparisonWords,
  DEFAULT_PARAMETERS,
  genesisRecords,
  keyIdOf,
  parseGenesis,
  portableSigner,
  portableVerifier,
  readTicket,
  rotationProofMessage,
  signTicket,
  type Did,
  type Genesis,
  type InvitationTicket,
  type KeyPurpose,
  type Signer,
} from '#identity';
import { StateOverlay } from '#ledger';
import type { Self } from '../src/http/parts.js';
import { AUTHORIZED, startTestApp, type TestApp } from './start-test-app.js';

const MAKER = 'did:web:maker.example' as Did;
const CARRIER = 'did:web:carrier.example' as Did;
const GROWER = 'did:web:grower.example' as Did;
const PURPOSES: readonly KeyPurpose[] = ['node', 'sign', 'admin', 'root'];

const signerOf = (name: string): Signer => portableSigner(sha256(utf8Encode(name)));

function genesisFile(): Uint8Array {
  const organization = (did: Did, prefix: string) => ({
    did,
    name: did,
    roles: ['validator', 'member'],
    gs1CompanyPrefixes: [prefix],
    nodeKey: toHex(signerOf(`${did} node`).publicKey),
    signingKey: toHex(signerOf(`${did} sign`).publicKey),
    adminKey: toHex(signerOf(`${did} admin`).publicKey),
  });
  return utf8Encode(
    JSON.stringify({
      format: 'lading-genesis-1',
      time: 1,
      organizations: [organization(MAKER, '9521001'), organization(CARRIER, '9521002')],
      parameters: DEFAULT_PARAMETERS,
    }),
  );
}

function genesisOf(file: Uint8Array): Genesis {
  const genesis = parseGenesis(file);
  if (!genesis.ok) throw new Error(genesis.detail);
  return genesis.value;
}

const FILE = genesisFile();
const GENESIS = genesisOf(FILE);
const { networkId } = GENESIS;

/** The maker's node, over the state that the genesis makes. */
function startMaker(): Promise<TestApp> {
  const state = new StateOverlay({ stateValue: () => undefined });
  genesisRecords(GENESIS, state);
  const keysOf = (purpose: KeyPurpose) => {
    const signer = signerOf(`${MAKER} ${purpose}`);
    const key = {
      publicKey: signer.publicKey,
      keyId: keyIdOf(signer.publicKey),
      sign: (m: Uint8Array) => signer.sign(m),
    };
    return { current: () => key, prepareNext: () => Promise.resolve(key) };
  };
  const self: Self = {
    did: MAKER,
    networkId,
    signingKeys: keysOf('sign'),
    nodeKeys: keysOf('node'),
    adminKeys: keysOf('admin'),
  };
  return startTestApp({ self, state: state satisfies RecordReader, genesisFile: FILE });
}

let t: TestApp;
beforeAll(async () => {
  t = await startMaker();
});
afterAll(() => t.close());

const send = async (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object, headers: object = {}) => {
  const answer = await t.inject({ method, url, ...(payload && { payload }), headers: { ...headers } });
  return { status: answer.statusCode, body: (answer.body === '' ? {} : answer.json()) as Record<string, unknown> };
};
const asMaker = (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) =>
  send(method, url, payload, AUTHORIZED);

async function invite(name = 'Grower'): Promise<{ id: string; ticket: string }> {
  const { status, body } = await asMaker('POST', '/api/v1/invitations', { name, roles: ['member', 'validator'] });
  expect(status).toBe(201);
  return body as { id: string; ticket: string };
}

function applicant(
  did: Did = GROWER,
  change: (purpose: KeyPurpose) => Partial<{ publicKey: string; proof: string }> = () => ({}),
) {
  const keys = PURPOSES.map((purpose) => {
    const signer = signerOf(`newcomer ${did} ${purpose}`);
    const message = rotationProofMessage({ networkId, organization: did, purpose, publicKey: signer.publicKey });
    return [
      purpose,
      { publicKey: toHex(signer.publicKey), proof: toHex(signer.sign(message)), ...change(purpose) },
    ] as const;
  });
  const rootCommitment = createHash('sha256').update('next').digest('hex');
  return { did, name: 'Grower', gs1CompanyPrefixes: ['9521055'], keys: Object.fromEntries(keys), rootCommitment };
}

const fileWith = (ticket: string, organization: object = applicant()) =>
  send('POST', '/api/v1/join-requests', { ticket, organization });

describe('an invitation', () => {
  it('is a ticket signed with the admin key, for this network, with the peers and their keys', async () => {
    const { ticket, id } = await invite();
    const read = readTicket(ticket, portableVerifier);
    expect(read).toMatchObject({
      ok: true,
      value: {
        id,
        networkId,
        inviter: MAKER,
        inviterKey: signerOf(`${MAKER} admin`).publicKey,
        name: 'Grower',
        roles: ['member', 'validator'],
        apiUrl: 'http://localhost:80',
      },
    });
    const { body } = await asMaker('GET', '/api/v1/invitations');
    expect(JSON.stringify(body)).not.toContain(ticket);
    expect(body['items']).toContainEqual(expect.objectContaining({ id, state: 'open', joinRequestId: null }));
  });

  it('is made by who may govern, and by nobody else', async () => {
    expect((await send('POST', '/api/v1/invitations', { name: 'Grower' })).status).toBe(401);
    expect((await send('GET', '/api/v1/join-requests')).status).toBe(401);
    expect((await send('POST', '/api/v1/join-requests/x/proposal', { wordsCompared: true })).status).toBe(401);
  });

  it('shows the genesis file to who has the ticket, again and again', async () => {
    const { ticket } = await invite();
    for (let i = 0; i < 2; i++) {
      const { status, body } = await send('POST', '/api/v1/join-requests/preview', { ticket });
      expect({ status, inviter: body['inviter'], name: body['name'] }).toEqual({
        status: 200,
        inviter: MAKER,
        name: 'Grower',
      });
      expect(genesisOf(Buffer.from(body['genesis'] as string, 'base64')).networkId).toBe(networkId);
    }
  });
});

describe('a join request', () => {
  it('shows the same six words on both sides, and leads to a proposal that this organisation signs', async () => {
    const { ticket, id: invitationId } = await invite();
    const filed = await fileWith(ticket);
    const keys = Object.fromEntries(PURPOSES.map((purpose) => [purpose, signerOf(`newcomer ${GROWER} ${purpose}`).publicKey]));
    const words = comparisonWords({ networkId, did: GROWER, keys: keys as unknown as Record<KeyPurpose, Uint8Array> });
    expect(filed).toMatchObject({ status: 201, body: { state: 'filed', words, proposalId: null } });
    const { id } = filed.body as { id: string };
    expect((await send('GET', `/api/v1/join-requests/${id}`)).body).toEqual(filed.body);
    const { body } = await asMaker('GET', '/api/v1/join-requests');
    expect(body['items']).toContainEqual(
      expect.objectContaining({ id, words, organization: expect.objectContaining({ did: GROWER }) }),
    );

    const proposed = await asMaker('POST', `/api/v1/join-requests/${id}/proposal`, { wordsCompared: true });
    expect(proposed).toMatchObject({ status: 201, body: { status: 'final' } });
    const entry = t.node.submitted.at(-1)!;
    expect(JSON.parse(Buffer.from(entry.content).toString())).toMatchObject({
      action: { kind: 'organization.admit', did: GROWER, roles: ['member'], invitationId, wordsCompared: true },
      expiresAt: 10_000,
    });
    expect(toHex(entry.statement)).toContain(keyIdOf(signerOf(`${MAKER} admin`).publicKey));
  });

  it('that is sent again gets the same answer; another one with the same ticket is refused', async () => {
    const { ticket } = await invite();
    const first = await fileWith(ticket);
    expect(await fileWith(ticket)).toEqual(first);
    expect(await fileWith(ticket, applicant('did:web:other.example' as Did))).toMatchObject({
      status: 409,
      body: { code: 'IDENTITY_TICKET_USED' },
    });
  });

  const forged = (change: Partial<InvitationTicket>, signer = signerOf(`${MAKER} admin`)): string => {
    const ticket: InvitationTicket = {
      networkId,
      id: 'ab'.repeat(32),
      inviter: MAKER,
      inviterKey: signer.publicKey,
      name: 'Grower',
      roles: ['member'],
      apiUrl: 'http://localhost',
      peers: [],
      expiresAt: Date.now() + 60_000,
      ...change,
    };
    return signTicket(ticket, signer);
  };

  it.each([
    ['cut off', () => forged({}).slice(0, -10), 'IDENTITY_TICKET_MALFORMED'],
    [
      'for another network',
      () => forged({ networkId: '22'.repeat(32) as InvitationTicket['networkId'] }),
      'IDENTITY_TICKET_WRONG_NETWORK',
    ],
    ['expired', () => forged({ expiresAt: Date.now() - 1 }), 'IDENTITY_TICKET_EXPIRED'],
    ['of a stranger who signs as the maker', () => forged({}, signerOf('stranger')), 'IDENTITY_TICKET_NOT_OURS'],
    [
      'of another organisation',
      () => forged({ inviter: CARRIER }, signerOf(`${CARRIER} admin`)),
      'IDENTITY_TICKET_NOT_OURS',
    ],
    ['well signed, of an invitation that nobody made', () => forged({}), 'IDENTITY_TICKET_NOT_OURS'],
    [
      'signed with a key that the ticket does not name',
      () => forged({ inviterKey: signerOf('other').publicKey }),
      'IDENTITY_TICKET_BAD_SIGNATURE',
    ],
  ])('with a ticket %s is refused', async (_what, make, code) => {
    expect(await fileWith(make())).toMatchObject({ status: 422, body: { code, errors: expect.anything() } });
  });

  it('with a ticket that was taken back is refused', async () => {
    const { id, ticket } = await invite();
    expect((await asMaker('DELETE', `/api/v1/invitations/${id}`)).status).toBe(204);
    expect(await fileWith(ticket)).toMatchObject({ status: 422, body: { code: 'IDENTITY_TICKET_REVOKED' } });
    expect((await asMaker('DELETE', `/api/v1/invitations/${id}`)).status).toBe(404);
  });

  it.each<[string, () => object, number, string]>([
    [
      'a key without its proof',
      () => applicant(GROWER, (p) => (p === 'root' ? { proof: '00'.repeat(64) } : {})),
      422,
      'IDENTITY_BAD_KEY_PROOF',
    ],
    [
      'a key of small order',
      () => applicant(GROWER, (p) => (p === 'node' ? { publicKey: `01${'00'.repeat(31)}` } : {})),
      422,
      'IDENTITY_KEY_SMALL_ORDER',
    ],
    ['a DID that is in the network', () => applicant(CARRIER), 409, 'GOVERNANCE_DID_TAKEN'],
    [
      'a company prefix of somebody else',
      () => ({ ...applicant(), gs1CompanyPrefixes: ['9521002'] }),
      409,
      'GOVERNANCE_PREFIX_TAKEN',
    ],
    ['an address that is none', () => ({ ...applicant(), nodeAddress: 'nowhere' }), 400, 'API_INVALID_REQUEST'],
  ])('with %s is refused, and does not use the ticket up', async (_what, make, status, code) => {
    const { ticket } = await invite();
    expect(await fileWith(ticket, make())).toMatchObject({ status, body: { code } });
    expect((await fileWith(ticket)).status).toBe(201);
  });

  it('that is rejected says so to who filed it', async () => {
    const { ticket } = await invite();
    const { id } = (await fileWith(ticket)).body as { id: string };
    expect((await asMaker('DELETE', `/api/v1/join-requests/${id}`)).status).toBe(204);
    expect((await send('GET', `/api/v1/join-requests/${id}`)).body).toMatchObject({ state: 'rejected' });
    expect((await send('GET', '/api/v1/join-requests/unknown')).status).toBe(404);
  });
});
