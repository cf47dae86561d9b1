/**
 * A quantity in 10⁻¹⁸ of its unit: every quantity that is counted is a whole number of them, so that sums are exact. No floats:
 * what is found about quantities must be the same on every node.
 */
export type Amount = bigint;

/** A quantity in the unit that its kind is counted in. */
export interface Measured {
  /** UN/ECE Recommendation 20 code. */
  readonly unit: string;
  readonly amount: Amount;
}

/** Digits behind the point of an amount. */
const AMOUNT_DIGITS = 18;
/** At most 18 digits before and 9 behind the point, an exponent of one or two digits: more is no quantity of goods. */
const DECIMAL = /^\+?([0-9]{1,18})(?:\.([0-9]{1,9}))?(?:[eE]([+-]?[0-9]{1,2}))?$/;
const INTEGER_DIGITS_MAX = 21;

/** What a quantity without unit counts. */
export const PIECES = 'H87';

/**
 * Units that are a power of ten of another, by what they are counted in. Units that are not here are counted by themselves: a
 * lot that is made in pieces and used in kilograms has two accounts, and neither contradicts the other.
 */
const UNITS: ReadonlyMap<string, readonly [unit: string, exponent: number]> = new Map([
  ['C62', [PIECES, 0]],
  ['EA', [PIECES, 0]],
  ['MGM', ['KGM', -6]],
  ['GRM', ['KGM', -3]],
  ['DTN', ['KGM', 2]],
  ['TNE', ['KGM', 3]],
  ['MLT', ['LTR', -3]],
  ['CMQ', ['LTR', -3]],
  ['CLT', ['LTR', -2]],
  ['DLT', ['LTR', -1]],
  ['DMQ', ['LTR', 0]],
  ['HLT', ['LTR', 2]],
  ['MTQ', ['LTR', 3]],
  ['MMT', ['MTR', -3]],
  ['CMT', ['MTR', -2]],
  ['DMT', ['MTR', -1]],
  ['KMT', ['MTR', 3]],
]);

/**
 * @param value - decimal text; an exponent is allowed
 * @param uom - undefined = pieces
 * @returns undefined for what cannot be counted: nothing, less than nothing, or more digits than a quantity of goods has
 */
export function measure(value: string, uom: string | undefined): Measured | undefined {
  const decimal = DECIMAL.exec(value);
  if (decimal === null) return undefined;
  const [, whole = '', fraction = '', exponentText = '0'] = decimal;
  const [unit, unitExponent] = UNITS.get(uom ?? PIECES) ?? [uom ?? PIECES, 0];
  const digits = (whole + fraction).replace(/^0+/, '');
  const exponent = Number(exponentText) + unitExponent - fraction.length;
  if (digits === '' || digits.length + exponent > INTEGER_DIGITS_MAX) return undefined;
  const shift = exponent + AMOUNT_DIGITS;
  if (shift < 0) return undefined;
  return { unit, amount: BigInt(digits) * 10n ** BigInt(shift) };
}

/** As `measure`, for a sum of quantities of one unit: decimal text without exponent, of any length. */
export function measureSum(sum: string, uom: string | undefined): Measured {
  const [unit, exponent] = UNITS.get(uom ?? PIECES) ?? [uom ?? PIECES, 0];
  const amount = amountOf(sum);
  return { unit, amount: exponent < 0 ? amount / 10n ** BigInt(-exponent) : amount * 10n ** BigInt(exponent) };
}

/** Decimal text without exponent and without zeros at its end; with a minus sign where there is less than nothing. */
export function amountText(amount: Amount): string {
  const digits = `${amount < 0n ? -amount : amount}`.padStart(AMOUNT_DIGITS + 1, '0');
  const fraction = digits.slice(-AMOUNT_DIGITS).replace(/0+$/, '');
  const text = `${digits.slice(0, -AMOUNT_DIGITS)}${fraction === '' ? '' : `.${fraction}`}`;
  return amount < 0n ? `-${text}` : text;
}

/** The reverse of `amountText`, and of any plain decimal with at most 18 digits behind the point. */
export function amountOf(text: string): Amount {
  const [whole = '', fraction = ''] = text.replace(/^-/, '').split('.');
  const amount = BigInt(whole + fraction.padEnd(AMOUNT_DIGITS, '0').slice(0, AMOUNT_DIGITS));
  return text.startsWith('-') ? -amount : amount;
}
