import { describe, expect, it } from '@jest/globals';
import { utf8Encode } from '#codec';
import { keyIdOf, ORGANIZATION_KEY, portableSigner, rotationProofMessage } from '#identity';
import { historyDigest } from '#ledger';
import {
  asTraceAction,
  concernedItems,
  ITEM,
  itemCommissioning,
  itemKey,
  keyRotation,
  lotCommissioning,
  lotKey,
  PRODUCT,
  productRegistration,
  type EntryDraft,
} from '#trace';
import {
  AUDITOR,
  CARRIER,
  FREE_GTIN,
  MAKER,
  MAKER_GTIN,
  MAKER_SIGNER,
  NETWORK,
  statementOf,
  SUSPENDED,
  TrialLedger,
} from './trial-ledger.js';

const PRODUCT_OF_MAKER = productRegistration({ gtin: MAKER_GTIN, name: 'Olive oil' });

/** A draft whose content is `json`, for contents that the builders do not make. */
function draft(kind: EntryDraft['kind'], json: unknown): EntryDraft {
  const content = utf8Encode(typeof json === 'string' ? json : JSON.stringify(json));
  return { kind, subject: 'x', contentType: 'application/json', content };
}

function withProduct(): TrialLedger {
  const ledger = new TrialLedger();
  ledger.record(MAKER, PRODUCT_OF_MAKER);
  return ledger;
}

describe('registering a product', () => {
  it('gives it to the organisation that its prefix is registered to', () => {
    const ledger = new TrialLedger();
    expect(ledger.submit(CARRIER, PRODUCT_OF_MAKER)).toMatchObject({
      ok: false,
      code: 'TRACE_FOREIGN_PREFIX',
      pointer: '/gtin',
    });
    const { entryId } = ledger.record(MAKER, PRODUCT_OF_MAKER);
    expect(ledger.get(PRODUCT, MAKER_GTIN)).toEqual({
      owner: MAKER,
      name: 'Olive oil',
      registeredBy: entryId,
      registeredHeight: 1,
    });
  });

  it('gives a product under an unregistered prefix to the first who asks', () => {
    const ledger = new TrialLedger();
    ledger.record(CARRIER, productRegistration({ gtin: FREE_GTIN, name: 'Pallet wrap' }));
    expect(ledger.get(PRODUCT, FREE_GTIN)?.owner).toBe(CARRIER);
  });

  it('happens once per GTIN, in whatever length it is written', () => {
    const ledger = withProduct();
    const again = ledger.submit(MAKER, productRegistration({ gtin: MAKER_GTIN.slice(1), name: 'Other name' }));
    expect(again).toMatchObject({ ok: false, code: 'TRACE_PRODUCT_EXISTS' });
    expect(ledger.get(PRODUCT, MAKER_GTIN)?.name).toBe('Olive oil');
  });
});

describe('commissioning', () => {
  it('makes its author owner and holder of each item, with the entry as its whole history', () => {
    const ledger = withProduct();
    const recorded = ledger.record(MAKER, itemCommissioning({ gtin: MAKER_GTIN, serials: ['A1', 'A2'], lot: 'L1' }));
    for (const serial of ['A1', 'A2']) {
      expect(ledger.item(itemKey(MAKER_GTIN, serial))).toMatchObject({
        status: 'active',
        owner: MAKER,
        custodian: MAKER,
        lot: lotKey(MAKER_GTIN, 'L1'),
        product: MAKER_GTIN,
        commissionedBy: recorded.entryId,
        count: 1,
        digest: historyDigest([recorded.entryId]),
      });
    }
    expect(concernedItems(asTraceAction(recorded.action))).toEqual(ledger.ids(ITEM));
  });

  it('refuses a serial that exists and records nothing of the whole entry', () => {
    const ledger = withProduct();
    ledger.record(MAKER, itemCommissioning({ gtin: MAKER_GTIN, serials: ['A2'] }));
    const before = ledger.dump();
    const again = ledger.submit(MAKER, itemCommissioning({ gtin: MAKER_GTIN, serials: ['A1', 'A2'] }));
    expect(again).toMatchObject({ ok: false, code: 'TRACE_ITEM_EXISTS', pointer: '/serials/1' });
    expect(ledger.dump()).toBe(before);
  });

  it('needs a product that the author registered', () => {
    const ledger = withProduct();
    expect(ledger.submit(CARRIER, itemCommissioning({ gtin: MAKER_GTIN, serials: ['A1'] }))).toMatchObject({
      code: 'TRACE_NOT_PRODUCT_OWNER',
    });
    expect(ledger.submit(MAKER, itemCommissioning({ gtin: FREE_GTIN, serials: ['A1'] }))).toMatchObject({
      code: 'TRACE_UNKNOWN_PRODUCT',
    });
  });

  it('records a lot with its quantity, digit for digit, once', () => {
    const ledger = withProduct();
    const lot = lotCommissioning({ gtin: MAKER_GTIN, lot: 'L1', quantity: { value: '1200.50', uom: 'KGM' } });
    ledger.record(MAKER, lot);
    expect(ledger.item(lotKey(MAKER_GTIN, 'L1'))).toMatchObject({
      owner: MAKER,
      quantity: { value: '1200.50', uom: 'KGM' },
    });
    expect(ledger.submit(MAKER, lot)).toMatchObject({ ok: false, code: 'TRACE_ITEM_EXISTS', pointer: '/lot' });
  });
});

