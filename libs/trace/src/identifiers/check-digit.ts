/**
 * The GS1 modulo-10 check digit (GS1 General Specifications section 7.9): weights 3 and 1 alternating, the rightmost digit
 * before the check digit weighs 3.
 *
 * @param digits - the key without its check digit, decimal digits only
 * @returns one decimal digit
 */
export function checkDigit(digits: string): string {
  let sum = 0;
  let weight = 3;
  for (let i = digits.length - 1; i >= 0; i--) {
    sum += (digits.charCodeAt(i) - 48) * weight;
    weight = 4 - weight;
  }
  return String((10 - (sum % 10)) % 10);
}

/** Whether the last of `digits` is the check digit of the others. */
export function hasValidCheckDigit(digits: string): boolean {
  return checkDigit(digits.slice(0, -1)) === digits.slice(-1);
}
