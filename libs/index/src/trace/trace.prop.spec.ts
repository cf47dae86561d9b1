import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import type { DecodedEntry } from '#ledger';
import { TestChain } from '../../testing/test-chain.js';
import { startTestPostgres, type TestPostgres } from '../../testing/test-postgres.js';
import { partOf, referenceHistory, referenceLedger, referenceTrace, type ReferenceLedger } from '../../testing/trace-reference.js';
import { createIndexDataSource, IndexQueries, migrate, project, TraceQueries, type TraceDirection, type TraceDto } from '../index.js';

/** Networks per run of the property, and runs: more than a thousand networks in all. */
const NETWORKS = 100;
const RUNS = 24;
/** Histories are compared for each network of this many. */
const HISTORY_OF = 8;
const MINUTES = 8;

const SERIALS = ['sA', 'sB', 'sC', 'sD'] as const;
const LOTS = ['l0', 'l1', 'l2', 'l3'] as const;
const CONTAINERS = ['c0', 'c1', 'c2'] as const;
const PARTS = [...SERIALS, ...LOTS, ...CONTAINERS];

interface Step {
  readonly is: 'commission' | 'pack' | 'unpack' | 'empty' | 'attach' | 'detach' | 'detachAll' | 'transform' | 'seen' | 'takeBack';
  readonly minute: number;
  readonly byStranger: boolean;
  readonly children: readonly string[];
  readonly parent: string;
  readonly outputs: readonly string[];
  readonly joins: number;
  readonly takesBack: number;
}

interface Network {
  readonly steps: readonly Step[];
  readonly root: string;
  readonly direction: TraceDirection;
  readonly minute: number | null;
  readonly depth: number;
}

const anyStep: fc.Arbitrary<Step> = fc.record({
  is: fc.constantFrom('commission', 'pack', 'pack', 'pack', 'unpack', 'empty', 'attach', 'detach', 'detachAll', 'transform', 'transform', 'transform', 'seen', 'takeBack'),
  minute: fc.nat(MINUTES),
  byStranger: fc.nat(9).map((n) => n === 0),
  children: fc.uniqueArray(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 3 }),
  parent: fc.constantFrom(...CONTAINERS, 'sA'),
  outputs: fc.uniqueArray(fc.constantFrom(...SERIALS, ...LOTS, 'c0'), { minLength: 1, maxLength: 2 }),
  joins: fc.nat(5),
  takesBack: fc.nat(40),
});

const anyNetwork: fc.Arbitrary<Network> = fc.record({
  steps: fc.array(anyStep, { minLength: 3, maxLength: 18, size: 'max' }),
  root: fc.constantFrom(...PARTS, 'class'),
  direction: fc.constantFrom('up', 'down', 'both'),
  minute: fc.option(fc.nat(MINUTES)),
  depth: fc.constantFrom(0, 1, 2, 3, 10, 10, 10),
});

const START = Date.UTC(2026, 1, 1);
const msOf = (minute: number): number => START + minute * 60_000;

/** GTIN-14 of the test prefix with a number of its own for each network. */
function gtinOf(network: number): string {
  const digits = `952110${String(network).padStart(6, '0')}`;
  const sum = [...digits].reverse().reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 3 : 1), 0);
  return `0${digits}${(10 - (sum % 10)) % 10}`;
}

function keyOf(network: number, part: string): string {
  if (part === 'class') return `https://id.gs1.org/01/${gtinOf(network)}`;
  if (part.startsWith('s')) return `https://id.gs1.org/01/${gtinOf(network)}/21/${part}`;
  if (part.startsWith('l')) return `https://id.gs1.org/01/${gtinOf(network)}/10/${part}`;
  return `urn:test:${network}:${part}`;
}

interface Recorded {
  readonly event: object;
  readonly byStranger: boolean;
}

