import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { createIndexDataSource, IndexQueries, migrate, project } from '#index';
import { keyIdOf, portableSigner } from '#identity';
import {
  itemCommissioning,
  keyRevocation,
  keyRotation,
  lotCommissioning,
  productRegistration,
  recallClosing,
  recallOpening,
  transferAcceptance,
  transferOffer,
} from '#trace';
import { idOf, TestChain, testOrganization, type TestOrganization } from '../../../../libs/index/testing/test-chain.js';
import { aggregation, at, CASE, GTIN, itemOf, seen } from '../../../../libs/index/testing/test-events.js';
import type { TestPostgres } from '../../../../libs/index/testing/test-postgres.js';
import type { AppParts } from '../../src/http/parts.js';
import { API_KEY, startTestApp, type TestApp } from '../start-test-app.js';

export const ORIGIN = 'https://trace.maker.example';
/** Whatever an author may try to get into a page. */
export const HOSTILE_NAME = `<script>alert(1)</script>"'&<img src=x onerror=alert(2)>`;
export const HOSTILE_SERIAL = `<b>"'&/%`;
export const PLACE = 'https://id.gs1.org/414/9521101000009';
/** Of a company prefix that nobody on the network has. */
export const UNREGISTERED = 'https://id.gs1.org/01/09506000134352/21/1';
export const HOSTILE_GTIN = '09521101530018';

const lotOf = (lot: string): string => `https://id.gs1.org/01/${GTIN}/10/${lot}`;
export const path = (serial: string, lot?: string): string =>
  `/01/${GTIN}${lot === undefined ? '' : `/10/${lot}`}/21/${encodeURIComponent(serial)}`;

/** A real index of goods in every state that a page tells of, over real entries. */
export interface RecordedGoods {
  readonly queries: IndexQueries;
  /** Entry ids of the offer and its acceptance of item `OK1`. */
  readonly handover: readonly [offer: string, acceptance: string];
  readonly recall: string;
  /** The whole application over it; nothing but what is public is asked for, so the node behind may be a fake. */
  serve(config?: Pick<AppParts['config'], 'publicPage' | 'access'>): Promise<TestApp>;
  close(): Promise<void>;
}

export async function recordGoods(postgres: TestPostgres): Promise<RecordedGoods> {
  const dataSource = await createIndexDataSource({ url: await postgres.createDatabase(), poolSize: 4 }).initialize();
  await migrate(dataSource);
  const chain = new TestChain([testOrganization('stranger', 3)]);
  const ids = record(chain);
  await project(dataSource, chain.blocks);
  return { ...ids, ...served(dataSource) };
}

function served(dataSource: DataSource): Pick<RecordedGoods, 'queries' | 'serve' | 'close'> {
  const queries = new IndexQueries(dataSource);
  return {
    queries,
    serve: ({ publicPage, access } = {}) =>
      startTestApp({
        index: queries,
        config: {
          apiKeySha256: createHash('sha256').update(API_KEY).digest('hex'),
          publicReads: false,
          publicPage,
          access: { origin: ORIGIN, ...access },
        },
      }),
    close: () => dataSource.destroy(),
  };
}

