/** Digits behind the point that the ledger takes of a quantity. */
const PLACES = 9;
const SCALE = 10n ** BigInt(PLACES);

/** What the ledger takes as a quantity of an answer. */
export const QUANTITY = /^[0-9]{1,18}(\.[0-9]{1,9})?$/;

/** The exact sum of decimal texts; floating-point numbers would not keep their digits. */
export function sumDecimals(texts: readonly string[]): string {
  return textOf(texts.reduce((sum, text) => sum + unitsOf(text), 0n));
}

function unitsOf(text: string): bigint {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const units = BigInt(whole) * SCALE + BigInt(fraction.slice(0, PLACES).padEnd(PLACES, '0'));
  return sign === '-' ? -units : units;
}

function textOf(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(PLACES + 1, '0');
  const fraction = digits.slice(-PLACES).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -PLACES)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** `0.25` as a percentage of at most six digits, without floating point: 25 %. */
export function percent(share: string): string {
  const units = unitsOf(share) * 100n;
  return `${textOf(units)} %`;
}

/** Sums by unit, as "37.5 KGM, 4 pieces". @param pieces - what things without unit are called */
export function sumByUnit(
  amounts: readonly { readonly unit: string | null; readonly quantity: string }[],
  pieces: string,
): string {
  const byUnit = new Map<string, string[]>();
  for (const { unit, quantity } of amounts) {
    const name = unit ?? pieces;
    byUnit.set(name, [...(byUnit.get(name) ?? []), quantity]);
  }
  return [...byUnit].map(([unit, quantities]) => `${sumDecimals(quantities)} ${unit}`).join(', ');
}
