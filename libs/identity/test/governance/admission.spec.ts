import { describe, expect, it } from '@jest/globals';
import { fromHex } from '#codec';
import {
  findSigningKey,
  GS1_PREFIXES_UNDER,
  gs1PrefixOwner,
  ORGANIZATION_KEY,
  rootCommitmentOf,
  type AdmissionRequest,
  type Did,
} from '#identity';
import { signerOf } from '../fixtures.js';
import { add, Council, didOf, keyIdOfName, keyOf } from './council.js';

/** 4·B plus a point of order 8. */
const WITH_TORSION = fromHex('b106029af8a719a13dc3ff88e1368579636d6f2369eddca26bdcf0780e9cc09c', 32) as Uint8Array;
const PROOF = new Uint8Array(64);
const INVITATION_ID = 'cd'.repeat(32);

describe('an admission', () => {
  it('makes an organisation with four keys, valid from its height on', () => {
    const council = new Council('A');
    const profile = {
      names: { zh: '新组织', 'en-GB': 'X Ltd' },
      contact: 'office@x.example',
      gln: '9521321000001',
      furtherGlns: ['9521321000018'],
      nodeAddress: 'x.example:7420',
      apiUrl: 'https://x.example/api',
    };
    council.open(
      'A',
      council.admission('X', { ...profile, gs1CompanyPrefixes: ['9521999', '4012345'], roles: ['member', 'auditor'] }),
    );
    council.block();
    expect(council.organization('X')).toEqual({
      did: didOf('X'),
      name: 'X',
      ...profile,
      roles: ['member', 'auditor'],
      gs1CompanyPrefixes: ['9521999', '4012345'],
      status: 'active',
      since: 2,
      keyIds: (['node', 'sign', 'admin', 'root'] as const).map((purpose) => keyIdOfName('X', purpose)),
      rootCommitment: rootCommitmentOf(signerOf('X root 2').publicKey),
    });
    expect(council.state.get(ORGANIZATION_KEY, keyIdOfName('X', 'root'))).toEqual({
      keyId: keyIdOfName('X', 'root'),
      publicKey: keyOf('X', 'root').publicKey,
      organization: didOf('X'),
      purpose: 'root',
      validFrom: 2,
    });
    expect(findSigningKey(council.state, keyIdOfName('X', 'sign'), didOf('X'), 1)).toMatchObject({ ok: false });
    expect(findSigningKey(council.state, keyIdOfName('X', 'sign'), didOf('X'), 2)).toMatchObject({ ok: true });
    expect(gs1PrefixOwner(council.state, '952199912345')).toBe(didOf('X'));
    expect(council.tryOpen('A', add('X')).ok).toBe(true);
  });

  const withKey =
    (purpose: 'root' | 'admin' | 'sign' | 'node', key: { publicKey: Uint8Array; proof: Uint8Array }) =>
    (council: Council) =>
      council.admission('X', {
        keys: { ...(council.admission('X') as { organization: AdmissionRequest }).organization.keys, [purpose]: key },
      });

  it.each<[string, (council: Council) => ReturnType<Council['admission']>, string]>([
    [
      'a DID that is taken',
      (council) => council.admission('X', { did: didOf('A'), keys: keysFor(council, 'A') }),
      'GOVERNANCE_DID_TAKEN',
    ],
    ['no DID', (council) => council.admission('X', { did: 'x.example' as Did }), 'IDENTITY_DID_SYNTAX'],
    ['no role', (council) => council.admission('X', { roles: [] }), 'GOVERNANCE_BAD_ROLES'],
    [
      'a prefix of letters',
      (council) => council.admission('X', { gs1CompanyPrefixes: ['95x'] }),
      'GOVERNANCE_BAD_PREFIX',
    ],
    [
      'a prefix that is taken',
      (council) => council.admission('X', { gs1CompanyPrefixes: ['9520065'] }),
      'GOVERNANCE_PREFIX_TAKEN',
    ],
    [
      'a prefix that begins with a taken one',
      (council) => council.admission('X', { gs1CompanyPrefixes: ['952006512'] }),
      'GOVERNANCE_PREFIX_TAKEN',
    ],
    [
      'a prefix with which a taken one begins',
      (council) => council.admission('X', { gs1CompanyPrefixes: ['95200'] }),
      'GOVERNANCE_PREFIX_TAKEN',
    ],
    [
      'two prefixes of its own that overlap',
      (council) => council.admission('X', { gs1CompanyPrefixes: ['40123', '4012345'] }),
      'GOVERNANCE_PREFIX_TAKEN',
    ],
    ['a key with torsion', withKey('node', { publicKey: WITH_TORSION, proof: PROOF }), 'IDENTITY_KEY_HAS_TORSION'],
    [
      'a key of small order',
      withKey('admin', { publicKey: new Uint8Array(32), proof: PROOF }),
      'IDENTITY_KEY_SMALL_ORDER',
    ],
    [
      'a key that is registered',
      withKey('sign', { publicKey: keyOf('A', 'sign').publicKey, proof: PROOF }),
      'IDENTITY_KEY_ALREADY_REGISTERED',
    ],
    [
      'a key without proof',
      withKey('root', { publicKey: keyOf('X', 'root').publicKey, proof: PROOF }),
      'IDENTITY_BAD_KEY_PROOF',
    ],
    [
      'a proof for another purpose',
      (council) => withKey('root', council.keyWithProof('X', 'sign'))(council),
      'IDENTITY_BAD_KEY_PROOF',
    ],
    [
      'a proof for another organisation',
      (council) => withKey('sign', council.keyWithProof('Y', 'sign'))(council),
      'IDENTITY_BAD_KEY_PROOF',
    ],
    [
      'one key for two purposes',
      (council) => withKey('sign', council.keyWithProof('X', 'sign', 'X node'))(council),
      'IDENTITY_KEY_ALREADY_REGISTERED',
    ],
  ])('is refused with %s', (_name, action, code) => {
    const council = new Council('A');
    expect(council.tryOpen('A', action(council))).toMatchObject({ ok: false, code });
  });

  it('is refused with proofs made for another network', () => {
    const [here, there] = [new Council('A'), new Council('AB')];
    expect(here.tryOpen('A', there.admission('X'))).toMatchObject({ code: 'IDENTITY_BAD_KEY_PROOF' });
  });

  it('of two for one DID or one prefix the one that takes effect first wins', () => {
    const council = new Council('AB');
    const [first, sameDid, samePrefix] = [
      council.open('A', council.admission('X', { gs1CompanyPrefixes: ['4012345'] })),
      council.open('A', council.admission('X', { roles: ['auditor'] })),
      council.open('A', council.admission('Y', { gs1CompanyPrefixes: ['401234'] })),
    ];
    for (const id of [first, sameDid, samePrefix]) council.vote('B', id);
    council.block();
    expect(council.proposal(first).state).toBe('effective');
    expect(council.proposal(sameDid)).toMatchObject({ state: 'failed', failure: 'GOVERNANCE_DID_TAKEN' });
    expect(council.proposal(samePrefix)).toMatchObject({ state: 'failed', failure: 'GOVERNANCE_PREFIX_TAKEN' });
    expect(council.organization('X').roles).toEqual(['member']);
  });

  it('after a removal the DID stays taken, the keys too, and the prefix is free', () => {
    const council = new Council('A', 'B');
    const prefix = council.organization('B').gs1CompanyPrefixes[0] as string;
    council.open('A', { kind: 'organization.remove', did: didOf('B') });
    council.block();
    expect(gs1PrefixOwner(council.state, prefix)).toBeUndefined();
    expect(council.tryOpen('A', council.admission('B'))).toMatchObject({ code: 'IDENTITY_KEY_ALREADY_REGISTERED' });
    expect(
      council.tryOpen('A', council.admission('X', { did: didOf('B'), keys: keysFor(council, 'B') })),
    ).toMatchObject({
      code: 'GOVERNANCE_DID_TAKEN',
    });
    council.open('A', council.admission('X', { gs1CompanyPrefixes: [prefix.slice(0, 7)] }));
    council.block();
    expect(gs1PrefixOwner(council.state, prefix)).toBe(didOf('X'));
  });

  it('counts what is registered under the beginning of a prefix, and forgets it with the last one', () => {
    const council = new Council('A', 'B');
    expect(council.state.get(GS1_PREFIXES_UNDER, '9520')).toBe(2);
    council.open('A', { kind: 'organization.remove', did: didOf('B') });
    council.block();
    expect(council.state.get(GS1_PREFIXES_UNDER, '9520')).toBe(1);
    expect(council.state.get(GS1_PREFIXES_UNDER, '952006')).toBe(1);
  });
});

