import { placeOf, type Case, type ChainDraft } from './chain-draft.js';
import { objectEvent, packing, type Quantity } from './events.js';
import type { Delivery } from './wholesale.js';

/** Shops take deliveries apart, put cases on the shelves, sell pieces one by one, and take a few back. */
export function sell(chain: ChainDraft, deliveries: readonly Delivery[], finishedLot: string): void {
  const { retailer } = chain.parties;
  const returned: string[] = [];
  for (const { unit, shop } of deliveries) {
    const about = { readPoint: shop, bizLocation: shop };
    chain.record(
      retailer,
      objectEvent('OBSERVE', [unit.id], {
        ms: chain.after(20),
        step: 'receiving',
        disposition: 'in_progress',
        ...about,
      }),
      packing(
        'DELETE',
        unit.id,
        unit.cases.map(({ id }) => id),
        { ms: chain.after(10), step: 'unpacking', disposition: 'in_progress', ...about },
      ),
    );
    for (const one of unit.cases) returned.push(...sellCase(chain, one, shop, finishedLot));
  }
  if (returned.length > 0) takeBack(chain, returned);
}

/** @returns the items that customers bring back */
function sellCase(chain: ChainDraft, { id, items }: Case, shop: string, finishedLot: string): string[] {
  const { family, parties, random } = chain;
  const { retailer } = parties;
  const about = { readPoint: shop, bizLocation: shop };
  const pieces: readonly string[] | readonly Quantity[] =
    items.length > 0 ? items : [{ epcClass: finishedLot, quantity: family.perCase }];
  chain.record(
    retailer,
    objectEvent('OBSERVE', [id], {
      ms: chain.after(30),
      step: 'stocking',
      disposition: 'sellable_accessible',
      ...about,
    }),
    packing('DELETE', id, pieces, {
      ms: chain.after(2),
      step: 'unpacking',
      disposition: 'sellable_accessible',
      ...about,
    }),
  );
  const returned: string[] = [];
  const till = { readPoint: `${shop}-till-${random.between(1, 4)}`, bizLocation: shop };
  const sale = (): Parameters<typeof objectEvent>[2] => ({
    ms: chain.after(random.between(3, 40)),
    step: 'retail_selling',
    disposition: 'retail_sold',
    ...till,
    ...(random.chance(0.2) && { more: { 'supply:loyalty': random.pick(['none', 'silver', 'gold']) } }),
  });
  if (items.length === 0) {
    for (let left = family.perCase; left > 0;) {
      const quantity = Math.min(left, random.between(1, 2));
      chain.record(retailer, objectEvent('OBSERVE', [{ epcClass: finishedLot, quantity }], sale()));
      left -= quantity;
    }
  }
  for (const item of items) {
    if (!random.chance(0.9)) continue;
    chain.record(retailer, objectEvent('OBSERVE', [item], sale()));
    if (!chain.ended.has(item) && random.chance(0.01)) returned.push(item);
  }
  return returned;
}

/** Back to the wholesaler, who destroys them; of several it leaves the last with the shop. */
function takeBack(chain: ChainDraft, items: readonly string[]): void {
  const { retailer, wholesaler } = chain.parties;
  const desk = placeOf(retailer, 'returns');
  const quality = placeOf(wholesaler, 'quality');
  chain.record(
    retailer,
    objectEvent('OBSERVE', items, {
      ms: chain.after(2_000),
      step: 'receiving',
      disposition: 'returned',
      readPoint: desk,
      bizLocation: desk,
    }),
  );
  const accepted = items.length > 1 ? items.slice(0, -1) : items;
  chain.transfer(
    retailer,
    wholesaler,
    'both',
    items,
    accepted.length === items.length
      ? { kind: 'accept' }
      : { kind: 'acceptPart', accepted, reason: 'One piece is not as described' },
  );
  const about = { readPoint: quality, bizLocation: quality };
  chain.record(
    wholesaler,
    objectEvent('OBSERVE', accepted, { ms: chain.after(900), step: 'receiving', disposition: 'returned', ...about }),
    objectEvent('DELETE', accepted, { ms: chain.after(60), step: 'destroying', disposition: 'destroyed', ...about }),
  );
}