describe('who may write', () => {
  it.each([
    [AUDITOR, 'IDENTITY_AUDITOR_CANNOT_WRITE'],
    [SUSPENDED, 'IDENTITY_ORGANIZATION_NOT_ACTIVE'],
    ['did:web:nobody.example' as typeof AUDITOR, 'IDENTITY_ORGANIZATION_NOT_ACTIVE'],
  ])('%s is refused with %s', (author, code) => {
    const ledger = new TrialLedger();
    const before = ledger.dump();
    expect(ledger.submit(author, productRegistration({ gtin: FREE_GTIN, name: 'x' }))).toMatchObject({
      ok: false,
      code,
    });
    expect(ledger.dump()).toBe(before);
  });
});

describe('contents that are not as they should be', () => {
  const items = (change: object): object => ({ gtin: MAKER_GTIN, serials: ['A1'], ...change });
  const lot = (change: object): object => ({
    gtin: MAKER_GTIN,
    lot: 'L1',
    quantity: { value: 1, uom: 'KGM' },
    ...change,
  });
  const offer = (change: object): object => ({
    items: [itemKey(MAKER_GTIN, 'A1')],
    to: CARRIER,
    transfers: 'both',
    ...change,
  });

  it.each<[string, EntryDraft, string, string | undefined]>([
    [
      'a wrong check digit',
      draft('product.register', { gtin: '04099999000013', name: 'x' }),
      'GS1_BAD_CHECK_DIGIT',
      '/gtin',
    ],
    ['a GTIN of letters', draft('product.register', { gtin: 'abc', name: 'x' }), 'GS1_MALFORMED_KEY', '/gtin'],
    ['no name', draft('product.register', { gtin: MAKER_GTIN }), 'TRACE_MISSING_FIELD', ''],
    ['an empty name', draft('product.register', { gtin: MAKER_GTIN, name: '' }), 'TRACE_BAD_VALUE', '/name'],
    [
      'a line feed in the name',
      draft('product.register', { gtin: MAKER_GTIN, name: 'a\nb' }),
      'TRACE_BAD_VALUE',
      '/name',
    ],
    ['a name that is a number', draft('product.register', { gtin: MAKER_GTIN, name: 7 }), 'TRACE_BAD_TYPE', '/name'],
    [
      'an unknown field',
      draft('product.register', { gtin: MAKER_GTIN, name: 'x', 'a/b~c': 1 }),
      'TRACE_UNKNOWN_FIELD',
      '/a~1b~0c',
    ],
    [
      'a nested attribute',
      draft('product.register', { gtin: MAKER_GTIN, name: 'x', attributes: { a: [] } }),
      'TRACE_BAD_VALUE',
      '/attributes/a',
    ],
    ['no serials', draft('item.commission', items({ serials: [] })), 'TRACE_BAD_VALUE', '/serials'],
    [
      '1,001 serials',
      draft('item.commission', items({ serials: Array.from({ length: 1001 }, (_, i) => `${i}`) })),
      'TRACE_BAD_VALUE',
      '/serials',
    ],
    ['a serial twice', draft('item.commission', items({ serials: ['A', 'A'] })), 'TRACE_DUPLICATE_ITEM', '/serials/1'],
    [
      'a serial of 21 characters',
      draft('item.commission', items({ serials: ['x'.repeat(21)] })),
      'TRACE_BAD_VALUE',
      '/serials/0',
    ],
    [
      'a serial outside the GS1 character set',
      draft('item.commission', items({ serials: ['ä'] })),
      'TRACE_BAD_VALUE',
      '/serials/0',
    ],
    ['a lot outside the GS1 character set', draft('item.commission', items({ lot: 'L 1' })), 'TRACE_BAD_VALUE', '/lot'],
    [
      'a quantity of nothing',
      draft('lot.commission', lot({ quantity: { value: '0.00', uom: 'KGM' } })),
      'TRACE_BAD_VALUE',
      '/quantity/value',
    ],
    [
      'a quantity with exponent',
      draft('lot.commission', '{"gtin":"04099999000012","lot":"L","quantity":{"value":1e3,"uom":"KGM"}}'),
      'TRACE_BAD_VALUE',
      '/quantity/value',
    ],
    [
      'a unit that is no code',
      draft('lot.commission', lot({ quantity: { value: 1, uom: 'kilogram' } })),
      'TRACE_BAD_VALUE',
      '/quantity/uom',
    ],
    ['an offer of nothing', draft('transfer.offer', offer({ items: [] })), 'TRACE_BAD_VALUE', '/items'],
    [
      'an offer of one item in two spellings',
      draft('transfer.offer', offer({ items: ['urn:epc:id:sgtin:4099999.000001.A1', itemKey(MAKER_GTIN, 'A1')] })),
      'TRACE_DUPLICATE_ITEM',
      '/items/1',
    ],
    [
      'an offer of a class',
      draft('transfer.offer', offer({ items: [`https://id.gs1.org/01/${MAKER_GTIN}`] })),
      'TRACE_NOT_AN_ITEM',
      '/items/0',
    ],
    [
      'an offer of everything',
      draft('transfer.offer', offer({ transfers: 'everything' })),
      'TRACE_BAD_VALUE',
      '/transfers',
    ],
    [
      'an offer for ever',
      draft('transfer.offer', offer({ expiresAfterBlocks: 1_000_001 })),
      'TRACE_BAD_VALUE',
      '/expiresAfterBlocks',
    ],
    ['an answer to no entry id', draft('transfer.accept', { transfer: 'x' }), 'TRACE_BAD_VALUE', '/transfer'],
    ['content that is a list', draft('transfer.cancel', []), 'TRACE_BAD_TYPE', ''],
    ['content that is no JSON', draft('transfer.cancel', '{'), 'JSON_SYNTAX', undefined],
    ['a member twice', draft('transfer.cancel', '{"transfer":"a","transfer":"b"}'), 'JSON_DUPLICATE_KEY', undefined],
    ['an unknown kind', draft('recall.undo' as EntryDraft['kind'], {}), 'ENTRY_UNKNOWN_KIND', undefined],
    [
      'another content type',
      { ...PRODUCT_OF_MAKER, contentType: 'text/plain' as 'application/json' },
      'TRACE_WRONG_CONTENT_TYPE',
      undefined,
    ],
  ])('%s is refused', (_name, bad, code, pointer) => {
    const result = new TrialLedger().rules.read(statementOf(MAKER, bad), bad.content);
    expect(result).toMatchObject({ ok: false, code });
    if (!result.ok) expect(result.pointer).toBe(pointer);
  });

  it('takes flat attributes of bounded size only', () => {
    const good = productRegistration({
      gtin: MAKER_GTIN,
      name: 'x',
      attributes: { organic: true, volume: 0.75, origin: 'Crete' },
    });
    expect(new TrialLedger().submit(MAKER, good).ok).toBe(true);
    const long = productRegistration({ gtin: MAKER_GTIN, name: 'x', attributes: { a: 'x'.repeat(513) } });
    expect(new TrialLedger().submit(MAKER, long)).toMatchObject({ code: 'TRACE_BAD_VALUE', pointer: '/attributes/a' });
  });
});

