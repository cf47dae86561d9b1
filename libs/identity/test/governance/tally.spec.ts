import { describe, expect, it } from '@jest/globals';
import { outcomeOf, thresholdOf } from '#identity';
import { add, Council, didOf, remove } from './council.js';

// The voting cases of EIP-225 (Clique) are the model: what happens to votes when those who cast them come and go. Where our rules
// differ, the name of the case says what is ours.

describe('ballots about validators', () => {
  it('1: nothing changes when nobody proposes anything', () => {
    const council = new Council('A');
    council.block(3);
    expect(council.validators).toBe('A');
  });

  it('2: a single validator adds one alone, then the two need each other for the next', () => {
    const council = new Council('A', 'BC');
    council.open('A', add('B'));
    council.block();
    expect(council.validators).toBe('AB');
    const third = council.open('A', add('C'));
    council.block();
    expect(council.validators).toBe('AB');
    expect(council.vote('B', third).ok).toBe(true);
    council.block();
    expect(council.validators).toBe('ABC');
  });

  it('3: two validators add a third and then a fourth by two ballots; the fifth needs three', () => {
    const council = new Council('AB', 'CDE');
    for (const name of ['C', 'D']) {
      council.vote('B', council.open('A', add(name)));
      council.block();
    }
    expect(council.validators).toBe('ABCD');
    const fifth = council.open('A', add('E'));
    council.vote('B', fifth);
    council.block();
    expect(council.validators).toBe('ABCD');
    council.vote('C', fifth);
    council.block();
    expect(council.validators).toBe('ABCDE');
  });

  it('4: ours: a single validator cannot remove itself', () => {
    expect(new Council('A').tryOpen('A', remove('A'))).toMatchObject({ ok: false, code: 'GOVERNANCE_LAST_VALIDATOR' });
  });

  it('5: of two validators one alone cannot remove the other', () => {
    const council = new Council('AB');
    council.open('A', remove('B'));
    council.block();
    expect(council.validators).toBe('AB');
  });

  it('6: of two validators both together can remove one', () => {
    const council = new Council('AB');
    council.vote('B', council.open('A', remove('B')));
    council.block();
    expect(council.validators).toBe('A');
  });

  it('7: of three validators two remove the third', () => {
    const council = new Council('ABC');
    council.vote('B', council.open('A', remove('C')));
    council.block();
    expect(council.validators).toBe('AB');
  });

  it('8: of four validators two are not enough to remove one', () => {
    const council = new Council('ABCD');
    council.vote('B', council.open('A', remove('C')));
    council.block();
    expect(council.validators).toBe('ABCD');
  });

  it('9: of four validators three are enough', () => {
    const council = new Council('ABCD');
    const id = council.open('A', remove('D'));
    council.vote('B', id);
    council.vote('C', id);
    council.block();
    expect(council.validators).toBe('ABC');
  });

  it('10: a validator counts once per addition, however often it votes', () => {
    const council = new Council('AB', 'C');
    const id = council.open('A', add('C'));
    for (let i = 0; i < 3; i++) expect(council.vote('A', id)).toMatchObject({ code: 'GOVERNANCE_ALREADY_VOTED' });
    council.block();
    expect(council.validators).toBe('AB');
    expect(council.proposal(id).ballots).toHaveLength(1);
  });

  it('11: several additions are decided side by side, each by its own ballots', () => {
    const council = new Council('AB', 'CD');
    const [c, d] = [council.open('A', add('C')), council.open('A', add('D'))];
    council.vote('B', d);
    council.block();
    expect(council.validators).toBe('ABD');
    council.vote('B', c);
    council.block();
    expect(council.validators).toBe('ABCD');
  });

  it('12: a validator counts once per removal', () => {
    const council = new Council('ABCD');
    const id = council.open('A', remove('D'));
    council.vote('B', id);
    expect(council.vote('B', id, 'yes')).toMatchObject({ code: 'GOVERNANCE_ALREADY_VOTED' });
    council.block();
    expect(council.validators).toBe('ABCD');
  });

  it('13: several removals are decided side by side, and take effect one height after the other', () => {
    const council = new Council('ABCDEFG');
    const [f, g] = [council.open('A', remove('F')), council.open('A', remove('G'))];
    for (const name of ['B', 'C', 'D', 'E']) {
      council.vote(name, f);
      council.vote(name, g);
    }
    council.block();
    expect(council.validators).toBe('ABCDEG');
    expect(council.proposal(g)).toMatchObject({ state: 'passed', effectHeight: 3 });
    council.block();
    expect(council.validators).toBe('ABCDE');
  });

  it('14: the ballot of a validator that was removed no longer counts for a removal', () => {
    const council = new Council('ABCDE');
    const dropD = council.open('E', remove('D'));
    council.vote('A', dropD);
    council.vote('B', dropD);
    const dropE = council.open('A', remove('E'));
    for (const name of ['B', 'C', 'D']) council.vote(name, dropE);
    council.block();
    expect(council.validators).toBe('ABCD');
    // A, B and E had said yes; three of four are needed, and E is gone.
    expect(council.vote('D', dropD, 'no').ok).toBe(true);
    council.block();
    expect(council.validators).toBe('ABCD');
    expect(council.proposal(dropD).state).toBe('open');
  });

  it('15: the ballot of a validator that was removed no longer counts for an addition', () => {
    const council = new Council('ABCD', 'E');
    const addE = council.open('D', add('E'));
    council.vote('A', addE);
    const dropD = council.open('A', remove('D'));
    council.vote('B', dropD);
    council.vote('C', dropD);
    council.block();
    expect(council.validators).toBe('ABC');
    expect(council.proposal(addE).state).toBe('open');
    council.vote('B', addE);
    council.block();
    expect(council.validators).toBe('ABCE');
    expect(council.proposal(addE).decided?.tally).toEqual({ yes: 2, no: 0, validators: 3, needed: 2 });
  });

  it('16: a change of the set decides no other proposal by itself', () => {
    const council = new Council('ABCD', 'E');
    const addE = council.open('A', add('E'));
    council.vote('B', addE);
    const dropD = council.open('A', remove('D'));
    council.vote('B', dropD);
    council.vote('C', dropD);
    council.block(5);
    // Two yes of three validators would do now.
    expect(council.validators).toBe('ABC');
    expect(council.proposal(addE).state).toBe('open');
  });

  it('17: what a change of the set made enough is carried out at the next ballot, even a no', () => {
    const council = new Council('ABCD', 'E');
    const addE = council.open('A', add('E'));
    council.vote('B', addE);
    const dropD = council.open('A', remove('D'));
    council.vote('B', dropD);
    council.vote('C', dropD);
    council.block();
    expect(council.vote('C', addE, 'no')).toMatchObject({ ok: true, value: { state: 'passed' } });
    council.block();
    expect(council.validators).toBe('ABCE');
  });

  it('18: what a change of the set made too few is not carried out at the next ballot', () => {
    const council = new Council('ABC', 'DE');
    const addE = council.open('A', add('E'));
    const addD = council.open('A', add('D'));
    council.vote('B', addD);
    council.block();
    expect(council.validators).toBe('ABCD');
    // Of three validators two would have been enough, of four they are not.
    expect(council.vote('B', addE)).toMatchObject({ ok: true, value: { state: 'open' } });
    expect(council.vote('D', addE)).toMatchObject({ ok: true, value: { state: 'passed' } });
  });

  it('19: ours: who left and came back finds its ballot again, and cannot cast another', () => {
    const council = new Council('ABCDE', 'FG');
    const addF = council.open('E', add('F'));
    council.vote('A', addF);
    const dropE = council.open('A', remove('E'));
    for (const name of ['B', 'C', 'D']) council.vote(name, dropE);
    council.block();
    const backE = council.open('A', add('E'));
    for (const name of ['B', 'C']) council.vote(name, backE);
    council.block();
    expect(council.validators).toBe('ABCDE');
    expect(council.vote('E', addF)).toMatchObject({ code: 'GOVERNANCE_ALREADY_VOTED' });
    council.vote('B', addF);
    expect(council.vote('C', addF)).toMatchObject({ ok: true, value: { state: 'passed' } });
  });

  it('20: ours: instead of epochs each proposal expires at its own height, and can be opened anew', () => {
    const council = new Council('AB', 'C');
    const id = council.open('A', add('C'), { expiresAt: 3 });
    council.block(2);
    expect(council.height).toBe(3);
    expect(council.vote('A', id)).toMatchObject({ code: 'GOVERNANCE_ALREADY_VOTED' });
    council.block();
    expect(council.vote('B', id)).toMatchObject({ code: 'GOVERNANCE_PROPOSAL_EXPIRED' });
    council.vote('B', council.open('A', add('C')));
    council.block();
    expect(council.validators).toBe('ABC');
  });

  it('21: members and strangers have no ballot', () => {
    const council = new Council('AB', 'CD');
    const id = council.open('A', add('C'));
    for (const name of ['C', 'D', 'X'])
      expect(council.vote(name, id)).toMatchObject({ code: 'GOVERNANCE_NOT_A_VALIDATOR' });
    const byMember = council.open('D', add('C'));
    expect(council.proposal(byMember).ballots).toEqual([]);
  });

  it('22: a ballot that was cast is not changed', () => {
    const council = new Council('ABC', 'D');
    const id = council.open('A', add('D'));
    expect(council.vote('A', id, 'no')).toMatchObject({ code: 'GOVERNANCE_ALREADY_VOTED' });
    expect(council.proposal(id).ballots).toEqual([{ organization: didOf('A'), choice: 'yes', height: 1 }]);
  });

  it('23: ours: who is suspended leaves the set, and is back in it only by another vote', () => {
    const council = new Council('ABCDE', 'F');
    const addF = council.open('E', add('F'));
    council.vote('A', addF);
    council.vote('B', addF);
    const suspend = council.open('A', { kind: 'organization.suspend', did: didOf('E') });
    for (const name of ['B', 'C', 'D']) council.vote(name, suspend);
    council.block();
    expect(council.validators).toBe('ABCD');
    expect(council.organization('E')).toMatchObject({ status: 'suspended', roles: ['member'] });
    const readmit = council.open('A', { kind: 'organization.readmit', did: didOf('E') });
    for (const name of ['B', 'C']) council.vote(name, readmit);
    council.block();
    expect(council.organization('E')).toMatchObject({ status: 'active', roles: ['member'] });
    expect(council.validators).toBe('ABCD');
    expect(council.vote('C', addF, 'no')).toMatchObject({ ok: true, value: { state: 'open' } });
  });
});

