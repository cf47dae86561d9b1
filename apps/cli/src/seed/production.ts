import { kilograms, placeOf, type Case, type ChainDraft, type Unit } from './chain-draft.js';
import { association, objectEvent, packing, temperature, timeText, transformation, type Quantity } from './events.js';

const DAY_MS = 86_400_000;

export interface Production {
  readonly pallets: readonly Unit[];
  readonly rawLots: readonly Quantity[];
  readonly finishedLot: string;
}

/** Raw lots become a half-finished lot, that and packaging become pieces, pieces go into cases, cases onto pallets. */
export function produce(chain: ChainDraft, palletCount: number, casesPerPallet: number): Production {
  const { family, parties } = chain;
  const { maker } = parties;
  const pieces = palletCount * casesPerPallet * family.perCase;
  const rawLots = growRaw(chain, pieces * family.kilograms);
  const hall = placeOf(maker, 'hall-1');
  const half = {
    epcClass: chain.lot(maker, family.half.reference),
    quantity: kilograms(pieces * family.kilograms * 1.02),
    uom: 'KGM',
  };
  const packaging = { epcClass: chain.lot(maker, family.packaging.reference), quantity: pieces };
  chain.record(
    maker,
    transformation(
      rawLots.map((lot) => ({ ...lot, quantity: kilograms(lot.quantity * 0.98) })),
      [half],
      {
        ms: chain.after(180),
        step: 'creating_class_instance',
        disposition: 'in_progress',
        readPoint: hall,
        bizLocation: hall,
        more: { ilmd: { 'supply:tank': `T${chain.random.between(1, 12)}` } },
      },
    ),
    objectEvent('ADD', [packaging], {
      ms: chain.after(5),
      step: 'commissioning',
      disposition: 'active',
      readPoint: hall,
      bizLocation: hall,
    }),
  );
  const finishedLot = chain.lot(maker, family.product.reference);
  const pallets = Array.from({ length: palletCount }, (_, pallet) =>
    packPallet(chain, { pallet, casesPerPallet, finishedLot, half, packaging }),
  );
  return { pallets, rawLots, finishedLot };
}

/** Two to four lots of raw material, more than is needed. */
function growRaw(chain: ChainDraft, needed: number): Quantity[] {
  const { family, parties, random } = chain;
  const { supplier, maker } = parties;
  const lots = Array.from({ length: random.between(2, 4) }, (_, i) => ({
    epcClass: chain.lot(supplier, family.raw.reference, `-R${i + 1}`),
    quantity: 0,
    uom: 'KGM',
  })).map((lot, _, { length }) => ({ ...lot, quantity: kilograms((needed * (1.3 + random.next())) / length) }));
  for (const lot of lots) {
    const farm = placeOf(supplier, `field-${random.between(1, 40)}`);
    const ilmd = {
      'supply:countryOfOrigin': random.pick(family.origins),
      'supply:grade': random.between(1, 5),
      'supply:variety': family.raw.name,
    };
    chain.record(
      supplier,
      objectEvent('ADD', [lot], {
        ms: chain.after(random.between(10, 90)),
        step: 'commissioning',
        disposition: 'active',
        readPoint: farm,
        more: { ilmd },
      }),
    );
  }
  if (supplier.did !== maker.did)
    chain.transfer(
      supplier,
      maker,
      'both',
      lots.map(({ epcClass }) => epcClass),
    );
  const dock = placeOf(maker, 'dock-1');
  for (const lot of lots) {
    chain.record(
      maker,
      objectEvent('OBSERVE', [lot], {
        ms: chain.after(4),
        step: 'receiving',
        disposition: 'in_progress',
        readPoint: dock,
        bizLocation: placeOf(maker),
      }),
    );
  }
  return lots;
}

interface PalletPlan {
  readonly pallet: number;
  readonly casesPerPallet: number;
  readonly finishedLot: string;
  readonly half: Quantity;
  readonly packaging: Quantity;
}

function packPallet(chain: ChainDraft, plan: PalletPlan): Unit {
  const { maker } = chain.parties;
  const cases = Array.from({ length: plan.casesPerPallet }, (_, i) =>
    makeCase(chain, plan, plan.pallet * plan.casesPerPallet + i),
  );
  const id = chain.newUnit(maker);
  const line = placeOf(maker, 'packing');
  const packed = { step: 'packing', disposition: 'in_progress', readPoint: line, bizLocation: placeOf(maker) };
  chain.record(
    maker,
    packing(
      'ADD',
      id,
      cases.map((one) => one.id),
      { ms: chain.after(3), ...packed },
    ),
  );
  if (chain.family.temperatureMax !== undefined) {
    chain.record(
      maker,
      association('ADD', id, [chain.logger(plan.pallet + 1)], { ms: chain.after(1), ...packed, step: 'installing' }),
    );
  }
  return { id, cases };
}

function makeCase(chain: ChainDraft, { finishedLot, half, packaging }: PalletPlan, number: number): Case {
  const { family, parties, random } = chain;
  const { maker } = parties;
  const count = family.perCase;
  const line = `line-${random.between(1, 4)}`;
  const about = { readPoint: placeOf(maker, line), bizLocation: placeOf(maker) };
  const ms = chain.after(0.5);
  const items = family.isSerialised
    ? Array.from({ length: count }, (_, i) => chain.serial(family.product.reference, number * count + i + 1))
    : [];
  const pieces: readonly string[] | readonly Quantity[] = family.isSerialised
    ? items
    : [{ epcClass: finishedLot, quantity: count }];
  const id = chain.newUnit(maker);
  const ilmd = {
    'supply:lot': chain.tag,
    'supply:bestBefore': timeText(ms + family.shelfLifeDays * DAY_MS).slice(0, 10),
    'supply:line': line,
  };
  const used = [
    { ...half, quantity: kilograms(count * family.kilograms) },
    { ...packaging, quantity: count },
  ];
  chain.record(
    maker,
    transformation(used, pieces, {
      ms,
      step: 'commissioning',
      disposition: 'active',
      ...about,
      more: { ilmd, ...processTemperature(chain, ms) },
    }),
    packing('ADD', id, pieces, { ms: chain.after(0.3), step: 'packing', disposition: 'in_progress', ...about }),
  );
  if (random.chance(0.5)) {
    chain.record(
      maker,
      objectEvent('OBSERVE', [id], { ms: chain.after(0.2), step: 'inspecting', disposition: 'conformant', ...about }),
    );
  }
  return { id, items };
}

function processTemperature(chain: ChainDraft, ms: number): object {
  if (!chain.random.chance(0.2)) return {};
  return temperature(ms, chain.logger(0), chain.random.between(160, 240) / 10, 24);
}
