import { describe, expect, it } from '@jest/globals';
import { InvariantViolation, toHex, type RecordType } from '#codec';
import {
  CURRENT,
  DEFAULT_PARAMETERS,
  findSigningKey,
  GS1_PREFIX,
  keyIdOf,
  ORGANIZATION,
  ORGANIZATION_KEY,
  PARAMETERS,
  parametersHash,
  VALIDATORS,
  validatorSet,
  validatorSetHash,
  type Did,
  type KeyId,
  type Organization,
  type OrganizationKey,
} from '#identity';
import fc from 'fast-check';
import { CARRIER, genesisState, MAKER, RETAILER, signerOf } from './fixtures.js';

const nodeKey = (did: Did) => signerOf(`${did} node`).publicKey;
const signKeyId = keyIdOf(signerOf(`${MAKER} sign`).publicKey);

describe('findSigningKey', () => {
  const { state } = genesisState();
  const key = state.get(ORGANIZATION_KEY, signKeyId) as OrganizationKey;
  state.put(ORGANIZATION_KEY, signKeyId, { ...key, validFrom: 5, validUntil: 10 });

  it.each<[string, KeyId, Did, number, string]>([
    ['a key that nobody registered', '00'.repeat(32) as KeyId, MAKER, 5, 'IDENTITY_UNKNOWN_KEY'],
    ['a key of another organisation', signKeyId, CARRIER, 5, 'IDENTITY_KEY_NOT_OF_ISSUER'],
    ['a node key', keyIdOf(nodeKey(MAKER)), MAKER, 5, 'IDENTITY_KEY_NOT_FOR_SIGNING'],
    ['a key before its first height', signKeyId, MAKER, 4, 'IDENTITY_KEY_NOT_YET_VALID'],
    ['a key at its end', signKeyId, MAKER, 10, 'IDENTITY_KEY_EXPIRED'],
  ])('refuses %s', (_name, keyId, issuer, height, code) => {
    expect(findSigningKey(state, keyId, issuer, height)).toMatchObject({ ok: false, code });
  });

  it('finds the key from its first height to the one before its end', () => {
    for (const height of [5, 9])
      expect(findSigningKey(state, signKeyId, MAKER, height)).toMatchObject({ ok: true, value: { keyId: signKeyId } });
  });

  it('tells a revoked key from one that was rotated, and still accepts it for heights before', () => {
    const revoked = genesisState().state;
    revoked.put(ORGANIZATION_KEY, signKeyId, { ...key, validUntil: 10, revoked: true });
    expect(findSigningKey(revoked, signKeyId, MAKER, 10)).toMatchObject({ code: 'IDENTITY_KEY_REVOKED' });
    expect(findSigningKey(revoked, signKeyId, MAKER, 9).ok).toBe(true);
  });

  it.each(['suspended', 'removed'] as const)('refuses an organisation that is %s', (status) => {
    const inactive = genesisState().state;
    inactive.put(ORGANIZATION, MAKER, { ...(inactive.get(ORGANIZATION, MAKER) as Organization), status });
    expect(findSigningKey(inactive, signKeyId, MAKER, 5)).toMatchObject({ code: 'IDENTITY_ORGANIZATION_NOT_ACTIVE' });
  });
});

describe('validatorSet', () => {
  it('is the validators with their node keys, sorted by DID', () => {
    expect(validatorSet(genesisState().state, 1)).toEqual([
      { id: CARRIER, publicKey: nodeKey(CARRIER) },
      { id: MAKER, publicKey: nodeKey(MAKER) },
    ]);
  });

  it('stops the node when a validator has no valid node key', () => {
    const { state } = genesisState();
    const keyId = keyIdOf(nodeKey(MAKER));
    state.put(ORGANIZATION_KEY, keyId, { ...(state.get(ORGANIZATION_KEY, keyId) as OrganizationKey), validUntil: 3 });
    expect(validatorSet(state, 2)).toHaveLength(2);
    expect(() => validatorSet(state, 3)).toThrow(InvariantViolation);
    state.put(VALIDATORS, CURRENT, [CARRIER]);
    expect(validatorSet(state, 3)).toHaveLength(1);
  });

  it('has a hash that depends on every DID and key', () => {
    const set = validatorSet(genesisState().state, 1);
    const hashes = [
      set,
      set.slice(1),
      set.map((validator) => ({ ...validator, id: RETAILER })),
      set.map((validator) => ({ ...validator, publicKey: nodeKey(RETAILER) })),
    ].map((one) => toHex(validatorSetHash(one)));
    expect(new Set(hashes).size).toBe(4);
    expect(hashes[0]).toHaveLength(64);
  });
});

