import { createPrivateKey, sign as nodeSign } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { concatBytes, fromHex, toHex, utf8Encode } from '#codec';
import { admitPublicKey, portableSigner, portableVerifier, type PublicKey } from '#identity';
import { hash, Point, verify as cofactoredVerify } from '@noble/ed25519';
import fc from 'fast-check';
import { sodiumSigner, sodiumVerifier } from './sodium.js';

// One profile, two backends: whatever anybody sends, the node (libsodium) and the browser (plain JavaScript) must say the
// same, or the network forks. docs/protocol/signatures.md.

const GROUP_ORDER = Point.CURVE().n;
/** A point of order 8. */
const TORSION = Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');

interface Case {
  readonly id: string;
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

const hex = (text: string): Uint8Array => fromHex(text.toLowerCase()) as Uint8Array;
const seed = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);

/** The profile as a whole, as a node applies it: the key is admitted at registration, then signatures are verified. */
function judge({ publicKey, message, signature }: Case): { portable: boolean; sodium: boolean } {
  const key = admitPublicKey(publicKey);
  if (!key.ok) return { portable: false, sodium: false };
  return {
    portable: portableVerifier.verify(signature, message, key.value),
    sodium: sodiumVerifier.verify(signature, message, key.value),
  };
}

/** The two backends alone, also with a key that would never have been admitted. */
function agree({ publicKey, message, signature }: Case): boolean {
  const key = publicKey as PublicKey;
  return (
    publicKey.length !== 32 ||
    portableVerifier.verify(signature, message, key) === sodiumVerifier.verify(signature, message, key)
  );
}

const folder = new URL('../../../../shared/vectors/ed25519/', import.meta.url);
const hasVectors = existsSync(folder);
const read = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as T;

(hasVectors ? describe : describe.skip)(
  `Ed25519 vectors${hasVectors ? '' : ' (skipped: ../shared/vectors/ed25519 is absent)'}`,
  () => {
    let executed = 0;
    const verdicts = (cases: readonly Case[]): Map<string, boolean> => {
      const result = new Map<string, boolean>();
      for (const one of cases) {
        executed++;
        const { portable, sodium } = judge(one);
        expect({ id: one.id, portable, agree: agree(one) }).toEqual({ id: one.id, portable: sodium, agree: true });
        result.set(one.id, portable);
      }
      return result;
    };

    it('of RFC 8032 are accepted, and signed alike by both signers', () => {
      const { vectors } = read<{ vectors: Record<'name' | 'secret' | 'public' | 'message' | 'signature', string>[] }>(
        'rfc8032/ed25519-7.1.json',
      );
      const cases = vectors.map((v) => ({
        id: v.name,
        publicKey: hex(v.public),
        message: hex(v.message),
        signature: hex(v.signature),
      }));
      expect([...verdicts(cases)].filter(([, accepted]) => !accepted)).toEqual([]);
      for (const vector of vectors) {
        for (const signer of [portableSigner(hex(vector.secret)), sodiumSigner(hex(vector.secret))]) {
          expect(toHex(signer.publicKey)).toBe(vector.public);
          expect(toHex(signer.sign(hex(vector.message)))).toBe(vector.signature);
        }
      }
    });

    it('of speccheck are all refused', () => {
      const list = read<{ message: string; pub_key: string; signature: string }[]>('speccheck/cases.json');
      const cases = list.map((v, i) => ({
        id: `speccheck ${i}`,
        publicKey: hex(v.pub_key),
        message: hex(v.message),
        signature: hex(v.signature),
      }));
      expect([...verdicts(cases).values()].some((accepted) => accepted)).toBe(false);
    });

    it('of ZIP-215, all with keys of small order, are all refused', () => {
      const list = read<{ vk_bytes: string; sig_bytes: string }[]>('zip215/zip215.json');
      const cases = list.map((v, i) => ({
        id: `zip215 ${i}`,
        publicKey: hex(v.vk_bytes),
        message: utf8Encode('Zcash'),
        signature: hex(v.sig_bytes),
      }));
      expect([...verdicts(cases).values()].some((accepted) => accepted)).toBe(false);
    });

    it('of Wycheproof are judged as its authors say', () => {
      type Group = { publicKey: { pk: string }; tests: { tcId: number; msg: string; sig: string; result: string }[] };
      const { testGroups } = read<{ testGroups: Group[] }>('wycheproof/ed25519_test.json');
      const tests = testGroups.flatMap(({ publicKey, tests: list }) =>
        list.map((test) => ({ ...test, pk: publicKey.pk })),
      );
      const result = verdicts(
        tests.map((t) => ({ id: `${t.tcId}`, publicKey: hex(t.pk), message: hex(t.msg), signature: hex(t.sig) })),
      );
      expect(tests.filter((t) => result.get(`${t.tcId}`) !== (t.result === 'valid')).map(({ tcId }) => tcId)).toEqual(
        [],
      );
    });

    it('have all been executed', () => {
      process.stdout.write(`Ed25519 vectors judged by both backends: ${executed}\n`);
      expect(executed).toBeGreaterThanOrEqual(5 + 12 + 196 + 151);
    });
  },
);

