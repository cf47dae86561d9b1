import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { utf8Encode } from '#codec';
import { epcisEntries, parseEventQuery, type EntryDraft, type EventQuery } from '#trace';
import { TestChain } from '../../testing/test-chain.js';
import { startTestPostgres, type TestPostgres } from '../../testing/test-postgres.js';
import { createIndexDataSource, dropIndex, migrate, project } from '../index.js';
import { EventSearch } from './event-search.js';

/** Things in two spellings: whatever an event uses, a query may use the other. */
const EPCS = ['01', '02', '03', '04'].map((serial) => [`urn:epc:id:sgtin:9521101.053000.${serial}`, `https://id.gs1.org/01/09521101530001/21/${serial}`] as const);
const LOTS = ['L1', 'L2'].map((lot) => [`urn:epc:class:lgtin:9521101.053000.${lot}`, `https://example.org/p/01/09521101530001/10/${lot}`] as const);
const PLACES = ['0', '7', '8'].map(
  (extension) => [`urn:epc:id:sgln:9521101.00001.${extension}`, `https://id.gs1.org/414/9521101000016${extension === '0' ? '' : `/254/${extension}`}`] as const,
);
const ORDERS = ['http://orders.example/1', 'urn:epc:id:gdti:9521101.00001.55'].map((id) => [id, id] as const);
const WORDS = ['shipping', 'receiving', 'ex:thinking'];
const NUMBERS = ['0', '1', '1.0', '1.50', '-2', '3e1', '30'];
const TEXTS = ['red', '1', '001', 'green|blue'.replace('|', ' '), '2026-02-01T12:00:00+02:00'];
const TIMES = ['2026-02-01T10:00:00Z', '2026-02-01T11:30:00+01:00', '2026-02-02T00:00:00.500Z', '2026-02-01T10:00:00.001Z'];
const UOMS = ['CEL', 'KGM'];

type Spellings = readonly [string, string];
const spelled = (things: readonly Spellings[]): fc.Arbitrary<string> => fc.tuple(fc.constantFrom(...things), fc.nat(1)).map(([thing, i]) => thing[i] as string);
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const thingOf = (text: string): unknown => [...EPCS, ...LOTS, ...PLACES, ...ORDERS].findIndex((thing) => thing.includes(text));

/** JSON numbers that keep their text, which `JSON.stringify` would not. */
class Exact {
  constructor(readonly text: string) {}
  toJSON(): string {
    return `#${this.text}#`;
  }
}
const exact = fc.constantFrom(...NUMBERS).map((text) => new Exact(text));
const stringify = (event: object): string => JSON.stringify(event).replaceAll(/"#([^#]*)#"/g, '$1');

type Json = Readonly<Record<string, unknown>>;
const extensionValue = fc.oneof(exact, fc.constantFrom(...TEXTS), fc.boolean(), fc.array(fc.oneof(exact, fc.constantFrom(...TEXTS)), { minLength: 1, maxLength: 2 }));
const extensions = fc.record({ 'ex:a': extensionValue, 'ex:b': fc.record({ 'ex:a': extensionValue, 'ex:c': fc.record({ 'ex:d': extensionValue }) }) }, { requiredKeys: [] });
const quantities = fc.array(fc.record({ epcClass: spelled(LOTS), quantity: fc.constantFrom('1', '2.50', '7').map((text) => new Exact(text)), uom: fc.constantFrom(...UOMS) }), { minLength: 1, maxLength: 2 });
const epcs = fc.uniqueArray(spelled(EPCS), { minLength: 1, maxLength: 3, selector: thingOf });
const report = fc
  .record({ type: fc.constantFrom('Temperature', 'Mass'), value: exact, uom: fc.constantFrom(...UOMS), time: fc.constantFrom(...TIMES), deviceID: fc.constantFrom('urn:epc:id:giai:4000001.111', 'https://id.gs1.org/8004/4000001111', 'urn:x:y') })
  .chain((full) => extensions.map((more) => ({ ...full, ...more })));

