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
export { admitPublicKey, keyIdOf, type PublicKeyErrorCode } from './admit-public-key.js';
export { precheckSignature } from './precheck-signature.js';
export { portableSigner, portableVerifier } from './portable-crypto.js';
export { parseDid, type DidErrorCode } from './parse-did.js';
export { faultTolerance, quorum } from './quorum.js';
export { CURRENT, GS1_PREFIX, ORGANIZATION, ORGANIZATION_KEY, PARAMETERS, VALIDATORS } from './records.js';
export { findSigningKey, isKeyValidAt, type SigningKeyErrorCode } from './find-key.js';
export { validatorSet, validatorSetHash } from './validator-set.js';
export { DEFAULT_PARAMETERS, PARAMETER_BOUNDS, parametersHash } from './parameters.js';
export { gs1PrefixOwner, isGln, isGs1Prefix } from './gs1-prefix.js';
export { parseGenesis, GENESIS_FORMAT, type GenesisErrorCode } from './parse-genesis.js';
export { genesisRecords } from './genesis-records.js';
export {
  rotateKey,
  rotationProofMessage,
  OVERLAP_BLOCKS_MAX,
  type KeyRotation,
  type KeyRotationErrorCode,
} from './rotate-key.js';
export {
  BALLOT_CHOICES,
  PROPOSAL_ACTIONS,
  PROPOSAL_STATES,
  type Admission,
  type AdmissionRequest,
  type Ballot,
  type BallotChoice,
  type GovernanceContext,
  type GovernancePolicy,
  type KeyWithProof,
  type OrdinaryRole,
  type OrganizationProfile,
  type Proposal,
  type ProposalAction,
  type ProposalActionKind,
  type ProposalId,
  type ProposalRequest,
  type ProposalState,
  type Tally,
} from './governance.types.js';
export { DUE, INVITATION, OPEN_PROPOSALS, POLICY, PROPOSAL } from './governance/proposal-records.js';
export { comparisonWords, type ComparedKeys } from './invitation/comparison-words.js';
export { checkTicket, readTicket, signTicket, TICKET_CHARS_MAX, TICKET_PEERS_MAX, TICKET_PREFIX } from './invitation/ticket.js';
export type { InvitationTicket, InvitedPeer, TicketErrorCode } from './invitation/ticket.types.js';
