const FRACTION_DIGITS = 9;

/** Decimals of a share. */
export const INPUT_SHARE_DIGITS = 6;

/** Decimal text of billionths, without superfluous zeros. */
export function sumText(billionths: bigint): string {
  const digits = billionths.toString().padStart(FRACTION_DIGITS + 1, '0');
  const fraction = digits.slice(-FRACTION_DIGITS).replace(/0+$/, '');
  return `${digits.slice(0, -FRACTION_DIGITS)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** `part / whole`, 0 ≤ part ≤ whole, rounded half up to `decimals` digits. */
export function ratioText(part: bigint, whole: bigint, decimals: number): string {
  const scaled = (2n * part * 10n ** BigInt(decimals) + whole) / (2n * whole);
  const digits = scaled.toString().padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  return `${digits.slice(0, -decimals)}${fraction === '' ? '' : `.${fraction}`}`;
}
