import { describe, expect, it } from '@jest/globals';
import { fromHex, utf8Decode } from '#codec';
import {
  findSigningKey,
  keyIdOf,
  ORGANIZATION,
  ORGANIZATION_KEY,
  portableVerifier,
  rotateKey,
  rotationProofMessage,
  validatorSet,
  type Did,
  type KeyRotation,
  type NetworkId,
  type Organization,
} from '#identity';
import { CARRIER, genesisState, MAKER, signerOf } from './fixtures.js';

const HEIGHT = 10;
const keyIdOfName = (name: string) => keyIdOf(signerOf(name).publicKey);
const OLD_SIGN = keyIdOfName(`${MAKER} sign`);
const OLD_NODE = keyIdOfName(`${MAKER} node`);

/** A network at height 10 and a rotation by the maker that holds; tests change one thing. */
function setUp(purpose: string, newKeyName = 'new') {
  const { genesis, state } = genesisState();
  const rotation = rotationTo(newKeyName, purpose, genesis.networkId);
  return {
    state,
    rotation,
    run: (changes: Partial<KeyRotation> = {}) => rotateKey(state, { ...rotation, ...changes }, portableVerifier),
  };
}

function rotationTo(newKeyName: string, purpose: string, networkId: NetworkId, author: Did = MAKER): KeyRotation {
  const signer = signerOf(newKeyName);
  const { publicKey } = signer;
  const proof = signer.sign(rotationProofMessage({ networkId, organization: author, purpose, publicKey }));
  return { networkId, author, signerKeyId: OLD_SIGN, height: HEIGHT, purpose, publicKey, proof, overlapBlocks: 0 };
}

