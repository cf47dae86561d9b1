import type { Brand } from '#codec';
import type { Did, Height, KeyId, NetworkId, PublicKey } from './names.js';
import type { KeyPurpose, Organization, OrganizationRole, Parameters } from './organization.js';

/** Id of the entry that opened a proposal, 64 hexadecimal characters; the same type as the ledger's `EntryId`. */
export type ProposalId = Brand<string, 'EntryId'>;

/** What the organisations decide together. The order is that of the record `policy/current`; a further one goes to the end. */
export const PROPOSAL_ACTIONS = [
  'organization.admit',
  'organization.roles',
  'organization.suspend',
  'organization.readmit',
  'organization.remove',
  'key.revoke',
  'validators.change',
  'parameters.change',
] as const;
export type ProposalActionKind = (typeof PROPOSAL_ACTIONS)[number];

/** Roles that are given by `organization.admit` and `organization.roles`; `validator` only by `validators.change`. */
export type OrdinaryRole = Exclude<OrganizationRole, 'validator'>;

/** What an organisation says about itself: members that may be changed by `organization.update`. */
export type OrganizationProfile = Pick<
  Organization,
  'name' | 'names' | 'contact' | 'gln' | 'furtherGlns' | 'nodeAddress' | 'apiUrl'
>;

/** An organisation that is to be admitted, with keys that passed `admitPublicKey` and proofs that were verified. */
export interface Admission extends OrganizationProfile {
  readonly did: Did;
  readonly roles: readonly OrdinaryRole[];
  readonly gs1CompanyPrefixes: readonly string[];
  readonly keys: Readonly<Record<KeyPurpose, PublicKey>>;
  /** SHA-256 of the root public key that comes after the present one, 32 bytes. */
  readonly rootCommitment: Uint8Array;
  /** Of the invitation that it answers; used once on a ledger. */
  readonly invitationId?: string;
}

/** What a proposal does when it takes effect; judged, as it stands in the state. */
export type ProposalAction =
  | { readonly kind: 'organization.admit'; readonly organization: Admission }
  | { readonly kind: 'organization.roles'; readonly did: Did; readonly roles: readonly OrdinaryRole[] }
  | { readonly kind: 'organization.suspend' | 'organization.readmit' | 'organization.remove'; readonly did: Did }
  | { readonly kind: 'key.revoke'; readonly keyId: KeyId; readonly notTrustedFrom: Height }
  | { readonly kind: 'validators.change'; readonly change: 'add' | 'remove'; readonly did: Did }
  | {
      readonly kind: 'parameters.change';
      readonly parameters: Readonly<Partial<Parameters>>;
      readonly thresholds: GovernancePolicy;
    };

/** A public key as it came, with the signature of that key over `rotationProofMessage`: nobody registers a key that they do not hold. */
export interface KeyWithProof {
  readonly publicKey: Uint8Array;
  readonly proof: Uint8Array;
}

/** An admission as it was asked for: keys not admitted, proofs not verified. */
export interface AdmissionRequest extends Omit<Admission, 'keys'> {
  readonly keys: Readonly<Record<KeyPurpose, KeyWithProof>>;
}

/** What a proposal asks for, before it was judged. */
export type ProposalRequest =
  | Exclude<ProposalAction, { kind: 'organization.admit' }>
  | { readonly kind: 'organization.admit'; readonly organization: AdmissionRequest };

/** State record `policy/current`, absent at first: per action the share of the validators that must say yes, percent 51..100. */
export type GovernancePolicy = Readonly<Partial<Record<ProposalActionKind, number>>>;

/**
 * `open` → `passed` | `rejected` | `withdrawn`; `passed` → `effective` | `failed`. An open proposal past its last height is
 * `expired`: nothing writes that, `proposalStateAt` tells it.
 */
export const PROPOSAL_STATES = ['open', 'passed', 'rejected', 'withdrawn', 'effective', 'failed'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

export const BALLOT_CHOICES = ['yes', 'no'] as const;
export type BallotChoice = (typeof BALLOT_CHOICES)[number];

export interface Ballot {
  readonly organization: Did;
  readonly choice: BallotChoice;
  readonly height: Height;
}

/** How the ballots stand: only those of organisations that are validators now count. */
export interface Tally {
  readonly yes: number;
  readonly no: number;
  readonly validators: number;
  /** Yes ballots with which it passes. */
  readonly needed: number;
}

/** State record `proposal/<entry id of its opening>`. What it says to people stands in that entry. */
export interface Proposal {
  readonly action: ProposalAction;
  readonly state: ProposalState;
  readonly openedBy: Did;
  readonly openedHeight: Height;
  /** Last height at which a ballot is taken. */
  readonly expiresAt: Height;
  /** First height that is decided under the change: as the opener asked, from `passed` on as it will be or was. */
  readonly effectHeight?: Height;
  /** In the order in which they were cast, one per organisation. */
  readonly ballots: readonly Ballot[];
  /** Of the entry that made it pass, be rejected or be withdrawn, with the tally of that moment. */
  readonly decided?: { readonly height: Height; readonly tally: Tally };
  /** State `failed`: the code of what no longer held. */
  readonly failure?: string;
}

/** What every governance act is judged by, beside its content. */
export interface GovernanceContext {
  readonly networkId: NetworkId;
  /** The organisation that signed the entry, and with which key; the ledger has authenticated both. */
  readonly author: Did;
  readonly signerKeyId: KeyId;
  /** Height of the block that includes the entry. */
  readonly height: Height;
  /** Validators that missed their last turns, as the chain knows it (`missedTurns` of libs/ledger). */
  readonly missed: ReadonlySet<Did>;
}