describe('an invitation', () => {
  const invited = (council: Council, name = 'X') => council.admission(name, { invitationId: INVITATION_ID });

  it('is used by one proposal', () => {
    const council = new Council('AB');
    const id = council.open('A', invited(council));
    expect(council.tryOpen('A', invited(council, 'Y'))).toMatchObject({ code: 'GOVERNANCE_INVITATION_USED' });
    council.vote('B', id);
    expect(council.tryOpen('A', invited(council, 'Y'))).toMatchObject({ code: 'GOVERNANCE_INVITATION_USED' });
    council.block();
    expect(council.tryOpen('A', invited(council, 'Y'))).toMatchObject({ code: 'GOVERNANCE_INVITATION_USED' });
  });

  it.each([
    ['withdrawn', (council: Council, id: ReturnType<Council['open']>) => council.withdraw('A', id)],
    ['rejected', (council: Council, id: ReturnType<Council['open']>) => council.vote('B', id, 'no')],
    ['expired', (council: Council) => council.block(101)],
  ])('is free again when the proposal was %s', (_name, end) => {
    const council = new Council('AB');
    end(council, council.open('A', invited(council)));
    expect(council.tryOpen('A', invited(council, 'Y')).ok).toBe(true);
  });
});

/** Keys of their own that are proven for the organisation of that name. */
function keysFor(council: Council, name: string): AdmissionRequest['keys'] {
  const key = (purpose: 'root' | 'admin' | 'sign' | 'node') =>
    council.keyWithProof(name, purpose, `${name} other ${purpose}`);
  return { root: key('root'), admin: key('admin'), sign: key('sign'), node: key('node') };
}
