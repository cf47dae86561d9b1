import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeStatement, encodeEntry, signEntry, type EntryId } from '#ledger';
import { portableVerifier, type PublicKey } from '#identity';
import { utf8Decode, utf8Encode } from '#codec';
import { AUTHORIZED, startTestApp, type TestApp } from './start-test-app.js';

let t: TestApp;
beforeEach(async () => {
  t = await startTestApp();
});
afterEach(() => t.close());

const PRODUCT = { gtin: '9521234567899', name: 'Tea' };

function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  return t.inject({
    method: 'POST',
    url,
    headers: { ...AUTHORIZED, 'content-type': 'application/json', ...headers },
    payload: JSON.stringify(body),
  });
}

describe('a write', () => {
  it('is signed with the organisation’s key and answered when it is final', async () => {
    const answer = await post('/api/v1/products', {
      ...PRODUCT,
      description: 'Green',
      attributes: { grams: 50, organic: true },
    });
    expect(answer.statusCode).toBe(201);
    expect(answer.headers.location).toBe('/api/v1/products/09521234567899');
    const [entry] = t.node.submitted;
    const statement = decodeStatement(entry!.statement);
    if (!statement.ok) throw new Error(statement.detail);
    expect(answer.json()).toEqual({
      entryId: statement.value.entryId,
      status: 'final',
      height: 1,
      index: 0,
      gtin: '09521234567899',
    });
    expect(statement.value).toMatchObject({
      kind: 'product.register',
      issuer: t.self.did,
      networkId: t.self.networkId,
      keyId: t.self.signingKeys.current().keyId,
      notAfter: 1000,
    });
    expect(
      portableVerifier.verify(
        statement.value.signature,
        statement.value.sigStructure,
        t.self.signingKeys.current().publicKey as PublicKey,
      ),
    ).toBe(true);
    expect(utf8Decode(entry!.content)).toBe(
      '{"gtin":"09521234567899","name":"Tea","description":"Green","attributes":{"grams":50,"organic":true}}',
    );
  });

  it('records numbers digit for digit', async () => {
    const send = (url: string, payload: string) =>
      t.inject({ method: 'POST', url, headers: { ...AUTHORIZED, 'content-type': 'application/json' }, payload });
    const contents = () => t.node.submitted.map(({ content }) => utf8Decode(content));
    const attributes = '{"weight":1.50,"big":12345678901234567890,"text":"1.50"}';
    await send('/api/v1/products', `{"gtin":"9521234567899","name":"Tea","attributes":${attributes}}`);
    await send('/api/v1/items', `{"gtin":"9521234567899","serials":["1"],"attributes":${attributes}}`);
    await send('/api/v1/items', '{"gtin":"9521234567899","lot":"L","quantity":{"value":12.50,"uom":"KGM"}}');
    expect(contents()).toEqual([
      `{"gtin":"09521234567899","name":"Tea","attributes":${attributes}}`,
      `{"gtin":"09521234567899","serials":["1"],"attributes":${attributes}}`,
      '{"gtin":"09521234567899","lot":"L","quantity":{"value":"12.50","uom":"KGM"}}',
    ]);
  });

  it('is answered with the code of the rule that refuses it', async () => {
    t.node.decide = () => ({ refuse: 'TRACE_FOREIGN_PREFIX' });
    const refused = await post('/api/v1/products', PRODUCT);
    expect(refused.statusCode).toBe(403);
    expect(refused.json()).toMatchObject({ code: 'TRACE_FOREIGN_PREFIX', detail: 'refused by the test' });

    t.node.decide = () => ({ status: 'rejected', code: 'TRACE_ITEM_EXISTS', detail: 'another was faster' });
    const rejected = await post('/api/v1/items', { gtin: PRODUCT.gtin, serials: ['1'] });
    expect(rejected.statusCode).toBe(409);
    expect(rejected.json()).toMatchObject({ code: 'TRACE_ITEM_EXISTS', title: 'Item exists' });
  });

  it.each([
    ['/api/v1/transfers', 'accept', '/transfer', { parameter: 'id' }],
    ['/api/v1/transfers', 'reject', '/reason', { pointer: '/reason' }],
    ['/api/v1/recalls', 'close', '/recall', { parameter: 'id' }],
  ])('points at what was sent: %s/…/%s and %s', async (path, act, pointer, told) => {
    t.node.decide = () => ({ status: 'rejected', code: 'TRACE_NOT_RECEIVER', detail: 'somebody else’s', pointer });
    const answer = await post(`${path}/${'ab'.repeat(32)}/${act}`, {});
    expect(answer.json<{ errors: object[] }>().errors).toEqual([
      { ...told, detail: 'somebody else’s', code: 'TRACE_NOT_RECEIVER' },
    ]);
  });

  it('points at the lot of a recall that is refused', async () => {
    const pointer = '/items/2';
    t.node.decide = () => ({ status: 'rejected', code: 'TRACE_NOT_PRODUCT_OWNER', detail: 'not yours', pointer });
    const recall = { title: 'Glass', reason: 'Splinters', items: ['urn:x:1'], lots: ['urn:x:2', 'urn:x:3'] };
    expect((await post('/api/v1/recalls', recall)).json()).toMatchObject({ errors: [{ pointer: '/lots/1' }] });
  });

  it('is told to come back when the pool is full', async () => {
    t.node.decide = () => ({ refuse: 'POOL_FULL' });
    const answer = await post('/api/v1/products', PRODUCT);
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('1');
  });

  it('does not wait when the client prefers so', async () => {
    t.node.decide = () => ({ status: 'pending' });
    const answer = await post('/api/v1/products', PRODUCT, { prefer: 'wait=1, respond-async' });
    expect(answer.statusCode).toBe(202);
    expect(answer.headers['preference-applied']).toBe('respond-async');
    const { entryId } = answer.json<{ entryId: EntryId }>();
    expect(answer.json()).toEqual({ entryId, status: 'pending' });

    const location = answer.headers.location as string;
    const state = async () =>
      (await t.inject({ method: 'GET', url: location, headers: AUTHORIZED })).json<Record<string, unknown>>();
    expect(await state()).toEqual({ entryId, status: 'pending' });
    t.node.settle(entryId, { status: 'final', position: { height: 3, index: 2 } });
    expect(await state()).toMatchObject({
      entryId,
      status: 'final',
      height: 3,
      index: 2,
      author: t.self.did,
      kind: 'product.register',
      content: '{"gtin":"09521234567899","name":"Tea"}',
    });
  });

  it('names what was commissioned by canonical identifiers', async () => {
    const serials = await post('/api/v1/items', { gtin: PRODUCT.gtin, serials: ['A1', 'A/2'], lot: 'L1' });
    expect(serials.json()).toMatchObject({
      items: ['https://id.gs1.org/01/09521234567899/21/A1', 'https://id.gs1.org/01/09521234567899/21/A%2F2'],
    });
    const lot = await post('/api/v1/items', {
      gtin: PRODUCT.gtin,
      lot: 'L2',
      quantity: { value: '12.50', uom: 'KGM' },
    });
    expect(lot.json()).toMatchObject({ items: ['https://id.gs1.org/01/09521234567899/10/L2'] });
    expect(utf8Decode(t.node.submitted[1]!.content)).toContain('"value":"12.50"');
  });

  it.each([
    ['an offer to nobody', '/api/v1/transfers', { items: ['urn:x:1'], transfers: 'both' }],
    ['an offer of nothing', '/api/v1/transfers', { items: [], to: 'did:web:b.example', transfers: 'both' }],
    ['neither serials nor quantity', '/api/v1/items', { gtin: PRODUCT.gtin }],
    [
      'a key that is none',
      '/api/v1/keys/rotate',
      { purpose: 'sign', publicKey: 'zz', proof: '00'.repeat(64) },
    ],
    [
      'a root key',
      '/api/v1/keys/rotate',
      { purpose: 'root', publicKey: '00'.repeat(32), proof: '00'.repeat(64) },
    ],
  ])('is refused before it is signed: %s', async (_what, url, body) => {
    const answer = await post(url, body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'API_INVALID_REQUEST' });
    expect(t.node.submitted).toHaveLength(0);
  });

  it('answers an offer with its id, and takes an answer without a body', async () => {
    const offer = await post('/api/v1/transfers', {
      items: ['urn:epc:id:sgtin:9521234.056789.1'],
      to: 'did:web:b.example',
      transfers: 'both',
    });
    expect(offer.statusCode).toBe(201);
    const { id, entryId } = offer.json<{ id: string; entryId: string }>();
    expect(id).toBe(entryId);
    expect(offer.headers.location).toBe(`/api/v1/transfers/${id}`);
    const accepted = await t.inject({ method: 'POST', url: `/api/v1/transfers/${id}/accept`, headers: AUTHORIZED });
    expect(accepted.statusCode).toBe(201);
    expect(accepted.json()).toMatchObject({ id });
    expect(utf8Decode(t.node.submitted[1]!.content)).toBe(`{"transfer":"${id}"}`);
    expect((await post('/api/v1/transfers/none/accept', {})).statusCode).toBe(404);
  });
});