describe('rotateKey', () => {
  it('makes the new signing key valid from the next height on and ends the old one there', () => {
    const { state, run } = setUp('sign');
    expect(run().ok).toBe(true);
    const isValid = (keyId: ReturnType<typeof keyIdOfName>, height: number) =>
      findSigningKey(state, keyId, MAKER, height).ok;
    expect([isValid(OLD_SIGN, 10), isValid(keyIdOfName('new'), 10)]).toEqual([true, false]);
    expect([isValid(OLD_SIGN, 11), isValid(keyIdOfName('new'), 11)]).toEqual([false, true]);
    expect(findSigningKey(state, OLD_SIGN, MAKER, 11)).toMatchObject({ code: 'IDENTITY_KEY_EXPIRED' });
    expect(state.get(ORGANIZATION, MAKER)?.keyIds).toEqual([OLD_NODE, OLD_SIGN, keyIdOfName('new')]);
    expect(state.get(ORGANIZATION_KEY, OLD_NODE)).not.toHaveProperty('validUntil');
  });

  it('lets both keys sign during the overlap', () => {
    const { state, run } = setUp('sign');
    run({ overlapBlocks: 3 });
    expect([11, 13, 14].map((height) => findSigningKey(state, OLD_SIGN, MAKER, height).ok)).toEqual([
      true,
      true,
      false,
    ]);
    expect(findSigningKey(state, keyIdOfName('new'), MAKER, 11).ok).toBe(true);
  });

  it('marks the old keys as revoked when asked to, those still in an overlap included', () => {
    const { state, run, rotation } = setUp('sign');
    run({ overlapBlocks: 100 });
    const next = { ...rotationTo('newer', 'sign', rotation.networkId), height: 20, revokeOld: true };
    expect(rotateKey(state, next, portableVerifier).ok).toBe(true);
    expect(findSigningKey(state, OLD_SIGN, MAKER, 21)).toMatchObject({ code: 'IDENTITY_KEY_REVOKED' });
    expect(findSigningKey(state, keyIdOfName('new'), MAKER, 21)).toMatchObject({ code: 'IDENTITY_KEY_REVOKED' });
    expect(findSigningKey(state, keyIdOfName('newer'), MAKER, 21).ok).toBe(true);
  });

  it('does not lengthen the life of a key that is ending already', () => {
    const { state, run, rotation } = setUp('sign');
    run({ overlapBlocks: 2 });
    rotateKey(
      state,
      { ...rotationTo('newer', 'sign', rotation.networkId), height: 11, overlapBlocks: 100 },
      portableVerifier,
    );
    expect(state.get(ORGANIZATION_KEY, OLD_SIGN)?.validUntil).toBe(13);
    expect(state.get(ORGANIZATION_KEY, keyIdOfName('new'))?.validUntil).toBe(112);
  });

  it('gives a validator its new node key at the next height, also while the old one is still valid', () => {
    const { state, run } = setUp('node');
    expect(run({ overlapBlocks: 5 }).ok).toBe(true);
    const keyAt = (height: number) => validatorSet(state, height).find(({ id }) => id === MAKER)?.publicKey;
    expect(keyAt(10)).toEqual(signerOf(`${MAKER} node`).publicKey);
    expect(keyAt(11)).toEqual(signerOf('new').publicKey);
  });

  it.each<[string, Partial<KeyRotation>, string]>([
    ['signed with an unknown key', { signerKeyId: keyIdOfName('stranger') }, 'IDENTITY_UNKNOWN_KEY'],
    [
      'signed with the key of another organisation',
      { signerKeyId: keyIdOfName(`${CARRIER} sign`) },
      'IDENTITY_KEY_NOT_OF_ISSUER',
    ],
    ['signed with a node key', { signerKeyId: OLD_NODE }, 'IDENTITY_KEY_NOT_FOR_SIGNING'],
    ['of a root key', { purpose: 'root' }, 'IDENTITY_KEY_PURPOSE_NOT_ROTATABLE'],
    ['of an unknown purpose', { purpose: 'x' }, 'IDENTITY_KEY_PURPOSE_NOT_ROTATABLE'],
    ['with a negative overlap', { overlapBlocks: -1 }, 'IDENTITY_KEY_OVERLAP_OUT_OF_RANGE'],
    ['with too long an overlap', { overlapBlocks: 100_001 }, 'IDENTITY_KEY_OVERLAP_OUT_OF_RANGE'],
    ['with half a block of overlap', { overlapBlocks: 0.5 }, 'IDENTITY_KEY_OVERLAP_OUT_OF_RANGE'],
    ['that revokes and overlaps', { overlapBlocks: 1, revokeOld: true }, 'IDENTITY_KEY_OVERLAP_OUT_OF_RANGE'],
    ['to a key of 31 bytes', { publicKey: new Uint8Array(31) }, 'IDENTITY_KEY_LENGTH'],
    ['to a key of small order', { publicKey: new Uint8Array(32) }, 'IDENTITY_KEY_SMALL_ORDER'],
    ['to a key with torsion', { publicKey: keyWithTorsion() }, 'IDENTITY_KEY_HAS_TORSION'],
    ['to a key of its own', { publicKey: signerOf(`${MAKER} node`).publicKey }, 'IDENTITY_KEY_ALREADY_REGISTERED'],
    [
      'to a key of another organisation',
      { publicKey: signerOf(`${CARRIER} sign`).publicKey },
      'IDENTITY_KEY_ALREADY_REGISTERED',
    ],
    ['with a proof for another network', { networkId: '00'.repeat(32) as NetworkId }, 'IDENTITY_BAD_KEY_PROOF'],
    ['with a proof for another purpose', { purpose: 'node' }, 'IDENTITY_BAD_KEY_PROOF'],
    ['with a proof by another key', { publicKey: signerOf('other').publicKey }, 'IDENTITY_BAD_KEY_PROOF'],
    ['without a proof', { proof: new Uint8Array(0) }, 'IDENTITY_BAD_KEY_PROOF'],
  ])('refuses a rotation %s, and writes nothing', (_name, changes, code) => {
    const { state, run } = setUp('sign');
    const before = new Map((state as unknown as { values: Map<string, Uint8Array> }).values);
    expect(run(changes)).toMatchObject({ ok: false, code });
    expect((state as unknown as { values: Map<string, Uint8Array> }).values).toEqual(before);
  });

  it('refuses a proof that another organisation made for itself', () => {
    const { state, rotation } = setUp('sign');
    const stolen = rotationTo('new', 'sign', rotation.networkId, CARRIER);
    expect(rotateKey(state, { ...rotation, proof: stolen.proof }, portableVerifier)).toMatchObject({
      code: 'IDENTITY_BAD_KEY_PROOF',
    });
  });

  it('refuses the key that was rotated away as the next one', () => {
    const { state, run, rotation } = setUp('sign');
    run();
    const back = {
      ...rotationTo(`${MAKER} sign`, 'sign', rotation.networkId),
      height: 20,
      signerKeyId: keyIdOfName('new'),
    };
    expect(rotateKey(state, back, portableVerifier)).toMatchObject({ code: 'IDENTITY_KEY_ALREADY_REGISTERED' });
  });

  it('refuses to sign a rotation with a key that was rotated away', () => {
    const { state, run, rotation } = setUp('sign');
    run();
    expect(
      rotateKey(state, { ...rotationTo('newer', 'sign', rotation.networkId), height: 11 }, portableVerifier),
    ).toMatchObject({
      code: 'IDENTITY_KEY_EXPIRED',
    });
  });

  it('refuses the 1001st key', () => {
    const { state, run } = setUp('sign');
    const organization = state.get(ORGANIZATION, MAKER) as Organization;
    state.put(ORGANIZATION, MAKER, { ...organization, keyIds: Array<typeof OLD_SIGN>(1000).fill(OLD_SIGN) });
    expect(run()).toMatchObject({ code: 'IDENTITY_TOO_MANY_KEYS' });
  });

  it('has a proof message of five lines that any tool can write', () => {
    const { rotation } = setUp('sign');
    const message = rotationProofMessage({
      networkId: rotation.networkId,
      organization: MAKER,
      purpose: 'sign',
      publicKey: new Uint8Array(32),
    });
    expect(utf8Decode(message)).toBe(
      `lading/key-rotation/1\n${rotation.networkId}\n${MAKER}\nsign\n${'00'.repeat(32)}\n`,
    );
  });
});

/** 4·B plus a point of order 8. */
function keyWithTorsion(): Uint8Array {
  return fromHex('b106029af8a719a13dc3ff88e1368579636d6f2369eddca26bdcf0780e9cc09c', 32) as Uint8Array;
}
