import { describe, expect, it } from '@jest/globals';
import { fromHex, type RecordReader, type RecordType } from '#codec';
import {
  admitPublicKey,
  keyIdOf,
  ORGANIZATION,
  ORGANIZATION_KEY,
  portableSigner,
  type Did,
  type KeyPurpose,
  type NetworkId,
  type Organization,
  type OrganizationKey,
  type PublicKey,
} from '#identity';
import { didDocument } from '../src/http/did/did-document.js';
import { multikeyOf } from '../src/http/did/multikey.js';
import { startTestApp } from './start-test-app.js';

const MAKER = 'did:web:maker.example' as Did;
const NETWORK = '11'.repeat(32) as NetworkId;

function key(seed: number, purpose: KeyPurpose, validity: Partial<OrganizationKey> = {}): OrganizationKey {
  const { publicKey } = portableSigner(new Uint8Array(32).fill(seed));
  return { keyId: keyIdOf(publicKey), publicKey, organization: MAKER, purpose, validFrom: 0, ...validity };
}

function maker(keys: readonly OrganizationKey[], changes: Partial<Organization> = {}): Organization {
  return {
    did: MAKER,
    name: 'Maker',
    roles: ['validator', 'member'],
    gs1CompanyPrefixes: ['9521001'],
    status: 'active',
    since: 0,
    keyIds: keys.map(({ keyId }) => keyId),
    ...changes,
  };
}

describe('multikeyOf', () => {
  it('spells the public key of RFC 8032, test 1, as the did:key test vectors do', () => {
    const admitted = admitPublicKey(
      fromHex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a') as Uint8Array,
    );
    expect(admitted.ok && multikeyOf(admitted.value)).toBe('z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw');
  });

  it('begins with the same four letters for every Ed25519 key', () => {
    for (let seed = 1; seed < 50; seed++) {
      const { publicKey } = portableSigner(new Uint8Array(32).fill(seed));
      expect(multikeyOf(publicKey)).toMatch(/^z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/);
    }
    expect(multikeyOf(new Uint8Array(32) as PublicKey)).toHaveLength(48);
  });
});

describe('a DID document', () => {
  const old = key(1, 'sign', { validUntil: 50 });
  const leaked = key(2, 'sign', { validFrom: 20, validUntil: 60, revoked: true });
  const current = key(3, 'sign', { validFrom: 60 });
  const next = key(4, 'sign', { validFrom: 101 });
  const later = key(5, 'sign', { validFrom: 102 });
  const node = key(6, 'node');
  const keys = [old, leaked, current, next, later, node];
  const document = didDocument({ organization: maker(keys), keys, networkId: NETWORK, height: 100 });

  it('lists every key with its heights, also those that are valid no more', () => {
    expect(document.verificationMethod.map(({ id }) => id)).toEqual(keys.map(({ keyId }) => `${MAKER}#${keyId}`));
    expect(document.verificationMethod[1]).toMatchObject({
      type: 'Multikey',
      controller: MAKER,
      publicKeyMultibase: multikeyOf(leaked.publicKey),
      purpose: 'sign',
      validFromHeight: 20,
      validUntilHeight: 60,
      isRevoked: true,
    });
  });

  it('lets only those assert that are valid for the next block', () => {
    expect(document).toMatchObject({
      assertionMethod: [`${MAKER}#${current.keyId}`, `${MAKER}#${next.keyId}`],
      authentication: [`${MAKER}#${node.keyId}`],
      capabilityInvocation: [],
    });
  });

  it('of a suspended organisation lets no key do anything', () => {
    const organization = maker(keys, { status: 'suspended' });
    const suspended = didDocument({ organization, keys, networkId: NETWORK, height: 100 });
    expect(suspended).toMatchObject({ assertionMethod: [], authentication: [], ledger: { status: 'suspended' } });
    expect(suspended.verificationMethod).toHaveLength(keys.length);
  });

  it('names the party by its GLN too', () => {
    const organization = maker(keys, { gln: '9521001000003' });
    expect(didDocument({ organization, keys, networkId: NETWORK, height: 100 })).toMatchObject({
      alsoKnownAs: ['https://id.gs1.org/417/9521001000003'],
    });
  });
});

describe('did:web', () => {
  const own = key(3, 'sign');
  const records = new Map<string, unknown>([
    [`${ORGANIZATION.prefix}/${MAKER}`, maker([own])],
    [`${ORGANIZATION_KEY.prefix}/${own.keyId}`, own],
  ]);
  const state: RecordReader = {
    get: <T>({ prefix }: RecordType<T>, id: string) => records.get(`${prefix}/${id}`) as T | undefined,
  };

  it('resolves at the node without a key of the API, and without its database', async () => {
    const test = await startTestApp({ state });
    test.index.failure = Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
    const answer = await test.inject({ url: '/.well-known/did.json' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain('application/did+ld+json');
    expect(answer.json()).toMatchObject({ id: MAKER, assertionMethod: [`${MAKER}#${own.keyId}`] });
    await test.close();
  });

  it('resolves every organisation of the ledger for those who may read', async () => {
    const test = await startTestApp({ state });
    const authorization = `Bearer ${'test-key-0123456789'}`;
    const url = `/api/v1/organizations/${encodeURIComponent(MAKER)}/did.json`;
    expect((await test.inject({ url, headers: { authorization } })).json()).toMatchObject({ id: MAKER });
    expect((await test.inject({ url })).statusCode).toBe(401);
    const unknown = await test.inject({
      url: '/api/v1/organizations/did:web:nobody.example/did.json',
      headers: { authorization },
    });
    expect({ status: unknown.statusCode, code: unknown.json().code }).toEqual({ status: 404, code: 'API_NOT_FOUND' });
    await test.close();
  });
});
