import { CATALOGUE } from './catalogue.js';
import { ChainDraft, type Parties } from './chain-draft.js';
import { contradict } from './contradictions.js';
import { produce } from './production.js';
import { Random } from './random.js';
import { sell } from './retail.js';
import type { Party, SeedChain, SeedStep } from './seed.types.js';
import { ship } from './transport.js';
import { distribute } from './wholesale.js';

/** The chains begin two hours after each other. */
const FIRST_CHAIN_MS = Date.UTC(2025, 0, 6, 6);
const BETWEEN_CHAINS_MS = 2 * 3_600_000;
/** Small data sets have small chains, so that they have several. */
const EVENTS_FOR_LARGE_CHAINS = 20_000;
/** Logistic units that one chain may number. */
const UNITS_PER_CHAIN = 1_000;
const UNIT_NUMBERS = 10 ** 9;

export interface SeedOptions {
  /** EPCIS events in all. */
  readonly events: number;
  /** The same number gives the same documents. */
  readonly seed: number;
  /** In the network's order: maker, carrier, wholesaler, retailer, and a grower where there is one. */
  readonly parties: readonly Party[];
}

/**
 * Multi-tier supply chains, one after the other, until there are as many events as asked for; the last one is cut there. Nothing is random
 * but what follows from the seed: the same options give the same documents.
 */
export function* generateSeed({ events, seed, parties }: SeedOptions): Generator<SeedChain> {
  const random = new Random(seed);
  const roles = rolesOf(parties);
  let left = events;
  for (let number = 0; left > 0; number++) {
    const steps = cut(chainSteps(number, seed, roles, random, events >= EVENTS_FOR_LARGE_CHAINS), left);
    left -= eventCount(steps);
    yield { number, steps };
  }
}

export function eventCount(steps: readonly SeedStep[]): number {
  return steps.reduce((sum, step) => sum + (step.kind === 'capture' ? step.events.length : 0), 0);
}

function rolesOf([maker, carrier, wholesaler, retailer, grower]: readonly Party[]): Parties {
  if (maker === undefined || carrier === undefined || wholesaler === undefined || retailer === undefined) {
    throw new RangeError('a supply chain needs at least four parties');
  }
  return { supplier: grower ?? maker, maker, carrier, wholesaler, retailer };
}

function chainSteps(
  number: number,
  seed: number,
  parties: Parties,
  random: Random,
  isLarge: boolean,
): readonly SeedStep[] {
  const tag = `S${seed.toString(36).toUpperCase()}C${String(number).padStart(5, '0')}`;
  // Spread over the numbers that there are, so that the units of two seeds seldom meet.
  const firstUnit = ((seed * 7_919 + number) * UNITS_PER_CHAIN) % UNIT_NUMBERS;
  const chain = new ChainDraft(
    parties,
    random.pick(CATALOGUE),
    random,
    tag,
    firstUnit,
    FIRST_CHAIN_MS + number * BETWEEN_CHAINS_MS,
  );
  const production = isLarge ? produce(chain, random.between(5, 12), 12) : produce(chain, 1, 4);
  contradict(chain, production);
  ship(chain, production.pallets);
  const deliveries = distribute(chain, production.pallets);
  sell(chain, deliveries, production.finishedLot);
  chain.flush();
  return chain.steps;
}

/** The steps up to so many events. */
function cut(steps: readonly SeedStep[], events: number): readonly SeedStep[] {
  const kept: SeedStep[] = [];
  let left = events;
  for (const step of steps) {
    if (left === 0) break;
    kept.push(step.kind === 'capture' ? { ...step, events: step.events.slice(0, left) } : step);
    if (step.kind === 'capture') left -= Math.min(left, step.events.length);
  }
  return kept;
}