describe('Idempotency-Key', () => {
  const key = { 'idempotency-key': 'order-1' };

  it('gives the same request the same answer, once carried out', async () => {
    const first = await post('/api/v1/products', PRODUCT, key);
    const again = await post('/api/v1/products', PRODUCT, key);
    expect(again.statusCode).toBe(201);
    expect(again.body).toBe(first.body);
    expect(again.headers.location).toBe(first.headers.location);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(t.node.submitted).toHaveLength(1);
  });

  it('is refused for another request', async () => {
    await post('/api/v1/products', PRODUCT, key);
    const other = await post('/api/v1/products', { ...PRODUCT, name: 'Coffee' }, key);
    expect(other.statusCode).toBe(422);
    expect(other.json()).toMatchObject({ code: 'API_IDEMPOTENCY_KEY_REUSED' });
    expect((await post('/api/v1/items', PRODUCT, key)).statusCode).toBe(400);
  });

  it('says that the first is still under way', async () => {
    t.node.decide = () => ({ status: 'pending' });
    const first = post('/api/v1/products', PRODUCT, key);
    while (t.node.submitted.length === 0) await new Promise((resume) => setTimeout(resume, 5));
    const second = await post('/api/v1/products', PRODUCT, key);
    expect(second.statusCode).toBe(409);
    expect(second.json()).toMatchObject({ code: 'API_IDEMPOTENCY_IN_FLIGHT' });
    const statement = decodeStatement(t.node.submitted[0]!.statement);
    if (statement.ok) t.node.settle(statement.value.entryId, { status: 'final', position: { height: 1, index: 0 } });
    expect((await first).statusCode).toBe(201);
  });

  it('keeps refusals, and lets failures that a retry may mend be tried again', async () => {
    t.node.decide = () => ({ refuse: 'POOL_FULL' });
    expect((await post('/api/v1/products', PRODUCT, key)).statusCode).toBe(503);
    t.node.decide = () => ({ refuse: 'TRACE_PRODUCT_EXISTS' });
    expect((await post('/api/v1/products', PRODUCT, key)).statusCode).toBe(409);
    t.node.decide = () => ({ status: 'final', position: { height: 1, index: 0 } });
    const replayed = await post('/api/v1/products', PRODUCT, key);
    expect(replayed.statusCode).toBe(409);
    expect(replayed.json()).toMatchObject({ code: 'TRACE_PRODUCT_EXISTS' });
    expect(replayed.headers['idempotent-replayed']).toBe('true');
  });

  it('has at most 255 characters', async () => {
    expect((await post('/api/v1/products', PRODUCT, { 'idempotency-key': 'x'.repeat(256) })).statusCode).toBe(400);
  });
});

