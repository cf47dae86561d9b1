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
export {
  findSigningKey,
  isDisputed,
  isKeyValidAt,
  mayWrite,
  type SigningKeyErrorCode,
  type SigningRule,
} from './find-key.js';
export { validatorSet, validatorSetHash } from './validator-set.js';
export { DEFAULT_PARAMETERS, PARAMETER_BOUNDS, parametersHash } from './parameters.js';
export { gs1PrefixOwner, isGln, isGs1Prefix } from './gs1-prefix.js';
export { parseGenesis, GENESIS_FORMAT, type GenesisErrorCode } from './parse-genesis.js';
export { genesisRecords } from './genesis-records.js';
export {
  rotationProofMessage,
  rootCommitmentOf,
  ORGANIZATION_KEYS_MAX,
  type NewKeyErrorCode,
} from './keys/register-key.js';
export {
  rotateKey,
  OVERLAP_BLOCKS_MAX,
  ROTATION_SIGNED_WITH,
  type KeyRotation,
  type KeyRotationErrorCode,
} from './keys/rotate-key.js';
export {
  revokeOwnKey,
  REVOCATION_SIGNED_WITH,
  type OwnRevocation,
  type OwnRevocationErrorCode,
  type Revocation,
} from './keys/revoke-key.js';
export {
  recoverKeys,
  RECOVERED_PURPOSES,
  type KeyRecovery,
  type KeyRecoveryErrorCode,
  type RecoveredPurpose,
} from './keys/recover-keys.js';
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
export {
  checkTicket,
  readTicket,
  signTicket,
  TICKET_CHARS_MAX,
  TICKET_PEERS_MAX,
  TICKET_PREFIX,
} from './invitation/ticket.js';
export type { InvitationTicket, InvitedPeer, TicketErrorCode } from './invitation/ticket.types.js';
export { GS1_PREFIXES_UNDER } from './governance/gs1-prefixes.js';
export {
  judgeValidatorChange,
  type QuorumFigures,
  type ValidatorChange,
  type ValidatorChangeJudgement,
} from './governance/judge-validator-change.js';
export {
  ballotsNeeded,
  changesValidators,
  thresholdOf,
  touchesConsensus,
  THRESHOLD_PERCENT_MAX,
  THRESHOLD_PERCENT_MIN,
} from './governance/policy.js';
export { outcomeOf, proposalStateAt, tallyOf } from './governance/tally.js';
export {
  judgeAction,
  VALIDATORS_MAX,
  type ActionErrorCode,
  type JudgeActionOptions,
} from './governance/judge-action.js';
export { judgeAdmissionRequest, type AdmissionRequestErrorCode } from './governance/judge-admission.js';
export {
  openProposal,
  OPEN_PROPOSALS_MAX,
  PROPOSAL_BLOCKS_MAX,
  type OpeningErrorCode,
  type ProposalOpening,
} from './governance/open-proposal.js';
export {
  castBallot,
  withdrawProposal,
  type BallotCast,
  type BallotErrorCode,
  type WithdrawalErrorCode,
} from './governance/cast-ballot.js';
export { applyDueProposals } from './governance/apply-due-proposals.js';
export { updateOrganization, type ProfileChange } from './governance/update-organization.js';
export { isApiUrl, isLanguageTag, isNodeAddress } from './governance/profile-fields.js';
