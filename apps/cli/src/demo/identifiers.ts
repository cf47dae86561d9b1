import { withCheckDigit } from '../dev/organizations.js';

const ID = 'https://id.gs1.org';

/** GTIN-14 of a trade item of that company prefix (seven digits). @param reference - five digits */
export function gtinOf(companyPrefix: string, reference: string): string {
  return withCheckDigit(`0${companyPrefix}${reference}`);
}

/** SSCC (18 digits) of a logistic unit of that company prefix. @param serial - 0 to 999,999,999 */
export function ssccOf(companyPrefix: string, serial: number): string {
  return withCheckDigit(`0${companyPrefix}${String(serial).padStart(9, '0')}`);
}

/** GS1 Digital Link of one single item. */
export function itemUri(gtin: string, serial: string): string {
  return `${ID}/01/${gtin}/21/${serial}`;
}

export function caseUri(sscc: string): string {
  return `${ID}/00/${sscc}`;
}

/** GS1 Digital Link of a place. */
export function placeUri(gln: string): string {
  return `${ID}/414/${gln}`;
}