const common = fc.record(
  {
    eventTime: fc.constantFrom(...TIMES),
    bizStep: optional(fc.constantFrom(...WORDS)),
    disposition: optional(fc.constantFrom('in_transit', 'damaged')),
    readPoint: optional(spelled(PLACES).map((id) => ({ id }))),
    bizLocation: optional(spelled(PLACES).chain((id) => extensions.map((more) => ({ id, ...more })))),
    bizTransactionList: optional(fc.array(fc.record({ type: fc.constantFrom('po', 'desadv'), bizTransaction: spelled(ORDERS) }), { minLength: 1, maxLength: 2 })),
    sourceList: optional(fc.array(fc.record({ type: fc.constantFrom('location', 'owning_party'), source: spelled(PLACES) }), { minLength: 1, maxLength: 2 })),
    sensorElementList: optional(fc.array(fc.record({ sensorReport: fc.array(report, { minLength: 1, maxLength: 2 }) }), { minLength: 1, maxLength: 2 })),
    errorDeclaration: optional(extensions.map((more) => ({ declarationTime: '2026-03-01T00:00:00Z', reason: 'incorrect_data', ...more }))),
  },
);
const shapes = fc.oneof(
  fc.record({ type: fc.constant('ObjectEvent'), action: fc.constant('ADD'), epcList: epcs, quantityList: optional(quantities), ilmd: optional(extensions) }),
  fc.record({ type: fc.constant('ObjectEvent'), action: fc.constantFrom('OBSERVE', 'DELETE'), epcList: epcs, quantityList: optional(quantities), persistentDisposition: optional(fc.constant({ set: ['recalled'] })) }),
  fc.record({ type: fc.constant('AggregationEvent'), action: fc.constant('OBSERVE'), parentID: spelled(EPCS), childEPCs: epcs, childQuantityList: optional(quantities) }),
  fc.record({ type: fc.constant('TransformationEvent'), inputEPCList: epcs, outputEPCList: epcs, inputQuantityList: optional(quantities), outputQuantityList: optional(quantities) }),
);
const anyEvent: fc.Arbitrary<Json> = fc.tuple(shapes, common, extensions).map(([shape, rest, more]) => {
  const event = { ...shape, ...rest, ...more, eventTimeZoneOffset: '+00:00' };
  return Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined));
});

// The filters of the standard once more, as plainly as possible, on the author's JSON.

interface Filter {
  readonly name: string;
  readonly value: string;
  readonly holds: (event: Json) => boolean;
}

const list = (value: unknown): readonly unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const listsOf = (event: Json, names: readonly string[]): readonly unknown[] => names.flatMap((name) => list(event[name]));
const textOf = (value: unknown): unknown => (value instanceof Exact ? value.text : value);
const numberOf = (value: unknown): number => (value instanceof Exact || typeof value === 'string' ? Number(textOf(value)) : NaN);
const isNumberText = (text: string): boolean => /^-?(\d+)(\.\d+)?(e\d+)?$/.test(text);
const timeOf = (value: unknown): number => (typeof value === 'string' && /^\d{4}-/.test(value) ? Date.parse(value) : NaN);
const compare = (op: string, a: number, b: number): boolean => (op === 'GT' ? a > b : op === 'GE' ? a >= b : op === 'LT' ? a < b : a <= b);

const oneOf = <T>(values: readonly T[]): fc.Arbitrary<readonly T[]> => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });
const someOf = (things: readonly Spellings[]): fc.Arbitrary<readonly string[]> => fc.array(spelled(things), { minLength: 1, maxLength: 2 });
const sameThing = (values: readonly string[], text: unknown): boolean => values.some((value) => thingOf(value) === thingOf(String(text)));
const op = fc.constantFrom('GT', 'GE', 'LT', 'LE');

function words(name: string, field: string, values: readonly string[]): fc.Arbitrary<Filter> {
  return oneOf(values).map((chosen) => ({ name, value: chosen.join('|'), holds: (event) => chosen.includes(String(event[field])) }));
}
function matches(name: string, things: readonly Spellings[], fields: readonly string[], part?: string): fc.Arbitrary<Filter> {
  return someOf(things).map((chosen) => ({
    name,
    value: chosen.join('|'),
    holds: (event) => listsOf(event, fields).some((element) => sameThing(chosen, part === undefined ? element : (element as Json)[part])),
  }));
}