function record(chain: TestChain): Pick<RecordedGoods, 'handover' | 'recall'> {
  const { maker, carrier } = chain;
  const stranger = testOrganization('stranger', 3);
  const commission = (serials: readonly string[], lot?: string, attributes?: Record<string, string>) =>
    chain.append(chain.entry(maker, itemCommissioning({ gtin: GTIN, serials, lot, attributes })));
  const handOver = (serials: readonly string[]): readonly [string, string] => {
    const offer = chain.entry(
      maker,
      transferOffer({ items: serials.map(itemOf), to: carrier.did, transfers: 'both', reference: 'secret order 4711' }),
    );
    chain.append(offer);
    const acceptance = chain.entry(carrier, transferAcceptance({ transfer: idOf(offer) }));
    chain.append(acceptance);
    return [idOf(offer), idOf(acceptance)];
  };
  const capture = (author: TestOrganization, event: object) => chain.append(chain.capture(author, event));

  const admin = { did: carrier.did, signer: portableSigner(new Uint8Array(32).fill(52)) };
  chain.append(
    chain.entry(
      maker,
      productRegistration({ gtin: GTIN, name: 'Olive oil, 500 ml', attributes: { name_zh: '橄榄油 500 毫升' } }),
    ),
    chain.entry(maker, productRegistration({ gtin: HOSTILE_GTIN, name: HOSTILE_NAME })),
    chain.entry(
      carrier,
      keyRotation({ purpose: 'admin', publicKey: admin.signer.publicKey, proof: new Uint8Array(64) }),
    ),
  );
  commission(['OK1', 'DISPUTED1', 'STRANGER1', 'SOLD1', 'GONE1'], 'L1');
  commission(['RECALLED1'], 'BAD');
  commission(['EXPIRED1'], 'OLD');
  commission(['FRESH1'], undefined, { expirationDate: '2999-12-31', bestBeforeDate: '2999-06-30' });
  chain.append(
    chain.entry(maker, itemCommissioning({ gtin: HOSTILE_GTIN, serials: [HOSTILE_SERIAL] })),
    chain.entry(maker, lotCommissioning({ gtin: GTIN, lot: 'BAD', quantity: { value: '12.50', uom: 'KGM' } })),
    ...['OVER', 'FINE'].map((lot) =>
      chain.entry(maker, lotCommissioning({ gtin: GTIN, lot, quantity: { value: '10', uom: 'KGM' } })),
    ),
    chain.entry(
      maker,
      lotCommissioning({
        gtin: GTIN,
        lot: 'OLD',
        quantity: { value: '10', uom: 'KGM' },
        attributes: { expirationDate: '2020-01-31' },
      }),
    ),
  );
  capture(maker, {
    type: 'ObjectEvent',
    action: 'ADD',
    bizStep: 'commissioning',
    epcList: [itemOf('EXPIRED2')],
    ilmd: { 'cbvmda:itemExpirationDate': '2021-05-01' },
    ...at(0),
  });
  const handover = handOver(['OK1', 'DISPUTED1']);
  capture(maker, aggregation('ADD', 1, CASE, [itemOf('STRANGER1')]));
  capture(maker, seen(2, CASE, 'shipping', { bizLocation: { id: PLACE } }));
  capture(maker, seen(3, itemOf('SOLD1'), 'retail_selling', { bizLocation: { id: PLACE } }));
  capture(maker, { ...seen(4, itemOf('GONE1'), 'destroying'), action: 'DELETE' });
  const lotEvent = (lot: string, quantity: number) => ({
    type: 'ObjectEvent',
    action: 'DELETE',
    bizStep: 'destroying',
    quantityList: [{ epcClass: lotOf(lot), quantity, uom: 'KGM' }],
    ...at(4),
  });
  capture(maker, lotEvent('OVER', 11));
  capture(stranger, lotEvent('FINE', 11));
  // Who has no say in it says something about it.
  capture(stranger, seen(5, itemOf('STRANGER1'), 'receiving'));
  capture(stranger, seen(5, itemOf('STRANGER1'), 'retail_selling'));
  capture(stranger, { ...seen(5, UNREGISTERED, 'commissioning'), action: 'ADD' });
  capture(stranger, seen(5, itemOf('NOBODYS1'), 'receiving'));
  const disputedFrom = capture(carrier, seen(6, itemOf('DISPUTED1'), 'receiving'));
  chain.append(
    chain.entry(
      admin,
      keyRevocation({
        keyId: keyIdOf(carrier.signer.publicKey),
        notTrustedFrom: disputedFrom,
        reason: 'stolen laptop',
      }),
    ),
  );
  const recall = chain.entry(
    maker,
    recallOpening({
      title: 'Glass <b>splinters</b>',
      reason: 'secret reason',
      instructions: 'Bring it back. You get your money.',
      items: [lotOf('BAD')],
    }),
  );
  const closed = chain.entry(maker, recallOpening({ title: 'Label', reason: 'misprint', items: [itemOf('OK1')] }));
  chain.append(recall, closed);
  chain.append(chain.entry(maker, recallClosing({ recall: idOf(closed) })));
  return { handover, recall: idOf(recall) };
}
