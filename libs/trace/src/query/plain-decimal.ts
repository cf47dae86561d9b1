import { canonicalDecimal } from '../quantities/canonical-decimal.js';

/** A JSON number, leading zeros allowed; exponents that could stand in a measurement. */
const NUMBER = /^-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?$/;
/** Digits before and behind the point together: far above any measurement, and no database is made to work long. */
const DIGITS_MAX = 100;

/**
 * The one spelling of a decimal number that queries compare: no exponent, no zeros that say nothing, `0` for `-0`; so equal numbers are equal
 * texts.
 *
 * @returns undefined for what is no number, or has more than 100 digits when written out
 */
export function plainDecimal(text: string): string | undefined {
  if (text.length > DIGITS_MAX + 10 || !NUMBER.test(text)) return undefined;
  const plain = canonicalDecimal(text);
  if (plain === undefined || plain.length <= DIGITS_MAX) return plain;
  const digits = plain.replace(/^-?(?:0\.)?/, '').replace('.', '');
  return digits.length <= DIGITS_MAX ? plain : undefined;
}
