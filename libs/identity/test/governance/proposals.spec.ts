import { describe, expect, it } from '@jest/globals';
import {
  CURRENT,
  DEFAULT_PARAMETERS,
  DUE,
  findSigningKey,
  OPEN_PROPOSALS,
  PARAMETERS,
  POLICY,
  PROPOSAL_BLOCKS_MAX,
  proposalStateAt,
  validatorSet,
  type ProposalId,
  type ProposalRequest,
} from '#identity';
import { add, Council, didOf, keyIdOfName, keyOf, remove } from './council.js';

const suspend = (name: string): ProposalRequest => ({ kind: 'organization.suspend', did: didOf(name) });
const readmit = (name: string): ProposalRequest => ({ kind: 'organization.readmit', did: didOf(name) });
const removal = (name: string): ProposalRequest => ({ kind: 'organization.remove', did: didOf(name) });
const roles = (name: string, ...given: ('member' | 'auditor')[]): ProposalRequest => ({
  kind: 'organization.roles',
  did: didOf(name),
  roles: given,
});
const parameters = (
  changed: Extract<ProposalRequest, { kind: 'parameters.change' }>['parameters'],
  thresholds: Extract<ProposalRequest, { kind: 'parameters.change' }>['thresholds'] = {},
): ProposalRequest => ({ kind: 'parameters.change', parameters: changed, thresholds });
const revoke = (name: string, purpose: 'sign' | 'node' | 'admin' | 'root', notTrustedFrom = 0): ProposalRequest => ({
  kind: 'key.revoke',
  keyId: keyIdOfName(name, purpose),
  notTrustedFrom,
});

describe('openProposal', () => {
  it.each<[string, ProposalRequest, string]>([
    ['an unknown organisation', suspend('X'), 'GOVERNANCE_UNKNOWN_ORGANIZATION'],
    ['readmitting who is active', readmit('E'), 'GOVERNANCE_WRONG_STATUS'],
    ['the roles that are there', roles('E', 'member'), 'GOVERNANCE_NOTHING_TO_CHANGE'],
    ['no role at all', roles('E'), 'GOVERNANCE_BAD_ROLES'],
    ['adding a validator twice', add('A'), 'GOVERNANCE_NOTHING_TO_CHANGE'],
    ['adding a stranger', add('X'), 'GOVERNANCE_UNKNOWN_ORGANIZATION'],
    ['removing a member from the validators', remove('E'), 'GOVERNANCE_NOTHING_TO_CHANGE'],
    [
      'an unknown key',
      { kind: 'key.revoke', keyId: keyIdOfName('X', 'sign'), notTrustedFrom: 0 },
      'IDENTITY_UNKNOWN_KEY',
    ],
    ['a distrust from the future on', revoke('E', 'sign', 2), 'IDENTITY_NOT_TRUSTED_FROM_OUT_OF_RANGE'],
    ['the only node key of a validator', revoke('A', 'node'), 'IDENTITY_LAST_NODE_KEY'],
    ['a parameter out of its bounds', parameters({ blockEntriesMax: 0 }), 'GOVERNANCE_PARAMETER_OUT_OF_RANGE'],
    ['a cap below the base', parameters({ roundCapMs: 1999 }), 'GOVERNANCE_PARAMETER_OUT_OF_RANGE'],
    ['half a parameter', parameters({ batchWaitMs: 0.5 }), 'GOVERNANCE_PARAMETER_OUT_OF_RANGE'],
    ['the parameters that are there', parameters({ batchWaitMs: 10 }), 'GOVERNANCE_NOTHING_TO_CHANGE'],
    ['no parameter', parameters({}), 'GOVERNANCE_NOTHING_TO_CHANGE'],
    ['a threshold of zero', parameters({}, { 'key.revoke': 0 }), 'GOVERNANCE_THRESHOLD_OUT_OF_RANGE'],
    ['a threshold of half', parameters({}, { 'key.revoke': 50 }), 'GOVERNANCE_THRESHOLD_OUT_OF_RANGE'],
    ['a threshold above all', parameters({}, { 'key.revoke': 101 }), 'GOVERNANCE_THRESHOLD_OUT_OF_RANGE'],
  ])('refuses %s', (_name, action, code) => {
    const council = new Council('ABCD', 'E');
    const before = new Map(council.state.values);
    expect(council.tryOpen('A', action)).toMatchObject({ ok: false, code });
    expect(council.state.values).toEqual(before);
  });

  it('refuses to count on validators that missed their turns, with the arithmetic', () => {
    const council = new Council('ABCD', 'E');
    council.missed.add(didOf('D'));
    expect(council.tryOpen('A', add('E'))).toMatchObject({
      code: 'GOVERNANCE_QUORUM_UNREACHABLE',
      detail: expect.stringMatching(
        /^after this change 5 validators, quorum 4; sealing now: .* \(3\)$/,
      ) as unknown as string,
    });
    expect(council.tryOpen('A', remove('D')).ok).toBe(true);
  });

  it.each([
    ['that expires now', { expiresAt: 1 }, 'GOVERNANCE_EXPIRY_OUT_OF_RANGE'],
    ['that stays open for too long', { expiresAt: 2 + PROPOSAL_BLOCKS_MAX }, 'GOVERNANCE_EXPIRY_OUT_OF_RANGE'],
    ['that expires at half a height', { expiresAt: 10.5 }, 'GOVERNANCE_EXPIRY_OUT_OF_RANGE'],
    ['whose effect comes while it is open', { expiresAt: 10, effectHeight: 10 }, 'GOVERNANCE_EFFECT_OUT_OF_RANGE'],
    [
      'whose effect comes too late',
      { expiresAt: 10, effectHeight: 11 + PROPOSAL_BLOCKS_MAX },
      'GOVERNANCE_EFFECT_OUT_OF_RANGE',
    ],
  ])('refuses one %s', (_name, when, code) => {
    expect(new Council('AB', 'C').tryOpen('A', add('C'), when)).toMatchObject({ code });
  });

  it('refuses the fifty-first of an organisation, until one of them is no longer open', () => {
    const council = new Council('AB', 'C');
    const ids = Array.from({ length: 50 }, (_, i) => council.open('A', add('C'), { expiresAt: i === 0 ? 5 : 50 }));
    expect(council.tryOpen('A', add('C'))).toMatchObject({ code: 'GOVERNANCE_TOO_MANY_PROPOSALS' });
    expect(council.tryOpen('B', add('C')).ok).toBe(true);
    council.withdraw('A', ids[1] as ProposalId);
    expect(council.tryOpen('A', add('C')).ok).toBe(true);
    council.block(5); // the first has expired
    expect(council.tryOpen('A', add('C')).ok).toBe(true);
    expect(council.tryOpen('A', add('C'))).toMatchObject({ code: 'GOVERNANCE_TOO_MANY_PROPOSALS' });
    expect(council.state.get(OPEN_PROPOSALS, didOf('A'))).toHaveLength(50);
  });
});

