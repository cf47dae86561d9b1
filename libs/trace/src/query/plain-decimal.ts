const DECIMAL = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]{1,3}))?$/;
/** Digits before and behind the point together: far above any measurement, and no database is made to work long. */
const DIGITS_MAX = 100;

/**
 * The one spelling of a decimal number: no exponent, no zeros that say nothing, `0` for `-0`; so equal numbers are equal texts.
 *
 * @returns undefined for what is no number, or has more than 100 digits when written out
 */
export function plainDecimal(text: string): string | undefined {
  if (text.length > DIGITS_MAX + 10) return undefined;
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match;
  const exponent = Number(exponentText);
  if (Math.abs(exponent) > DIGITS_MAX) return undefined;
  // The point moves by the exponent; zeros fill what it moves over.
  const digits = exponent < 0 ? '0'.repeat(-exponent) + whole + fraction : whole + fraction.padEnd(exponent, '0');
  const point = exponent < 0 ? whole.length : whole.length + exponent;
  const before = digits.slice(0, point).replace(/^0+/, '');
  const behind = digits.slice(point).replace(/0+$/, '');
  if (before.length + behind.length > DIGITS_MAX) return undefined;
  if (before === '' && behind === '') return '0';
  return `${sign}${before === '' ? '0' : before}${behind === '' ? '' : `.${behind}`}`;
}
