import { describe, expect, it } from '@jest/globals';
import type { Result } from '#codec';
import {
  findSigningKey,
  isDisputed,
  ORGANIZATION,
  ORGANIZATION_KEY,
  portableVerifier,
  recoverKeys,
  revokeOwnKey,
  rootCommitmentOf,
  rotateKey,
  updateOrganization,
  validatorSet,
  type KeyId,
  type KeyPurpose,
  type KeyRotation,
  type OrganizationKey,
  type OwnRevocation,
} from '#identity';
import { signerOf } from '../fixtures.js';
import { add, Council, didOf, keyIdOfName, keyOf, remove } from './council.js';

const keyAt = (council: Council, name: string, purpose: KeyPurpose) =>
  council.state.get(ORGANIZATION_KEY, keyIdOfName(name, purpose)) as OrganizationKey;

function rotate(
  council: Council,
  signedWith: KeyPurpose,
  purpose: KeyPurpose,
  changes: Partial<KeyRotation> & { readonly newKey?: string } = {},
): Result<void> {
  const { newKey = `B ${purpose} 2`, ...rest } = changes;
  const commitment = purpose === 'root' ? rootCommitmentOf(signerOf('B root 3').publicKey) : undefined;
  const key = council.keyWithProof('B', purpose, newKey);
  const rotation = {
    ...council.context('B', signedWith),
    purpose,
    ...key,
    overlapBlocks: 0,
    rootCommitment: commitment,
    ...rest,
  };
  return council.attempt(() => rotateKey(council.state, rotation, portableVerifier));
}

function revoke(council: Council, signedWith: KeyPurpose, revocation: OwnRevocation): Result<void> {
  return council.attempt(() =>
    revokeOwnKey(council.state, revocation, council.context('B', signedWith), portableVerifier),
  );
}

function recover(council: Council, signedWith: KeyPurpose = 'root', notTrustedFrom?: number): Result<void> {
  const key = (purpose: KeyPurpose) => council.keyWithProof('B', purpose, `B recovered ${purpose}`);
  const keys = { admin: key('admin'), sign: key('sign'), node: key('node') };
  return council.attempt(() =>
    recoverKeys(council.state, { keys, notTrustedFrom }, council.context('B', signedWith), portableVerifier),
  );
}

