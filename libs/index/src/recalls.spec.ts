import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import {
  lotCommissioning,
  lotKey,
  itemCommissioning,
  productRegistration,
  recallAcknowledgement,
  recallClosing,
  recallOpening,
  transferAcceptance,
  transferOffer,
} from '#trace';
import { idOf, TestChain, testOrganization, type TestOrganization } from '../testing/test-chain.js';
import { startTestPostgres, type TestPostgres } from '../testing/test-postgres.js';
import { createIndexDataSource, dropIndex, IndexQueries, migrate, project } from './index.js';

const GTIN = '09521101530001';
const LOT = lotKey(GTIN, 'L1');
const retailer = testOrganization('retailer', 3);
const baker = testOrganization('baker', 4);
const at = (minute: number): object => ({ eventTime: `2026-02-01T10:${String(minute).padStart(2, '0')}:00.000Z`, eventTimeZoneOffset: '+00:00' });
const amounts = (quantity: number, uom = 'KGM', epcClass = LOT): object => ({ epcClass, quantity, uom });
const object = (minute: number, action: string, bizStep: string, quantity: object, more: object = {}): object => ({
  type: 'ObjectEvent',
  action,
  bizStep,
  quantityList: [quantity],
  ...at(minute),
  ...more,
});
const use = (minute: number, quantity: object, more: object = {}): object => ({
  type: 'TransformationEvent',
  inputQuantityList: [quantity],
  outputEPCList: [`urn:example:soap:${minute}`],
  ...at(minute),
  ...more,
});

