/**
 * Units in which the same thing can be measured (UN/ECE Recommendation 20 codes): value in the kind's base = (value + shift) × factor. Bases are
 * chosen so that factors are decimals. Only units whose factor is exact by definition are here.
 */
type Unit = readonly [code: string, factor: string, shift?: string];

const KINDS: readonly (readonly Unit[])[] = [
  // Temperature, in ninths of a kelvin.
  [
    ['CEL', '9', '273.15'],
    ['KEL', '9'],
    ['FAH', '5', '459.67'],
  ],
  // Mass, in kilograms.
  [
    ['MGM', '0.000001'],
    ['GRM', '0.001'],
    ['KGM', '1'],
    ['DTN', '100'],
    ['TNE', '1000'],
    ['ONZ', '0.028349523125'],
    ['LBR', '0.45359237'],
  ],
  // Length, in metres.
  [
    ['MMT', '0.001'],
    ['CMT', '0.01'],
    ['DMT', '0.1'],
    ['MTR', '1'],
    ['KMT', '1000'],
    ['INH', '0.0254'],
    ['FOT', '0.3048'],
    ['YRD', '0.9144'],
    ['SMI', '1609.344'],
  ],
  // Volume, in litres.
  [
    ['MLT', '0.001'],
    ['CMQ', '0.001'],
    ['CLT', '0.01'],
    ['DLT', '0.1'],
    ['LTR', '1'],
    ['DMQ', '1'],
    ['HLT', '100'],
    ['MTQ', '1000'],
    ['GLL', '3.785411784'],
    ['GLI', '4.54609'],
  ],
  // Pressure, in pascals.
  [
    ['PAL', '1'],
    ['A97', '100'],
    ['MBR', '100'],
    ['KPA', '1000'],
    ['BAR', '100000'],
  ],
  // Time, in seconds.
  [
    ['C26', '0.001'],
    ['SEC', '1'],
    ['MIN', '60'],
    ['HUR', '3600'],
    ['DAY', '86400'],
  ],
  // Speed, in metres per hour.
  [
    ['MTS', '3600'],
    ['KMH', '1000'],
  ],
  // Energy, in joules.
  [
    ['JOU', '1'],
    ['KJO', '1000'],
    ['WHR', '3600'],
    ['KWH', '3600000'],
  ],
  // Voltage and current, in volts and amperes.
  [
    ['2Z', '0.001'],
    ['VLT', '1'],
  ],
  [
    ['4K', '0.001'],
    ['AMP', '1'],
  ],
  // Pieces.
  [
    ['H87', '1'],
    ['C62', '1'],
    ['EA', '1'],
  ],
];

const KIND_OF: ReadonlyMap<string, readonly Unit[]> = new Map(
  KINDS.flatMap((units) => units.map(([code]) => [code, units] as const)),
);

/** Digits behind the point of what is calculated with: far more than anybody measures, so that a result can be compared as if it were exact. */
const DIGITS = 40;

export interface Measure {
  readonly uom: string;
  /** Plain decimals. */
  readonly values: readonly string[];
}

/**
 * The same measures in every unit in which they could have been recorded, first in the one given.
 *
 * @param values - plain decimals
 */
export function inEveryUnit(uom: string, values: readonly string[]): readonly Measure[] {
  const units = KIND_OF.get(uom) ?? [];
  const from = units.find(([code]) => code === uom);
  const given = { uom, values };
  if (from === undefined) return [given];
  const others = units.filter((unit) => unit !== from);
  return [given, ...others.map((to) => ({ uom: to[0], values: values.map((value) => convert(value, from, to)) }))];
}

function convert(value: string, from: Unit, to: Unit): string {
  const [, fromFactor, fromShift = '0'] = from;
  const [, toFactor, toShift = '0'] = to;
  const base = (fixed(value) + fixed(fromShift)) * fixed(fromFactor);
  return textOf(base / fixed(toFactor) - fixed(toShift));
}

/** A plain decimal in units of 10⁻⁴⁰. */
function fixed(decimal: string): bigint {
  const [whole = '', fraction = ''] = decimal.replace('-', '').split('.');
  const digits = BigInt(whole + fraction.slice(0, DIGITS).padEnd(DIGITS, '0'));
  return decimal.startsWith('-') ? -digits : digits;
}

function textOf(amount: bigint): string {
  const digits = `${amount < 0n ? -amount : amount}`.padStart(DIGITS + 1, '0');
  const fraction = digits.slice(-DIGITS).replace(/0+$/, '');
  const text = `${digits.slice(0, -DIGITS)}${fraction === '' ? '' : `.${fraction}`}`;
  return amount < 0n ? `-${text}` : text;
}
