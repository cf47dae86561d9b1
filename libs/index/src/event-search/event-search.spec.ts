import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { itemCommissioning, parseEventQuery, productRegistration, type EventQuery } from '#trace';
import { idOf, TestChain } from '../../testing/test-chain.js';
import { startTestPostgres, type TestPostgres } from '../../testing/test-postgres.js';
import { createIndexDataSource, migrate, project } from '../index.js';
import { EventSearch } from './event-search.js';
import type { EventPage } from './event-search.types.js';

const GTIN = '09521101530001';
const itemOf = (serial: string): string => `https://id.gs1.org/01/${GTIN}/21/${serial}`;
const EX = 'http://example.com/epcis/';
const CONTEXT = ['https://ref.gs1.org/standards/epcis/epcis-context.jsonld', { ex: EX, unused: 'http://example.com/unused/' }];
const GLN = 'https://id.gs1.org/414/4012345000054';

let minute = 0;
/** One minute after the event before. */
const seen = (serial: string, more: object = {}): object => ({
  '@context': CONTEXT,
  type: 'ObjectEvent',
  action: 'OBSERVE',
  epcList: [itemOf(serial)],
  bizStep: 'inspecting',
  eventTime: new Date(Date.UTC(2026, 1, 1) + minute++ * 60_000).toISOString(),
  eventTimeZoneOffset: '+00:00',
  ...more,
});

/** Text that PostgreSQL cannot make shorter. */
function incompressibleHex(length: number): string {
  let hex = '';
  for (let i = 0; hex.length < length; i++) hex += createHash('sha256').update(String(i)).digest('hex');
  return hex;
}