describe('parametersHash', () => {
  it('depends on every parameter', () => {
    const names = Object.keys(DEFAULT_PARAMETERS) as (keyof typeof DEFAULT_PARAMETERS)[];
    const hashes = names.map((name) =>
      toHex(parametersHash({ ...DEFAULT_PARAMETERS, [name]: DEFAULT_PARAMETERS[name] + 1 })),
    );
    expect(new Set([...hashes, toHex(parametersHash(DEFAULT_PARAMETERS))]).size).toBe(names.length + 1);
  });
});

describe('State records', () => {
  const did = fc.stringMatching(/^did:web:[a-z]{1,20}$/).map((text) => text as Did);
  const keyId = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => toHex(bytes) as KeyId);
  const height = fc.maxSafeNat();
  const organization: fc.Arbitrary<Organization> = fc.record(
    {
      did,
      name: fc.string({ unit: 'grapheme' }),
      roles: fc.subarray(['validator', 'member', 'auditor'] as const),
      gs1CompanyPrefixes: fc.array(fc.stringMatching(/^[0-9]{4,12}$/)),
      gln: fc.stringMatching(/^[0-9]{13}$/),
      status: fc.constantFrom('active', 'suspended', 'removed'),
      since: height,
      keyIds: fc.array(keyId),
    },
    { requiredKeys: ['did', 'name', 'roles', 'gs1CompanyPrefixes', 'status', 'since', 'keyIds'] },
  );
  const key = fc.record(
    {
      keyId,
      publicKey: fc.uint8Array({ minLength: 32, maxLength: 32 }),
      organization: did,
      purpose: fc.constantFrom('root', 'admin', 'sign', 'node'),
      validFrom: height,
      validUntil: height,
      revoked: fc.constant(true),
    },
    { requiredKeys: ['keyId', 'publicKey', 'organization', 'purpose', 'validFrom'] },
  );
  const parameters = fc
    .tuple(...Object.keys(DEFAULT_PARAMETERS).map(() => height))
    .map((values) => Object.fromEntries(Object.keys(DEFAULT_PARAMETERS).map((name, i) => [name, values[i]])));

  it.each<[string, RecordType<unknown>, fc.Arbitrary<unknown>]>([
    ['ORGANIZATION', ORGANIZATION as RecordType<unknown>, organization],
    ['ORGANIZATION_KEY', ORGANIZATION_KEY as RecordType<unknown>, key],
    ['GS1_PREFIX', GS1_PREFIX as RecordType<unknown>, did],
    ['VALIDATORS', VALIDATORS as RecordType<unknown>, fc.array(did)],
    ['PARAMETERS', PARAMETERS as RecordType<unknown>, parameters],
  ])('%s is read back, and other bytes stop the node or read as another value', (_name, type, values) => {
    fc.assert(
      fc.property(values, fc.nat(), fc.integer({ min: 1, max: 255 }), (value, at, mask) => {
        const bytes = type.encode(value);
        expect(type.decode(bytes)).toEqual(value);
        const changed = bytes.with(at % bytes.length, (bytes[at % bytes.length] as number) ^ mask);
        let other: unknown;
        try {
          other = type.decode(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(InvariantViolation);
          return;
        }
        expect(toHex(type.encode(other))).toBe(toHex(changed));
      }),
    );
    expect(() => type.decode(new Uint8Array(0))).toThrow(InvariantViolation);
    expect(() => type.decode(Uint8Array.of(0x80 + 30))).toThrow(InvariantViolation);
  });
});