describe('The Ed25519 backends', () => {
  it('accept honest signatures of every signer', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ maxLength: 200 }),
        (secret, message) => {
          const portable = portableSigner(secret);
          const { publicKey } = portable;
          expect(toHex(sodiumSigner(secret).publicKey)).toBe(toHex(publicKey));
          for (const signature of [
            portable.sign(message),
            sodiumSigner(secret).sign(message),
            signWithNode(secret, message),
          ]) {
            expect(judge({ id: '', publicKey, message, signature })).toEqual({ portable: true, sodium: true });
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('refuse a signature with any byte changed, or over another message', () => {
    const signer = sodiumSigner(seed(1));
    const message = utf8Encode('a statement');
    const signature = signer.sign(message);
    const one = { id: '', publicKey: signer.publicKey, message, signature };
    for (let at = 0; at < 64; at++) {
      const changed = signature.with(at, (signature[at] as number) ^ (1 << (at % 8)));
      expect(judge({ ...one, signature: changed })).toEqual({ portable: false, sodium: false });
    }
    expect(judge({ ...one, message: utf8Encode('another') })).toEqual({ portable: false, sodium: false });
    for (const length of [0, 63, 65]) {
      expect(judge({ ...one, signature: new Uint8Array(length) })).toEqual({ portable: false, sodium: false });
    }
  });

  const secret = Uint8Array.from({ length: 32 }, (_byte, i) => i);
  const message = utf8Encode('crafted by a malicious signer with an ordinary registered key');
  it.each([
    ['R with a torsion point of order 8 added', () => craft(secret, message, { torsion: TORSION })],
    ['R with a torsion point of order 4 added', () => craft(secret, message, { torsion: TORSION.double() })],
    ['R with a torsion point of order 2 added', () => craft(secret, message, { torsion: TORSION.double().double() })],
    ['R = identity', () => craft(secret, message, { nonce: 0n })],
    [
      'R = identity in a non-canonical encoding',
      () => craft(secret, message, { nonce: 0n, encodedR: littleEndian(1n + Point.CURVE().p) }),
    ],
    [
      'R = identity with the sign bit set',
      () => craft(secret, message, { nonce: 0n, encodedR: littleEndian(1n + (1n << 255n)) }),
    ],
    ['R of order 8', () => craft(secret, message, { nonce: 0n, torsion: TORSION })],
    ['S + L', () => craft(secret, message, { addToS: GROUP_ORDER })],
    ['S + 2^255', () => craft(secret, message, { addToS: 1n << 255n })],
  ])('both refuse %s', (_name, make) => {
    expect(judge(make())).toEqual({ portable: false, sodium: false });
  });

  it('refuse with added torsion what a cofactored verifier accepts', () => {
    const crafted = craft(secret, message, { torsion: TORSION });
    expect(cofactoredVerify(crafted.signature, crafted.message, crafted.publicKey)).toBe(true);
    expect(judge(crafted)).toEqual({ portable: false, sodium: false });
  });

  it('both accept what the same craft makes without a flaw', () => {
    expect(judge(craft(secret, message, {}))).toEqual({ portable: true, sodium: true });
  });

  it('never see a key of small order or with torsion: it is not admitted', () => {
    for (let i = 1, point = TORSION; i <= 8; i++, point = point.add(TORSION)) {
      expect(admitPublicKey(point.toBytes())).toMatchObject({ code: 'IDENTITY_KEY_SMALL_ORDER' });
      if (i === 8) continue;
      const mixed = Point.BASE.multiply(5n).add(point);
      expect(admitPublicKey(mixed.toBytes())).toMatchObject({ code: 'IDENTITY_KEY_HAS_TORSION' });
    }
  });
});

interface Flaw {
  readonly nonce?: bigint;
  readonly torsion?: Point;
  readonly encodedR?: Uint8Array;
  readonly addToS?: bigint;
}

/** Signs by hand (RFC 8032 section 5.1.6), with a flaw of choice that a cofactored or careless verifier lets pass. */
function craft(secret: Uint8Array, message: Uint8Array, flaw: Flaw): Case {
  const { publicKey } = portableSigner(secret);
  const clamped = hash(secret).slice(0, 32);
  clamped[0] = (clamped[0] as number) & 248;
  clamped[31] = ((clamped[31] as number) & 127) | 64;
  const r = flaw.nonce ?? 123_456_789n;
  const honestR = Point.BASE.multiplyUnsafe(r);
  const encodedR = flaw.encodedR ?? (flaw.torsion === undefined ? honestR : honestR.add(flaw.torsion)).toBytes();
  const k = toBigInt(hash(concatBytes(encodedR, publicKey, message)));
  const s = ((r + k * toBigInt(clamped)) % GROUP_ORDER) + (flaw.addToS ?? 0n);
  return { id: '', publicKey, message, signature: concatBytes(encodedR, littleEndian(s)) };
}

function toBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(Uint8Array.from(bytes).reverse())}`);
}

function littleEndian(value: bigint): Uint8Array {
  return hex(value.toString(16).padStart(64, '0')).reverse();
}

function signWithNode(secret: Uint8Array, message: Uint8Array): Uint8Array {
  const pkcs8 = concatBytes(hex('302e020100300506032b657004220420'), secret);
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  return Uint8Array.from(nodeSign(null, message, key));
}
