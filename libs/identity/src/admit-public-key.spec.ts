import { describe, expect, it } from '@jest/globals';
import { fromHex, sha256, toHex } from '#codec';
import { Point } from '@noble/ed25519';
import { admitPublicKey, keyIdOf } from './admit-public-key.js';
import type { PublicKey } from './names.js';
import { isSmallOrderPoint } from './point-encoding.js';
import { portableSigner } from './portable-crypto.js';
import { precheckSignature } from './precheck-signature.js';

const hex = (text: string): Uint8Array => fromHex(text) as Uint8Array;
const ORDER_8 = Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
const torsionGroup = Array.from({ length: 8 }, (_x, i) => (i === 0 ? Point.ZERO : ORDER_8.multiplyUnsafe(BigInt(i))));

describe('admitPublicKey', () => {
  it('admits what signers have', () => {
    for (let i = 0; i < 20; i++) {
      const { publicKey } = portableSigner(sha256(Uint8Array.of(i)));
      expect(admitPublicKey(publicKey)).toEqual({ ok: true, value: publicKey });
    }
  });

  it.each([
    ['31 bytes', '00'.repeat(31), 'IDENTITY_KEY_LENGTH'],
    ['33 bytes', '00'.repeat(33), 'IDENTITY_KEY_LENGTH'],
    ['y = p', `ed${'ff'.repeat(30)}7f`, 'IDENTITY_KEY_NOT_CANONICAL'],
    ['y = p + 3 with the sign bit', `f0${'ff'.repeat(31)}`, 'IDENTITY_KEY_NOT_CANONICAL'],
    ['y = 2^255 − 1', `${'ff'.repeat(31)}7f`, 'IDENTITY_KEY_NOT_CANONICAL'],
    ['y = 1 with the sign bit', `01${'00'.repeat(30)}80`, 'IDENTITY_KEY_SMALL_ORDER'],
    ['y = 2, which is on no point', `02${'00'.repeat(31)}`, 'IDENTITY_KEY_NOT_ON_CURVE'],
  ])('refuses %s', (_name, key, code) => {
    expect(admitPublicKey(hex(key))).toMatchObject({ ok: false, code });
  });

  it('refuses every point of small order and every key with one added', () => {
    expect(new Set(torsionGroup.map((point) => point.toHex())).size).toBe(8);
    const honest = Point.fromBytes(portableSigner(new Uint8Array(32)).publicKey);
    for (const [i, point] of torsionGroup.entries()) {
      expect(isSmallOrderPoint(point.toBytes())).toBe(true);
      expect(admitPublicKey(point.toBytes())).toMatchObject({ code: 'IDENTITY_KEY_SMALL_ORDER' });
      const mixed = admitPublicKey(honest.add(point).toBytes());
      if (i === 0) expect(mixed.ok).toBe(true);
      else expect(mixed).toMatchObject({ code: 'IDENTITY_KEY_HAS_TORSION' });
    }
  });
});

describe('keyIdOf', () => {
  it('is the SHA-256 of the COSE_Key {1: 1, −1: 6, −2: x} in deterministic CBOR', () => {
    const x = portableSigner(new Uint8Array(32)).publicKey;
    expect(keyIdOf(x)).toBe(toHex(sha256(hex(`a301012006215820${toHex(x)}`))));
  });

  it('differs for different keys', () => {
    expect(keyIdOf(new Uint8Array(32) as PublicKey)).not.toBe(keyIdOf(new Uint8Array(32).fill(1) as PublicKey));
  });
});

describe('precheckSignature', () => {
  const honest = portableSigner(new Uint8Array(32)).sign(new Uint8Array(0));
  const order = 'edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010';
  const signature = (r: string | undefined, s: string | undefined): Uint8Array =>
    hex((r ?? toHex(honest.subarray(0, 32))) + (s ?? toHex(honest.subarray(32))));

  it.each([
    ['an honest signature', signature(undefined, undefined), true],
    ['S = 0', signature(undefined, '00'.repeat(32)), true],
    ['S = L − 1', signature(undefined, `ec${order.slice(2)}`), true],
    ['S = L', signature(undefined, order), false],
    ['S = L + 1', signature(undefined, `ee${order.slice(2)}`), false],
    ['S = 2^256 − 1', signature(undefined, 'ff'.repeat(32)), false],
    ['y of R = p − 1, a point of order 2', signature(`ec${'ff'.repeat(30)}7f`, undefined), false],
    ['y of R = p − 2', signature(`eb${'ff'.repeat(30)}7f`, undefined), true],
    ['y of R = p', signature(`ed${'ff'.repeat(30)}7f`, undefined), false],
    ['y of R = p with the sign bit', signature(`ed${'ff'.repeat(31)}`, undefined), false],
    ['63 bytes', honest.subarray(0, 63), false],
    ['65 bytes', hex(`${toHex(honest)}00`), false],
    ['nothing', new Uint8Array(0), false],
  ])('of %s', (_name, bytes, expected) => {
    expect(precheckSignature(bytes)).toBe(expected);
  });

  it('refuses every R of small order, with either sign bit', () => {
    for (const point of torsionGroup) {
      const r = point.toBytes();
      expect(precheckSignature(signature(toHex(r), undefined))).toBe(false);
      r[31] = (r[31] as number) ^ 0x80;
      expect(precheckSignature(signature(toHex(r), undefined))).toBe(false);
    }
  });
});