describe('rotation', () => {
  it.each<[KeyPurpose, KeyPurpose, boolean]>([
    ['sign', 'sign', true],
    ['sign', 'node', false],
    ['sign', 'admin', false],
    ['sign', 'root', false],
    ['admin', 'sign', true],
    ['admin', 'node', true],
    ['admin', 'admin', true],
    ['admin', 'root', false],
    ['root', 'sign', true],
    ['root', 'node', true],
    ['root', 'admin', true],
    ['root', 'root', true],
  ])('by the %s key of the %s key: %s', (signedWith, purpose, isAllowed) => {
    const rotated = rotate(new Council('A', 'B'), signedWith, purpose);
    if (isAllowed) expect(rotated).toMatchObject({ ok: true });
    else expect(rotated).toMatchObject({ code: 'IDENTITY_KEY_PURPOSE_NOT_ROTATABLE' });
  });

  it('of a root key takes the promised key only, and keeps the next promise', () => {
    const council = new Council('A', 'B');
    expect(rotate(council, 'root', 'root', { newKey: 'thief' })).toMatchObject({
      code: 'IDENTITY_ROOT_COMMITMENT_MISMATCH',
    });
    expect(rotate(council, 'root', 'root', { rootCommitment: undefined })).toMatchObject({
      code: 'IDENTITY_ROOT_COMMITMENT_REQUIRED',
    });
    expect(rotate(council, 'root', 'sign', { rootCommitment: new Uint8Array(32) })).toMatchObject({
      code: 'IDENTITY_ROOT_COMMITMENT_REQUIRED',
    });
    expect(rotate(council, 'root', 'root').ok).toBe(true);
    expect(council.organization('B').rootCommitment).toEqual(rootCommitmentOf(signerOf('B root 3').publicKey));
    expect(keyAt(council, 'B', 'root').validUntil).toBe(2);
    council.block();
    expect(recover(council)).toMatchObject({ code: 'IDENTITY_KEY_EXPIRED' });
  });

  it('lets an admin key put the promised root key where the root key was revoked', () => {
    const council = new Council('A', 'B');
    council.open('A', { kind: 'key.revoke', keyId: keyIdOfName('B', 'root'), notTrustedFrom: 0 });
    council.block();
    expect(rotate(council, 'admin', 'root', { newKey: 'thief' })).toMatchObject({
      code: 'IDENTITY_ROOT_COMMITMENT_MISMATCH',
    });
    expect(rotate(council, 'admin', 'root').ok).toBe(true);
  });

  it('lets the sign key of an organisation without admin and root key rotate its node key and make the first admin key', () => {
    const council = new Council('A', 'B');
    const { rootCommitment: _, ...organization } = council.organization('B');
    const early = (['node', 'sign'] as const).map((purpose) => keyIdOfName('B', purpose));
    council.state.put(ORGANIZATION, didOf('B'), { ...organization, keyIds: early });
    expect(rotate(council, 'sign', 'root')).toMatchObject({ code: 'IDENTITY_KEY_PURPOSE_NOT_ROTATABLE' });
    expect(rotate(council, 'sign', 'node').ok).toBe(true);
    expect(rotate(council, 'sign', 'admin').ok).toBe(true);
    expect(rotate(council, 'sign', 'node', { newKey: 'other' })).toMatchObject({
      code: 'IDENTITY_KEY_PURPOSE_NOT_ROTATABLE',
    });
    expect(rotate(council, 'sign', 'admin', { newKey: 'another' })).toMatchObject({
      code: 'IDENTITY_KEY_PURPOSE_NOT_ROTATABLE',
    });
    council.block();
    const byAdmin = { ...council.context('B'), signerKeyId: signerKeyId('B admin 2') };
    expect(rotate(council, 'admin', 'root', byAdmin).ok).toBe(true);
  });

  it('keeps room for the root key when all others are used up', () => {
    const council = new Council('A', 'B');
    const organization = council.organization('B');
    const many = Array<KeyId>(996).fill(keyIdOfName('B', 'sign'));
    council.state.put(ORGANIZATION, didOf('B'), { ...organization, keyIds: [...organization.keyIds, ...many] });
    expect(rotate(council, 'admin', 'sign')).toMatchObject({ code: 'IDENTITY_TOO_MANY_KEYS' });
    expect(recover(council).ok).toBe(true);
  });

  it('is open to an organisation that is suspended or only audits, not to one that was removed', () => {
    const council = new Council('A', 'B');
    council.open('A', { kind: 'organization.roles', did: didOf('B'), roles: ['auditor'] });
    council.block();
    expect(rotate(council, 'sign', 'sign', { newKey: 'a' }).ok).toBe(true);
    council.open('A', { kind: 'organization.suspend', did: didOf('B') });
    council.block();
    expect(rotate(council, 'admin', 'sign', { newKey: 'b' }).ok).toBe(true);
    expect(revoke(council, 'admin', { keyId: keyIdOfName('B', 'sign'), notTrustedFrom: 0 }).ok).toBe(true);
    expect(recover(council).ok).toBe(true);
    council.open('A', { kind: 'organization.remove', did: didOf('B') });
    council.block();
    expect(recover(council)).toMatchObject({ code: 'IDENTITY_ORGANIZATION_NOT_ACTIVE' });
  });
});