/** Values of `field` directly in an object; with `inner`, those within other extension fields of it. */
function extensionValues(object: unknown, field: string, inner: boolean): readonly unknown[] {
  if (typeof object !== 'object' || object === null || object instanceof Exact) return [];
  const members = Object.entries(object).filter(([name]) => name.startsWith('ex:'));
  if (!inner) return members.flatMap(([name, value]) => (name === field ? list(value) : []));
  return members.flatMap(([, value]) => list(value).flatMap((element) => [...extensionValues(element, field, false), ...extensionValues(element, field, true)]));
}

const SCOPES: readonly (readonly [prefix: string, objects: (event: Json) => readonly unknown[]])[] = [
  ['', (event) => [event]],
  ['ILMD_', (event) => list(event['ilmd'])],
  ['ERROR_DECLARATION_', (event) => list(event['errorDeclaration'])],
  ['SENSORREPORT_', (event) => reports(event)],
  ['bizLocation_', (event) => list(event['bizLocation'])],
];
const reports = (event: Json): readonly Json[] => list(event['sensorElementList']).flatMap((element) => list((element as Json)['sensorReport']) as readonly Json[]);

const extensionFilter: fc.Arbitrary<Filter> = fc
  .tuple(fc.constantFrom(...SCOPES), fc.boolean(), fc.constantFrom('ex:a', 'ex:b', 'ex:d'), fc.constantFrom('EQ', 'GT', 'GE', 'LT', 'LE', 'EXISTS'), fc.constantFrom(...NUMBERS, ...TEXTS, 'true'))
  .filter(([[scope], , , test, value]) => !(scope === 'bizLocation_' && test !== 'EQ') && (['EQ', 'EXISTS'].includes(test) || isNumberText(value) || !Number.isNaN(timeOf(value))))
  .map(([[scope, objects], inner, field, test, value]) => ({
    name: `${test}_${inner ? 'INNER_' : ''}${scope}${field}`,
    value: test === 'EXISTS' ? 'true' : value,
    holds: (event) => {
      const values = objects(event).flatMap((object) => extensionValues(object, field, inner));
      return values.some((found) => {
        if (test === 'EXISTS') return true;
        if (typeof found === 'object' && !(found instanceof Exact)) return false;
        if (test !== 'EQ') {
          return isNumberText(value) ? isNumberText(String(textOf(found))) && compare(test, numberOf(found), Number(value)) : compare(test, timeOf(found), timeOf(value));
        }
        if (found instanceof Exact) return isNumberText(value) && Number(found.text) === Number(value);
        // Text as it is, or in the one spelling of the number; times in any zone.
        return String(found) === value || (isNumberText(value) && String(found) === String(Number(value))) || timeOf(found) === timeOf(value);
      });
    },
  }));

