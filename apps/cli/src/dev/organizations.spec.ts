import { describe, expect, it } from '@jest/globals';
import { DEFAULT_PARAMETERS, parseGenesis } from '#identity';
import { sodiumSigner } from '#keystore';
import { toHex } from '#codec';
import { genesisText } from '../genesis/genesis-text.js';
import { ORGANIZATIONS_MAX, sampleOrganizations, withCheckDigit } from './organizations.js';

describe('the sample organisations', () => {
  it('begin with a maker, a carrier, a wholesaler and a retailer', () => {
    expect(sampleOrganizations(4).map(({ name }) => name)).toEqual(['Maker', 'Carrier', 'Wholesaler', 'Retailer']);
  });

  it.each([1, 4, ORGANIZATIONS_MAX])('make a genesis that is accepted: %i of them', (count) => {
    let seed = 0;
    const key = (): string => toHex(sodiumSigner(new Uint8Array(32).fill(++seed)).publicKey);
    const organizations = sampleOrganizations(count).map(({ gs1CompanyPrefix, ...sample }) => ({
      ...sample,
      gs1CompanyPrefixes: [gs1CompanyPrefix],
      nodeKey: key(),
      signingKey: key(),
    }));
    const text = genesisText({ time: 1_700_000_000_000, organizations, parameters: DEFAULT_PARAMETERS });
    const parsed = parseGenesis(Buffer.from(text));
    expect(parsed).toMatchObject({ ok: true });
    expect(parsed.ok && parsed.value.organizations.length).toBe(count);
  });

  it('have prefixes that GS1 keeps for examples', () => {
    for (const { gs1CompanyPrefix } of sampleOrganizations(ORGANIZATIONS_MAX))
      expect(gs1CompanyPrefix).toMatch(/^952[0-9]{4}$/);
  });
});

describe('the GS1 check digit', () => {
  // GS1 General Specifications, section 7.9.1, and GTINs of the EPCIS standard's examples.
  it.each(['6291041500213', '04012345123456', '376104250021234569'])('of %s', (number) => {
    expect(withCheckDigit(number.slice(0, -1))).toBe(number);
  });
});
