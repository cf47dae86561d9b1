/** GS1 General Specifications figure 7.11-1: the 82 characters of serial numbers, lots and other AI values. */
const CHARACTER_SET_82 = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+$/;
/** Figure 7.11-2, the 39 characters of component and part identifiers (CPI). */
const CHARACTER_SET_39 = /^[#\-/0-9A-Z]+$/;

export type Gs1CharacterSet = 'digits' | 'set82' | 'set39';

/** Whether `text` has 1..`lengthMax` characters, all of them of the set. */
export function isGs1Text(text: string, lengthMax: number, set: Gs1CharacterSet = 'set82'): boolean {
  if (text.length < 1 || text.length > lengthMax) return false;
  if (set === 'digits') return isDigits(text);
  return (set === 'set82' ? CHARACTER_SET_82 : CHARACTER_SET_39).test(text);
}

/** Whether `text` is decimal digits only, exactly `length` of them when given. */
export function isDigits(text: string, length?: number): boolean {
  return (length === undefined || text.length === length) && /^[0-9]+$/.test(text);
}

/**
 * A value as it stands in a canonical Digital Link path: everything but letters, digits, `-`, `.` and `_` is percent-encoded
 * in upper-case hexadecimal, so that one value has one spelling.
 */
export function encodePathValue(value: string): string {
  if (/^[A-Za-z0-9._-]*$/.test(value)) return value;
  let text = '';
  for (const character of value) {
    text += /[A-Za-z0-9._-]/.test(character)
      ? character
      : `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
}

/** @returns undefined when `text` has a stray `%` or is not UTF-8 underneath */
export function decodePercent(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
