import { describe, expect, it } from '@jest/globals';
import { judgeValidatorChange, type Did } from '#identity';
import { didOf } from './council.js';

const dids = (names: string): Did[] => [...names].map(didOf);
const judge = (validators: string, missed: string, change: 'add' | 'remove', name: string) =>
  judgeValidatorChange({ validators: dids(validators), missed: new Set(dids(missed)), change, did: didOf(name) });

describe('judgeValidatorChange', () => {
  it.each([
    ['one becomes two, counting on the newcomer', 'A', '', 'add', 'B', undefined],
    ['two become three', 'AB', '', 'add', 'C', undefined],
    ['two become three while one does not seal', 'AB', 'B', 'add', 'C', 'GOVERNANCE_QUORUM_UNREACHABLE'],
    ['four become five', 'ABCD', '', 'add', 'E', undefined],
    ['four become five while one does not seal', 'ABCD', 'D', 'add', 'E', 'GOVERNANCE_QUORUM_UNREACHABLE'],
    ['five become six while one does not seal', 'ABCDE', 'E', 'add', 'F', undefined],
    ['four become three by removing the one that is down', 'ABCD', 'D', 'remove', 'D', undefined],
    ['four become three while another two are down', 'ABCD', 'AB', 'remove', 'D', 'GOVERNANCE_QUORUM_UNREACHABLE'],
    ['two become one', 'AB', '', 'remove', 'B', undefined],
    ['two become one that is down', 'AB', 'A', 'remove', 'B', 'GOVERNANCE_QUORUM_UNREACHABLE'],
    ['the last one leaves', 'A', '', 'remove', 'A', 'GOVERNANCE_LAST_VALIDATOR'],
  ] as const)('%s', (_name, validators, missed, change, name, code) => {
    expect(judge(validators, missed, change, name).refusal?.code).toBe(code);
  });

  it('gives the figures before and after, and who is counted', () => {
    expect(judge('ABCD', 'D', 'add', 'E')).toMatchObject({
      before: { validators: 4, quorum: 3, tolerated: 1 },
      after: { validators: 5, quorum: 4, tolerated: 1 },
      sealing: dids('ABC'),
      notSealing: dids('DE'),
    });
  });

  it('says the arithmetic in the refusal', () => {
    const names = dids('ABC').join(', ');
    expect(judge('ABCD', 'D', 'add', 'E').refusal?.detail).toBe(
      `after this change 5 validators, quorum 4; sealing now: ${names} (3)`,
    );
    expect(judge('AB', 'A', 'remove', 'B').refusal?.detail).toContain('sealing now: none (0)');
  });
});