describe('revocation', () => {
  it('ends the key at the next height; what it signed before is disputed from the height that is named', () => {
    const council = new Council('A', 'B');
    council.block(9);
    expect(revoke(council, 'admin', { keyId: keyIdOfName('B', 'sign'), notTrustedFrom: 7 }).ok).toBe(true);
    const key = keyAt(council, 'B', 'sign');
    expect(key).toMatchObject({ validUntil: 11, revoked: true, notTrustedFrom: 7 });
    const canSign = (height: number) => findSigningKey(council.state, key.keyId, didOf('B'), height).ok;
    expect([6, 7, 10, 11].map(canSign)).toEqual([true, true, true, false]);
    expect([6, 7, 10].map((height) => isDisputed(key, height))).toEqual([false, true, true]);
    expect(isDisputed(keyAt(council, 'A', 'sign'), 7)).toBe(false);
  });

  it('registers the replacement from the next height on', () => {
    const council = new Council('AB');
    const replacement = council.keyWithProof('B', 'node', 'B node 2');
    expect(revoke(council, 'root', { keyId: keyIdOfName('B', 'node'), notTrustedFrom: 0, replacement }).ok).toBe(true);
    expect(validatorSet(council.state, 2).map(({ publicKey }) => publicKey)).toEqual([
      keyOf('A', 'node').publicKey,
      signerOf('B node 2').publicKey,
    ]);
  });

  it('may be repeated to say that the key was in other hands sooner, not later', () => {
    const council = new Council('A', 'B');
    council.block(9);
    const keyId = keyIdOfName('B', 'sign');
    revoke(council, 'admin', { keyId, notTrustedFrom: 7 });
    for (const notTrustedFrom of [7, 8])
      expect(revoke(council, 'admin', { keyId, notTrustedFrom })).toMatchObject({
        code: 'IDENTITY_KEY_ALREADY_REVOKED',
      });
    council.block();
    expect(revoke(council, 'admin', { keyId, notTrustedFrom: 3 }).ok).toBe(true);
    expect(keyAt(council, 'B', 'sign')).toMatchObject({ validUntil: 11, notTrustedFrom: 3 });
  });

  it('of a key that was rotated away keeps its end and says what is disputed', () => {
    const council = new Council('A', 'B');
    rotate(council, 'sign', 'sign');
    council.block(5);
    expect(revoke(council, 'admin', { keyId: keyIdOfName('B', 'sign'), notTrustedFrom: 1 }).ok).toBe(true);
    expect(keyAt(council, 'B', 'sign')).toMatchObject({ validUntil: 2, revoked: true, notTrustedFrom: 1 });
  });

  it.each<[string, KeyPurpose, (council: Council) => OwnRevocation, string]>([
    ['signed with the sign key', 'sign', () => revocationOf('sign'), 'IDENTITY_KEY_NOT_FOR_SIGNING'],
    [
      'of a key of another organisation',
      'admin',
      () => ({ ...revocationOf('sign'), keyId: keyIdOfName('A', 'sign') }),
      'IDENTITY_KEY_NOT_OF_ISSUER',
    ],
    [
      'of an unknown key',
      'admin',
      () => ({ ...revocationOf('sign'), keyId: keyIdOfName('X', 'sign') }),
      'IDENTITY_UNKNOWN_KEY',
    ],
    [
      'from a later height on',
      'admin',
      () => ({ ...revocationOf('sign'), notTrustedFrom: 2 }),
      'IDENTITY_NOT_TRUSTED_FROM_OUT_OF_RANGE',
    ],
    ['of a root key', 'root', () => revocationOf('root'), 'IDENTITY_ROOT_KEY_NOT_REVOCABLE'],
    ['of the node key of a validator', 'root', () => revocationOf('node'), 'IDENTITY_LAST_NODE_KEY'],
    [
      'with a replacement that is registered',
      'admin',
      (council) => ({ ...revocationOf('node'), replacement: council.keyWithProof('B', 'node', 'B sign') }),
      'IDENTITY_KEY_ALREADY_REGISTERED',
    ],
    [
      'with a replacement for another purpose',
      'admin',
      (council) => ({ ...revocationOf('node'), replacement: council.keyWithProof('B', 'sign', 'B node 2') }),
      'IDENTITY_BAD_KEY_PROOF',
    ],
  ])('%s is refused', (_name, signedWith, revocation, code) => {
    const council = new Council('AB');
    expect(revoke(council, signedWith, revocation(council))).toMatchObject({ ok: false, code });
  });

  it('never leaves a validator with a node key that only overlaps', () => {
    const council = new Council('AB');
    rotate(council, 'admin', 'node', { overlapBlocks: 100 });
    const newest = { keyId: signerKeyId('B node 2'), notTrustedFrom: 0 };
    expect(revoke(council, 'admin', newest)).toMatchObject({ code: 'IDENTITY_LAST_NODE_KEY' });
    expect(revoke(council, 'admin', { keyId: keyIdOfName('B', 'node'), notTrustedFrom: 0 }).ok).toBe(true);
    expect(() => validatorSet(council.state, 1_000)).not.toThrow();
  });

  it('by vote ends the key of any organisation, and a validator without a node key cannot come into the set', () => {
    const council = new Council('A', 'B');
    council.open('A', { kind: 'key.revoke', keyId: keyIdOfName('B', 'node'), notTrustedFrom: 1 });
    council.block();
    expect(keyAt(council, 'B', 'node')).toMatchObject({ validUntil: 2, revoked: true, notTrustedFrom: 1 });
    expect(council.tryOpen('A', add('B'))).toMatchObject({ code: 'GOVERNANCE_NO_NODE_KEY' });
  });

  it('by vote of a node key fails when the organisation has become a validator meanwhile', () => {
    const council = new Council('A', 'B');
    const addB = council.open('A', add('B'));
    const revokeB = council.open('A', { kind: 'key.revoke', keyId: keyIdOfName('B', 'node'), notTrustedFrom: 0 });
    council.block();
    expect([addB, revokeB].map((id) => council.proposal(id).state)).toEqual(['effective', 'failed']);
    expect(council.proposal(revokeB).failure).toBe('IDENTITY_LAST_NODE_KEY');
  });

  it('of its node key keeps a member from becoming a validator', () => {
    const council = new Council('A', 'B');
    const id = council.open('A', add('B'), { expiresAt: 2, effectHeight: 3 });
    revoke(council, 'admin', { keyId: keyIdOfName('B', 'node'), notTrustedFrom: 0 });
    council.block(2);
    expect(council.proposal(id)).toMatchObject({ state: 'failed', failure: 'GOVERNANCE_NO_NODE_KEY' });
    expect(council.tryOpen('A', remove('A')).ok).toBe(false);
  });
});

