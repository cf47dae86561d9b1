import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  BALLOT_CHOICES,
  DUE,
  INVITATION,
  ORGANIZATION,
  ORGANIZATION_KEY,
  POLICY,
  PROPOSAL,
  PROPOSAL_ACTIONS,
  PROPOSAL_STATES,
  type Did,
  type Organization,
  type OrganizationKey,
  type Proposal,
  type ProposalAction,
  type ProposalId,
} from '#identity';
import { keyIdOfName, keyOf } from './council.js';

const height = fc.nat();
const did = fc.constantFrom('did:web:a.example', 'did:web:b.example') as fc.Arbitrary<Did>;
const id = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex') as ProposalId);
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Uint8Array.from(bytes));
const names = fc.dictionary(fc.constantFrom('zh', 'en', 'de-AT'), fc.string(), { noNullPrototype: true });
const text = fc.string();

const profile = {
  names,
  contact: text,
  gln: text,
  furtherGlns: fc.array(text),
  nodeAddress: text,
  apiUrl: text,
};
const admission = fc.record(
  {
    did,
    name: text,
    roles: fc.constantFrom(['member'], ['member', 'auditor']),
    gs1CompanyPrefixes: fc.array(text),
    keys: fc.constant(
      Object.fromEntries(
        (['root', 'admin', 'sign', 'node'] as const).map((purpose) => [purpose, keyOf('A', purpose).publicKey]),
      ),
    ),
    rootCommitment: bytes32,
    invitationId: id,
    ...profile,
  },
  { requiredKeys: ['did', 'name', 'roles', 'gs1CompanyPrefixes', 'keys', 'rootCommitment'] },
);

const action = fc.oneof(
  fc.record({ kind: fc.constant('organization.admit'), organization: admission }),
  fc.record({ kind: fc.constant('organization.roles'), did, roles: fc.constantFrom([], ['auditor']) }),
  fc.record({ kind: fc.constantFrom('organization.suspend', 'organization.readmit', 'organization.remove'), did }),
  fc.record({ kind: fc.constant('key.revoke'), keyId: id, notTrustedFrom: height }),
  fc.record({ kind: fc.constant('validators.change'), change: fc.constantFrom('add', 'remove'), did }),
  fc.record({
    kind: fc.constant('parameters.change'),
    parameters: fc.dictionary(fc.constantFrom('batchWaitMs', 'heartbeatMs'), height, { noNullPrototype: true }),
    thresholds: fc.dictionary(fc.constantFrom(...PROPOSAL_ACTIONS), height, { noNullPrototype: true }),
  }),
) as fc.Arbitrary<ProposalAction>;

const proposal = fc.record(
  {
    action,
    state: fc.constantFrom(...PROPOSAL_STATES),
    openedBy: did,
    openedHeight: height,
    expiresAt: height,
    effectHeight: height,
    ballots: fc.array(fc.record({ organization: did, choice: fc.constantFrom(...BALLOT_CHOICES), height })),
    decided: fc.record({ height, tally: fc.record({ yes: height, no: height, validators: height, needed: height }) }),
    failure: text,
  },
  { requiredKeys: ['action', 'state', 'openedBy', 'openedHeight', 'expiresAt', 'ballots'] },
) as fc.Arbitrary<Proposal>;

describe('the records of governance', () => {
  it('proposals come back as they were written', () => {
    fc.assert(fc.property(proposal, (value) => expect(PROPOSAL.decode(PROPOSAL.encode(value))).toEqual(value)));
  });

  it('organisations and keys come back with and without the later places', () => {
    const base = {
      did: 'did:web:a.example',
      name: 'A',
      roles: ['member'],
      gs1CompanyPrefixes: ['9520'],
      status: 'active',
      since: 0,
      keyIds: [],
    };
    fc.assert(
      fc.property(fc.record({ ...profile, rootCommitment: bytes32 }, { requiredKeys: [] }), (extra) => {
        const value = { ...base, ...extra } as unknown as Organization;
        expect(ORGANIZATION.decode(ORGANIZATION.encode(value))).toEqual(value);
        // A record that has none of them is the one that was always written.
        const hasLater = Object.keys(extra).some((name) => name !== 'gln');
        expect(ORGANIZATION.encode(value)[0]).toBe(hasLater ? 0x8e : 0x88);
      }),
    );
    const key: OrganizationKey = {
      keyId: keyIdOfName('A', 'sign'),
      publicKey: keyOf('A', 'sign').publicKey,
      organization: 'did:web:a.example' as Did,
      purpose: 'sign',
      validFrom: 0,
    };
    for (const value of [key, { ...key, notTrustedFrom: 0 }]) {
      expect(ORGANIZATION_KEY.decode(ORGANIZATION_KEY.encode(value))).toEqual(value);
    }
    expect(ORGANIZATION_KEY.encode(key)[0]).toBe(0x87);
  });

  it('lists, policies and invitations come back as they were written', () => {
    fc.assert(
      fc.property(fc.array(id), id, (ids, one) => {
        expect(DUE.decode(DUE.encode(ids))).toEqual(ids);
        expect(INVITATION.decode(INVITATION.encode(one))).toBe(one);
      }),
    );
    for (const policy of [{}, { 'key.revoke': 51 }, { 'organization.admit': 100, 'parameters.change': 75 }])
      expect(POLICY.decode(POLICY.encode(policy))).toEqual(policy);
  });
});
