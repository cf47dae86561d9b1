import type { OrganizationRole } from '#identity';

/** An organisation of the development network, before it has keys. */
export interface SampleOrganization {
  readonly did: string;
  readonly name: string;
  readonly roles: readonly OrganizationRole[];
  readonly gs1CompanyPrefix: string;
  readonly gln: string;
}

export const ORGANIZATIONS_MAX = 13;

/** The first four play the story of `npm run demo`; the others are there for larger networks. */
const NAMES = [
  'Maker',
  'Carrier',
  'Wholesaler',
  'Retailer',
  'Grower',
  'Packer',
  'Importer',
  'Warehouse',
  'Distributor',
  'Pharmacy',
  'Laboratory',
  'Repairer',
  'Recycler',
] as const;

/** GS1 keeps prefix 952 for demonstrations and examples; 9521001 … 9521013 occur in none of the examples it publishes. */
const COMPANY_PREFIX_FIRST = 9_521_001;

/** @param count - 1..13 */
export function sampleOrganizations(count: number): SampleOrganization[] {
  return NAMES.slice(0, count).map((name, index) => {
    const gs1CompanyPrefix = String(COMPANY_PREFIX_FIRST + index);
    return {
      did: `did:web:${name.toLowerCase()}.example`,
      name,
      roles: ['validator', 'member'],
      gs1CompanyPrefix,
      gln: withCheckDigit(`${gs1CompanyPrefix}00000`),
    };
  });
}

/** Appends the GS1 check digit (GS1 General Specifications, section 7.9): weights 3, 1, 3 … from the right. */
export function withCheckDigit(digits: string): string {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
