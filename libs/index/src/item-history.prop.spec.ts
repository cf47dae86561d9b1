import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { itemCommissioning, productRegistration } from '#trace';
import { TestChain } from '../testing/test-chain.js';
import { startTestPostgres, type TestPostgres } from '../testing/test-postgres.js';
import { checksum, createIndexDataSource, dropIndex, IndexQueries, migrate, project } from './index.js';
import { containmentIntervals, type PackingChange } from './projection/containment-intervals.js';

const GTIN = '09521101530001';
const ITEM = `https://id.gs1.org/01/${GTIN}/21/A1`;
const CASE = 'https://id.gs1.org/00/095211010000000016';
const PALLET = 'https://id.gs1.org/00/095211010000000023';
/** What may lie in what: no cycles, so that nobody is refused. */
const PAIRS = [
  [ITEM, CASE],
  [ITEM, PALLET],
  [CASE, PALLET],
] as const;

type Step =
  | { readonly is: 'pack' | 'unpack'; readonly pair: (typeof PAIRS)[number]; readonly minute: number }
  | { readonly is: 'empty' | 'seen'; readonly container: string; readonly minute: number };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ is: fc.constantFrom('pack', 'pack', 'unpack'), pair: fc.constantFrom(...PAIRS), minute: fc.nat(9) }),
  fc.record({ is: fc.constantFrom('seen', 'seen', 'empty'), container: fc.constantFrom(CASE, PALLET), minute: fc.nat(9) }),
);

describe('the history of an item in nested containers', () => {
  let postgres: TestPostgres;
  let dataSource: DataSource;

  beforeAll(async () => {
    postgres = await startTestPostgres(process.env['DATABASE_URL']);
    dataSource = await createIndexDataSource({ url: await postgres.createDatabase(), poolSize: 2 }).initialize();
    await migrate(dataSource);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await postgres.stop();
  });

  it('holds exactly the events of containers that it was in at that moment, in whatever batches and order they were recorded', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 4, maxLength: 24 }), fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 24, maxLength: 24 }), async (steps, batchSizes) => {
        const chain = new TestChain();
        chain.append(
          chain.entry(chain.maker, productRegistration({ gtin: GTIN, name: 'Olive oil' })),
          chain.entry(chain.maker, itemCommissioning({ gtin: GTIN, serials: ['A1'] })),
        );
        for (const [i, step] of steps.entries()) chain.append(chain.capture(chain.maker, eventOf(step, i)));

        await dropIndex(dataSource);
        await project(dataSource, chain.blocks);
        const atOnce = await checksum(dataSource);
        const history = await new IndexQueries(dataSource).itemHistory(ITEM);
        const inherited = history?.events.filter((event) => event.inheritedFrom !== null && event.type === 'ObjectEvent') ?? [];
        expect(inherited.map((event) => event.eventId).sort()).toEqual(expectedEvents(steps));

        await dropIndex(dataSource);
        let from = 0;
        for (const size of batchSizes) {
          await project(dataSource, chain.blocks.slice(from, from + size));
          from += size;
        }
        expect(await checksum(dataSource)).toEqual(atOnce);
      }),
      { numRuns: 15 },
    );
  });
});

const idOf = (i: number): string => `urn:uuid:00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;

function eventOf(step: Step, i: number): object {
  const common = { eventID: idOf(i), eventTime: `2026-02-01T10:0${step.minute}:00.000Z`, eventTimeZoneOffset: '+00:00' };
  switch (step.is) {
    case 'pack':
      return { ...common, type: 'AggregationEvent', action: 'ADD', parentID: step.pair[1], childEPCs: [step.pair[0]] };
    case 'unpack':
      return { ...common, type: 'AggregationEvent', action: 'DELETE', parentID: step.pair[1], childEPCs: [step.pair[0]] };
    case 'empty':
      return { ...common, type: 'AggregationEvent', action: 'DELETE', parentID: step.container };
    case 'seen':
      return { ...common, type: 'ObjectEvent', action: 'OBSERVE', epcList: [step.container] };
  }
}

/** The same question asked the slow way: for each sighting, was the item in that container then, directly or not? */
function expectedEvents(steps: readonly Step[]): string[] {
  const intervals = [ITEM, CASE].flatMap((child) => containmentIntervals(steps.flatMap((step, i) => changesOf(step, i).filter((change) => change.child === child))));
  const isInside = (child: string, container: string, moment: readonly [number, number]): boolean =>
    intervals.some(
      (interval) =>
        interval.child === child &&
        !isBefore(moment, [interval.fromTime.getTime(), interval.fromPosition]) &&
        (interval.toTime === null || isBefore(moment, [interval.toTime.getTime(), interval.toPosition ?? 0])) &&
        (interval.parent === container || isInside(interval.parent, container, moment)),
    );
  return steps.flatMap((step, i) => (step.is === 'seen' && isInside(ITEM, step.container, [step.minute, i]) ? [idOf(i)] : [])).sort();
}

function isBefore(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}

function changesOf(step: Step, position: number): PackingChange[] {
  const pairs = 'pair' in step ? [step.pair] : step.is === 'empty' ? PAIRS.filter(([, parent]) => parent === step.container) : [];
  return pairs.map(([child, parent]) => ({
    child,
    parent,
    time: new Date(step.minute),
    position,
    isAdded: step.is === 'pack',
    byQuantity: false,
    quantity: null,
    uom: null,
  }));
}
