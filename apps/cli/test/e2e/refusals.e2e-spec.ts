import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { toHex, utf8Encode } from '#codec';
import { keyIdOf, portableSigner, rotationProofMessage, type Did, type KeyId, type NetworkId, type Signer } from '#identity';
import { openKeystore } from '#keystore';
import { CONTENT_BYTES_MAX, encodeEntry, encodeStatement, statementToSign, type StatementFields } from '#ledger';
import type { Answer, Client } from './client.js';
import { startTestNetwork, type TestNetwork } from './test-network.js';

const GTIN = '09521001000017';
const CBOR = { 'content-type': 'application/cbor' };

let test: TestNetwork;
let maker: Client;
let carrier: Client;
let wholesaler: Client;
let networkId: NetworkId;
let makersKey: Signer;
let event = 0;

beforeAll(async () => {
  test = await startTestNetwork();
  [maker, carrier, wholesaler] = test.clients as [Client, Client, Client];
  networkId = test.network.network.networkId as NetworkId;
  const { path, passphraseFile } = test.network.signingKey(1);
  const opened = await openKeystore(path, readFileSync(passphraseFile, 'utf8').trim());
  if (!opened.ok) throw new Error(opened.detail);
  makersKey = opened.value;
  expect(await maker.post('/api/v1/products', { gtin: GTIN, name: 'Coffee' })).toMatchObject({ status: 201 });
  expect(await maker.post('/api/v1/items', { gtin: GTIN, serials: ['1', '2'] })).toMatchObject({ status: 201 });
}, 60_000);

afterAll(async () => {
  await test?.remove();
}, 20_000);

const item = (serial: string): string => `https://id.gs1.org/01/${GTIN}/21/${serial}`;

function observation(): Uint8Array {
  return utf8Encode(
    JSON.stringify({
      '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
      eventID: `urn:uuid:00000000-0000-4000-8000-${String(++event).padStart(12, '0')}`,
      type: 'ObjectEvent',
      action: 'OBSERVE',
      eventTime: '2026-03-01T08:00:00Z',
      eventTimeZoneOffset: '+01:00',
      bizStep: 'inspecting',
      epcList: [item('1')],
    }),
  );
}

interface Change extends Partial<StatementFields> {
  readonly content?: Uint8Array;
  /** Content that travels in place of the one that was hashed. */
  readonly sent?: Uint8Array;
  readonly signer?: Signer;
  readonly spoil?: (entry: Uint8Array) => Uint8Array;
}

/** A valid entry of the maker but for the change, as it would be posted. */
function entry({ content = observation(), sent = content, signer = makersKey, spoil = (bytes) => bytes, ...fields }: Change): Uint8Array {
  const unsigned = statementToSign(
    {
      networkId,
      issuer: maker.did as Did,
      keyId: keyIdOf(signer.publicKey),
      kind: 'epcis.capture',
      subject: item('1'),
      notAfter: 5_000,
      contentType: 'application/json',
      ...fields,
    },
    content,
  );
  return spoil(encodeEntry({ statement: encodeStatement(unsigned, signer.sign(unsigned.toBeSigned)), content: sent }));
}

/** Changes the last byte of the signature, which ends where the content's head begins. */
function spoilSignature(bytes: Uint8Array): Uint8Array {
  const spoilt = bytes.slice();
  const content = Buffer.from(bytes).indexOf('{"@context"');
  // The content's own head is three bytes (a length below 65,536).
  spoilt[content - 3 - 40] = (spoilt[content - 3 - 40] as number) ^ 1;
  return spoilt;
}

async function logSize(): Promise<number> {
  return (await maker.get('/api/v1/network')).body['logSize'] as number;
}

async function expectRefused(send: () => Promise<Answer>, status: number, code: string): Promise<Answer> {
  const before = await logSize();
  const answer = await send();
  expect({ status: answer.status, code: answer.body['code'] }).toEqual({ status, code });
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(await logSize()).toBe(before);
  return answer;
}

const stranger = portableSigner(randomBytes(32));

