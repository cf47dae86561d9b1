import { describe, expect, it } from '@jest/globals';
import { concatBytes, encodeCbor } from '#codec';
import { portableVerifier } from '#identity';
import {
  certificateHash,
  decodeCertificate,
  encodeCertificate,
  SEALS_MAX,
  verifyCertificate,
  ZERO_HASH,
  type Certificate,
  type Seal,
} from '#ledger';
import { partsOf } from './cbor-parts.js';
import { MEMBERS, member, TestNetwork } from './network.js';

const network = new TestNetwork();
const built = network.build([]);
const { header } = built.block;
const { validators } = network.next;
const good = network.certify(built, 1, MEMBERS.slice(0, 3));

function codeOf(result: { readonly ok: boolean; readonly code?: string }): string {
  return result.ok ? 'accepted' : (result.code as string);
}

function verify(certificate: Certificate): string {
  return codeOf(verifyCertificate(certificate, header, validators, portableVerifier));
}

describe('a certificate', () => {
  const sealAt = (i: number) => good.seals[i] as Seal;

  it('holds with a quorum of seals, or all of them', () => {
    expect(verify(good)).toBe('accepted');
    expect(verify(network.certify(built, 0, MEMBERS))).toBe('accepted');
  });

  it('fails with the code of the first check', () => {
    const stranger = member('stranger');
    const foreign = network.certify(built, 1, [stranger]).seals;
    expect(verify({ ...good, blockHash: network.head.hash })).toBe('BLOCK_CERTIFICATE_WRONG_BLOCK');
    expect(verify({ ...good, height: 2 })).toBe('BLOCK_CERTIFICATE_WRONG_BLOCK');
    const five = [...network.certify(built, 1, MEMBERS).seals, ...foreign];
    expect(verify({ ...good, seals: five })).toBe('BLOCK_CERTIFICATE_TOO_MANY_SEALS');
    expect(verify({ ...good, seals: [sealAt(1), sealAt(0), sealAt(2)] })).toBe('BLOCK_CERTIFICATE_UNSORTED');
    expect(verify({ ...good, seals: [sealAt(0), sealAt(1), sealAt(1)] })).toBe('BLOCK_CERTIFICATE_UNSORTED');
    expect(verify({ ...good, seals: [sealAt(0), sealAt(1), ...foreign] })).toBe('BLOCK_CERTIFICATE_STRANGER');
    expect(verify({ ...good, seals: good.seals.slice(0, 2) })).toBe('BLOCK_CERTIFICATE_NO_QUORUM');
    expect(verify({ ...good, seals: [] })).toBe('BLOCK_CERTIFICATE_NO_QUORUM');
    expect(verify({ ...good, round: 0 })).toBe('BLOCK_CERTIFICATE_BAD_SIGNATURE');
    const swapped = good.seals.map((seal, i) => ({ ...seal, signature: sealAt((i + 1) % 3).signature }));
    expect(verify({ ...good, seals: swapped })).toBe('BLOCK_CERTIFICATE_BAD_SIGNATURE');
  });

  it('fails when one seal beyond the quorum is rubbish', () => {
    const all = network.certify(built, 0, MEMBERS);
    const seals = all.seals.map((seal, i) => (i === 3 ? { ...seal, signature: new Uint8Array(64) } : seal));
    expect(verify({ ...all, seals })).toBe('BLOCK_CERTIFICATE_BAD_SIGNATURE');
  });

  it('comes back from its bytes, and none has the hash zero', () => {
    expect(decodeCertificate(encodeCertificate(good))).toEqual({ ok: true, value: good });
    expect(certificateHash(null)).toEqual(ZERO_HASH);
  });

  const bytes = encodeCertificate(good);
  const parts = partsOf(bytes);
  it.each([
    ['truncated', bytes.subarray(0, -1)],
    ['extended', concatBytes(bytes, Uint8Array.of(0))],
    ['no array', encodeCbor(1)],
    ['five parts', encodeCbor([...parts, 0])],
    ['a negative round', encodeCbor(parts.with(1, -1))],
    ['a height that is text', encodeCbor(parts.with(0, '1'))],
    ['a short hash', encodeCbor(parts.with(2, new Uint8Array(31)))],
    ['seals that are no list', encodeCbor(parts.with(3, null))],
    ['a seal of one part', encodeCbor(parts.with(3, [['did:web:a.example']]))],
    ['a signature of 65 bytes', encodeCbor(parts.with(3, [['did:web:a.example', new Uint8Array(65)]]))],
    [
      'too many seals',
      encodeCbor(
        parts.with(
          3,
          Array.from({ length: SEALS_MAX + 1 }, () => ['d', new Uint8Array(64)]),
        ),
      ),
    ],
  ] as [string, Uint8Array][])('%s is refused', (_name, damaged) => {
    expect(codeOf(decodeCertificate(damaged))).toBe('BLOCK_CERTIFICATE_MALFORMED');
  });
});
