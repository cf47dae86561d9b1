import type { Did, NetworkId, PublicKey, UnixMs } from './names.js';
import type { OrganizationRole, Parameters } from './organization.js';

/** One organisation in the genesis file. */
export interface GenesisOrganization {
  readonly did: Did;
  readonly name: string;
  readonly roles: readonly OrganizationRole[];
  readonly gs1CompanyPrefixes: readonly string[];
  readonly gln?: string;
  readonly nodeKey: PublicKey;
  readonly signingKey: PublicKey;
  readonly adminKey?: PublicKey;
  readonly rootKey?: PublicKey;
  /** With a root key: SHA-256 of the root public key that comes after it, 32 bytes. */
  readonly rootCommitment?: Uint8Array;
}

/** The genesis file, read and judged. `networkId` is the SHA-256 of its bytes. */
export interface Genesis {
  readonly networkId: NetworkId;
  readonly time: UnixMs;
  readonly organizations: readonly GenesisOrganization[];
  readonly parameters: Parameters;
}