describe('a tally', () => {
  it('rejects as soon as those who have not said no are too few', () => {
    const council = new Council('ABCD', 'E');
    const id = council.open('A', add('E'));
    expect(council.vote('B', id, 'no')).toMatchObject({ value: { state: 'open' } });
    expect(council.vote('C', id, 'no')).toMatchObject({
      value: { state: 'rejected', decided: { tally: { yes: 1, no: 2, validators: 4, needed: 3 } } },
    });
    expect(council.vote('D', id)).toMatchObject({ code: 'GOVERNANCE_PROPOSAL_NOT_OPEN' });
  });

  it.each([
    [{ yes: 3, no: 1, validators: 4, needed: 3 }, 'passed'],
    [{ yes: 2, no: 1, validators: 4, needed: 3 }, 'open'],
    [{ yes: 2, no: 2, validators: 4, needed: 3 }, 'rejected'],
    [{ yes: 0, no: 0, validators: 4, needed: 4 }, 'open'],
    [{ yes: 3, no: 1, validators: 4, needed: 4 }, 'rejected'],
  ] as const)('of %j is %s', (tally, outcome) => {
    expect(outcomeOf(tally)).toBe(outcome);
  });
});

describe('thresholdOf', () => {
  it.each([
    ['default', undefined, 4, true, 3],
    ['default of seven', undefined, 7, false, 5],
    ['a percentage above the quorum', 100, 4, true, 4],
    ['a percentage is rounded up', 76, 4, true, 4],
    ['not below the quorum', 51, 7, true, 5],
    ['below the quorum where that may be', 51, 7, false, 4],
    ['more than half, whatever the percentage', 51, 100, false, 51],
    ['more than half of two', 51, 2, false, 2],
    ['of one', 51, 1, false, 1],
  ])('%s', (_name, percent, validators, isQuorumNeeded, needed) => {
    const policy = percent === undefined ? {} : { 'key.revoke': percent };
    expect(thresholdOf(policy, 'key.revoke', validators, isQuorumNeeded)).toBe(needed);
  });
});