describe('castBallot and withdrawProposal', () => {
  it.each([
    [
      'an unknown proposal',
      'GOVERNANCE_UNKNOWN_PROPOSAL',
      (council: Council) => council.vote('B', 'ab'.repeat(32) as ProposalId),
    ],
    [
      'a withdrawn one',
      'GOVERNANCE_PROPOSAL_NOT_OPEN',
      (council: Council, id: ProposalId) => {
        council.withdraw('A', id);
        return council.vote('B', id);
      },
    ],
    [
      'an expired one',
      'GOVERNANCE_PROPOSAL_EXPIRED',
      (council: Council, id: ProposalId) => {
        council.block(101);
        return council.vote('B', id);
      },
    ],
    ['a ballot of a member', 'GOVERNANCE_NOT_A_VALIDATOR', (council: Council, id: ProposalId) => council.vote('E', id)],
    ['a second ballot', 'GOVERNANCE_ALREADY_VOTED', (council: Council, id: ProposalId) => council.vote('A', id)],
    [
      'a withdrawal by another',
      'GOVERNANCE_NOT_PROPOSER',
      (council: Council, id: ProposalId) => council.withdraw('B', id),
    ],
    [
      'a withdrawal of what passed',
      'GOVERNANCE_PROPOSAL_NOT_OPEN',
      (council: Council, id: ProposalId) => {
        council.vote('B', id);
        council.vote('C', id);
        return council.withdraw('A', id);
      },
    ],
    [
      'a withdrawal of what expired',
      'GOVERNANCE_PROPOSAL_EXPIRED',
      (council: Council, id: ProposalId) => {
        council.block(101);
        return council.withdraw('A', id);
      },
    ],
  ])('refuse %s', (_name, code, act) => {
    const council = new Council('ABCD', 'E');
    const id = council.open('A', add('E'));
    expect(act(council, id)).toMatchObject({ ok: false, code });
  });

  it('takes a ballot at the last height', () => {
    const council = new Council('ABCD', 'E');
    const id = council.open('A', add('E'), { expiresAt: 3 });
    council.block(2);
    expect(council.vote('B', id).ok).toBe(true);
    expect(proposalStateAt(council.proposal(id), 3)).toBe('open');
    expect(proposalStateAt(council.proposal(id), 4)).toBe('expired');
  });

  it('refuses the ballot with which something would pass that cannot be done now, and takes it when it can', () => {
    const council = new Council('ABCD', 'E');
    const id = council.open('A', add('E'));
    council.vote('B', id);
    council.missed.add(didOf('D'));
    expect(council.vote('C', id)).toMatchObject({ code: 'GOVERNANCE_QUORUM_UNREACHABLE' });
    expect(council.proposal(id)).toMatchObject({ state: 'open', ballots: [{}, {}] });
    council.missed.clear();
    expect(council.vote('C', id)).toMatchObject({ value: { state: 'passed' } });
  });
});

