import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { parseEventQuery } from '#trace';
import { TestChain } from '../../testing/test-chain.js';
import { startTestPostgres, type TestPostgres } from '../../testing/test-postgres.js';
import { checksum, createIndexDataSource, dropIndex, migrate, project } from '../index.js';
import { EventSearch } from './event-search.js';

const CONTEXT = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { ex: 'http://ex.example/' }];
const CITY = 'urn:epcglobal:cbv:mda:city';
const SITE = 'https://id.gs1.org/414/9521101000016';
const HALL = 'https://id.gs1.org/414/9521101000023';
const GTIN = 'https://id.gs1.org/01/09521101530001';
const ROOM = 'urn:rooms:blue';
const vtype = (name: string): string => `urn:epcglobal:epcis:vtype:${name}`;

interface Element {
  readonly id: string;
  readonly attributes?: readonly object[];
  readonly children?: readonly string[];
}
const attribute = (id: string, value: unknown): object => ({ id, attribute: value });

/** The document that describes elements, with or without events. */
function describing(vocabularies: Readonly<Record<string, readonly Element[]>>, ...eventList: object[]): object {
  const vocabularyList = Object.entries(vocabularies).map(([name, vocabularyElementList]) => ({ type: vtype(name), vocabularyElementList }));
  return {
    '@context': CONTEXT,
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-01-01T00:00:00Z',
    epcisHeader: { epcisMasterData: { vocabularyList } },
    epcisBody: { eventList },
  };
}
let minute = 0;
const event = (more: object): object => ({
  type: 'ObjectEvent',
  action: 'OBSERVE',
  epcList: [`${GTIN}/21/1`],
  eventTime: new Date(Date.UTC(2026, 1, 1) + minute++ * 60_000).toISOString(),
  eventTimeZoneOffset: '+00:00',
  ...more,
});