describe('a pre-signed entry', () => {
  it('is recorded once, however often it is sent and to whichever node', async () => {
    const bytes = entry({});
    const first = await maker.post('/api/v1/entries', bytes, CBOR);
    expect(first).toMatchObject({ status: 201, body: { status: 'final' } });
    const size = await logSize();
    const again = await maker.post('/api/v1/entries', bytes, CBOR);
    expect(again.body).toMatchObject({ entryId: first.body['entryId'], height: first.body['height'], index: first.body['index'] });
    await carrier.until('/api/v1/network', (body) => body['logSize'] === size);
    const elsewhere = await carrier.post('/api/v1/entries', bytes, CBOR);
    expect(elsewhere.body).toMatchObject({ entryId: first.body['entryId'], height: first.body['height'] });
    expect(await logSize()).toBe(size);
  });

  it.each<[string, Change | Uint8Array, number, string]>([
    ['with a wrong signature', { spoil: spoilSignature }, 422, 'ENTRY_BAD_SIGNATURE'],
    ['of another network', { networkId: 'ab'.repeat(32) as NetworkId }, 422, 'ENTRY_WRONG_NETWORK'],
    ['signed with a key that is not on the ledger', { signer: stranger }, 422, 'IDENTITY_UNKNOWN_KEY'],
    ['of a key that belongs to somebody else', { issuer: 'did:web:carrier.example' as Did }, 422, 'IDENTITY_KEY_NOT_OF_ISSUER'],
    ['that names another key than it is signed with', { keyId: 'cd'.repeat(32) as KeyId }, 422, 'IDENTITY_UNKNOWN_KEY'],
    ['that has expired', { notAfter: 1 }, 422, 'ENTRY_EXPIRED'],
    ['that lives too long', { notAfter: 10_000_000 }, 422, 'ENTRY_NOT_AFTER_TOO_FAR'],
    ['of a kind that there is not', { kind: 'gold.create' }, 422, 'ENTRY_UNKNOWN_KIND'],
    ['whose content is not the one that was hashed', { sent: observation() }, 422, 'ENTRY_CONTENT_HASH_MISMATCH'],
    ['with a duplicate JSON key', { content: utf8Encode('{"type":"ObjectEvent","type":"ObjectEvent"}') }, 400, 'JSON_DUPLICATE_KEY'],
    ['with content that is no JSON', { content: utf8Encode('{"type":') }, 400, 'JSON_SYNTAX'],
    ['with content that is no UTF-8', { content: new Uint8Array([0x22, 0xff, 0x22]) }, 400, 'JSON_NOT_UTF8'],
    ['nested too deeply', { content: utf8Encode('['.repeat(100_000)) }, 400, 'JSON_TOO_DEEP'],
    ['that is too large', { content: new Uint8Array(CONTENT_BYTES_MAX + 1).fill(0x20) }, 413, 'ENTRY_TOO_LARGE'],
    ['that is no CBOR', utf8Encode('hello'), 400, 'CBOR_MALFORMED'],
    ['that is CBOR but no entry', new Uint8Array([0x83, 1, 2, 3]), 400, 'ENTRY_MALFORMED'],
    ['whose statement is no COSE_Sign1', new Uint8Array([0x82, 0x41, 0x01, 0x42, 0x7b, 0x7d]), 400, 'COSE_MALFORMED'],
  ])('%s is refused', async (_name, change, status, code) => {
    const bytes = change instanceof Uint8Array ? change : entry(change);
    await expectRefused(() => maker.post('/api/v1/entries', bytes, CBOR), status, code);
  });

  it('is refused when its key was revoked, while what the key signed before stays', async () => {
    const before = await maker.post('/api/v1/entries', entry({}), CBOR);
    expect(before.status).toBe(201);
    const next = portableSigner(randomBytes(32));
    const proof = next.sign(
      rotationProofMessage({ networkId, organization: maker.did as Did, purpose: 'sign', publicKey: next.publicKey }),
    );
    // The maker's own node signs with the key that is revoked here: what follows in this file is signed elsewhere.
    const rotated = await maker.post('/api/v1/keys/rotate', {
      purpose: 'sign',
      publicKey: toHex(next.publicKey),
      proof: toHex(proof),
      overlapBlocks: 0,
      revokeOld: true,
    });
    expect(rotated).toMatchObject({ status: 201 });
    await expectRefused(() => maker.post('/api/v1/entries', entry({}), CBOR), 422, 'IDENTITY_KEY_REVOKED');
    expect((await maker.get(`/api/v1/entries/${before.body['entryId']}`)).body['status']).toBe('final');
    makersKey = next;
    expect(await maker.post('/api/v1/entries', entry({}), CBOR)).toMatchObject({ status: 201 });
  });
});