describe('effects', () => {
  it('come at the height after the deciding ballot, unless a later one was asked for', () => {
    const council = new Council('A', 'BC');
    const now = council.open('A', add('B'));
    const later = council.open('A', parameters({ batchWaitMs: 20 }), { expiresAt: 3, effectHeight: 5 });
    expect(council.proposal(now)).toMatchObject({ state: 'passed', effectHeight: 2 });
    expect(council.state.get(DUE, '5')).toEqual([later]);
    council.block();
    expect(council.proposal(now).state).toBe('effective');
    council.block(2);
    expect(council.proposal(later).state).toBe('passed');
    expect(council.state.get(PARAMETERS, CURRENT)).toEqual(DEFAULT_PARAMETERS);
    council.block();
    expect(council.height).toBe(5);
    expect(council.proposal(later).state).toBe('effective');
    expect(council.state.get(PARAMETERS, CURRENT)).toEqual({ ...DEFAULT_PARAMETERS, batchWaitMs: 20 });
    expect(council.state.get(DUE, '5')).toBeUndefined();
  });

  it('change the validators once per height; what comes later in line comes first at the next height', () => {
    const council = new Council('A', 'BCD');
    const ids = ['B', 'C', 'D'].map((name) => council.open('A', add(name)));
    const parametersToo = council.open('A', parameters({ batchWaitMs: 20 }));
    council.block();
    expect(council.validators).toBe('AB');
    expect(council.proposal(parametersToo).state).toBe('effective');
    expect(council.state.get(DUE, '3')).toEqual(ids.slice(1));
    council.block();
    expect(council.validators).toBe('ABC');
    council.block();
    expect(council.validators).toBe('ABCD');
    expect(council.state.get(DUE, '5')).toBeUndefined();
  });

  it('are judged again: what no longer holds fails with its code', () => {
    const council = new Council('ABCD', 'E');
    const addE = council.open('A', add('E'), { expiresAt: 5, effectHeight: 10 });
    council.vote('B', addE);
    council.vote('C', addE);
    council.block(8);
    council.missed.add(didOf('D'));
    council.block();
    expect(council.validators).toBe('ABCD');
    expect(council.proposal(addE)).toMatchObject({ state: 'failed', failure: 'GOVERNANCE_QUORUM_UNREACHABLE' });
  });

  it('a change that fails leaves the height to the next one in line', () => {
    const council = new Council('A', 'BC');
    const [b, again, c] = [council.open('A', add('B')), council.open('A', add('B')), council.open('A', add('C'))];
    council.block(3);
    expect([b, again, c].map((id) => council.proposal(id).state)).toEqual(['effective', 'failed', 'effective']);
    expect(council.proposal(c).effectHeight).toBe(3);
    expect(council.validators).toBe('ABC');
  });

  it('a validator role comes and goes with the set', () => {
    const council = new Council('A', 'B');
    council.open('A', add('B'));
    council.block();
    expect(council.organization('B').roles).toEqual(['validator', 'member']);
    expect(validatorSet(council.state, 2).map(({ publicKey }) => publicKey)).toEqual(
      ['A', 'B'].map((name) => keyOf(name, 'node').publicKey),
    );
    council.vote('B', council.open('A', remove('B')));
    council.block();
    expect(council.organization('B').roles).toEqual(['member']);
  });

  it('who only validated is a member afterwards', () => {
    const council = new Council('A', 'B');
    council.open('A', add('B'));
    council.block();
    council.vote('B', council.open('A', roles('B')));
    council.block();
    expect(council.organization('B').roles).toEqual(['validator']);
    council.vote('B', council.open('A', remove('B')));
    council.block();
    expect(council.organization('B').roles).toEqual(['member']);
  });

  it('a member becomes an auditor and may no longer write', () => {
    const council = new Council('A', 'B');
    const canSign = () => findSigningKey(council.state, keyIdOfName('B', 'sign'), didOf('B'), council.height);
    expect(canSign().ok).toBe(true);
    council.open('A', roles('B', 'auditor'));
    council.block();
    expect(canSign()).toMatchObject({ code: 'IDENTITY_AUDITOR_CANNOT_WRITE' });
  });

  it('a suspended organisation writes nothing but its keys, a removed one nothing, for ever', () => {
    const council = new Council('A', 'B');
    const key = (keepsOwnKeys: boolean) =>
      findSigningKey(council.state, keyIdOfName('B', 'sign'), didOf('B'), council.height, { keepsOwnKeys });
    council.open('A', suspend('B'));
    council.block();
    expect(key(false)).toMatchObject({ code: 'IDENTITY_ORGANIZATION_NOT_ACTIVE' });
    expect(key(true).ok).toBe(true);
    expect(council.tryOpen('A', add('B'))).toMatchObject({ code: 'GOVERNANCE_WRONG_STATUS' });
    expect(council.tryOpen('A', suspend('B'))).toMatchObject({ code: 'GOVERNANCE_WRONG_STATUS' });
    council.open('A', removal('B'));
    council.block();
    expect(key(true)).toMatchObject({ code: 'IDENTITY_ORGANIZATION_NOT_ACTIVE' });
    expect(council.tryOpen('A', readmit('B'))).toMatchObject({ code: 'GOVERNANCE_WRONG_STATUS' });
    expect(council.tryOpen('A', removal('B'))).toMatchObject({ code: 'GOVERNANCE_WRONG_STATUS' });
    expect(council.tryOpen('A', roles('B', 'auditor'))).toMatchObject({ code: 'GOVERNANCE_WRONG_STATUS' });
  });

  it('a removed validator leaves the set, also when it is the one that is down', () => {
    const council = new Council('ABCD');
    council.missed.add(didOf('D'));
    const id = council.open('A', removal('D'));
    council.vote('B', id);
    council.vote('C', id);
    council.block();
    expect(council.validators).toBe('ABC');
    expect(council.organization('D')).toMatchObject({ status: 'removed', roles: ['member'] });
  });

  it('thresholds are kept beside each other', () => {
    const council = new Council('A');
    council.open('A', parameters({}, { 'key.revoke': 51 }));
    council.block();
    council.open('A', parameters({}, { 'organization.admit': 100 }));
    council.block();
    expect(council.state.get(POLICY, CURRENT)).toEqual({ 'key.revoke': 51, 'organization.admit': 100 });
  });
});