describe('POST /api/v1/entries', () => {
  const cbor = { ...AUTHORIZED, 'content-type': 'application/cbor' };
  const signed = (content = '{}') => {
    const { did, networkId, signingKeys } = t.self;
    const signer = signingKeys.current();
    const { keyId } = signer;
    return signEntry(
      {
        keyId,
        issuer: did,
        subject: 'x',
        networkId,
        kind: 'epcis.capture',
        notAfter: 10,
        contentType: 'application/json',
      },
      utf8Encode(content),
      signer,
    );
  };
  const send = (payload: Uint8Array, headers: Record<string, string> = cbor) =>
    t.inject({ method: 'POST', url: '/api/v1/entries', headers, payload: Buffer.from(payload) });

  it('hands the bytes on as they are and answers the receipt', async () => {
    const entry = signed();
    const answer = await send(encodeEntry(entry));
    expect(answer.statusCode).toBe(201);
    expect(answer.headers.location).toBe(`/api/v1/entries/${answer.json<{ entryId: string }>().entryId}`);
    expect(answer.json()).toMatchObject({ status: 'final', height: 1, index: 0 });
    expect(Buffer.from(t.node.submitted[0]!.statement)).toEqual(Buffer.from(entry.statement));
    expect(utf8Decode(t.node.submitted[0]!.content)).toBe('{}');
  });

  it('answers the same entry again as the first time', async () => {
    const bytes = encodeEntry(signed());
    const first = await send(bytes);
    expect((await send(bytes)).body).toBe(first.body);
    expect(t.node.submitted).toHaveLength(1);
  });

  it('takes a content of 1 MiB and no more', async () => {
    expect((await send(encodeEntry(signed(`"${'x'.repeat(1_048_574)}"`)))).statusCode).toBe(201);
    const tooLarge = await send(new Uint8Array(1_048_576 + 5_000));
    expect(tooLarge.statusCode).toBe(413);
  });

  it.each([
    ['no CBOR', Uint8Array.of(0xff, 0xff), 400],
    ['not a pair', Uint8Array.of(0x80), 400],
    ['nothing', new Uint8Array(), 400],
  ])('refuses %s', async (_what, bytes, status) => {
    expect((await send(bytes)).statusCode).toBe(status);
  });

  it('refuses other media types', async () => {
    expect((await send(utf8Encode('{}'), { ...AUTHORIZED, 'content-type': 'application/json' })).statusCode).toBe(415);
    expect((await t.inject({ method: 'POST', url: '/api/v1/entries', headers: AUTHORIZED })).statusCode).toBe(415);
  });

  it('answers 404 for an entry that nobody has seen', async () => {
    for (const id of ['00'.repeat(32), 'nothing']) {
      expect((await t.inject({ method: 'GET', url: `/api/v1/entries/${id}`, headers: AUTHORIZED })).statusCode).toBe(
        404,
      );
    }
  });
});
