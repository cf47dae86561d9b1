import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fromBase64, toBase64, utf8Encode } from '#codec';
import {
  anchorOfGenesis,
  bearer,
  LadingClient,
  MalformedEvidence,
  ProblemError,
  verifyEntryProof,
  verifyItemProof,
  type Anchor,
  type Api,
  type StepName,
  type Verification,
} from '#sdk';
import { SINGLE_NODE_KEY, startSingleNode, type SingleNode } from './epcis/single-node.js';

const GTIN = '00614141123452';
const ITEM = `https://id.gs1.org/01/${GTIN}/21/S1`;

let node: SingleNode;
let client: LadingClient;
let anchor: Anchor;
let receipt: Api.ItemReceipt;
let proof: Api.EntryProof;

beforeAll(async () => {
  node = await startSingleNode();
  client = new LadingClient({ baseUrl: node.url, credentials: bearer(SINGLE_NODE_KEY) });
  await client.call('registerProduct', { body: { gtin: GTIN, name: 'Coffee' } });
  receipt = await client.call('commissionItems', { body: { gtin: GTIN, serials: ['S1'] } });
  await client.call('commissionItems', { body: { gtin: GTIN, serials: ['S2'] } });
  anchor = anchorOfGenesis(utf8Encode(await client.text('getGenesis', {}, 'application/json')));
  proof = await client.call('proveEntry', { path: { id: receipt.entryId } });
}, 60_000);
afterAll(() => node?.stop());

const failing = ({ steps }: Verification): StepName[] => steps.filter(({ ok }) => !ok).map(({ name }) => name);

/** The text with one bit of its bytes flipped. */
function flipped(base64: string, at = 0): string {
  const bytes = Uint8Array.from(fromBase64(base64) as Uint8Array);
  bytes[at] = (bytes[at] as number) ^ 1;
  return toBase64(bytes);
}
const otherHash = (hex: string): string => (hex.startsWith('0') ? '1' : '0') + hex.slice(1);

describe('the proof of an entry', () => {
  it('holds, from the bytes to the seals, without asking the node anything more', () => {
    const verification = verifyEntryProof(proof, anchor);
    expect(failing(verification)).toEqual([]);
    expect(verification).toMatchObject({ ok: true, trust: 'genesis' });
    expect(verification.steps.map(({ name }) => name)).toEqual([
      'entry-id',
      'signature',
      'key-valid',
      'inclusion',
      'sealed',
    ]);
  });

  it.each<[string, (whole: Api.EntryProof) => Api.EntryProof, StepName[]]>([
    ['the content', (whole) => ({ ...whole, content: flipped(whole.content) }), ['entry-id']],
    ['the entry id', (whole) => ({ ...whole, entryId: otherHash(whole.entryId) }), ['entry-id']],
    [
      'the signature',
      (whole) => ({ ...whole, statement: flipped(whole.statement, (fromBase64(whole.statement)?.length ?? 0) - 1) }),
      ['signature', 'inclusion'],
    ],
    [
      'the key’s record',
      (whole) => ({ ...whole, key: { ...whole.key, value: flipped(whole.key.value ?? '', 5) } }),
      ['signature', 'key-valid'],
    ],
    ['the height', (whole) => ({ ...whole, height: -1 }), ['key-valid']],
    ['the place in the log', (whole) => ({ ...whole, inclusion: { ...whole.inclusion, logIndex: 0 } }), ['inclusion']],
    [
      'a hash of the inclusion',
      (whole) => ({ ...whole, inclusion: { ...whole.inclusion, hashes: whole.inclusion.hashes.map(otherHash) } }),
      ['inclusion'],
    ],
    [
      'a validator’s key',
      (whole) => ({
        ...whole,
        sealed: {
          ...whole.sealed,
          validators: whole.sealed.validators.map(({ did, publicKey }) => ({ did, publicKey: otherHash(publicKey) })),
        },
      }),
      ['sealed'],
    ],
  ])('does not survive a change of %s', (_what, change, expected) => {
    const verification = verifyEntryProof(change(proof), anchor);
    expect(verification.ok).toBe(false);
    expect(failing(verification)).toEqual(expected);
  });

  it('holds for no other network', () => {
    const other = { ...anchor, networkId: otherHash(anchor.networkId) as Anchor['networkId'] };
    expect(failing(verifyEntryProof(proof, other))).toEqual(['entry-id', 'sealed']);
  });

  it('says so when the validators are not those of the genesis file', () => {
    const others = {
      ...anchor,
      validators: anchor.validators.map((validator) => ({ ...validator, publicKey: new Uint8Array(32) as never })),
    };
    expect(verifyEntryProof(proof, others)).toMatchObject({ ok: true, trust: 'unlinked' });
  });

  it.each<[string, unknown]>([
    ['nothing', {}],
    ['another format', { format: 'x' }],
    ['bytes that are none', { format: 'lading-entry-proof-1', statement: 'not base64!' }],
  ])('is refused in words when it is %s', (_what, broken) => {
    expect(() => verifyEntryProof(broken as Api.EntryProof, anchor)).toThrow(MalformedEvidence);
  });

  it('is not there for an entry that the chain does not hold', async () => {
    await expect(client.call('proveEntry', { path: { id: 'ab'.repeat(32) } })).rejects.toMatchObject({
      status: 404,
      code: 'API_NOT_FOUND',
    });
  });
});

