import { describe, expect, it } from '@jest/globals';
import type { Api } from '#sdk';
import { answerRows, silentOrganizations } from './answer-rows.js';

const affected = (id: string, holders: Api.RecallAffectedItem['holders'], as: 'product' | 'carrier' = 'product') =>
  ({ id, as, holders }) as unknown as Api.RecallAffectedItem;

const answer = (organization: string, quantities: Partial<Api.RecallAcknowledgement['quantities'][number]>[]) =>
  ({
    organization,
    count: 1,
    note: null,
    quantities: quantities.map((one) => ({
      uom: null,
      found: null,
      held: null,
      returned: null,
      destroyed: null,
      sold: null,
      ...one,
    })),
  }) as unknown as Api.RecallAcknowledgement;

const IMPACT = {
  affected: [
    affected('soap', [
      { organization: 'carrier', unit: 'KGM', quantity: '60' },
      { organization: 'retailer', unit: 'KGM', quantity: '90' },
    ]),
    affected('case', [{ organization: 'carrier', unit: null, quantity: '1' }], 'carrier'),
  ],
};

describe('the answers to a recall', () => {
  it('stand beside what was expected; who has not answered comes first', () => {
    const rows = answerRows(
      { openedBy: 'maker', acknowledgements: [answer('retailer', [{ item: 'soap', uom: 'KGM', found: '88' }])] },
      IMPACT,
    );
    expect(rows).toMatchObject([
      { organization: 'carrier', item: 'soap', expected: '60', quantities: {}, answer: undefined },
      { organization: 'retailer', item: 'soap', expected: '90', quantities: { found: '88' } },
    ]);
    expect([...silentOrganizations(rows)]).toEqual(['carrier']);
  });

  it('show what an answer leaves out, and an answer without any quantity', () => {
    const rows = answerRows(
      { openedBy: 'maker', acknowledgements: [answer('carrier', []), answer('wholesaler', [])] },
      IMPACT,
    );
    expect(rows).toMatchObject([
      { organization: 'retailer', answer: undefined },
      { organization: 'carrier', item: 'soap', expected: '60', quantities: {}, answer: { count: 1 } },
      { organization: 'wholesaler', item: undefined, expected: undefined },
    ]);
  });

  it('do not count the opener among the silent', () => {
    expect(answerRows({ openedBy: 'carrier', acknowledgements: [] }, IMPACT)).toMatchObject([
      { organization: 'retailer' },
    ]);
  });
});
