import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { itemCommissioning, lotCommissioning, productRegistration, transferOffer, transferRejection } from '#trace';
import { idOf, TestChain } from '../testing/test-chain.js';
import { aggregation, CASE, GTIN, itemOf, PALLET, seen } from '../testing/test-events.js';
import { startTestPostgres, type TestPostgres } from '../testing/test-postgres.js';
import { checksum, createIndexDataSource, dropIndex, IndexQueries, migrate, project } from './index.js';

const product = productRegistration({ gtin: GTIN, name: 'Olive oil', description: 'cold pressed', attributes: { organic: true, litres: 0.5 } });

describe('the index', () => {
  let postgres: TestPostgres;
  let dataSource: DataSource;
  let queries: IndexQueries;
  let chain: TestChain;

  beforeAll(async () => {
    postgres = await startTestPostgres(process.env['DATABASE_URL']);
    dataSource = await openIndex();
    queries = new IndexQueries(dataSource);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await postgres.stop();
  });
  beforeEach(async () => {
    await dropIndex(dataSource);
    chain = new TestChain();
  });

  async function openIndex(): Promise<DataSource> {
    const opened = await createIndexDataSource({ url: await postgres.createDatabase(), poolSize: 2 }).initialize();
    await migrate(opened);
    return opened;
  }

  function commission(...serials: string[]): void {
    chain.append(chain.entry(chain.maker, product), chain.entry(chain.maker, itemCommissioning({ gtin: GTIN, serials })));
  }

  describe('projecting', () => {
    it('writes each block once, however often it is offered', async () => {
      commission('A1', 'A2');
      await project(dataSource, chain.blocks);
      const before = await checksum(dataSource);
      expect(await project(dataSource, chain.blocks)).toBe(1);
      expect(await checksum(dataSource)).toEqual(before);
      expect(before.height).toBe(1);
    });

    it('refuses a gap and writes nothing of it', async () => {
      commission('A1');
      chain.append();
      await expect(project(dataSource, chain.blocks.slice(1))).rejects.toMatchObject({ code: 'INDEX_GAP', data: { indexedHeight: -1, height: 1 } });
      expect(await queries.asOf()).toEqual({ height: -1 });
    });

    it('refuses to go on with another chain than the one that is indexed', async () => {
      commission('A1');
      await project(dataSource, chain.blocks);
      const other = new TestChain();
      other.append();
      other.append();
      await expect(project(dataSource, other.blocks)).rejects.toMatchObject({ code: 'INDEX_OTHER_CHAIN' });
      expect(await queries.asOf()).toEqual({ height: 1 });
    });

    it('writes nothing when the transaction breaks off, and everything when it is repeated', async () => {
      commission('A1');
      await project(dataSource, chain.blocks.slice(0, 1));
      const before = await checksum(dataSource);
      await dataSource.query('ALTER TABLE item ADD CONSTRAINT broken CHECK (false)');
      await expect(project(dataSource, chain.blocks)).rejects.toThrow('broken');
      expect(await checksum(dataSource)).toEqual(before);
      await dataSource.query('ALTER TABLE item DROP CONSTRAINT broken');
      expect(await project(dataSource, chain.blocks)).toBe(1);
      expect((await queries.item(itemOf('A1')))?.status).toBe('active');
    });

    it('lets two indexers of one database write nothing twice', async () => {
      commission('A1');
      for (let i = 0; i < 10; i++) chain.append(chain.capture(chain.maker, seen(i, itemOf('A1'), 'inspecting')));
      const second = await createIndexDataSource({ url: dataSource.options.type === 'postgres' ? (dataSource.options.url as string) : '' }).initialize();
      await Promise.all(chain.blocks.map((_, i) => project(i % 2 === 0 ? dataSource : second, chain.blocks.slice(0, i + 1))));
      await second.destroy();
      const history = await queries.itemHistory(itemOf('A1'));
      expect(history?.events.filter((event) => event.type !== null)).toHaveLength(10);
    });

    it('gives the same rows in whatever batches, and after a rebuild', async () => {
      commission('A1', 'A2');
      chain.append(chain.capture(chain.maker, aggregation('ADD', 5, CASE, [itemOf('A1'), itemOf('A2')])));
      // Late reports, on both sides of a possible batch boundary.
      chain.append(chain.capture(chain.maker, aggregation('DELETE', 9, CASE, [])));
      chain.append(chain.capture(chain.maker, aggregation('ADD', 7, PALLET, [CASE])));
      chain.append(chain.capture(chain.maker, aggregation('ADD', 2, PALLET, [itemOf('A1')])));
      const declared = { eventID: 'urn:uuid:5a4d8f5e-5d4c-4c5e-8a1f-000000000001' };
      chain.append(chain.capture(chain.maker, aggregation('ADD', 11, CASE, [itemOf('A2')], declared)));
      chain.append(
        chain.capture(chain.maker, aggregation('ADD', 11, CASE, [itemOf('A2')], { ...declared, errorDeclaration: { declarationTime: '2026-02-02T00:00:00Z', reason: 'did_not_occur' } })),
      );
      await project(dataSource, chain.blocks);
      const atOnce = await checksum(dataSource);

      const other = await openIndex();
      for (const block of chain.blocks) await project(other, [block]);
      expect(await checksum(other)).toEqual(atOnce);
      await other.destroy();

      await dropIndex(dataSource);
      expect(await queries.asOf()).toEqual({ height: -1 });
      expect((await checksum(dataSource)).checksum).not.toBe(atOnce.checksum);
      await project(dataSource, chain.blocks);
      expect(await checksum(dataSource)).toEqual(atOnce);
    });

    it('takes a block that concerns more items than one statement writes', async () => {
      const serials = Array.from({ length: 10_500 }, (_, i) => `S${i}`);
      const parts = Array.from({ length: 11 }, (_, i) => serials.slice(i * 1000, (i + 1) * 1000));
      chain.append(chain.entry(chain.maker, product), ...parts.map((part) => chain.entry(chain.maker, itemCommissioning({ gtin: GTIN, serials: part }))));
      await project(dataSource, chain.blocks);
      const [counted] = await dataSource.query(`SELECT (SELECT count(*)::int FROM item) AS items, (SELECT count(*)::int FROM event_item) AS named`);
      expect(counted).toEqual({ items: 10_500, named: 10_500 });
    });

    it('is not stopped by text that PostgreSQL cannot hold', async () => {
      const entry = chain.entry(chain.maker, { ...product, subject: 'nul \u0000 subject' });
      chain.append(entry);
      await project(dataSource, chain.blocks);
      expect((await queries.entry(idOf(entry)))?.subject).toBe('nul \ufffd subject');
    });
  });

  describe('answers', () => {
    it('organisations with their keys', async () => {
      await project(dataSource, chain.blocks);
      const { items, asOf, nextCursor } = await queries.organizations({});
      expect(items.map((organization) => organization.did)).toEqual([chain.carrier.did, chain.maker.did]);
      expect({ asOf, nextCursor }).toEqual({ asOf: { height: 0 }, nextCursor: null });
      const maker = await queries.organization(chain.maker.did);
      expect(maker).toMatchObject({ roles: ['validator', 'member'], gs1CompanyPrefixes: ['952110'], gln: null, status: 'active', since: 0 });
      expect(maker?.keys.map((key) => [key.purpose, key.validFrom, key.validUntil, key.revoked])).toEqual([
        ['node', 0, null, false],
        ['sign', 0, null, false],
      ]);
      expect(await queries.organization('did:web:nobody.example')).toBeUndefined();
    });

    it('products with what their registration says', async () => {
      const entry = chain.entry(chain.maker, product);
      chain.append(entry);
      await project(dataSource, chain.blocks);
      expect(await queries.product(GTIN)).toEqual({
        gtin: GTIN,
        name: 'Olive oil',
        description: 'cold pressed',
        attributesJson: '{"organic":true,"litres":0.5}',
        owner: chain.maker.did,
        registered: { entryId: idOf(entry), author: chain.maker.did, height: 1, index: 0, blockTime: '2026-01-01T00:00:01.000Z', disputed: false },
        asOf: { height: 1 },
      });
    });

    it('an item as the ledger has it', async () => {
      commission('A1');
      await project(dataSource, chain.blocks);
      expect(await queries.item(itemOf('A1'))).toEqual({
        id: itemOf('A1'),
        owner: chain.maker.did,
        custodian: chain.maker.did,
        container: null,
        lot: null,
        product: GTIN,
        quantity: null,
        status: 'active',
        openTransfer: null,
        openTransfers: { ownership: null, custody: null },
        openRecalls: [],
        findings: [],
        history: { count: 1, digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
        asOf: { height: 1 },
      });
      expect(await queries.item(itemOf('A2'))).toBeUndefined();
      expect(await queries.itemHistory(itemOf('A2'))).toBeUndefined();
    });

    it('a lot with its quantity as written', async () => {
      chain.append(chain.entry(chain.maker, product), chain.entry(chain.maker, lotCommissioning({ gtin: GTIN, lot: 'L1', quantity: { value: '12.50', uom: 'KGM' } })));
      await project(dataSource, chain.blocks);
      expect((await queries.item(`https://id.gs1.org/01/${GTIN}/10/L1`))?.quantity).toEqual({ value: '12.50', uom: 'KGM' });
    });

    it('an offer that expires by height alone', async () => {
      commission('A1');
      const offer = chain.entry(chain.maker, transferOffer({ items: [itemOf('A1')], to: chain.carrier.did, transfers: 'custody', expiresAfterBlocks: 1, reference: 'PO 7' }));
      chain.append(offer);
      chain.append();
      await project(dataSource, chain.blocks);
      expect(await queries.transfer(idOf(offer))).toEqual({
        id: idOf(offer),
        state: 'offered',
        from: chain.maker.did,
        to: chain.carrier.did,
        transfers: 'custody',
        items: [itemOf('A1')],
        content: [itemOf('A1')],
        accepted: [],
        reference: 'PO 7',
        expiresAfterHeight: 3,
        entryId: idOf(offer),
        offered: { entryId: idOf(offer), author: chain.maker.did, height: 2, index: 0, blockTime: '2026-01-01T00:00:02.000Z', disputed: false },
        answered: null,
        reason: null,
        asOf: { height: 3 },
      });
      expect((await queries.item(itemOf('A1')))?.openTransfer).toBe(idOf(offer));

      chain.append();
      await project(dataSource, chain.blocks);
      expect((await queries.transfer(idOf(offer)))?.state).toBe('expired');
      expect((await queries.item(itemOf('A1')))?.openTransfer).toBeNull();
      expect((await queries.transfers({ state: 'offered' })).items).toEqual([]);
      expect((await queries.transfers({ state: 'expired', from: chain.maker.did })).items).toHaveLength(1);
      expect((await queries.transfers({ to: chain.maker.did })).items).toEqual([]);
      expect((await queries.transfers({ party: chain.maker.did })).items).toHaveLength(1);
      expect((await queries.transfers({ party: 'did:web:nobody.example' })).items).toEqual([]);
      expect((await queries.transfers({ disputed: true })).items).toEqual([]);
    });

    it('blocks and their entries', async () => {
      commission('A1');
      await project(dataSource, chain.blocks);
      const { items } = await queries.blocks();
      expect(items.map((block) => [block.height, block.hash, block.entryCount, block.logSize])).toEqual([
        [1, chain.blocks[1]?.block.hash, 2, 2],
        [0, chain.blocks[0]?.block.hash, 0, 0],
      ]);
      expect((await queries.blocks({ before: 1 })).items.map((block) => block.height)).toEqual([0]);
      const entries = await queries.entriesOfBlock(1);
      expect(entries.items.map((entry) => [entry.index, entry.kind])).toEqual([
        [0, 'product.register'],
        [1, 'item.commission'],
      ]);
      expect(await queries.entry(entries.items[1]?.entryId ?? '')).toEqual({ ...entries.items[1], asOf: { height: 1 } });
      expect(await queries.block(2)).toBeUndefined();
    });

    it('findings where the contradiction shows: at the item, the event, the entry', async () => {
      commission('A1');
      const stranger = chain.capture(chain.carrier, seen(3, itemOf('A1'), 'receiving'));
      chain.append(stranger);
      await project(dataSource, chain.blocks);
      const finding = {
        code: 'FINDING_NOT_OWNER_OR_CUSTODIAN',
        item: itemOf('A1'),
        entry: { entryId: idOf(stranger), author: chain.carrier.did, height: 2, index: 0, blockTime: '2026-01-01T00:00:02.000Z', disputed: false },
        eventIndex: 0,
        contradicts: [expect.any(String)],
        detail: expect.any(String),
      };
      expect((await queries.findings(itemOf('A1'))).items).toEqual([finding]);
      expect((await queries.item(itemOf('A1')))?.findings).toEqual([finding]);
      expect((await queries.itemHistory(itemOf('A1')))?.events.map((event) => event.findings.length)).toEqual([0, 1]);
      expect((await queries.entriesOfBlock(2)).items[0]?.findings).toEqual([finding]);
    });

    it('pages that stay in step while rows are added', async () => {
      commission('A1');
      for (let i = 0; i < 5; i++) {
        const offer = chain.entry(chain.maker, transferOffer({ items: [itemOf('A1')], to: chain.carrier.did, transfers: 'both', reference: `${i}` }));
        chain.append(offer);
        chain.append(chain.entry(chain.carrier, transferRejection({ transfer: idOf(offer) })));
      }
      await project(dataSource, chain.blocks);
      const first = await queries.transfers({}, { limit: 2 });
      chain.append(chain.entry(chain.maker, transferOffer({ items: [itemOf('A1')], to: chain.carrier.did, transfers: 'both', reference: 'new' })));
      await project(dataSource, chain.blocks);
      const second = await queries.transfers({}, { limit: 2, cursor: first.nextCursor ?? '' });
      const third = await queries.transfers({}, { limit: 2, cursor: second.nextCursor ?? '' });
      expect([first, second, third].map((page) => page.items.map((transfer) => transfer.reference))).toEqual([['4', '3'], ['2', '1'], ['0']]);
      expect(third.nextCursor).toBeNull();
      await expect(queries.transfers({}, { cursor: 'eyJ4IjoxfQ' })).rejects.toMatchObject({ code: 'INDEX_BAD_CURSOR' });
      await expect(queries.transfers({}, { cursor: second.nextCursor?.slice(0, 5) ?? '' })).rejects.toMatchObject({ code: 'INDEX_BAD_CURSOR' });
    });

    it('nothing but an answer to parameters that look like SQL or hold what SQL cannot', async () => {
      commission('A1');
      await project(dataSource, chain.blocks);
      const before = await checksum(dataSource);
      for (const hostile of [`'; DROP TABLE item; --`, `' OR ''='`, 'nul \u0000', '$1', '\ud800', '%', `x${"'".repeat(500)}`]) {
        expect(await queries.item(hostile)).toBeUndefined();
        expect(await queries.itemHistory(hostile)).toBeUndefined();
        expect(await queries.organization(hostile)).toBeUndefined();
        expect(await queries.product(hostile)).toBeUndefined();
        expect(await queries.transfer(hostile)).toBeUndefined();
        expect(await queries.entry(hostile)).toBeUndefined();
        expect((await queries.transfers({ from: hostile, to: hostile })).items).toEqual([]);
        expect((await queries.findings(hostile)).items).toEqual([]);
        await expect(queries.products({ cursor: hostile })).rejects.toMatchObject({ code: 'INDEX_BAD_CURSOR' });
      }
      expect(await checksum(dataSource)).toEqual(before);
    });
  });
});