/** The events of a network, as each is recorded: in order, whatever times they speak of. */
function eventsOf(network: number, steps: readonly Step[]): readonly Recorded[] {
  const events: Recorded[] = [];
  const standing = new Set<number>();
  for (const [i, step] of steps.entries()) {
    // An event can be taken back once, by its author.
    const target = [...standing][step.takesBack % Math.max(standing.size, 1)];
    const taken = target === undefined ? undefined : events[target];
    if (step.is === 'takeBack' && target !== undefined && taken !== undefined) {
      standing.delete(target);
      events.push({ ...taken, event: { ...taken.event, errorDeclaration: { declarationTime: '2026-03-01T00:00:00Z', reason: 'did_not_occur' } } });
      continue;
    }
    const common = {
      eventID: `urn:uuid:00000000-0000-4000-8000-${String(network * 100 + i).padStart(12, '0')}`,
      eventTime: new Date(msOf(step.minute)).toISOString(),
      eventTimeZoneOffset: '+00:00',
    };
    standing.add(i);
    events.push({ event: eventOf(network, step, common), byStranger: step.byStranger });
  }
  return events;
}

function eventOf(network: number, step: Step, common: object): object {
  const key = (part: string): string => keyOf(network, part);
  const listed = (parts: readonly string[], epcs: string, quantities: string): object => {
    const things = parts.filter((part) => !part.startsWith('l')).map(key);
    const amounts = parts.filter((part) => part.startsWith('l')).map((part) => ({ epcClass: key(part), ...(step.joins !== 3 && { quantity: 1 + (step.minute % 3), uom: 'KGM' }) }));
    return { ...(things.length > 0 && { [epcs]: things }), ...(amounts.length > 0 && { [quantities]: amounts }) };
  };
  const children = step.children.filter((part) => part !== step.parent);
  const moved = children.length === 0 ? ['sB'] : children;
  const inside = { parentID: key(step.parent), ...listed(moved, 'childEPCs', 'childQuantityList') };
  switch (step.is) {
    case 'commission':
      return { ...common, type: 'ObjectEvent', action: 'ADD', epcList: [`https://id.gs1.org/01/${gtinOf(network)}/10/l${step.joins % 2}/21/${SERIALS[step.minute % SERIALS.length]}`] };
    case 'pack':
      return { ...common, type: 'AggregationEvent', action: 'ADD', ...inside };
    case 'unpack':
      return { ...common, type: 'AggregationEvent', action: 'DELETE', ...inside };
    case 'empty':
      return { ...common, type: 'AggregationEvent', action: 'DELETE', parentID: key(step.parent) };
    case 'attach':
      return { ...common, type: 'AssociationEvent', action: 'ADD', ...inside };
    case 'detach':
      return { ...common, type: 'AssociationEvent', action: 'DELETE', ...inside };
    case 'detachAll':
      return { ...common, type: 'AssociationEvent', action: 'DELETE', parentID: key(step.parent) };
    case 'seen':
    case 'takeBack':
      return { ...common, type: 'ObjectEvent', action: 'OBSERVE', ...listed(step.children, 'epcList', 'quantityList') };
    case 'transform': {
      const joined = step.joins < 2 ? { transformationID: `urn:test:${network}:batch:${step.joins}` } : {};
      const inputs = listed(step.children, 'inputEPCList', 'inputQuantityList');
      const outputs = listed(step.outputs, 'outputEPCList', 'outputQuantityList');
      const isHalf = step.joins < 2 && step.takesBack < 24;
      return { ...common, ...joined, type: 'TransformationEvent', ...(isHalf && step.takesBack % 2 === 0 ? {} : inputs), ...(isHalf && step.takesBack % 2 === 1 ? {} : outputs) };
    }
  }
}

