import { describe, expect, it } from '@jest/globals';
import { changesOf, sentenceOf, type Proposed } from '../src/http/proposals/proposal-meaning.js';

const [MAKER, CARRIER, RETAILER, BAKER] = ['maker', 'carrier', 'retailer', 'baker'].map(
  (name) => `did:web:${name}.example`,
) as [string, string, string, string];

describe('what a proposal means', () => {
  const before: Proposed['before'] = {
    organization: { did: BAKER, status: 'active', roles: ['validator', 'member'] },
    validators: [MAKER, CARRIER, RETAILER, BAKER],
    parameters: { batchWaitMs: 10, blockEntriesMax: 2000 },
    thresholds: {},
  };
  const baker: Omit<Proposed, 'kind' | 'action'> = { about: { did: BAKER, name: 'Baker' }, key: null, before };
  const WHO = `Baker (${BAKER})`;

  it.each<readonly [Proposed, string, readonly unknown[]]>([
    [
      { ...baker, kind: 'organization.roles', action: { roles: ['auditor'] } },
      `Give ${WHO} the roles auditor.`,
      [['roles', ['validator', 'member'], ['validator', 'auditor']]],
    ],
    [
      { ...baker, kind: 'organization.suspend', action: {} },
      `Suspend ${WHO}: it goes on reading and writes nothing. It stops validating.`,
      [
        ['status', 'active', 'suspended'],
        ['validators', before.validators, [MAKER, CARRIER, RETAILER]],
        ['quorum', 3, 2],
        ['tolerated', 1, 0],
      ],
    ],
    [
      {
        ...baker,
        kind: 'organization.readmit',
        action: {},
        before: { ...before, organization: { status: 'suspended' } },
      },
      `Readmit ${WHO}: it may write again.`,
      [['status', 'suspended', 'active']],
    ],
    [
      { ...baker, kind: 'organization.remove', action: {}, before: { ...before, validators: [MAKER] } },
      `Remove ${WHO} from the network, for good.`,
      [['status', 'active', 'removed']],
    ],
    [
      {
        ...baker,
        kind: 'key.revoke',
        action: { keyId: 'c0ffee00'.repeat(8), notTrustedFrom: 7 },
        key: { keyId: 'c0ffee00'.repeat(8), organization: BAKER, purpose: 'sign' },
      },
      `Revoke the sign key c0ffee00… of ${WHO}: what it signed from height 7 on is disputed.`,
      [
        ['key', 'trusted', 'revoked'],
        ['notTrustedFrom', null, 7],
      ],
    ],
    [
      {
        ...baker,
        about: null,
        kind: 'parameters.change',
        action: { parameters: { batchWaitMs: 20, blockEntriesMax: 2000 }, thresholds: { 'key.revoke': 60 } },
      },
      'Change batchWaitMs from 10 to 20, threshold:key.revoke from the default to 60.',
      [
        ['batchWaitMs', 10, 20],
        ['threshold:key.revoke', null, 60],
      ],
    ],
  ])('is told in one sentence, and field by field: case %#', (proposed, sentence, changes) => {
    expect(sentenceOf(proposed)).toBe(sentence);
    expect(changesOf(proposed).map(({ field, before: from, after }) => [field, from, after])).toEqual(changes);
  });
});
