/** Value in the kind's base = (value + shift) × factor. */
type Unit = readonly [code: string, factor: string, shift?: string];

/**
 * Units of the same kind measure the same (UN/ECE Recommendation 20 codes). Bases are chosen so that factors are decimals, and only units whose
 * factor is exact by definition are here: equal measures have equal numbers in the base.
 */
const KINDS: readonly { readonly kind: string; readonly units: readonly Unit[] }[] = [
  {
    // In ninths of a kelvin.
    kind: 'temperature',
    units: [
      ['CEL', '9', '273.15'],
      ['KEL', '9'],
      ['FAH', '5', '459.67'],
    ],
  },
  {
    // In kilograms.
    kind: 'mass',
    units: [
      ['MGM', '0.000001'],
      ['GRM', '0.001'],
      ['KGM', '1'],
      ['DTN', '100'],
      ['TNE', '1000'],
      ['ONZ', '0.028349523125'],
      ['LBR', '0.45359237'],
    ],
  },
  {
    // In metres.
    kind: 'length',
    units: [
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
  },
  {
    // In litres.
    kind: 'volume',
    units: [
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
  },
  {
    // In pascals.
    kind: 'pressure',
    units: [
      ['PAL', '1'],
      ['A97', '100'],
      ['MBR', '100'],
      ['KPA', '1000'],
      ['BAR', '100000'],
    ],
  },
  {
    // In seconds.
    kind: 'time',
    units: [
      ['C26', '0.001'],
      ['SEC', '1'],
      ['MIN', '60'],
      ['HUR', '3600'],
      ['DAY', '86400'],
    ],
  },
  {
    // In metres per hour.
    kind: 'speed',
    units: [
      ['MTS', '3600'],
      ['KMH', '1000'],
    ],
  },
  {
    // In joules.
    kind: 'energy',
    units: [
      ['JOU', '1'],
      ['KJO', '1000'],
      ['WHR', '3600'],
      ['KWH', '3600000'],
    ],
  },
  {
    // In volts.
    kind: 'voltage',
    units: [
      ['2Z', '0.001'],
      ['VLT', '1'],
    ],
  },
  {
    // In amperes.
    kind: 'current',
    units: [
      ['4K', '0.001'],
      ['AMP', '1'],
    ],
  },
  {
    kind: 'pieces',
    units: [
      ['H87', '1'],
      ['C62', '1'],
      ['EA', '1'],
    ],
  },
];

const UNITS: ReadonlyMap<string, { readonly kind: string; readonly factor: string; readonly shift: string }> = new Map(
  KINDS.flatMap(({ kind, units }) => units.map(([code, factor, shift = '0']) => [code, { kind, factor, shift }] as const)),
);

/** A measured value that can be compared with others of its unit. */
export interface ComparableMeasure {
  /** A kind of units, or the code of a unit that stands for itself. */
  readonly unit: string;
  /** Plain decimal, exact. */
  readonly number: string;
}

/**
 * What was measured, whichever unit it was recorded in: 40.1 °F and 4.5 °C are the same.
 *
 * @param uom - UN/ECE Recommendation 20 code
 * @param value - plain decimal
 */
export function comparableMeasure(uom: string, value: string): ComparableMeasure {
  const unit = UNITS.get(uom);
  if (unit === undefined) return { unit: uom, number: value };
  const [shifted, digits] = sum(decimalOf(value), decimalOf(unit.shift));
  const [factor, factorDigits] = decimalOf(unit.factor);
  return { unit: unit.kind, number: textOf([shifted * factor, digits + factorDigits]) };
}

/** A decimal without its point, and the digits that stood behind it. */
type Decimal = readonly [digits: bigint, behindPoint: number];

function decimalOf(plain: string): Decimal {
  const point = plain.indexOf('.');
  return [BigInt(plain.replace('.', '')), point === -1 ? 0 : plain.length - point - 1];
}

function sum([a, aBehind]: Decimal, [b, bBehind]: Decimal): Decimal {
  const behind = Math.max(aBehind, bBehind);
  return [a * 10n ** BigInt(behind - aBehind) + b * 10n ** BigInt(behind - bBehind), behind];
}

function textOf([value, behind]: Decimal): string {
  const digits = `${value < 0n ? -value : value}`.padStart(behind + 1, '0');
  const fraction = digits.slice(digits.length - behind).replace(/0+$/, '');
  const text = `${digits.slice(0, digits.length - behind)}${fraction === '' ? '' : `.${fraction}`}`;
  return value < 0n ? `-${text}` : text;
}