describe('thresholds by action', () => {
  /** Seven validators, quorum five, with the lowest threshold that can be set. */
  function emergency(): Council {
    const council = new Council('ABCDEFG', 'H');
    const id = council.open(
      'A',
      parameters(
        {},
        { 'organization.suspend': 51, 'key.revoke': 51, 'validators.change': 51, 'organization.admit': 100 },
      ),
    );
    for (const name of ['B', 'C', 'D', 'E']) council.vote(name, id);
    council.block();
    return council;
  }
  const neededFor = (council: Council, action: ProposalRequest) => {
    const id = council.open('A', action);
    const voted = council.vote('B', id, 'no');
    council.vote('C', id, 'no');
    council.vote('D', id, 'no');
    council.vote('E', id, 'no');
    council.vote('F', id, 'no');
    return council.proposal(id).decided?.tally.needed ?? voted.ok;
  };

  it.each<[string, ProposalRequest, number]>([
    ['suspending a member can be set below the quorum', suspend('H'), 4],
    ['suspending a validator cannot: it takes it out of the set', suspend('G'), 5],
    ['revoking a signing key can', revoke('G', 'sign'), 4],
    ['revoking the node key of a member can', revoke('H', 'node'), 4],
    ['changing the validators cannot', remove('G'), 5],
    ['removing a member was left at the default', removal('H'), 5],
  ])('%s', (_name, action, needed) => {
    expect(neededFor(emergency(), action)).toBe(needed);
  });

  it('a threshold of all needs all', () => {
    const council = emergency();
    const id = council.open('A', council.admission('X'));
    for (const name of ['B', 'C', 'D', 'E', 'F'])
      expect(council.vote(name, id)).toMatchObject({ value: { state: 'open' } });
    expect(council.vote('G', id)).toMatchObject({ value: { state: 'passed' } });
  });
});