const EVENTS = [
  event({ readPoint: { id: 'urn:epc:id:sgln:9521101.00001.0' }, bizStep: 'shipping' }),
  event({ readPoint: { id: 'urn:epc:id:sgln:9521101.00002.0' }, disposition: 'in_transit' }),
  event({ readPoint: { id: `${HALL}/254/dock` }, bizLocation: { id: SITE } }),
  event({ readPoint: { id: ROOM }, 'ex:machine': 'urn:machines:7' }),
  event({ sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:9521101.00001' }], bizTransactionList: [{ type: 'po', bizTransaction: 'urn:orders:1' }] }),
  event({ quantityList: [{ epcClass: 'urn:epc:idpat:sgtin:9521101.053000.*', quantity: 3 }] }),
];

describe('queries by master data', () => {
  let postgres: TestPostgres;
  let dataSource: DataSource;
  let search: EventSearch;
  const chain = new TestChain();

  beforeAll(async () => {
    postgres = await startTestPostgres(process.env['DATABASE_URL']);
    dataSource = await createIndexDataSource({ url: await postgres.createDatabase(), poolSize: 2 }).initialize();
    await migrate(dataSource);
    search = new EventSearch(dataSource);
    chain.append(chain.capture(chain.maker, describing({
      ReadPoint: [
        { id: SITE, attributes: [attribute(CITY, 'Lyon'), attribute('ex:area', 120.5)], children: ['urn:epc:id:sgln:9521101.00002.0'] },
        { id: 'urn:epc:id:sgln:9521101.00002.0', children: [ROOM] },
        // Nobody's fault, and no endless walk.
        { id: ROOM, attributes: [attribute('ex:colour', 'blue')], children: [SITE] },
      ],
      BusinessLocation: [{ id: SITE, attributes: [attribute('urn:epcglobal:cbv:mda#city', 'Lyon')] }],
      BusinessStep: [{ id: 'urn:epcglobal:cbv:bizstep:shipping', attributes: [attribute('ex:gate', 'east')] }],
      Disposition: [{ id: 'https://ref.gs1.org/cbv/Disp-in_transit', attributes: [attribute('ex:gate', 'west')] }],
      SourceDest: [{ id: 'https://id.gs1.org/417/9521101000016', attributes: [attribute('cbvmda:name', 'Oil mill')] }],
      BusinessTransaction: [{ id: 'urn:orders:1', attributes: [attribute('ex:terms', { 'ex:days': 30 })] }],
      EPCClass: [{ id: GTIN, attributes: [attribute('cbvmda:descriptionShort', 'Olive oil')] }],
      Machine: [{ id: 'urn:machines:7', attributes: [attribute('ex:maker', 'Acme')] }],
    }, ...EVENTS)));
    await project(dataSource, chain.blocks);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await postgres.stop();
  });

  /** Numbers of the events found. */
  async function numbers(parameters: Readonly<Record<string, string>>): Promise<number[]> {
    const query = parseEventQuery(new Map(Object.entries({ orderBy: 'eventTime', orderDirection: 'ASC', ...parameters })), new Map([['ex', 'http://ex.example/']]));
    if (!query.ok) throw new Error(query.detail);
    const page = await search.search(query.value, { perPage: 100 });
    if (!page.ok) throw new Error(page.code);
    return page.value.events.map(({ eventIndex }) => eventIndex);
  }

  it.each<readonly [Readonly<Record<string, string>>, readonly number[]]>([
    [{ EQ_readPoint: SITE }, [0]],
    [{ WD_readPoint: SITE }, [0, 1, 2, 3]],
    [{ WD_readPoint: HALL }, [0, 1, 2, 3]],
    [{ WD_readPoint: `${HALL}/254/dock` }, [2]],
    [{ WD_bizLocation: SITE }, [2]],
    [{ WD_bizLocation: 'urn:nowhere:1' }, []],
    [{ HASATTR_readPoint: 'cbvmda:city' }, [0]],
    [{ HASATTR_readPoint: 'ex:colour|ex:none' }, [3]],
    [{ HASATTR_readPoint: 'ex:none' }, []],
    [{ EQ_ATTR_bizLocation_city: 'Paris|Lyon' }, [2]],
    [{ [`EQ_ATTR_bizLocation_${CITY}`]: 'Lyon' }, [2]],
    [{ EQ_ATTR_bizLocation_city: 'Paris' }, []],
    [{ 'EQATTR_readPoint_ex:area': '120.5' }, [0]],
    [{ 'EQ_ATTR_bizStep_ex:gate': 'east' }, [0]],
    [{ 'HASATTR_disposition': 'ex:gate' }, [1]],
    [{ EQ_ATTR_source_name: 'Oil mill' }, [4]],
    [{ EQ_ATTR_destination_name: 'Oil mill' }, []],
    [{ 'HASATTR_bizTransaction': 'ex:terms' }, [4]],
    [{ EQ_ATTR_epcClass_descriptionShort: 'Olive oil' }, [5]],
    [{ 'EQ_ATTR_ex:machine_ex:maker': 'Acme' }, [3]],
    [{ 'HASATTR_ex:machine': 'ex:other' }, []],
  ])('finds by %j events %j', async (parameters, expected) => {
    expect(await numbers(parameters)).toEqual(expected);
  });

  it('lists described places and words beside those that events name', async () => {
    expect((await search.values('bizLocations')).items).toEqual([SITE]);
    expect((await search.values('readPoints')).items).toEqual([SITE, HALL, `${HALL}/254/dock`, ROOM]);
    expect((await search.values('bizSteps')).items).toEqual(['shipping']);
    expect(await search.exists('readPoints', ROOM)).toBe(true);
    expect(await search.exists('bizLocations', ROOM)).toBe(false);
  });

  it('goes by what each organisation said last, and keeps to the height of the first page', async () => {
    const query = parseEventQuery(new Map([['HASATTR_readPoint', 'cbvmda:city']]), new Map());
    if (!query.ok) throw new Error(query.detail);
    chain.append(chain.capture(chain.maker, describing({}, event({ readPoint: { id: SITE } }))));
    await project(dataSource, chain.blocks);
    const first = await search.search(query.value, { perPage: 1 });
    if (!first.ok || first.value.nextCursor === null) throw new Error('one page only');

    // A document of master data alone. The site loses its city and its hall.
    chain.append(chain.capture(chain.maker, describing({ ReadPoint: [{ id: SITE, attributes: [attribute('ex:area', 121)] }] })));
    await project(dataSource, chain.blocks);
    expect(await numbers({ HASATTR_readPoint: 'cbvmda:city', EQ_readPoint: SITE })).toEqual([0, 0]); // as a BusinessLocation it still has one
    expect(await numbers({ WD_readPoint: SITE })).toEqual([0, 0]);
    chain.append(chain.capture(chain.maker, describing({ BusinessLocation: [{ id: SITE }] })));
    await project(dataSource, chain.blocks);
    expect(await numbers({ HASATTR_readPoint: 'cbvmda:city' })).toEqual([]);
    const second = await search.search(query.value, { perPage: 1, after: first.value.nextCursor });
    expect(second).toMatchObject({ ok: true, value: { events: [{ eventIndex: 0 }], nextCursor: null } });

    // Another organisation's claim stands beside the owner's.
    chain.append(chain.capture(chain.carrier, describing({ ReadPoint: [{ id: ROOM, attributes: [attribute('ex:colour', 'azure')] }] })));
    await project(dataSource, chain.blocks);
    expect(await numbers({ 'EQ_ATTR_readPoint_ex:colour': 'blue' })).toEqual([3]);
    expect(await numbers({ 'EQ_ATTR_readPoint_ex:colour': 'azure' })).toEqual([3]);
  });

  it('takes what was said before in the same words for no new version, however blocks are batched', async () => {
    const again = describing({ ReadPoint: [{ id: HALL, attributes: [attribute(CITY, 'Nice')] }] });
    for (const [i] of [0, 1, 2].entries()) chain.append(chain.capture(chain.maker, { ...again, creationDate: `2026-01-0${i + 1}T00:00:00Z` }));
    await project(dataSource, chain.blocks);
    const versions = async (): Promise<unknown> => dataSource.query('SELECT count(*)::int AS count FROM vocabulary_element WHERE key = $1', [HALL]);
    expect(await versions()).toEqual([{ count: 2 }]);
    const before = await checksum(dataSource);
    await dropIndex(dataSource);
    for (const block of chain.blocks) await project(dataSource, [block]);
    expect(await versions()).toEqual([{ count: 2 }]);
    expect(await checksum(dataSource)).toEqual(before);
  });
});
