const PATTERN = /^([0-9]{1,18})(?:\.([0-9]{1,9}))?$/;
const FRACTION_DIGITS = 9;

/** A quantity in billionths, so that sums are exact; undefined for what is not a plain decimal of sensible length. */
export function readQuantity(text: string): bigint | undefined {
  const match = PATTERN.exec(text);
  return match === null ? undefined : BigInt(`${match[1]}${(match[2] ?? '').padEnd(FRACTION_DIGITS, '0')}`);
}