/** Neighbouring events of one author are one document. */
function entriesOf(chain: TestChain, network: number, steps: readonly Step[]): DecodedEntry[] {
  const entries: DecodedEntry[] = [];
  let eventList: object[] = [];
  const events = eventsOf(network, steps);
  for (const [i, { event, byStranger }] of events.entries()) {
    eventList.push(event);
    if (byStranger === events[i + 1]?.byStranger) continue;
    const document = { type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-03-01T00:00:00Z', epcisBody: { eventList } };
    entries.push(chain.capture(byStranger ? chain.carrier : chain.maker, document));
    eventList = [];
  }
  return entries;
}

describe('traces of generated networks', () => {
  let postgres: TestPostgres;
  let dataSource: DataSource;
  const chain = new TestChain();
  let networks = 0;

  beforeAll(async () => {
    postgres = await startTestPostgres(process.env['DATABASE_URL']);
    dataSource = await createIndexDataSource({ url: await postgres.createDatabase(), poolSize: 4 }).initialize();
    await migrate(dataSource);
    await project(dataSource, chain.blocks);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await postgres.stop();
  });

  it('are what the rules say, carried out one by one in memory', async () => {
    const queries = new TraceQueries(dataSource);
    const reads = new IndexQueries(dataSource);
    await fc.assert(
      fc.asyncProperty(fc.array(anyNetwork, { minLength: 1, maxLength: NETWORKS, size: 'max' }), async (batch) => {
        const numbered = batch.map((network) => ({ ...network, number: networks++ }));
        const before = chain.blocks.length;
        chain.append(...numbered.flatMap(({ number, steps }) => entriesOf(chain, number, steps)));
        const fresh = chain.blocks.slice(before);
        await project(dataSource, fresh);
        const whole = referenceLedger(fresh);
        for (const { number, root, direction, minute, depth } of numbered) {
          const ledger = partOf(whole, (key) => key.startsWith(keyOf(number, 'class')) || key.startsWith(`urn:test:${number}:`));
          const item = keyOf(number, root);
          const atMs = minute === null ? undefined : msOf(minute);
          const ways = direction === 'both' ? (['up', 'down'] as const) : [direction];
          const found = await queries.trace(item, { direction, depth, ...(atMs !== undefined && { atMs }) });
          const expected = referenceTrace(ledger, { item, ways, atMs, depth });
          if (found === undefined) {
            expect([ledger.statuses.has(item), expected.nodes.size]).toEqual([false, 1]);
            continue;
          }
          if (number % HISTORY_OF === 0) {
            const history = await reads.itemHistory(item);
            const positions = history?.events.map(({ height, index, eventIndex }) => positionOf(chain, height, index, eventIndex)) ?? [];
            expect({ number, history: new Set(positions) }).toEqual({ number, history: referenceHistory(ledger, item) });
          }
          expect({ number, ...comparable(found, ledger) }).toEqual({
            number,
            nodes: [...expected.nodes].map(([id, depths]) => `${id} ${depths.up ?? null} ${depths.down ?? null}`).sort(),
            edges: [...expected.edges].sort(),
            concerns: [...expected.concerns].sort(),
            tombstones: [...expected.tombstones].sort(),
          });
        }
      }),
      { numRuns: RUNS },
    );
  }, 300_000);
});

function positionOf(chain: TestChain, height: number, index: number, eventIndex: number): number {
  const { header, entries } = chain.blocks[height]!.block;
  return (header.logSize - entries.length + index) * 1_000 + eventIndex;
}

function comparable({ nodes, edges, events, tombstones }: TraceDto, ledger: ReferenceLedger): object {
  const transformations = new Map(ledger.events.map((event) => [event.position, event.transformation]));
  return {
    nodes: nodes.filter(({ depth }) => depth.up !== null || depth.down !== null).map(({ id, depth }) => `${id} ${depth.up} ${depth.down}`).sort(),
    edges: edges
      .flatMap((edge) => {
        if (edge.kind === 'memberOf') return [];
        if (edge.kind === 'transformation') return [`transformation ${transformations.get(edge.events[0] as number)} ${edge.input} ${edge.output}`];
        return [`${edge.kind} ${edge.child} ${edge.parent} ${edge.from.event} ${edge.to?.event ?? null}`];
      })
      .sort(),
    concerns: events.flatMap(({ position, items }) => items.flatMap(({ item, roles }) => roles.map((role) => `${position} ${item} ${role}`))).sort(),
    tombstones: tombstones.map(({ item, direction, reason, event }) => `${item} ${direction} ${reason} ${event}`).sort(),
  };
}
