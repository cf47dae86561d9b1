/** A decimal number as JSON, XML and people write it. */
const DECIMAL = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,5}))?$/;

/** Longest plain notation that is written out, in digits; the range of a double ends before. */
const DIGITS_MAX = 400;

/**
 * The one plain notation of a decimal number: no exponent, no sign of a positive number, no leading and trailing zeros, `0` for
 * every zero. Worked out on the text, so that no digit is lost however long the number is.
 *
 * @returns undefined when `text` is not a decimal number of at most `DIGITS_MAX` digits
 */
export function canonicalDecimal(text: string): string | undefined {
  const match = text.length <= DIGITS_MAX ? DECIMAL.exec(text) : null;
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return undefined;

  // Position of the decimal point, counted from the front of the digits.
  const point = whole.length + Number(exponent);
  if (point > DIGITS_MAX || point < -DIGITS_MAX) return undefined;
  const digits = '0'.repeat(Math.max(0, -point)) + whole + fraction;
  const split = Math.max(0, point);
  const before = digits.slice(0, split).padEnd(split, '0').replace(/^0+/, '');
  const after = digits.slice(split).replace(/0+$/, '');
  if (before === '' && after === '') return '0';
  return (sign === '-' ? '-' : '') + (before === '' ? '0' : before) + (after === '' ? '' : `.${after}`);
}