describe('the proof of an item', () => {
  it('shows that its history is complete, and that one with an entry missing is not', async () => {
    const itemProof = await client.call('proveItem', { path: { id: ITEM } });
    expect(verifyItemProof(itemProof, [receipt.entryId], anchor)).toMatchObject({
      ok: true,
      item: { count: 1, owner: 'did:web:maker.example' },
    });
    expect(failing(verifyItemProof(itemProof, [], anchor))).toEqual(['history']);
    expect(failing(verifyItemProof(itemProof, [receipt.entryId, receipt.entryId], anchor))).toEqual(['history']);
  });

  it('proves that the state knows nothing of a thing that nobody recorded', async () => {
    const itemProof = await client.call('proveItem', { path: { id: `https://id.gs1.org/01/${GTIN}/21/NONE` } });
    expect(itemProof.record.value).toBeNull();
    expect(failing(verifyItemProof(itemProof, [], anchor))).toEqual(['state', 'history']);
  });
});

describe('the stream of blocks', () => {
  it('tells the blocks after the last one seen, then new ones as they come, and ends when the reader leaves', async () => {
    const leaving = new AbortController();
    const heights: number[] = [];
    const writing = { done: false };
    try {
      for await (const event of client.stream({ lastEventId: '0', signal: leaving.signal })) {
        expect(event).toMatchObject({ type: 'block', id: String(heights.length + 1) });
        const block = JSON.parse(event.data) as { height: number; entryCount: number; kinds: Record<string, number> };
        expect(Object.values(block.kinds).reduce((sum, count) => sum + count, 0)).toBe(block.entryCount);
        heights.push(block.height);
        if (heights.length === 3 && !writing.done) {
          writing.done = true;
          await client.call('commissionItems', { body: { gtin: GTIN, serials: ['LIVE'] } });
        }
        if (heights.length === 4) leaving.abort();
      }
    } catch (error) {
      if (!leaving.signal.aborted) throw error;
    }
    expect(heights).toEqual([1, 2, 3, 4]);
  }, 20_000);

  it('wants to know who reads', async () => {
    const stranger = new LadingClient({ baseUrl: node.url });
    await expect(stranger.stream().next()).rejects.toMatchObject({ status: 401 });
  });
});

describe('seals', () => {
  it('tell who sealed the latest blocks, newest first', async () => {
    const { validators, blocks } = await client.call('listSeals', { query: { limit: 2 } });
    expect(validators).toEqual(['did:web:maker.example']);
    expect(blocks).toHaveLength(2);
    expect(blocks[0]).toMatchObject({ round: 0, sealedBy: ['did:web:maker.example'] });
    expect(blocks[0]!.height).toBe(blocks[1]!.height + 1);
  });
});

describe('the client', () => {
  it('walks through a list page by page', async () => {
    const heights: number[] = [];
    for await (const { height } of client.each('listBlocks', { query: { limit: 1 } })) heights.push(height);
    expect(heights.length).toBeGreaterThan(3);
    expect(heights).toEqual([...heights].sort((a, b) => b - a));
    expect(heights.at(-1)).toBe(0);
  });

  it('throws the problem that the node answers, with its code and what is wrong where', async () => {
    const refused = client.call('registerProduct', { body: { gtin: '123', name: '' } });
    await expect(refused).rejects.toBeInstanceOf(ProblemError);
    await expect(refused).rejects.toMatchObject({
      status: 400,
      code: 'API_INVALID_REQUEST',
      errors: expect.arrayContaining([expect.objectContaining({ pointer: '/gtin' })]),
    });
  });

  it('says so when nobody answers', async () => {
    const nobody = new LadingClient({ baseUrl: 'http://127.0.0.1:9' });
    await expect(nobody.call('getHealth', {})).rejects.toMatchObject({ status: 0, code: 'SDK_UNREACHABLE' });
  });

  it('gets the first answer again for the same idempotency key', async () => {
    const write = () =>
      client.call('commissionItems', { body: { gtin: GTIN, serials: ['ONCE'] }, idempotencyKey: 'once-1' });
    expect(await write()).toEqual(await write());
  });
});
