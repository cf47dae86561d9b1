import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from './client.js';
import { startTestNetwork, type TestNetwork } from './test-network.js';

const OIL_GTIN = '09521001000017';
const OIL = `https://id.gs1.org/01/${OIL_GTIN}/10/OIL-7`;
const LYE = 'urn:example:lot:lye-1';
const SOAP = 'https://id.gs1.org/01/09521002000016/10/SOAP-1';
const CREAM = 'https://id.gs1.org/01/09521002000016/10/CREAM-1';

let test: TestNetwork;
beforeAll(async () => {
  test = await startTestNetwork();
  for (const client of test.clients) await client.until('/readyz', ({ status }) => status === 'ready');
}, 90_000);
afterAll(async () => {
  await test?.remove();
}, 20_000);

let minute = 0;
const amount = (epcClass: string, quantity: number): object => ({ epcClass, quantity, uom: 'KGM' });

/** Captures one event and waits until it is final. */
async function capture(client: Client, event: object): Promise<void> {
  const body = {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    eventTime: `2026-02-01T10:${String(++minute).padStart(2, '0')}:00.000Z`,
    eventTimeZoneOffset: '+00:00',
    ...event,
  };
  const { status, body: answer } = await client.post('/epcis/events', body);
  expect({ status, answer }).toMatchObject({ status: 201 });
}

const object = (client: Client, action: string, bizStep: string, quantity: object): Promise<void> =>
  capture(client, { type: 'ObjectEvent', action, bizStep, quantityList: [quantity] });
const transform = (client: Client, inputs: object[], output: object): Promise<void> =>
  capture(client, { type: 'TransformationEvent', inputQuantityList: inputs, outputQuantityList: [output] });

async function write(client: Client, path: string, body: object): Promise<{ entryId: string; height: number }> {
  const answer = await client.post(path, body);
  expect(answer).toMatchObject({ status: 201 });
  return answer.body as unknown as { entryId: string; height: number };
}

describe('a recall on a network of four organisations', () => {
  it('goes from a raw lot to three customers: simulated, opened, acknowledged, closed', async () => {
    const [mill, maker, shop, clinic] = test.clients as [Client, Client, Client, Client];
    await write(mill, '/api/v1/products', { gtin: OIL_GTIN, name: 'Olive oil' });
    await write(mill, '/api/v1/items', { gtin: OIL_GTIN, lot: 'OIL-7', quantity: { value: '100', uom: 'KGM' } });
    await object(mill, 'OBSERVE', 'shipping', amount(OIL, 100));
    await object(maker, 'OBSERVE', 'receiving', amount(OIL, 100));
    await object(maker, 'ADD', 'commissioning', amount(LYE, 120));
    await transform(maker, [amount(OIL, 40), amount(LYE, 120)], amount(SOAP, 150));
    await transform(maker, [amount(OIL, 60)], amount(CREAM, 50));
    for (const [customer, lot, quantity] of [
      [mill, SOAP, 20],
      [shop, SOAP, 90],
      [clinic, CREAM, 30],
    ] as const) {
      await object(maker, 'OBSERVE', 'shipping', amount(lot, quantity));
      await object(customer, 'OBSERVE', 'receiving', amount(lot, quantity));
    }
    // Somebody claims to have used oil that there was not.
    await transform(shop, [amount(OIL, 1)], amount('urn:example:lot:magic', 5));

    const { height } = (await mill.get('/api/v1/network')).body as { height: number };
    const simulation = await mill.post(`/api/v1/recalls/simulate?minHeight=${height}`, { lots: [OIL] });
    expect(simulation).toMatchObject({
      status: 200,
      body: {
        affected: [
          { id: OIL, as: 'target', share: '1', holders: [] },
          { id: CREAM, share: '1', quantities: [{ created: '50', affected: '50' }] },
          { id: SOAP, share: '0.25', quantities: [{ created: '150', affected: '37.5' }] },
          { id: 'urn:example:lot:magic' },
        ],
        organizations: [
          { organization: mill.did, lots: 1, quantities: [{ unit: 'KGM', onHand: '20' }] },
          { organization: maker.did, lots: 2, quantities: [{ unit: 'KGM', onHand: '60' }] },
          { organization: shop.did, lots: 2, quantities: [{ unit: 'KGM', onHand: '95' }] },
          { organization: clinic.did, lots: 1, quantities: [{ unit: 'KGM', onHand: '30' }] },
        ].sort((a, b) => (a.organization < b.organization ? -1 : 1)),
        unknown: { targets: [], away: [] },
      },
    });

    const balance = await clinic.get(`/api/v1/lots/${encodeURIComponent(OIL)}/balance?minHeight=${height}`);
    expect(balance.body).toMatchObject({
      units: [{ unit: 'KGM', created: '100', consumed: '100', onHand: '0', excess: '1' }],
      findings: [{ code: 'FINDING_CONSUMED_MORE_THAN_PRODUCED', item: OIL }],
    });
    const findings = await clinic.get(`/api/v1/findings?author=${shop.did}&minHeight=${height}`);
    expect(findings.body['items']).toMatchObject([{ code: 'FINDING_CONSUMED_MORE_THAN_PRODUCED' }]);

    const recall = { title: 'Rancid oil', reason: 'Peroxide value above the limit', class: 'II', lots: [OIL] };
    expect(await shop.post('/api/v1/recalls', recall)).toMatchObject({ status: 403, body: { code: 'TRACE_NOT_PRODUCT_OWNER' } });
    const { entryId: id, height: openedAt } = await write(mill, '/api/v1/recalls', recall);
    expect((await shop.get(`/api/v1/recalls/${id}?minHeight=${openedAt}`)).body).toMatchObject({ state: 'open', openedBy: mill.did });
    const item = await clinic.until(`/api/v1/items/${encodeURIComponent(OIL)}`, (body) => (body['openRecalls'] as string[]).length > 0);
    expect(item['openRecalls']).toEqual([id]);

    const quantities = [{ item: SOAP, uom: 'KGM', found: '90', destroyed: '85.5', sold: '4.5' }];
    await write(shop, `/api/v1/recalls/${id}/acknowledge`, { quantities, note: 'Taken off the shelf.' });
    await write(clinic, `/api/v1/recalls/${id}/acknowledge`, {});
    expect(await clinic.post(`/api/v1/recalls/${id}/close`, {})).toMatchObject({ status: 403, body: { code: 'TRACE_NOT_RECALL_OPENER' } });
    const closing = await write(mill, `/api/v1/recalls/${id}/close`, { note: 'All found.' });
    expect(await shop.post(`/api/v1/recalls/${id}/acknowledge`, {})).toMatchObject({ status: 409, body: { code: 'TRACE_RECALL_NOT_OPEN' } });

    for (const client of test.clients) {
      const { body } = await client.get(`/api/v1/recalls/${id}?minHeight=${closing.height}`);
      expect(body).toMatchObject({
        state: 'closed',
        closingNote: 'All found.',
        acknowledgedBy: [shop.did, clinic.did].sort(),
        acknowledgements: expect.arrayContaining([
          expect.objectContaining({ organization: shop.did, quantities: [expect.objectContaining({ destroyed: '85.5' })] }),
        ]),
      });
    }
  }, 120_000);
});
