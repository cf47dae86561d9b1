import { toHex } from '#codec';
import type {
  AdmissionRequest,
  BallotChoice,
  Did,
  Height,
  KeyPurpose,
  KeyWithProof,
  ProfileChange,
  ProposalRequest,
  RecoveredPurpose,
} from '#identity';
import { KEY_RECOVER } from '../acts/governance/key-recover.js';
import { KEY_REVOKE } from '../acts/governance/key-revoke.js';
import { ORGANIZATION_UPDATE } from '../acts/governance/organization-update.js';
import { PROPOSAL_VOTE, PROPOSAL_WITHDRAW } from '../acts/governance/proposal-answer.js';
import { PROPOSAL_OPEN } from '../acts/governance/proposal-open.js';
import { draft, type EntryDraft } from './act-drafts.js';

export interface KeyRevocationInput {
  readonly keyId: string;
  readonly notTrustedFrom: Height;
  readonly reason: string;
  readonly replacement?: KeyWithProof | undefined;
}

export interface KeyRecoveryInput {
  readonly keys: Readonly<Record<RecoveredPurpose, KeyWithProof>>;
  readonly notTrustedFrom?: Height | undefined;
  readonly reason: string;
}

/** An action with what no rule depends on. */
export type ProposalActionInput =
  | Exclude<ProposalRequest, { kind: 'organization.admit' }>
  | {
      readonly kind: 'organization.admit';
      readonly organization: AdmissionRequest & { readonly wordsCompared?: boolean | undefined };
    };

export interface ProposalOpeningInput {
  readonly action: ProposalActionInput;
  readonly reason?: string | undefined;
  readonly expiresAt: Height;
  readonly effectHeight?: Height | undefined;
}

export interface BallotInput {
  /** Entry id of the opening. */
  readonly proposal: string;
  readonly choice: BallotChoice;
  readonly reason?: string | undefined;
}

/** @param did - the author */
export function organizationUpdate(did: Did, change: ProfileChange): EntryDraft {
  const { name, names, contact, gln, furtherGlns, nodeAddress, apiUrl } = change;
  return draft(ORGANIZATION_UPDATE, did, { name, names, contact, gln, furtherGlns, nodeAddress, apiUrl });
}

export function keyRevocation({ keyId, notTrustedFrom, reason, replacement }: KeyRevocationInput): EntryDraft {
  const key = replacement && keyContent(replacement);
  return draft(KEY_REVOKE, keyId, { keyId, notTrustedFrom, reason, replacement: key });
}

/** @param did - the author */
export function keyRecovery(did: Did, { keys, notTrustedFrom, reason }: KeyRecoveryInput): EntryDraft {
  return draft(KEY_RECOVER, did, { keys: keysContent(keys), notTrustedFrom, reason });
}

export function proposalOpening({ action, reason, expiresAt, effectHeight }: ProposalOpeningInput): EntryDraft {
  const content = { action: actionContent(action), reason, expiresAt, effectHeight };
  return draft(PROPOSAL_OPEN, subjectOf(action), content);
}

export function ballot({ proposal, choice, reason }: BallotInput): EntryDraft {
  return draft(PROPOSAL_VOTE, proposal, { proposal, choice, reason });
}

export function proposalWithdrawal({ proposal, reason }: Omit<BallotInput, 'choice'>): EntryDraft {
  return draft(PROPOSAL_WITHDRAW, proposal, { proposal, reason });
}

function actionContent(action: ProposalActionInput): object {
  if (action.kind !== 'organization.admit') return action;
  const { organization } = action;
  return {
    kind: action.kind,
    did: organization.did,
    name: organization.name,
    names: organization.names,
    gs1CompanyPrefixes: organization.gs1CompanyPrefixes,
    gln: organization.gln,
    furtherGlns: organization.furtherGlns,
    contact: organization.contact,
    roles: organization.roles,
    nodeAddress: organization.nodeAddress,
    apiUrl: organization.apiUrl,
    keys: keysContent(organization.keys),
    rootCommitment: toHex(organization.rootCommitment),
    invitationId: organization.invitationId,
    wordsCompared: organization.wordsCompared,
  };
}

function subjectOf(action: ProposalActionInput): string {
  switch (action.kind) {
    case 'organization.admit':
      return action.organization.did;
    case 'key.revoke':
      return action.keyId;
    case 'parameters.change':
      return 'parameters';
    default:
      return action.did;
  }
}

function keysContent(keys: Readonly<Partial<Record<KeyPurpose, KeyWithProof>>>): object {
  return Object.fromEntries(Object.entries(keys).map(([purpose, key]) => [purpose, keyContent(key)]));
}

function keyContent({ publicKey, proof }: KeyWithProof): object {
  return { publicKey: toHex(publicKey), proof: toHex(proof) };
}
