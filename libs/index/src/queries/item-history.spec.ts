import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { itemCommissioning, productRegistration, transferAcceptance, transferOffer } from '#trace';
import { idOf, TestChain } from '../../testing/test-chain.js';
import { aggregation, CASE, GTIN, itemOf, PALLET, seen } from '../../testing/test-events.js';
import { startTestPostgres, type TestPostgres } from '../../testing/test-postgres.js';
import { createIndexDataSource, dropIndex, IndexQueries, migrate, project } from '../index.js';

describe('the history of an item', () => {
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
    chain = new TestChain();
  });

  /** Steps of a history as `minute bizStep`, those of containers with `<` and the container's last digits. */
  async function historyOf(item: string): Promise<string[]> {
    const history = await queries.itemHistory(item);
    return (history?.events ?? [])
      .filter((event) => event.type !== null)
      .map((event) => `${event.eventTime.slice(14, 16)} ${event.bizStep}${event.inheritedFrom === null ? '' : ` < ${event.inheritedFrom.slice(-2)}`}`);
  }

  function commission(...serials: string[]): void {
    chain.append(chain.entry(chain.maker, productRegistration({ gtin: GTIN, name: 'Olive oil' })), chain.entry(chain.maker, itemCommissioning({ gtin: GTIN, serials })));
  }

  it('holds its own events and those of its containers while it was inside, however deep', async () => {
    commission('A1', 'A2');
    chain.append(chain.capture(chain.maker, seen(1, CASE, 'picking')));
    chain.append(chain.capture(chain.maker, aggregation('ADD', 2, CASE, [itemOf('A1')])));
    chain.append(chain.capture(chain.maker, seen(3, PALLET, 'commissioning')));
    chain.append(chain.capture(chain.maker, aggregation('ADD', 4, PALLET, [CASE])));
    chain.append(chain.capture(chain.maker, seen(5, PALLET, 'shipping')));
    chain.append(chain.capture(chain.maker, aggregation('ADD', 6, CASE, [itemOf('A2')])));
    chain.append(chain.capture(chain.maker, aggregation('DELETE', 7, PALLET, [CASE])));
    chain.append(chain.capture(chain.maker, seen(8, PALLET, 'loading')));
    chain.append(chain.capture(chain.maker, seen(9, CASE, 'receiving')));
    chain.append(chain.capture(chain.maker, aggregation('DELETE', 10, CASE, [itemOf('A1')])));
    chain.append(chain.capture(chain.maker, seen(11, CASE, 'storing')));
    await project(dataSource, chain.blocks);

    expect(await historyOf(itemOf('A1'))).toEqual([
      '02 packing',
      '04 packing < 16',
      '05 shipping < 23',
      '07 unpacking < 16',
      '09 receiving < 16',
      '10 unpacking',
    ]);
    expect(await historyOf(itemOf('A2'))).toEqual(['06 packing', '07 unpacking < 16', '09 receiving < 16', '11 storing < 16']);
    const events = (await queries.itemHistory(itemOf('A1')))?.events ?? [];
    expect(events.find((event) => event.bizStep === 'shipping')).toMatchObject({
      kind: 'epcis.capture',
      type: 'ObjectEvent',
      action: 'OBSERVE',
      eventId: expect.stringMatching(/^urn:uuid:/),
      eventTime: '2026-02-01T10:05:00.000Z',
      eventTimeZoneOffset: '+00:00',
      roles: ['epc'],
      inheritedFrom: PALLET,
      author: chain.maker.did,
      height: 6,
      index: 0,
      blockTime: '2026-01-01T00:00:06.000Z',
      supersededBy: null,
    });
  });

  it('holds a late report of what happened to the container, and not what happened after', async () => {
    commission('A1');
    chain.append(chain.capture(chain.maker, aggregation('ADD', 2, CASE, [itemOf('A1')])));
    chain.append(chain.capture(chain.maker, aggregation('DELETE', 6, CASE, [])));
    chain.append(chain.capture(chain.maker, seen(8, CASE, 'storing')));
    chain.append(chain.capture(chain.maker, seen(4, CASE, 'shipping')));
    await project(dataSource, chain.blocks);
    expect(await historyOf(itemOf('A1'))).toEqual(['02 packing', '04 shipping < 16', '06 unpacking < 16']);
  });

  it('takes events with one and the same time in the order of the chain', async () => {
    commission('A1');
    chain.append(chain.capture(chain.maker, seen(2, CASE, 'inspecting')));
    chain.append(chain.capture(chain.maker, aggregation('ADD', 2, CASE, [itemOf('A1')])));
    chain.append(chain.capture(chain.maker, seen(2, CASE, 'shipping')));
    chain.append(chain.capture(chain.maker, aggregation('DELETE', 2, CASE, [itemOf('A1')])));
    chain.append(chain.capture(chain.maker, seen(2, CASE, 'storing')));
    await project(dataSource, chain.blocks);
    expect(await historyOf(itemOf('A1'))).toEqual(['02 packing', '02 shipping < 16', '02 unpacking']);
  });

  it('does not follow a packing that was declared an error, nor one whose author had no right to it', async () => {
    commission('A1', 'A2');
    const eventID = 'urn:uuid:5a4d8f5e-5d4c-4c5e-8a1f-000000000002';
    const mistake = aggregation('ADD', 2, CASE, [itemOf('A1')], { eventID });
    chain.append(chain.capture(chain.maker, mistake));
    chain.append(chain.capture(chain.maker, seen(3, CASE, 'shipping')));
    chain.append(chain.capture(chain.carrier, aggregation('ADD', 3, PALLET, [itemOf('A2')])));
    chain.append(chain.capture(chain.carrier, seen(4, PALLET, 'shipping')));
    await project(dataSource, chain.blocks);
    expect(await historyOf(itemOf('A1'))).toEqual(['02 packing', '03 shipping < 16']);

    const declaration = chain.capture(chain.maker, { ...mistake, errorDeclaration: { declarationTime: '2026-02-02T00:00:00Z', reason: 'did_not_occur' } });
    chain.append(declaration);
    await project(dataSource, chain.blocks);
    expect(await historyOf(itemOf('A1'))).toEqual(['02 packing', '02 packing']);
    const [, packed, declared] = (await queries.itemHistory(itemOf('A1')))?.events ?? [];
    expect([packed?.supersededBy, packed?.isErrorDeclaration]).toEqual([idOf(declaration), false]);
    expect([declared?.supersededBy, declared?.isErrorDeclaration]).toEqual([null, true]);
    expect(await historyOf(itemOf('A2'))).toEqual(['03 packing']);
  });

  it('holds the acts: commissioning, offer and answer, with their signers', async () => {
    commission('A1');
    chain.append(chain.capture(chain.maker, aggregation('ADD', 1, CASE, [itemOf('A1')])));
    const offer = chain.entry(chain.maker, transferOffer({ items: [CASE], to: chain.carrier.did, transfers: 'both' }));
    const answer = chain.entry(chain.carrier, transferAcceptance({ transfer: idOf(offer), reason: 'one "dented"' }));
    chain.append(offer);
    chain.append(answer);
    await project(dataSource, chain.blocks);
    const history = await queries.itemHistory(itemOf('A1'));
    const acts = history?.events.filter((event) => event.type === null) ?? [];
    expect(acts.map((event) => [event.kind, event.author, event.height, event.roles, event.inheritedFrom])).toEqual([
      ['item.commission', chain.maker.did, 1, ['epc'], null],
      ['transfer.offer', chain.maker.did, 3, ['transferred'], null],
      ['transfer.accept', chain.carrier.did, 4, ['transferred'], null],
    ]);
    expect(acts[2]?.entryId).toBe(idOf(answer));
    expect(JSON.parse(acts[2]?.json ?? '')).toEqual({ transfer: idOf(offer), reason: 'one "dented"' });
    expect(await queries.item(itemOf('A1'))).toMatchObject({ owner: chain.carrier.did, custodian: chain.carrier.did, container: CASE, openTransfer: null });
    expect(await queries.transfer(idOf(offer))).toMatchObject({ state: 'accepted', accepted: [CASE], answered: { entryId: idOf(answer) }, reason: 'one "dented"' });
  });

  it('has as many own entries as the digest in the ledger counts', async () => {
    commission('A1');
    chain.append(
      chain.capture(chain.maker, aggregation('ADD', 1, CASE, [itemOf('A1')])),
      chain.capture(chain.maker, seen(2, CASE, 'shipping')),
      chain.capture(chain.maker, seen(3, itemOf('A1'), 'inspecting')),
    );
    await project(dataSource, chain.blocks);
    const own = (await queries.itemHistory(itemOf('A1')))?.events.filter((event) => event.inheritedFrom === null) ?? [];
    expect(new Set(own.map((event) => event.entryId)).size).toBe((await queries.item(itemOf('A1')))?.history.count);
  });

  it('comes in pages that put together are the whole', async () => {
    commission('A1');
    for (let i = 0; i < 7; i++) chain.append(chain.capture(chain.maker, seen(30 - (i % 4), itemOf('A1'), 'inspecting', { 'example:run': i })));
    await project(dataSource, chain.blocks);
    const whole = (await queries.itemHistory(itemOf('A1')))?.events ?? [];
    const pages = [];
    let cursor: string | null | undefined;
    do {
      const page = await queries.itemHistory(itemOf('A1'), { limit: 3, ...(typeof cursor === 'string' ? { cursor } : {}) });
      pages.push(...(page?.events ?? []));
      cursor = page?.nextCursor;
    } while (typeof cursor === 'string');
    expect(whole).toHaveLength(8);
    expect(pages).toEqual(whole);
  });

  it('keeps the text of an event exactly as its author wrote it', async () => {
    commission('A1');
    const event = { ...seen(1, itemOf('A1'), 'inspecting'), 'example:weight': '1.50' };
    const entry = chain.capture(chain.maker, event);
    chain.append(entry);
    await project(dataSource, chain.blocks);
    const recorded = (await queries.itemHistory(itemOf('A1')))?.events.at(-1);
    expect(recorded?.json).toBe(Buffer.from(entry.content).toString());
  });
});
