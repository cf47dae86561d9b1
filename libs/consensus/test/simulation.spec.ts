import { faultTolerance } from '#identity';
import { describe, expect, it } from '@jest/globals';
import { randomOf } from './random.js';
import { SimulatedNetwork, type Faults } from './simulated-network.js';

function faultsOf(seed: number, n: number): Faults {
  const random = randomOf(seed ^ 0x5eed);
  return {
    loss: random.pick([0, 0, 0.05, 0.2]),
    duplication: random.pick([0, 0.1, 0.5]),
    delayMs: random.pick([5, 20, 100, 400]),
    partitions: random.chance(0.5),
    crashes: random.chance(0.5),
    ambushes: random.chance(0.5),
    liars: random.chance(0.6) ? faultTolerance(n) : 0,
    isRelaying: random.chance(0.5),
  };
}

describe.each([
  [4, 120],
  [7, 80],
])('%i validators under faults', (n, seeds) => {
  it(`never finalise two values, never vote twice and go on after healing, in ${seeds} seeded runs`, () => {
    const totals = { equivocations: 0, roundMax: 0, delivered: 0 };
    for (let seed = 1; seed <= seeds; seed++) {
      const network = new SimulatedNetwork(seed, n, faultsOf(seed, n));
      try {
        network.run();
      } catch (error) {
        throw new Error(`seed ${seed}, ${n} validators, ${JSON.stringify(network.faults)}`, { cause: error });
      }
      totals.equivocations += network.equivocationsReported;
      totals.roundMax = Math.max(totals.roundMax, network.roundMax);
      totals.delivered += network.delivered;
    }
    // The faults bite: rounds fail, and lies are seen.
    expect(totals.roundMax).toBeGreaterThan(2);
    expect(totals.equivocations).toBeGreaterThan(0);
  });
});