describe('rotating a key', () => {
  const next = portableSigner(new Uint8Array(32).fill(8));
  const message = { networkId: NETWORK, organization: MAKER, purpose: 'sign', publicKey: next.publicKey };
  const rotation = {
    purpose: 'sign',
    publicKey: next.publicKey,
    proof: next.sign(rotationProofMessage(message)),
  } as const;

  it('registers the new key from the next height on and ends the old one', () => {
    const ledger = new TrialLedger();
    ledger.record(MAKER, keyRotation({ ...rotation, overlapBlocks: 10 }));
    expect(ledger.get(ORGANIZATION_KEY, keyIdOf(next.publicKey))).toMatchObject({
      organization: MAKER,
      purpose: 'sign',
      validFrom: 2,
    });
    expect(ledger.get(ORGANIZATION_KEY, keyIdOf(MAKER_SIGNER.publicKey))).toMatchObject({ validUntil: 12 });
  });

  it('needs the proof that the organisation holds the new key', () => {
    const ledger = new TrialLedger();
    const before = ledger.dump();
    const stolen = keyRotation({ ...rotation, proof: next.sign(utf8Encode('something else')) });
    expect(ledger.submit(MAKER, stolen)).toMatchObject({ ok: false, code: 'IDENTITY_BAD_KEY_PROOF' });
    expect(ledger.dump()).toBe(before);
  });

  it('is judged by libs/identity and read strictly', () => {
    const ledger = new TrialLedger();
    const revoked = keyRotation({ ...rotation, overlapBlocks: 5, revokeOld: true });
    expect(ledger.submit(MAKER, revoked)).toMatchObject({ ok: false, code: 'IDENTITY_KEY_OVERLAP_OUT_OF_RANGE' });
    const cut = keyRotation({ ...rotation, publicKey: next.publicKey.slice(1) as typeof next.publicKey });
    expect(ledger.submit(MAKER, cut)).toMatchObject({ ok: false, code: 'TRACE_BAD_VALUE', pointer: '/publicKey' });
  });
});
