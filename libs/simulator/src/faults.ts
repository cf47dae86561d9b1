import type { Random } from './random.js';

/** What goes wrong in a world, and how often. Drawn from the seed: each world has its own mixture, from none to extreme. */
export interface Faults {
  /** Messages take delayMin + an exponentially distributed time around delayMean. */
  readonly delayMinMs: number;
  readonly delayMeanMs: number;
  /** Percent of messages. */
  readonly lossPercent: number;
  readonly duplicatePercent: number;
  /** Mean time between two changes of the network's shape; 0 = the network stays whole. */
  readonly partitionEveryMs: number;
  /** Links may be cut in one direction only. */
  readonly isAsymmetric: boolean;
  /** Mean time between two crashes; 0 = no crashes. */
  readonly crashEveryMs: number;
  readonly downMinMs: number;
  readonly downMaxMs: number;
  /** fsync takes up to this long. */
  readonly fsyncMaxMs: number;
  /** Each node's clock is off by up to this much. */
  readonly clockSkewMaxMs: number;
}

export function drawFaults(random: Random): Faults {
  const isCalm = random.chance(10);
  const on = (percent: number): boolean => !isCalm && random.chance(percent);
  return {
    delayMinMs: random.between(0, 5),
    delayMeanMs: random.pick([1, 5, 20, 80, 300]),
    lossPercent: on(60) ? random.pick([1, 5, 10, 20, 30]) : 0,
    duplicatePercent: on(50) ? random.pick([1, 10, 50]) : 0,
    partitionEveryMs: on(60) ? random.pick([500, 2_000, 8_000]) : 0,
    isAsymmetric: random.chance(50),
    crashEveryMs: on(60) ? random.pick([1_000, 4_000, 10_000]) : 0,
    downMinMs: 50,
    downMaxMs: random.pick([500, 3_000, 10_000]),
    fsyncMaxMs: random.pick([1, 10, 50]),
    clockSkewMaxMs: random.pick([0, 100, 3_000]),
  };
}

/** How the network is after the faults stopped. */
export const CALM: Pick<Faults, 'delayMinMs' | 'delayMeanMs' | 'lossPercent' | 'duplicatePercent'> = {
  delayMinMs: 1,
  delayMeanMs: 2,
  lossPercent: 0,
  duplicatePercent: 0,
};
