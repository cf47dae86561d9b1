import { kilograms, placeOf, type ChainDraft } from './chain-draft.js';
import { objectEvent, packing, transformation, type Circumstances } from './events.js';
import type { Production } from './production.js';

/** Of all chains. */
const SHARE = 0.3;

const ROTTERDAM = 'geo:51.95,4.05';
const SHANGHAI = 'geo:31.23,121.47';

/** What organisations claim against the ledger, told while the goods stand at the maker: recorded all the same, each with a finding of its own kind. */
export function contradict(chain: ChainDraft, { pallets, rawLots, finishedLot }: Production): void {
  const { random, parties } = chain;
  const { maker, carrier, wholesaler, retailer } = parties;
  if (!random.chance(SHARE)) return;
  const [first] = pallets;
  const box = first?.cases[0];
  const raw = rawLots[0];
  if (first === undefined || box === undefined || raw === undefined) return;
  const something = box.items[0] ?? box.id;
  const about = (step: string, where = placeOf(carrier)): Circumstances => ({
    ms: chain.after(30),
    step,
    disposition: 'in_progress',
    readPoint: where,
  });
  const claims: readonly (() => void)[] = [
    // Commissioned again, under a company prefix that is another's.
    () => chain.record(retailer, objectEvent('ADD', [something], about('commissioning', placeOf(retailer)))),
    // Seen by who neither owns nor holds it.
    () => chain.record(carrier, objectEvent('OBSERVE', [something], about('inspecting'))),
    // Packed while it is in another container.
    () => chain.record(maker, packing('ADD', chain.newUnit(maker), [box.id], about('packing', placeOf(maker)))),
    // Taken out of where it is not.
    () => chain.record(maker, packing('DELETE', chain.newUnit(maker), [box.id], about('unpacking', placeOf(maker)))),
    // More used than there is.
    () =>
      chain.record(
        maker,
        transformation(
          [{ ...raw, quantity: kilograms(raw.quantity * 2) }],
          [{ epcClass: chain.lot(maker, chain.family.half.reference, '-X'), quantity: 1, uom: 'KGM' }],
          about('creating_class_instance', placeOf(maker)),
        ),
      ),
    // Here and there within half an hour.
    () =>
      chain.record(
        maker,
        objectEvent('OBSERVE', [first.id], about('inspecting', ROTTERDAM)),
        objectEvent('OBSERVE', [first.id], about('inspecting', SHANGHAI)),
      ),
    // Looked at after it was written off.
    () => {
      chain.ended.add(something);
      const places = about('decommissioning', placeOf(maker));
      chain.record(
        maker,
        objectEvent('DELETE', [something], { ...places, disposition: 'inactive' }),
        objectEvent('OBSERVE', [something], about('inspecting', placeOf(maker))),
      );
    },
    // A lot that somebody else made.
    () =>
      chain.record(
        wholesaler,
        objectEvent('ADD', [{ epcClass: finishedLot, quantity: 10 }], about('commissioning', placeOf(wholesaler))),
      ),
  ];
  random.pick(claims)();
}