const anyFilter: fc.Arbitrary<Filter> = fc
  .oneof(
  words('eventType', 'type', ['ObjectEvent', 'TransformationEvent', 'TransactionEvent']),
  words('EQ_action', 'action', ['ADD', 'OBSERVE', 'DELETE']),
  words('EQ_bizStep', 'bizStep', WORDS),
  words('EQ_disposition', 'disposition', ['in_transit', 'damaged', 'lost']),
  matches('EQ_readPoint', PLACES, ['readPoint'], 'id'),
  matches('EQ_bizLocation', PLACES, ['bizLocation'], 'id'),
  matches('EQ_bizTransaction_po', ORDERS, ['bizTransactionList']).map((filter) => ({
    ...filter,
    holds: (event: Json) => (list(event['bizTransactionList']) as Json[]).some((each) => each['type'] === 'po' && sameThing(filter.value.split('|'), each['bizTransaction'])),
  })),
  matches('EQ_source_location', PLACES, ['sourceList']).map((filter) => ({
    ...filter,
    holds: (event: Json) => (list(event['sourceList']) as Json[]).some((each) => each['type'] === 'location' && sameThing(filter.value.split('|'), each['source'])),
  })),
  matches('MATCH_epc', EPCS, ['epcList', 'childEPCs']),
  matches('MATCH_parentID', EPCS, ['parentID']),
  matches('MATCH_inputEPC', EPCS, ['inputEPCList']),
  matches('MATCH_outputEPC', EPCS, ['outputEPCList']),
  matches('MATCH_anyEPC', EPCS, ['epcList', 'childEPCs', 'parentID', 'inputEPCList', 'outputEPCList']),
  matches('MATCH_epcClass', LOTS, ['quantityList', 'childQuantityList'], 'epcClass'),
  matches('MATCH_anyEPCClass', LOTS, ['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList'], 'epcClass'),
  fc.constantFrom('urn:epc:idpat:sgtin:9521101.053000.*', 'urn:epc:idpat:sgtin:9521101.*.*').map((value) => ({
    name: 'MATCH_epc',
    value,
    holds: (event: Json) => listsOf(event, ['epcList', 'childEPCs']).length > 0,
  })),
  fc.tuple(op, fc.constantFrom('1', '2.5', '7.0'), optional(fc.constantFrom(...UOMS))).map(([test, value, uom]) => ({
    name: `${test}_quantity${uom === undefined ? '' : `_${uom}`}`,
    value,
    holds: (event: Json) =>
      (listsOf(event, ['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList']) as Json[]).some(
        (each) => (uom === undefined || each['uom'] === uom) && compare(test, numberOf(each['quantity']), Number(value)),
      ),
  })),
  fc.tuple(op, fc.constantFrom(...NUMBERS), fc.constantFrom(...UOMS)).map(([test, value, uom]) => ({
    name: `${test}_value_${uom}`,
    value,
    holds: (event: Json) => reports(event).some((each) => each['uom'] === uom && compare(test, numberOf(each['value']), Number(value))),
  })),
  fc.constantFrom('urn:epc:id:giai:4000001.111', 'urn:x:y').map((value) => ({
    name: 'EQ_deviceID',
    value,
    holds: (event: Json) => reports(event).some((each) => (each['deviceID'] === 'urn:x:y') === (value === 'urn:x:y')),
  })),
  fc.tuple(fc.constantFrom('GE', 'LT'), fc.constantFrom(...TIMES)).map(([test, value]) => ({
    name: `${test}_eventTime`,
    value,
    holds: (event: Json) => compare(test, timeOf(event['eventTime']), timeOf(value)),
  })),
  fc.tuple(fc.constantFrom('GE', 'LT'), fc.constantFrom(...TIMES)).map(([test, value]) => ({
    name: `${test}_time`,
    value,
    holds: (event: Json) => reports(event).some((each) => compare(test, timeOf(each['time']), timeOf(value))),
  })),
  fc.constant({ name: 'EXISTS_errorDeclaration', value: 'true', holds: (event: Json) => event['errorDeclaration'] !== undefined }),
  fc.constant({ name: 'EQ_persistentDisposition_set', value: 'recalled', holds: (event: Json) => event['persistentDisposition'] !== undefined }),
  extensionFilter,
)
  // What a counterexample shows of it.
  .map((filter) => ({ ...filter, [fc.toStringMethod]: () => `${filter.name}=${filter.value}` }));

const CONTEXT = ['https://ref.gs1.org/standards/epcis/epcis-context.jsonld', { ex: 'http://example.com/epcis/' }];
const EVENTS_MAX = 60;
const QUERIES = 60;