describe('the search of events', () => {
  let postgres: TestPostgres;
  let dataSource: DataSource;
  let search: EventSearch;
  const chain = new TestChain();
  const recorded: string[] = [];

  beforeAll(async () => {
    postgres = await startTestPostgres(process.env['DATABASE_URL']);
    dataSource = await createIndexDataSource({ url: await postgres.createDatabase(), poolSize: 2 }).initialize();
    await migrate(dataSource);
    search = new EventSearch(dataSource);
    chain.append(
      chain.entry(chain.maker, productRegistration({ gtin: GTIN, name: 'Olive oil' })),
      chain.entry(chain.maker, itemCommissioning({ gtin: GTIN, serials: ['A1'] })),
    );
    for (const event of EVENTS) recorded.push(record(event));
    await project(dataSource, chain.blocks);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await postgres.stop();
  });

  const ID = 'urn:uuid:5a4d8f5e-5d4c-4c5e-8a1f-000000000001';
  /** By number below. */
  const EVENTS = [
    seen('A1', { bizStep: 'shipping', 'ex:colour': 'red', 'ex:grade': 7, readPoint: { id: GLN } }),
    seen('A1', { 'ex:colour': 'blue', 'ex:grade': 12.5, readPoint: { id: `${GLN}/254/dock` } }),
    seen('A2', { 'ex:size': { 'ex:colour': 'red', 'ex:parts': [{ 'ex:grade': '3' }] }, disposition: 'damaged' }),
    seen('A2', { '@context': [CONTEXT[0]], 'other:colour': 'red' }),
    seen('A3', { eventID: ID, eventTime: '2026-01-01T00:00:00.000Z' }),
    seen('A3', {
      eventID: ID,
      eventTime: '2026-01-01T00:00:00.000Z',
      errorDeclaration: { declarationTime: '2026-02-02T00:00:00Z', reason: 'incorrect_data', correctiveEventIDs: ['urn:uuid:5a4d8f5e-5d4c-4c5e-8a1f-000000000002'] },
    }),
    seen('A4', {
      sensorElementList: [
        {
          sensorMetadata: { startTime: '2026-01-01T00:00:00Z', 'ex:probe': 'p1' },
          sensorReport: [
            { type: 'Temperature', value: 4.50, uom: 'CEL' },
            { type: 'Temperature', value: 40.1, uom: 'FAH', percRank: 50, hexBinaryValue: 'F0a0', booleanValue: true },
            // Longer than an index of PostgreSQL can hold.
            { type: 'Temperature', hexBinaryValue: incompressibleHex(9_000) },
          ],
        },
      ],
    }),
  ];

  function record(event: object): string {
    const entry = chain.capture(chain.maker, event);
    chain.append(entry);
    return idOf(entry);
  }

  async function page(parameters: Readonly<Record<string, string>>, perPage = 100, after?: string): Promise<EventPage> {
    const found = await search.search(parsed(parameters), { perPage, ...(after === undefined ? {} : { after }) });
    if (!found.ok) throw new Error(found.code);
    return found.value;
  }
  /** Numbers of the events found, in the order of recording. */
  async function numbers(parameters: Readonly<Record<string, string>>): Promise<number[]> {
    const { events } = await page({ orderBy: 'recordTime', orderDirection: 'ASC', ...parameters });
    return events.map((event) => recorded.indexOf(event.entryId));
  }

  it.each<readonly [Readonly<Record<string, string>>, readonly number[]]>([
    [{}, [0, 1, 2, 3, 4, 5, 6]],
    [{ 'EQ_ex:colour': 'red' }, [0]],
    [{ [`EQ_${EX}colour`]: 'red|blue' }, [0, 1]],
    [{ 'EQ_INNER_ex:colour': 'red' }, [2]],
    [{ 'EQ_other:colour': 'red' }, [3]],
    [{ 'EXISTS_ex:size': 'true' }, [2]],
    [{ 'GE_ex:grade': '7.0' }, [0, 1]],
    [{ 'GT_ex:grade': '7' }, [1]],
    [{ 'EQ_ex:grade': '12.50' }, [1]],
    [{ 'LT_INNER_ex:grade': '5' }, [2]],
    [{ EXISTS_errorDeclaration: 'true' }, [5]],
    [{ GE_errorDeclarationTime: '2026-02-02T01:00:00+01:00', LT_errorDeclaration_Time: '2026-02-03T00:00:00Z' }, [5]],
    [{ EQ_errorReason: 'did_not_occur|incorrect_data' }, [5]],
    [{ EQ_correctiveEventID: 'urn:uuid:5a4d8f5e-5d4c-4c5e-8a1f-000000000002' }, [5]],
    [{ EQ_eventID: ID }, [4, 5]],
    [{ EQ_readPoint: 'urn:epc:id:sgln:4012345.00005.0' }, [0]],
    [{ WD_readPoint: 'urn:epc:id:sgln:4012345.00005.0' }, [0, 1]],
    [{ EXISTS_sensorElementList: 'true' }, [6]],
    [{ GE_value_CEL: '4.5' }, [6]],
    [{ EQ_value_KEL: '277.65' }, [6]],
    [{ GT_value_FAH: '40.10' }, []],
    [{ EQ_value_FAH: '40.10' }, [6]],
    [{ LT_value_P1: '100' }, []],
    [{ GE_percRank: '50', EQ_booleanValue: 'true', EQ_hexBinaryValue: 'f0A0' }, [6]],
    [{ LT_startTime: '2026-01-01T00:00:01Z' }, [6]],
    [{ 'EQ_SENSORMETADATA_ex:probe': 'p1' }, [6]],
    [{ MATCH_epc: 'urn:epc:idpat:sgtin:9521101.053000.*', EQ_disposition: 'damaged' }, [2]],
    [{ HASATTR_bizLocation: 'city' }, []],
  ])('finds by %j events %j', async (parameters, expected) => {
    expect(await numbers(parameters)).toEqual(expected);
  });

  it('is not stopped by text that PostgreSQL cannot hold', async () => {
    const query: EventQuery = { ...parsed({}), predicates: [{ kind: 'term', field: 'bizStep', values: ['ship\0ping'] }] };
    expect(await search.search(query, { perPage: 10 })).toMatchObject({ ok: true, value: { events: [] } });
  });

  it('tells where an event stands, and what its prefixes mean', async () => {
    const { events, asOf } = await page({ 'EQ_ex:colour': 'blue' });
    expect(events).toEqual([
      {
        raw: JSON.stringify(EVENTS[1]),
        namespaces: { ex: EX },
        disputed: false,
        contexts: [],
        eventId: expect.stringMatching(/^urn:uuid:/),
        recordTime: new Date(chain.blocks[3]?.block.header.time as number).toISOString(),
        entryId: recorded[1],
        eventIndex: 0,
        author: chain.maker.did,
        height: 3,
        isErrorDeclaration: false,
        supersededBy: null,
        position: expect.any(Number),
      },
    ]);
    expect(asOf).toEqual({ height: chain.durableHeight() });
  });

  it('limits what it returns in all pages together', async () => {
    const parameters = { orderBy: 'eventTime', orderDirection: 'ASC', eventCountLimit: '3' };
    const first = await page(parameters, 2);
    expect(first.events).toHaveLength(2);
    const second = await page(parameters, 2, first.nextCursor ?? '');
    expect(second.events).toHaveLength(1);
    expect(second.nextCursor).toBeNull();
    expect((await page(parameters, 3)).nextCursor).toBeNull();
  });

  it('refuses to answer when more events match than the client can take', async () => {
    expect(await search.search(parsed({ maxEventCount: '6' }), { perPage: 2 })).toMatchObject({ ok: false, code: 'EPCIS_QUERY_TOO_LARGE' });
    expect((await page({ maxEventCount: '7' }, 2)).events).toHaveLength(2);
  });

  it('sorts by an extension field, what lacks it last', async () => {
    expect((await numbers({ orderBy: 'ex:grade', orderDirection: 'ASC' })).slice(0, 2)).toEqual([0, 1]);
    expect((await numbers({ orderBy: 'ex:grade', orderDirection: 'DESC' })).slice(0, 2)).toEqual([1, 0]);
    expect((await numbers({ orderBy: 'ex:colour', orderDirection: 'DESC' })).slice(0, 2)).toEqual([0, 1]);
  });

  it('knows its own cursors only', async () => {
    const { nextCursor } = await page({ orderBy: 'recordTime' }, 1);
    await expect(page({ orderBy: 'eventTime' }, 1, nextCursor ?? '')).rejects.toMatchObject({ code: 'INDEX_BAD_CURSOR' });
    await expect(page({}, 1, 'nonsense')).rejects.toMatchObject({ code: 'INDEX_BAD_CURSOR' });
  });

  it('does not go on from an index that is behind the page before', async () => {
    const { nextCursor } = await page({}, 1);
    await dataSource.query('UPDATE indexer_cursor SET height = height - 1');
    await expect(page({}, 1, nextCursor ?? '')).rejects.toMatchObject({ code: 'INDEX_BEHIND' });
    await dataSource.query('UPDATE indexer_cursor SET height = height + 1');
    expect((await page({}, 1, nextCursor ?? '')).events).toHaveLength(1);
  });

  it('filters by the time of the block', async () => {
    const { events } = await page({ orderBy: 'recordTime', orderDirection: 'ASC' });
    const time = events[3]?.recordTime ?? '';
    expect(await numbers({ GE_recordTime: time })).toEqual([3, 4, 5, 6]);
    expect(await numbers({ LT_recordTime: time })).toEqual([0, 1, 2]);
    expect(await numbers({ GE_recordTime: '2030-01-01T00:00:00Z' })).toEqual([]);
    expect(await numbers({ LT_recordTime: '2030-01-01T00:00:00Z' })).toHaveLength(7);
  });

  it('returns an event and its error declaration by their id', async () => {
    const { events } = await search.eventsById(ID);
    expect(events.map(({ isErrorDeclaration, supersededBy }) => [isErrorDeclaration, supersededBy])).toEqual([
      [false, recorded[5]],
      [true, null],
    ]);
    expect((await search.eventsById('urn:x:y')).events).toEqual([]);
  });

  it('tells the contexts that the document of an event names', async () => {
    const remote = 'https://terms.example/context.jsonld';
    const eventID = 'urn:uuid:5a4d8f5e-5d4c-4c5e-8a1f-000000000009';
    const entry = chain.capture(chain.maker, seen('A9', { eventID, '@context': [CONTEXT[0], remote, { ex: EX }] }));
    const alone = new TestChain();
    alone.append(entry);
    const other = await createIndexDataSource({ url: await postgres.createDatabase(), poolSize: 2 }).initialize();
    await migrate(other);
    await project(other, alone.blocks);
    const { events } = await new EventSearch(other).eventsById(eventID);
    expect(events.map(({ contexts }) => contexts)).toEqual([[remote]]);
    await other.destroy();
  });

  it('lists the values that occur, without those of Lading’s own acts', async () => {
    expect(await search.values('bizSteps')).toEqual({ items: ['inspecting', 'shipping'], nextCursor: null, asOf: { height: chain.durableHeight() } });
    expect((await search.values('eventTypes')).items).toEqual(['ObjectEvent']);
    expect((await search.values('dispositions')).items).toEqual(['damaged']);
    expect((await search.values('bizLocations')).items).toEqual([]);
    expect((await search.values('readPoints')).items).toEqual([GLN, `${GLN}/254/dock`]);
    const first = await search.values('epcs', { limit: 3 });
    expect(first.items).toEqual(['A1', 'A2', 'A3'].map(itemOf));
    expect(await search.values('epcs', { limit: 3, cursor: first.nextCursor ?? '' })).toMatchObject({ items: [itemOf('A4')], nextCursor: null });
  });

  it('tells whether a value occurs', async () => {
    expect(await search.exists('bizSteps', 'shipping')).toBe(true);
    expect(await search.exists('bizSteps', 'receiving')).toBe(false);
    expect(await search.exists('epcs', itemOf('A4'))).toBe(true);
    expect(await search.exists('epcs', `https://id.gs1.org/01/${GTIN}`)).toBe(false);
  });

  it('gives up in time, and says so', async () => {
    const lock = dataSource.createQueryRunner();
    await lock.startTransaction();
    await lock.query('LOCK TABLE event_field');
    try {
      const answer = search.search(parsed({ 'EQ_ex:colour': 'red' }), { perPage: 100 });
      // What the statement timeout does after 15 s.
      while (!(await canceled())) await new Promise((resolve) => setTimeout(resolve, 20));
      expect(await answer).toMatchObject({ ok: false, code: 'EPCIS_QUERY_TOO_COMPLEX' });
    } finally {
      await lock.rollbackTransaction();
      await lock.release();
    }

    async function canceled(): Promise<boolean> {
      const waiting = `SELECT pg_cancel_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()`;
      // A transaction sees the activity of its first look, unless told otherwise.
      await lock.query('SELECT pg_stat_clear_snapshot()');
      return ((await lock.query(waiting)) as unknown[]).length > 0;
    }
  });
});

function parsed(parameters: Readonly<Record<string, string>>): EventQuery {
  const query = parseEventQuery(new Map(Object.entries(parameters)), new Map([['ex', EX]]));
  if (!query.ok) throw new Error(`${query.detail} ${query.pointer}`);
  return query.value;
}
