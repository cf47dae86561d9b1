import type { Did, Height, KeyPurpose, NetworkId, Organization, OrganizationKey } from '#identity';
import { isKeyValidAt } from '#identity';
import { multikeyOf } from './multikey.js';

/**
 * Terms of our own in the document; heights, because no key of the ledger expires by the clock. W3C's `expires` and
 * `revoked` are times and would be guesses.
 */
const LADING_TERMS = {
  lading: 'urn:lading:terms#',
  ledger: 'lading:ledger',
  networkId: 'lading:networkId',
  asOfHeight: 'lading:asOfHeight',
  status: 'lading:status',
  purpose: 'lading:purpose',
  validFromHeight: 'lading:validFromHeight',
  validUntilHeight: 'lading:validUntilHeight',
  notTrustedFromHeight: 'lading:notTrustedFromHeight',
  isRevoked: 'lading:isRevoked',
} as const;

/** What a key is for, in W3C's words; a root key is used with the ledger only. */
const RELATIONSHIP: Readonly<Partial<Record<KeyPurpose, string>>> = {
  sign: 'assertionMethod',
  node: 'authentication',
  admin: 'capabilityInvocation',
};

export interface DidDocumentInput {
  readonly organization: Organization;
  /** Every key that it ever had, in the order of their registration. */
  readonly keys: readonly OrganizationKey[];
  readonly networkId: NetworkId;
  /** Height of the last block. */
  readonly height: Height;
}

/**
 * The DID document of an organisation (W3C DID Core 1.0, did:web). `verificationMethod` lists every key that it ever had with its
 * heights, so that what was signed long ago can still be explained; the relationships list those that are valid for the next block.
 */
export function didDocument({ organization, keys, networkId, height }: DidDocumentInput) {
  const { did, gln, status } = organization;
  const methodId = ({ keyId }: OrganizationKey): string => `${did}#${keyId}`;
  const isValid = (key: OrganizationKey): boolean => status === 'active' && isKeyValidAt(key, height + 1);
  const relationships = Object.entries(RELATIONSHIP).map(([purpose, name]) => [
    name,
    keys.filter((key) => key.purpose === purpose && isValid(key)).map(methodId),
  ]);
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1', LADING_TERMS],
    id: did,
    // GS1 Digital Link of the party: application identifier 417.
    ...(gln === undefined ? {} : { alsoKnownAs: [`https://id.gs1.org/417/${gln}`] }),
    verificationMethod: keys.map((key) => verificationMethod(methodId(key), did, key)),
    ...(Object.fromEntries(relationships) as Record<string, string[]>),
    ledger: { networkId, asOfHeight: height, status },
  };
}

function verificationMethod(id: string, controller: Did, key: OrganizationKey) {
  return {
    id,
    type: 'Multikey',
    controller,
    publicKeyMultibase: multikeyOf(key.publicKey),
    purpose: key.purpose,
    validFromHeight: key.validFrom,
    ...(key.validUntil === undefined ? {} : { validUntilHeight: key.validUntil }),
    ...(key.revoked === undefined ? {} : { isRevoked: true }),
    ...(key.notTrustedFrom === undefined ? {} : { notTrustedFromHeight: key.notTrustedFrom }),
  };
}
