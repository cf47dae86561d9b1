import { describe, expect, it } from '@jest/globals';
import { InvariantViolation } from '#codec';
import type { VoteRecord } from '#consensus';
import type { VoteJournal } from '#node';
import { vote } from './fixture.js';

export interface VoteJournalHarness {
  readonly journal: VoteJournal;
  reopen(): Promise<VoteJournal>;
}

/** What every vote journal must do. `use` gives an empty one and cleans up. */
export function describeVoteJournal(name: string, use: (body: (harness: VoteJournalHarness) => Promise<void>) => Promise<void>): void {
  describe(`${name} as a vote journal`, () => {
    it('returns what was recorded, oldest first, before and after a restart', () =>
      use(async ({ journal, reopen }) => {
        const votes = [
          vote(5, 0, 'prepare', 'a'),
          { ...vote(5, 0, 'commit', 'a'), lock: new Uint8Array([1, 2, 3]) },
          vote(5, 1, 'round-change', 'a'),
          vote(5, 1, 'proposal', 'a'),
          vote(6, 0, 'proposal', 'b'),
        ];
        for (const record of votes) await recordDurably(journal, record);
        expect(plain(journal.load(5))).toEqual(votes);
        expect(plain(journal.load(6))).toEqual(votes.slice(4));
        expect(journal.load(7)).toEqual([]);
        expect(plain((await reopen()).load(0))).toEqual(votes);
      }));

    it('refuses another digest for the same height, round and kind, at once and after a restart (INV-CONS-2)', () =>
      use(async ({ journal, reopen }) => {
        const first = recordDurably(journal, vote(1, 0, 'prepare', 'a'));
        expect(() => journal.record([vote(1, 0, 'prepare', 'b')], () => undefined)).toThrow(violation('INV-CONS-2'));
        await first;
        expect(() => journal.record([vote(1, 0, 'prepare', 'b')], () => undefined)).toThrow(violation('INV-CONS-2'));
        const reopened = await reopen();
        expect(() => reopened.record([vote(1, 0, 'prepare', 'b')], () => undefined)).toThrow(violation('INV-CONS-2'));
        expect(plain(reopened.load(1))).toEqual([vote(1, 0, 'prepare', 'a')]);
      }));

    it('remembers from which height its node votes', () =>
      use(async ({ journal, reopen }) => {
        expect(journal.votesFrom).toBeUndefined();
        journal.votesFrom = 0;
        expect(journal.votesFrom).toBe(0);
        journal.votesFrom = 2 ** 40;
        await recordDurably(journal, vote(1, 0, 'prepare', 'a'));
        expect((await reopen()).votesFrom).toBe(2 ** 40);
      }));

    it('tells a round change without a prepared value from one with', () =>
      use(async ({ journal }) => {
        await recordDurably(journal, vote(1, 1, 'round-change', ''));
        expect(() => journal.record([vote(1, 1, 'round-change', 'a')], () => undefined)).toThrow(violation('INV-CONS-2'));
      }));

    it('allows the same digest again and calls back when the first is durable', () =>
      use(async ({ journal }) => {
        const order: string[] = [];
        journal.record([vote(1, 0, 'prepare', 'a')], () => order.push('first'));
        await new Promise<void>((resolve) => journal.record([vote(1, 0, 'prepare', 'a')], () => resolve(void order.push('again'))));
        expect(order).toEqual(['first', 'again']);
        await recordDurably(journal, vote(1, 0, 'prepare', 'a'));
        expect(journal.load(1)).toHaveLength(1);
      }));

    it('takes the votes of one step together, or none of them', () =>
      use(async ({ journal, reopen }) => {
        await new Promise<void>((resolve) => journal.record([vote(1, 0, 'proposal', 'a'), vote(1, 0, 'prepare', 'a')], resolve));
        expect(() => journal.record([vote(2, 0, 'prepare', 'a'), vote(1, 0, 'prepare', 'b')], () => undefined)).toThrow(violation('INV-CONS-2'));
        expect((await reopen()).load(0)).toHaveLength(2);
      }));

    it('keeps other rounds and kinds apart', () =>
      use(async ({ journal }) => {
        await recordDurably(journal, vote(1, 0, 'prepare', 'a'));
        await recordDurably(journal, vote(1, 0, 'proposal', 'b'));
        await recordDurably(journal, vote(1, 1, 'prepare', 'c'));
        await recordDurably(journal, vote(2, 0, 'prepare', 'd'));
        expect(journal.load(1)).toHaveLength(4);
      }));

    it('forgets what is final and nothing else', () =>
      use(async ({ journal, reopen }) => {
        for (const height of [1, 2, 3]) await recordDurably(journal, vote(height, 0, 'commit', 'a'));
        journal.prune(3);
        expect(plain(journal.load(0))).toEqual([vote(3, 0, 'commit', 'a')]);
        await recordDurably(journal, vote(4, 0, 'commit', 'a'));
        expect((await reopen()).load(0).map((record) => record.height)).toEqual([3, 4]);
      }));
  });
}

export function recordDurably(journal: VoteJournal, record: VoteRecord): Promise<void> {
  return new Promise((resolve) => journal.record([record], resolve));
}

function plain(records: readonly VoteRecord[]): VoteRecord[] {
  return records.map((record) => ({
    ...record,
    message: Uint8Array.from(record.message),
    ...(record.lock && { lock: Uint8Array.from(record.lock) }),
  }));
}

function violation(invariant: string): InvariantViolation {
  return expect.objectContaining({ invariant }) as unknown as InvariantViolation;
}
