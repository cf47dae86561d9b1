export type { Did, NetworkId, KeyId, PublicKey, Height, UnixMs } from './names.js';
export type { SignatureVerifier, Signer } from './ports.js';
export type {
  Organization,
  OrganizationKey,
  OrganizationRole,
  OrganizationStatus,
  KeyPurpose,
  Parameters,
  Validator,
  ValidatorSet,
} from './organization.js';
export type { Genesis, GenesisOrganization } from './genesis.js';