describe('a search', () => {
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

  it('finds what a plain reading of the standard finds, page by page, whatever is recorded meanwhile', async () => {
    const filters = fc.uniqueArray(anyFilter, { minLength: 1, maxLength: 3, selector: (filter) => filter.name });
    const question = fc.record({ filters, orderBy: fc.constantFrom('eventTime', 'recordTime', 'ex:a'), direction: fc.constantFrom('ASC', 'DESC'), perPage: fc.integer({ min: 1, max: 20 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyEvent, { minLength: EVENTS_MAX / 2, maxLength: EVENTS_MAX, size: 'max' }),
        fc.array(question, { minLength: QUERIES, maxLength: QUERIES, size: 'max' }),
        async (events, questions) => {
          await dropIndex(dataSource);
          const chain = new TestChain();
          const ids = events.map((event, i) => recorded(chain, event, i));
          await project(dataSource, chain.blocks);
          const search = new EventSearch(dataSource);
          for (const { filters: chosen, orderBy, direction, perPage } of questions) {
            const query = parsed([...chosen.map(({ name, value }) => [name, value] as const), ['orderBy', orderBy], ['orderDirection', direction]]);
            const expected = ids.filter((_, i) => chosen.every((filter) => filter.holds(events[i] as Json)));
            const found = await allPages(search, query, perPage, async () => {
              if (chain.blocks.length > EVENTS_MAX + 20) return;
              recorded(chain, events[0] as Json, chain.blocks.length);
              await project(dataSource, chain.blocks);
            });
            expect({ query: chosen, found: [...found].sort() }).toEqual({ query: chosen, found: [...expected, ...laterThan(events.length, found)].sort() });
            if (orderBy !== 'ex:a') expect(found).toEqual(sorted(found, chain, orderBy, direction));
          }
        },
      ),
      { numRuns: 3, endOnFailure: true },
    );
  }, 120_000);

  /** @returns its eventID */
  function recorded(chain: TestChain, event: Json, number: number): string {
    const eventID = `urn:uuid:00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
    const drafts = epcisEntries(utf8Encode(stringify({ '@context': CONTEXT, ...event, eventID })), 'rollback');
    if (!drafts.ok) throw new Error(drafts.detail);
    chain.append(chain.entry(chain.maker, drafts.value[0] as EntryDraft));
    return eventID;
  }

  /** Events that were recorded while earlier questions were asked: no part of what is compared. */
  function laterThan(count: number, found: readonly string[]): readonly string[] {
    return found.filter((id) => Number(id.slice(-12)) >= count);
  }

  async function allPages(search: EventSearch, query: EventQuery, perPage: number, between: () => Promise<void>): Promise<string[]> {
    const ids: string[] = [];
    let after: string | undefined;
    let height: number | undefined;
    do {
      const page = await search.search(query, { perPage, ...(after === undefined ? {} : { after }) });
      if (!page.ok) throw new Error(page.code);
      height ??= page.value.asOf.height;
      expect(page.value.asOf.height).toBe(height);
      expect(page.value.events.length).toBeLessThanOrEqual(perPage);
      for (const event of page.value.events) {
        expect(event.height).toBeLessThanOrEqual(height);
        ids.push(event.eventId);
      }
      after = page.value.nextCursor ?? undefined;
      await between();
    } while (after !== undefined);
    expect(new Set(ids).size).toBe(ids.length);
    return ids;
  }
});

function sorted(ids: readonly string[], chain: TestChain, orderBy: string, direction: string): readonly string[] {
  const keys = new Map<string, readonly [number, number]>();
  for (const { block } of chain.blocks) {
    for (const entry of block.entries) {
      const event = JSON.parse(Buffer.from(entry.content).toString()) as { eventID: string; eventTime: string };
      keys.set(event.eventID, [orderBy === 'eventTime' ? Date.parse(event.eventTime) : 0, block.header.height]);
    }
  }
  const sign = direction === 'ASC' ? 1 : -1;
  const key = (id: string): readonly [number, number] => keys.get(id) as readonly [number, number];
  return [...ids].sort((a, b) => sign * (key(a)[0] - key(b)[0] || key(a)[1] - key(b)[1]));
}

function parsed(parameters: readonly (readonly [string, string])[]): EventQuery {
  const query = parseEventQuery(new Map(parameters), new Map([['ex', 'http://example.com/epcis/']]));
  if (!query.ok) throw new Error(`${query.detail} ${query.pointer}`);
  return query.value;
}