describe('recovery', () => {
  it('replaces admin, sign and node key at the next height and ends all that were there', () => {
    const council = new Council('AB');
    rotate(council, 'sign', 'sign', { overlapBlocks: 100 });
    council.block(4);
    expect(recover(council, 'root', 3).ok).toBe(true);
    for (const purpose of ['admin', 'sign', 'node'] as const) {
      expect(keyAt(council, 'B', purpose)).toMatchObject({ validUntil: 6, revoked: true, notTrustedFrom: 3 });
      const next = signerKeyId(`B recovered ${purpose}`);
      const rule = { signedWith: [purpose] };
      expect(findSigningKey(council.state, next, didOf('B'), 5, rule)).toMatchObject({
        code: 'IDENTITY_KEY_NOT_YET_VALID',
      });
      expect(findSigningKey(council.state, next, didOf('B'), 6, rule)).toMatchObject({ ok: true });
    }
    expect(council.state.get(ORGANIZATION_KEY, signerKeyId('B sign 2'))).toMatchObject({
      validUntil: 6,
      revoked: true,
    });
    expect(validatorSet(council.state, 6)[1]?.publicKey).toEqual(signerOf('B recovered node').publicKey);
    expect(keyAt(council, 'B', 'root').validUntil).toBeUndefined();
  });

  it('is signed with the root key', () => {
    expect(recover(new Council('A', 'B'), 'admin')).toMatchObject({ code: 'IDENTITY_KEY_NOT_FOR_SIGNING' });
  });

  it('refuses a distrust from a later height on, and keys that are registered', () => {
    const council = new Council('A', 'B');
    expect(recover(council, 'root', 2)).toMatchObject({ code: 'IDENTITY_NOT_TRUSTED_FROM_OUT_OF_RANGE' });
    expect(recover(council).ok).toBe(true);
    expect(recover(council)).toMatchObject({ code: 'IDENTITY_KEY_ALREADY_REGISTERED' });
  });
});

describe('updateOrganization', () => {
  it('sets what is given, takes away what is null, leaves the rest', () => {
    const council = new Council('A');
    updateOrganization(council.state, didOf('A'), {
      contact: 'office',
      apiUrl: 'https://a.example',
      names: { zh: '甲' },
    });
    updateOrganization(council.state, didOf('A'), { name: 'Alpha', apiUrl: null, furtherGlns: [] });
    expect(council.organization('A')).toMatchObject({
      name: 'Alpha',
      contact: 'office',
      names: { zh: '甲' },
      furtherGlns: [],
    });
    expect(council.organization('A')).not.toHaveProperty('apiUrl');
  });

  it('refuses to change nothing', () => {
    expect(updateOrganization(new Council('A').state, didOf('A'), {})).toMatchObject({
      code: 'GOVERNANCE_NOTHING_TO_CHANGE',
    });
  });
});

function revocationOf(purpose: KeyPurpose): OwnRevocation {
  return { keyId: keyIdOfName('B', purpose), notTrustedFrom: 0 };
}

/** The id of the key that a whole name stands for. */
function signerKeyId(name: string): KeyId {
  const [organization, ...purpose] = name.split(' ');
  return keyIdOfName(organization as string, purpose.join(' ') as KeyPurpose);
}
