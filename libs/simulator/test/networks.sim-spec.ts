import { describe, expect, it } from '@jest/globals';
import { simulate, Violation } from '#simulator';

/** Seeds that hold, or the command that repeats each one that does not. */
function failures(validators: number, from: number, to: number, isGoverned = false): string[] {
  const failed: string[] = [];
  for (let seed = from; seed <= to; seed++) {
    try {
      simulate({ seed, validators, isGoverned });
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      failed.push(`${error.message}\n  npm run simulate -- --seeds ${seed}..${seed} --validators ${validators}${isGoverned ? ' --govern' : ''} --trace`);
    }
  }
  return failed;
}

// Loss, delay, duplication, cut links, crashes with unsynced writes lost: agreement, no double vote, nothing final lost, all go on.
describe('networks under seeded faults keep every promise', () => {
  it.each([
    [1, 1, 5],
    [3, 1, 10],
    [4, 1, 60],
    [7, 1, 25],
  ])(
    '%i validators, seeds %i to %i',
    (validators, from, to) => {
      expect(failures(validators, from, to)).toEqual([]);
    },
    400_000,
  );
});

// Under the same faults, with proposals and ballots about the validators and parameters all the time.
describe('networks that change their validators meanwhile keep every promise', () => {
  it.each([
    [4, 1, 10],
    [7, 1, 3],
  ])(
    '%i organisations, seeds %i to %i',
    (validators, from, to) => {
      expect(failures(validators, from, to, true)).toEqual([]);
    },
    400_000,
  );

  it('and they do change them', () => {
    const changes = [1, 2, 3, 4, 5, 6].map((seed) => simulate({ seed, validators: 4, isGoverned: true }).changes);
    expect(changes.reduce((total, count) => total + count, 0)).toBeGreaterThan(5);
  });
});

describe('a node whose blocks reach the disk later than its votes', () => {
  it('still knows after a crash what it signed at every height that the chain lost', () => {
    expect(failures(4, 136, 136)).toEqual([]);
  });
});

describe('the simulator', () => {
  it('gives the same world for the same seed', () => {
    const options = { seed: 77, validators: 4 };
    expect(simulate(options)).toEqual(simulate(options));
  });

  it('makes worlds in which entries become final, nodes crash and time passes', () => {
    const reports = [11, 12, 13, 14, 15, 16].map((seed) => simulate({ seed, validators: 4 }));
    const sum = (pick: (report: (typeof reports)[number]) => number): number => reports.reduce((total, report) => total + pick(report), 0);
    expect(sum(({ entriesFinal }) => entriesFinal)).toBeGreaterThan(100);
    expect(sum(({ blocks }) => blocks)).toBeGreaterThan(50);
    expect(sum(({ crashes }) => crashes)).toBeGreaterThan(3);
  });
});
