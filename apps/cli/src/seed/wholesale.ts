import { placeOf, type Case, type ChainDraft, type Unit } from './chain-draft.js';
import { association, objectEvent, packing, timeText } from './events.js';
import type { EventJson } from './seed.types.js';
import { shipped } from './transport.js';

export interface Delivery {
  readonly unit: Unit;
  /** Of the retailer. */
  readonly shop: string;
}

const CASES_PER_DELIVERY = 6;
const SHOPS = 60;

/** Pallets come in and are taken apart, cases are stored and packed again for single shops. */
export function distribute(chain: ChainDraft, pallets: readonly Unit[]): readonly Delivery[] {
  const { wholesaler } = chain.parties;
  const hall = { readPoint: placeOf(wholesaler, 'dock-1'), bizLocation: placeOf(wholesaler) };
  const cases: Case[] = [];
  for (const pallet of pallets) {
    receive(
      chain,
      objectEvent('OBSERVE', [pallet.id], {
        ms: chain.after(5),
        step: 'receiving',
        disposition: 'in_progress',
        ...hall,
      }),
    );
    // Without the names of what is taken out: everything.
    const named = chain.random.chance(0.3) ? [] : pallet.cases.map(({ id }) => id);
    chain.record(
      wholesaler,
      packing('DELETE', pallet.id, named, {
        ms: chain.after(10),
        step: 'unpacking',
        disposition: 'in_progress',
        ...hall,
      }),
    );
    cases.push(...pallet.cases);
  }
  if (chain.family.temperatureMax !== undefined) {
    for (const [i, { id }] of pallets.entries()) {
      chain.record(
        wholesaler,
        association('DELETE', id, [chain.logger(i + 1)], {
          ms: chain.after(1),
          step: 'removing',
          disposition: 'in_progress',
          ...hall,
        }),
      );
    }
  }
  const kept = cases.filter((one) => !discard(chain, one));
  for (const { id } of kept) {
    const shelf = placeOf(wholesaler, `shelf-${chain.random.between(1, 200)}`);
    chain.record(
      wholesaler,
      objectEvent('OBSERVE', [id], {
        ms: chain.after(1),
        step: 'storing',
        disposition: 'available',
        readPoint: shelf,
        bizLocation: shelf,
      }),
    );
  }
  return packForShops(chain, kept);
}

/** One receiving in ten was written down wrongly: it is declared an error, and told again. */
function receive(chain: ChainDraft, event: EventJson): void {
  const { random, parties } = chain;
  if (!random.chance(0.1)) {
    chain.record(parties.wholesaler, event);
    return;
  }
  const [wrong, right] = [random.uuid(), random.uuid()];
  const declarationTime = timeText(chain.after(30));
  chain.record(
    parties.wholesaler,
    { ...event, eventID: wrong, disposition: 'damaged' },
    {
      ...event,
      eventID: wrong,
      disposition: 'damaged',
      errorDeclaration: { declarationTime, reason: 'incorrect_data', correctiveEventIDs: [right] },
    },
    { ...event, eventID: right },
  );
}

/** A case that fell down is destroyed with what is in it. @returns whether this one is */
function discard(chain: ChainDraft, { id, items }: Case): boolean {
  if (!chain.random.chance(0.01)) return false;
  const { wholesaler } = chain.parties;
  const place = placeOf(wholesaler, 'quality');
  const about = { readPoint: place, bizLocation: place };
  chain.record(
    wholesaler,
    objectEvent('OBSERVE', [id], { ms: chain.after(20), step: 'inspecting', disposition: 'damaged', ...about }),
  );
  if (items.length > 0) {
    chain.record(
      wholesaler,
      packing('DELETE', id, items, { ms: chain.after(1), step: 'unpacking', disposition: 'damaged', ...about }),
      objectEvent('DELETE', items, { ms: chain.after(1), step: 'destroying', disposition: 'destroyed', ...about }),
    );
  }
  return true;
}

function packForShops(chain: ChainDraft, cases: readonly Case[]): readonly Delivery[] {
  const { wholesaler, retailer } = chain.parties;
  const deliveries: Delivery[] = [];
  for (let from = 0; from < cases.length; from += CASES_PER_DELIVERY) {
    const unit = { id: chain.newUnit(wholesaler), cases: cases.slice(from, from + CASES_PER_DELIVERY) };
    const dock = placeOf(wholesaler, 'dock-2');
    const packed = { step: 'packing', disposition: 'in_progress', readPoint: dock, bizLocation: placeOf(wholesaler) };
    chain.record(
      wholesaler,
      packing(
        'ADD',
        unit.id,
        unit.cases.map(({ id }) => id),
        { ms: chain.after(15), ...packed },
      ),
      shipped(chain, unit.id, wholesaler, retailer),
    );
    deliveries.push({ unit, shop: placeOf(retailer, `shop-${chain.random.between(1, SHOPS)}`) });
  }
  return deliveries.filter(({ unit }) => handOver(chain, unit.id));
}

/** @returns whether the retailer took it */
function handOver(chain: ChainDraft, id: string): boolean {
  const { wholesaler, retailer } = chain.parties;
  const luck = chain.random.next();
  const answer =
    luck < 0.02
      ? ({ kind: 'reject', reason: 'Delivered after closing time' } as const)
      : luck < 0.04
        ? ({ kind: 'cancel' } as const)
        : luck < 0.05
          ? ({ kind: 'none' } as const)
          : ({ kind: 'accept' } as const);
  chain.transfer(wholesaler, retailer, 'both', [id], answer);
  return answer.kind === 'accept';
}