describe('an act against the rules', () => {
  it.each<[string, () => Promise<Answer>, number, string]>([
    ['a second commissioning', () => carrierCommissions({ gtin: '09521002000016', serials: ['A'] }), 409, 'TRACE_ITEM_EXISTS'],
    ['a GTIN with a wrong check digit', () => carrier.post('/api/v1/products', { gtin: '09521002000029', name: 'X' }), 400, 'GS1_BAD_CHECK_DIGIT'],
    ['a product under a foreign prefix', () => carrier.post('/api/v1/products', { gtin: '09521001000024', name: 'X' }), 403, 'TRACE_FOREIGN_PREFIX'],
    ['a transfer of what one does not own', () => carrier.post('/api/v1/transfers', { items: [item('1')], to: wholesaler.did, transfers: 'ownership' }), 403, 'TRACE_NOT_OWNER'],
    ['a handover of what one does not hold', () => carrier.post('/api/v1/transfers', { items: [item('1')], to: wholesaler.did, transfers: 'custody' }), 403, 'TRACE_NOT_CUSTODIAN'],
    ['a transfer to nobody', () => carrier.post('/api/v1/transfers', { items: [item('1')], to: 'did:web:nobody.example', transfers: 'custody' }), 422, 'TRACE_UNKNOWN_RECEIVER'],
  ])('%s is refused', async (_name, send, status, code) => {
    await send().catch(() => undefined);
    await expectRefused(send, status, code);
  });

  it('is refused when a stranger answers an offer, and when the answer comes twice', async () => {
    await carrierCommissions({ gtin: '09521002000016', serials: ['B'] });
    const offered = await carrier.post('/api/v1/transfers', {
      items: ['https://id.gs1.org/01/09521002000016/21/B'],
      to: wholesaler.did,
      transfers: 'both',
    });
    expect(offered).toMatchObject({ status: 201, body: { state: 'offered' } });
    const path = `/api/v1/transfers/${offered.body['id']}`;
    const stranger4 = test.clients[3] as Client;
    await stranger4.until(path, ({ state }) => state === 'offered');
    await wholesaler.until(path, ({ state }) => state === 'offered');
    await expectRefused(() => stranger4.post(`${path}/accept`, {}), 403, 'TRACE_NOT_RECEIVER');
    await expectRefused(() => wholesaler.post(`${path}/cancel`, {}), 403, 'TRACE_NOT_OFFERER');
    const accepted = await wholesaler.post(`${path}/accept`, {});
    expect(accepted).toMatchObject({ status: 201 });
    await expectRefused(() => wholesaler.post(`${path}/accept`, {}), 409, 'TRACE_TRANSFER_NOT_OPEN');
    const itemPath = '/api/v1/items/https%3A%2F%2Fid.gs1.org%2F01%2F09521002000016%2F21%2FB';
    const { body } = await wholesaler.get(`${itemPath}?minHeight=${String(accepted.body['height'])}`);
    expect(body).toMatchObject({ owner: wholesaler.did, custodian: wholesaler.did, openTransfer: null });
  });
});

/** Registers the carrier's product the first time. */
async function carrierCommissions(items: { readonly gtin: string; readonly serials: readonly string[] }): Promise<Answer> {
  await carrier.post('/api/v1/products', { gtin: items.gtin, name: 'Pallet' });
  return carrier.post('/api/v1/items', items);
}
