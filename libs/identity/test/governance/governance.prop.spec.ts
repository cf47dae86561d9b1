import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  CURRENT,
  ORGANIZATION,
  quorum,
  validatorSet,
  VALIDATORS,
  type Did,
  type ProposalId,
  type ProposalRequest,
} from '#identity';
import { add, Council, didOf, keyIdOfName, remove } from './council.js';

const NAMES = 'ABCDEF';

type Step =
  | {
      readonly do: 'open';
      readonly author: string;
      readonly action: ProposalRequest;
      readonly delay: number;
      /** Everybody says yes at once. */
      readonly isAgreed: boolean;
    }
  | { readonly do: 'vote'; readonly author: string; readonly proposal: number; readonly choice: 'yes' | 'no' }
  | { readonly do: 'withdraw'; readonly author: string; readonly proposal: number }
  | { readonly do: 'missed'; readonly name: string; readonly isMissed: boolean }
  | { readonly do: 'block' };

const name = fc.constantFrom(...NAMES);
const action: fc.Arbitrary<ProposalRequest> = fc.oneof(
  { weight: 4, arbitrary: name.map(add) },
  { weight: 4, arbitrary: name.map(remove) },
  name.map((who) => ({ kind: 'organization.suspend', did: didOf(who) }) as const),
  name.map((who) => ({ kind: 'organization.readmit', did: didOf(who) }) as const),
  name.map((who) => ({ kind: 'organization.remove', did: didOf(who) }) as const),
  name.map((who) => ({ kind: 'key.revoke', keyId: keyIdOfName(who, 'node'), notTrustedFrom: 0 }) as const),
  fc
    .constantFrom([] as const, ['auditor'] as const, ['member'] as const)
    .chain((roles) => name.map((who) => ({ kind: 'organization.roles', did: didOf(who), roles }) as const)),
  fc
    .integer({ min: 0, max: 120 })
    .map(
      (percent) =>
        ({ kind: 'parameters.change', parameters: {}, thresholds: { 'validators.change': percent } }) as const,
    ),
);
/** Mostly ballots for what was opened last, so that much is decided. */
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('open' as const),
      author: name,
      action,
      delay: fc.constantFrom(0, 0, 3),
      isAgreed: fc.boolean(),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('vote' as const),
      author: name,
      proposal: fc.integer({ min: 0, max: 3 }),
      choice: fc.constantFrom('yes' as const, 'yes' as const, 'yes' as const, 'no' as const),
    }),
  },
  fc.record({ do: fc.constant('withdraw' as const), author: name, proposal: fc.nat(3) }),
  fc.record({ do: fc.constant('missed' as const), name, isMissed: fc.boolean() }),
  { weight: 2, arbitrary: fc.constant({ do: 'block' as const }) },
);

/** What the ledger checks before an entry is executed: only an active organisation's entry comes so far. */
function mayAct(council: Council, author: string): boolean {
  return council.organization(author).status === 'active';
}

function run(steps: readonly Step[], afterBlock: (council: Council, before: readonly Did[]) => void): Council {
  const council = new Council('ABC', 'DEF');
  const opened: ProposalId[] = [];
  for (const each of steps) {
    if (each.do === 'missed') {
      if (each.isMissed) council.missed.add(didOf(each.name));
      else council.missed.delete(didOf(each.name));
    } else if (each.do === 'block') {
      const before = council.state.get(VALIDATORS, CURRENT) ?? [];
      council.block();
      afterBlock(council, before);
    } else if (mayAct(council, each.author)) {
      if (each.do === 'open') {
        const expiresAt = council.height + 4;
        const effectHeight = each.delay === 0 ? undefined : expiresAt + each.delay;
        const tried = council.tryOpen(each.author, each.action, { expiresAt, ...(effectHeight && { effectHeight }) });
        if (tried.ok) opened.push(tried.id);
        if (each.isAgreed) for (const voter of NAMES) if (mayAct(council, voter)) council.vote(voter, tried.id);
      } else {
        const id = opened[opened.length - 1 - each.proposal];
        if (id === undefined) continue;
        if (each.do === 'vote') council.vote(each.author, id, each.choice);
        else council.withdraw(each.author, id);
      }
    }
  }
  return council;
}

describe('whatever is proposed and voted', () => {
  it('leaves validators that are active, have keys, seal, and change one at a time; and is the same again on replay', () => {
    let changes = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 30, maxLength: 80 }), (steps) => {
        const council = run(steps, (after, before) => {
          const validators = after.state.get(VALIDATORS, CURRENT) ?? [];
          expect(validators.length).toBeGreaterThan(0);
          const joined = validators.filter((did) => !before.includes(did));
          const left = before.filter((did) => !validators.includes(did));
          expect(joined.length + left.length).toBeLessThanOrEqual(1);
          if (joined.length + left.length === 1) {
            changes++;
            const counted =
              before.length === 1 && joined.length === 1
                ? validators
                : validators.filter((did) => !joined.includes(did));
            const sealing = counted.filter((did) => !after.missed.has(did));
            expect(sealing.length).toBeGreaterThanOrEqual(quorum(validators.length));
          }
          for (const letter of NAMES) {
            const organization = after.state.get(ORGANIZATION, didOf(letter));
            expect(organization?.roles.includes('validator')).toBe(validators.includes(didOf(letter)));
            expect(organization?.roles.length).toBeGreaterThan(0);
          }
          expect(validators.every((did) => after.state.get(ORGANIZATION, did)?.status === 'active')).toBe(true);
          expect(() => validatorSet(after.state, after.height + 1_000_000)).not.toThrow();
        });
        expect(run(steps, () => undefined).state.values).toEqual(council.state.values);
      }),
      { numRuns: 60 },
    );
    // Otherwise the property would hold because nothing ever happened.
    expect(changes).toBeGreaterThan(10);
  });
});
