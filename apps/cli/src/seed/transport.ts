import { partyUri, placeOf, type ChainDraft, type Unit } from './chain-draft.js';
import { objectEvent, temperature, type Circumstances } from './events.js';
import type { Party } from './seed.types.js';

/** °C that goods without a limit of their own should not exceed. */
const OUTSIDE_MAX = 30;

/** From the maker's dock to the wholesaler's: by a carrier who takes custody, or on the maker's own lorry. */
export function ship(chain: ChainDraft, pallets: readonly Unit[]): void {
  const { maker, carrier, wholesaler } = chain.parties;
  const ids = pallets.map(({ id }) => id);
  const byCarrier = chain.random.chance(0.4);
  for (const id of ids) chain.record(maker, shipped(chain, id, maker, wholesaler));
  if (byCarrier) chain.transfer(maker, carrier, 'custody', ids);
  drive(chain, byCarrier ? carrier : maker, ids);
  if (byCarrier) {
    chain.transfer(carrier, wholesaler, 'custody', ids);
    chain.transfer(maker, wholesaler, 'ownership', ids);
  } else chain.transfer(maker, wholesaler, 'both', ids);
}

export function shipped(chain: ChainDraft, id: string, from: Party, to: Party): ReturnType<typeof objectEvent> {
  return objectEvent('OBSERVE', [id], {
    ms: chain.after(6),
    step: 'shipping',
    disposition: 'in_transit',
    readPoint: placeOf(from, 'dock-2'),
    more: {
      bizTransactionList: [
        { type: 'po', bizTransaction: `urn:epcglobal:cbv:bt:${to.gln}:PO-${chain.tag}` },
        { type: 'desadv', bizTransaction: `urn:epcglobal:cbv:bt:${from.gln}:DA-${chain.tag}` },
      ],
      sourceList: [{ type: 'owning_party', source: partyUri(from) }],
      destinationList: [{ type: 'owning_party', destination: partyUri(to) }],
    },
  });
}

/** Departure, a reading of the temperature every hour, arrival. One pallet in twenty gets too warm. */
function drive(chain: ChainDraft, driver: Party, ids: readonly string[]): void {
  const { random, family } = chain;
  const lorry = placeOf(driver, `lorry-${random.between(1, 30)}`);
  const about = (step: string): Circumstances => ({
    ms: chain.after(2),
    step,
    disposition: 'in_transit',
    readPoint: lorry,
  });
  chain.record(driver, objectEvent('OBSERVE', ids, about('departing')));
  const max = family.temperatureMax ?? OUTSIDE_MAX;
  const warm = new Set(ids.filter(() => random.chance(0.05)));
  for (let hour = random.between(4, 12); hour > 0; hour--) {
    chain.after(50);
    for (const [i, id] of ids.entries()) {
      const at = about('transporting');
      const value = (
        warm.has(id) && hour === 1 ? max + random.between(1, 60) / 10 : max - random.between(1, 30) / 10
      ).toFixed(1);
      chain.record(
        driver,
        objectEvent('OBSERVE', [id], { ...at, more: temperature(at.ms, chain.logger(i + 1), Number(value), max) }),
      );
    }
  }
  chain.record(driver, objectEvent('OBSERVE', ids, about('arriving')));
}