describe('lots, findings and recalls in the index', () => {
  let postgres: TestPostgres;
  let dataSource: DataSource;
  let queries: IndexQueries;
  let chain: TestChain;

  beforeAll(async () => {
    postgres = await startTestPostgres(process.env['DATABASE_URL']);
    dataSource = await createIndexDataSource({ url: await postgres.createDatabase(), poolSize: 2 }).initialize();
    await migrate(dataSource);
    queries = new IndexQueries(dataSource);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await postgres.stop();
  });
  beforeEach(async () => {
    await dropIndex(dataSource);
    chain = new TestChain([retailer, baker]);
    chain.append(
      chain.entry(chain.maker, productRegistration({ gtin: GTIN, name: 'Olive oil' })),
      chain.entry(chain.maker, lotCommissioning({ gtin: GTIN, lot: 'L1', quantity: { value: '100.5', uom: 'KGM' } })),
    );
  });

  function capture(...events: (readonly [TestOrganization, object])[]): string[] {
    const entries = events.map(([author, event]) => chain.capture(author, event));
    chain.append(...entries);
    return entries.map(idOf);
  }

  async function balance(lot = LOT) {
    await project(dataSource, chain.blocks);
    const found = await queries.lotBalance(lot);
    if (found === undefined) throw new Error(`no lot ${lot}`);
    return found;
  }

  describe('the balance of a lot', () => {
    it('adds up over organisations and units, exactly', async () => {
      capture(
        [chain.maker, object(1, 'ADD', 'creating_class_instance', amounts(500, 'GRM'))],
        [chain.maker, object(2, 'OBSERVE', 'shipping', amounts(60.123456789))],
        [chain.carrier, object(3, 'OBSERVE', 'receiving', amounts(60))],
        [chain.carrier, use(4, amounts(20.1))],
        [chain.carrier, object(5, 'DELETE', 'destroying', amounts(0.9))],
        [chain.carrier, object(6, 'OBSERVE', 'inspecting', amounts(39))],
        [chain.carrier, object(7, 'DELETE', 'retail_selling', amounts(9))],
      );
      const { units, findings, uncounted } = await balance();
      const none = { created: '0', consumed: '0', waste: '0', shipped: '0', received: '0', onHand: '0', excess: '0' };
      expect(units).toEqual([
        {
          unit: 'KGM',
          created: '101',
          consumed: '20.1',
          waste: '0.9',
          shipped: '69.123456789',
          received: '60',
          onHand: '70.876543211',
          excess: '0',
          away: '9.123456789',
          unitMismatch: false,
          organizations: [
            { organization: chain.carrier.did, ...none, consumed: '20.1', waste: '0.9', shipped: '9', received: '60', onHand: '30' },
            { organization: chain.maker.did, ...none, created: '101', shipped: '60.123456789', onHand: '40.876543211' },
          ],
        },
      ]);
      expect([findings, uncounted]).toEqual([[], 0]);
    });

    it('shows what is too much with its finding, and does not count it', async () => {
      const [first] = capture([chain.carrier, use(1, amounts(60))]);
      capture([retailer, use(2, amounts(60))]);
      const { units, findings } = await balance();
      expect(units).toMatchObject([
        { consumed: '60', excess: '60', onHand: '40.5', organizations: [{ onHand: '-60' }, { onHand: '100.5' }, { excess: '60', onHand: '0' }] },
      ]);
      expect(findings).toMatchObject([{ code: 'FINDING_CONSUMED_MORE_THAN_PRODUCED', contradicts: [expect.any(String), first] }]);
    });

    it('leaves out what was taken back, what others say they created, and what cannot be counted', async () => {
      const eventID = 'urn:uuid:11111111-1111-4111-8111-111111111111';
      capture([chain.carrier, use(1, amounts(60), { eventID })]);
      capture([chain.carrier, use(1, amounts(60), { eventID, errorDeclaration: { declarationTime: '2026-02-02T00:00:00Z' } })]);
      capture([retailer, object(2, 'ADD', 'commissioning', amounts(7))]);
      capture([retailer, use(3, amounts(0))], [retailer, use(4, amounts(1e99))]);
      expect(await balance()).toMatchObject({ units: [{ created: '100.5', consumed: '0', excess: '0' }], uncounted: 2 });
    });

    it('keeps units apart that cannot be compared, and says so', async () => {
      capture([chain.carrier, use(1, amounts(3, 'LTR'))]);
      expect((await balance()).units).toMatchObject([
        { unit: 'KGM', unitMismatch: false },
        { unit: 'LTR', created: '0', consumed: '3', unitMismatch: true },
      ]);
    });

    it('follows the whole lot when it is transferred', async () => {
      capture([chain.maker, use(1, amounts(0.5))]);
      const offer = chain.entry(chain.maker, transferOffer({ items: [LOT], to: retailer.did, transfers: 'both' }));
      chain.append(offer);
      chain.append(chain.entry(retailer, transferAcceptance({ transfer: idOf(offer) })));
      capture([retailer, use(2, amounts(40))]);
      expect((await balance()).units).toMatchObject([
        {
          onHand: '60',
          away: '0',
          organizations: [
            { organization: chain.maker.did, shipped: '100', onHand: '0' },
            { organization: retailer.did, received: '100', consumed: '40', onHand: '60' },
          ],
        },
      ]);
    });

    it('counts the serial-numbered items of a lot, also of one that only its items name', async () => {
      chain.append(chain.entry(chain.maker, itemCommissioning({ gtin: GTIN, serials: ['1', '2'], lot: 'L2' })));
      expect(await balance(lotKey(GTIN, 'L2'))).toMatchObject({
        units: [],
        items: [{ organization: chain.maker.did, status: 'active', count: 2 }],
      });
      expect(await queries.lotBalance(lotKey(GTIN, 'L3'))).toBeUndefined();
    });
  });

  describe('findings', () => {
    it('are listed newest first, by code, item and author, page by page', async () => {
      capture([chain.carrier, use(1, amounts(200))], [retailer, use(2, amounts(200))], [retailer, object(3, 'ADD', 'commissioning', amounts(7))]);
      await project(dataSource, chain.blocks);
      const list = async (filter: Parameters<IndexQueries['findingList']>[0]) =>
        (await queries.findingList(filter)).items.map(({ code, entry }) => `${code} ${entry.author}`);
      const tooMuch = (author: TestOrganization): string => `FINDING_CONSUMED_MORE_THAN_PRODUCED ${author.did}`;
      const twice = `FINDING_COMMISSIONED_TWICE ${retailer.did}`;
      expect(await list({})).toEqual([twice, tooMuch(retailer), tooMuch(chain.carrier)]);
      expect(await list({ code: 'FINDING_COMMISSIONED_TWICE' })).toEqual([twice]);
      expect(await list({ author: chain.carrier.did })).toEqual([tooMuch(chain.carrier)]);
      expect(await list({ item: LOT, author: retailer.did })).toEqual([twice, tooMuch(retailer)]);
      expect(await list({ item: 'urn:example:other' })).toEqual([]);

      const pages: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page = await queries.findingList({}, { limit: 1, ...(cursor !== '' && { cursor }) });
        pages.push(...page.items.map(({ code, entry }) => `${code} ${entry.author}`));
        cursor = page.nextCursor;
      }
      expect(pages).toEqual(await list({}));
    });
  });

  describe('a recall', () => {
    it('is shown with the latest answer of each organisation, and at the items that it calls back', async () => {
      const item = `https://id.gs1.org/01/${GTIN}/21/1`;
      chain.append(chain.entry(chain.maker, itemCommissioning({ gtin: GTIN, serials: ['1'], lot: 'L1' })));
      const window = { from: '2026-01-01T00:00:00Z' };
      const opening = chain.entry(chain.maker, recallOpening({ title: 'Glass', reason: 'Splinters', class: 'I', items: [LOT], window }));
      chain.append(opening);
      const recall = idOf(opening);
      chain.append(chain.entry(retailer, recallAcknowledgement({ recall, note: 'We look.' })));
      const quantities = [{ item: LOT, uom: 'KGM', found: 10, destroyed: '9.50' }];
      const second = chain.entry(retailer, recallAcknowledgement({ recall, quantities }));
      chain.append(second, chain.entry(chain.carrier, recallAcknowledgement({ recall })));
      await project(dataSource, chain.blocks);

      const open = await queries.recall(recall);
      expect(open).toMatchObject({
        id: recall,
        state: 'open',
        openedBy: chain.maker.did,
        title: 'Glass',
        class: 'I',
        window: { from: '2026-01-01T00:00:00Z', to: null },
        instructions: null,
        items: [LOT],
        itemCount: 1,
        acknowledgedBy: [chain.carrier.did, retailer.did],
        closed: null,
        acknowledgements: [
          { organization: chain.carrier.did, count: 1, note: null, quantities: [] },
          {
            organization: retailer.did,
            count: 2,
            entry: { entryId: idOf(second) },
            quantities: [{ item: LOT, uom: 'KGM', found: '10', held: null, returned: null, destroyed: '9.50', sold: null }],
          },
        ],
      });
      expect((await queries.item(LOT))?.openRecalls).toEqual([recall]);
      expect((await queries.item(item))?.openRecalls).toEqual([recall]); // its lot is called back
      expect((await queries.lotBalance(LOT))?.openRecalls).toEqual([recall]);

      const closing = chain.entry(chain.maker, recallClosing({ recall, note: 'All found.' }));
      chain.append(closing);
      await project(dataSource, chain.blocks);
      expect(await queries.recall(recall)).toMatchObject({ state: 'closed', closed: { entryId: idOf(closing) }, closingNote: 'All found.' });
      expect((await queries.item(LOT))?.openRecalls).toEqual([]);
      const history = await queries.itemHistory(LOT);
      expect(history?.events.map(({ kind, roles }) => [kind, ...roles])).toEqual([
        ['lot.commission', 'epc'],
        ['recall.open', 'recalled'],
        ['recall.close', 'recalled'],
      ]);
      expect((await queries.item(LOT))?.history.count).toBe(history?.events.length);
    });

    it('is found by state, opener and target, newest first', async () => {
      const [first, second] = ['L1', 'L2'].map((lot) =>
        chain.entry(chain.maker, recallOpening({ title: lot, reason: 'x', items: [lotKey(GTIN, lot)] })),
      ) as [ReturnType<TestChain['entry']>, ReturnType<TestChain['entry']>];
      chain.append(first, second);
      chain.append(chain.entry(chain.maker, recallClosing({ recall: idOf(first) })));
      await project(dataSource, chain.blocks);
      const titles = async (filter: Parameters<IndexQueries['recalls']>[0]) => (await queries.recalls(filter)).items.map(({ title }) => title);
      expect(await titles({})).toEqual(['L2', 'L1']);
      expect(await titles({ state: 'open' })).toEqual(['L2']);
      expect(await titles({ state: 'closed', openedBy: chain.maker.did })).toEqual(['L1']);
      expect(await titles({ openedBy: retailer.did })).toEqual([]);
      expect(await titles({ item: LOT })).toEqual(['L1']);
      const page = await queries.recalls({}, { limit: 1 });
      expect((await queries.recalls({}, { limit: 1, cursor: page.nextCursor as string })).items.map(({ title }) => title)).toEqual(['L1']);
      expect(await queries.recall('00'.repeat(32))).toBeUndefined();
    });
  });

  describe('the impact of a recall', () => {
    const SOAP = 'urn:example:lot:soap-1';
    const CREAM = 'urn:example:lot:cream-1';
    const CASE = 'https://id.gs1.org/00/095211010000000016';
    const BOTTLES = ['1', '2', '3'].map((serial) => `https://id.gs1.org/01/${GTIN}/21/${serial}`);
    const create = (minute: number, lot: string, quantity: number): object => object(minute, 'ADD', 'commissioning', amounts(quantity, 'KGM', lot));
    const make = (minute: number, inputs: object[], output: object): object => ({
      type: 'TransformationEvent',
      inputQuantityList: inputs,
      outputQuantityList: [output],
      ...at(minute),
    });

    /** The oil goes into soap (a quarter of it) and cream, the soap in part to the retailer, the cream to the carrier and on its way. */
    function supplyChain(): void {
      capture([baker, create(1, 'urn:example:lot:lye', 90)], [baker, create(2, 'urn:example:lot:wax', 10)]);
      capture(
        [chain.maker, object(3, 'OBSERVE', 'shipping', amounts(60))],
        [baker, object(4, 'OBSERVE', 'receiving', amounts(60))],
        [baker, make(5, [amounts(30), amounts(90, 'KGM', 'urn:example:lot:lye')], amounts(100, 'KGM', SOAP))],
        [baker, make(20, [amounts(30), amounts(10, 'KGM', 'urn:example:lot:wax')], amounts(40, 'KGM', CREAM))],
        [baker, object(21, 'OBSERVE', 'shipping', amounts(60, 'KGM', SOAP))],
        [retailer, object(22, 'OBSERVE', 'receiving', amounts(60, 'KGM', SOAP))],
        [baker, object(23, 'OBSERVE', 'shipping', amounts(40, 'KGM', CREAM))],
        [chain.carrier, object(24, 'OBSERVE', 'receiving', amounts(25, 'KGM', CREAM))],
      );
    }

    async function impact(items: readonly string[], window: { fromMs?: number; toMs?: number } = {}) {
      await project(dataSource, chain.blocks);
      return queries.recallImpact({ items, ...window });
    }

    it('names what was made of a raw lot, who has how much of it, and what nobody says', async () => {
      supplyChain();
      const found = await impact([LOT]);
      expect(found.affected.map(({ id, as, depth, share }) => [id, as, depth, share])).toEqual([
        [LOT, 'target', 0, '1'],
        [CREAM, 'product', 1, '0.75'],
        [SOAP, 'product', 1, '0.25'],
      ]);
      expect(found.affected.find(({ id }) => id === SOAP)).toMatchObject({
        quantities: [{ unit: 'KGM', created: '100', affected: '25', onHand: '100', away: '0' }],
        holders: [
          { organization: baker.did, unit: 'KGM', quantity: '40' },
          { organization: retailer.did, unit: 'KGM', quantity: '60' },
        ],
      });
      expect(found.organizations).toEqual([
        { organization: baker.did, name: 'Organisation 3', items: 0, lots: 1, quantities: [{ unit: 'KGM', onHand: '40' }] },
        { organization: chain.carrier.did, name: 'Organisation 1', items: 0, lots: 1, quantities: [{ unit: 'KGM', onHand: '25' }] },
        { organization: chain.maker.did, name: 'Organisation 0', items: 0, lots: 1, quantities: [{ unit: 'KGM', onHand: '40.5' }] },
        { organization: retailer.did, name: 'Organisation 2', items: 0, lots: 1, quantities: [{ unit: 'KGM', onHand: '60' }] },
      ]);
      expect(found.unknown).toEqual({
        targets: [],
        tombstones: [],
        away: [{ item: CREAM, unit: 'KGM', quantity: '15' }],
        withoutQuantity: [],
        withoutShare: [],
        withoutHolder: [],
      });
      expect(found.isComplete).toBe(false);
    });

    it('looks only at what was made of the targets in the window', async () => {
      supplyChain();
      const minute = (of: number): number => Date.UTC(2026, 1, 1, 10, of);
      const made = async (fromMs: number, toMs: number) => (await impact([LOT], { fromMs, toMs })).affected.map(({ id }) => id);
      expect(await made(minute(0), minute(10))).toEqual([LOT, SOAP]);
      expect(await made(minute(15), minute(30))).toEqual([LOT, CREAM]);
      expect(await made(minute(40), minute(50))).toEqual([LOT]);
    });

    it('finds the serials of a lot and what carries them, not what lies beside them', async () => {
      chain.append(
        chain.entry(chain.maker, itemCommissioning({ gtin: GTIN, serials: ['1', '2'], lot: 'L2' })),
        chain.entry(chain.maker, itemCommissioning({ gtin: GTIN, serials: ['3'], lot: 'L3' })),
      );
      capture([chain.maker, { type: 'AggregationEvent', action: 'ADD', parentID: CASE, childEPCs: BOTTLES, bizStep: 'packing', ...at(1) }]);
      const found = await impact([lotKey(GTIN, 'L2'), 'urn:example:never-seen']);
      expect(found.affected.map(({ id, as }) => [id, as])).toEqual([
        [lotKey(GTIN, 'L2'), 'target'],
        [BOTTLES[0], 'member'],
        [BOTTLES[1], 'member'],
        [CASE, 'carrier'],
      ]);
      expect(found.organizations).toMatchObject([{ organization: chain.maker.did, items: 2, lots: 0 }]);
      expect(found.unknown).toMatchObject({ targets: ['urn:example:never-seen'], withoutQuantity: [], withoutShare: [] });
    });
  });
});
