import { sha256, toHex, utf8Encode, type Result } from '#codec';
import {
  applyDueProposals,
  castBallot,
  CURRENT,
  DEFAULT_PARAMETERS,
  GENESIS_FORMAT,
  genesisRecords,
  keyIdOf,
  ORGANIZATION,
  openProposal,
  parseGenesis,
  portableVerifier,
  PROPOSAL,
  rootCommitmentOf,
  rotationProofMessage,
  VALIDATORS,
  withdrawProposal,
  type AdmissionRequest,
  type BallotChoice,
  type Did,
  type Genesis,
  type GovernanceContext,
  type KeyId,
  type KeyPurpose,
  type KeyWithProof,
  type NetworkId,
  type Organization,
  type Proposal,
  type ProposalId,
  type ProposalRequest,
} from '#identity';
import { signerOf } from '../fixtures.js';
import { memoryRecords } from '../memory-records.js';

/** Organisations have one letter; their keys are made of it. */
export const didOf = (name: string): Did => `did:web:${name.toLowerCase()}.example` as Did;
export const keyOf = (name: string, purpose: KeyPurpose) => signerOf(`${name} ${purpose}`);

/** Making a key from its name takes a millisecond, and the tests name keys often. */
const keyIds = new Map<string, KeyId>();
export function keyIdOfName(name: string, purpose: KeyPurpose): KeyId {
  const known = keyIds.get(`${name} ${purpose}`) ?? keyIdOf(keyOf(name, purpose).publicKey);
  keyIds.set(`${name} ${purpose}`, known);
  return known;
}

/** A network of validators and members on a state in memory, a height at a time. What is refused leaves nothing behind. */
export class Council {
  readonly state = memoryRecords();
  readonly networkId: NetworkId;
  /** Of the block that is being made. */
  height = 1;
  missed = new Set<Did>();
  private entries = 0;

  constructor(validators: string, members = '') {
    const genesis = genesisOf(validators, members);
    genesisRecords(genesis, this.state);
    this.networkId = genesis.networkId;
  }

  context(author: string, purpose: KeyPurpose = 'admin'): GovernanceContext {
    const { networkId, height, missed } = this;
    return { networkId, height, missed, author: didOf(author), signerKeyId: keyIdOfName(author, purpose) };
  }

  tryOpen(
    author: string,
    action: ProposalRequest,
    when: { readonly expiresAt?: number; readonly effectHeight?: number } = {},
  ): Result<Proposal> & { readonly id: ProposalId } {
    const id = toHex(sha256(utf8Encode(`entry ${this.entries++}`))) as ProposalId;
    const opening = { id, action, expiresAt: this.height + 100, ...when };
    return { ...this.attempt(() => openProposal(this.state, opening, this.context(author), portableVerifier)), id };
  }

  /** @throws Error when it is refused */
  open(
    author: string,
    action: ProposalRequest,
    when: { readonly expiresAt?: number; readonly effectHeight?: number } = {},
  ): ProposalId {
    const opened = this.tryOpen(author, action, when);
    if (!opened.ok) throw new Error(`${opened.code}: ${opened.detail}`);
    return opened.id;
  }

  vote(author: string, proposal: ProposalId, choice: BallotChoice = 'yes'): Result<Proposal> {
    return this.attempt(() => castBallot(this.state, { proposal, choice }, this.context(author)));
  }

  withdraw(author: string, proposal: ProposalId): Result<Proposal> {
    return this.attempt(() => withdrawProposal(this.state, proposal, this.context(author)));
  }

  /** Finishes the block, and so many more. */
  block(count = 1): void {
    for (let i = 0; i < count; i++) {
      applyDueProposals(this.state, this.height + 1, this.missed);
      this.height++;
    }
  }

  proposal(id: ProposalId): Proposal {
    return this.state.get(PROPOSAL, id) as Proposal;
  }

  organization(name: string): Organization {
    return this.state.get(ORGANIZATION, didOf(name)) as Organization;
  }

  /** The letters of the validators, in order. */
  get validators(): string {
    return (this.state.get(VALIDATORS, CURRENT) ?? []).map((did) => did.charAt(8).toUpperCase()).join('');
  }

  /** Does it, or nothing. */
  attempt<T>(act: () => Result<T>): Result<T> {
    const before = new Map(this.state.values);
    const result = act();
    if (!result.ok) this.state.restore(before);
    return result;
  }

  /** An admission that holds. */
  admission(name: string, changes: Partial<AdmissionRequest> = {}): ProposalRequest {
    const keys = Object.fromEntries(
      (['root', 'admin', 'sign', 'node'] as const).map((purpose) => [purpose, this.keyWithProof(name, purpose)]),
    ) as AdmissionRequest['keys'];
    return {
      kind: 'organization.admit',
      organization: {
        did: didOf(name),
        name,
        roles: ['member'],
        gs1CompanyPrefixes: [],
        keys,
        rootCommitment: rootCommitmentOf(signerOf(`${name} root 2`).publicKey),
        ...changes,
      },
    };
  }

  /** The key of a name and purpose, proven for the organisation. */
  keyWithProof(organization: string, purpose: KeyPurpose, keyName = `${organization} ${purpose}`): KeyWithProof {
    const signer = signerOf(keyName);
    const { publicKey } = signer;
    const message = { networkId: this.networkId, organization: didOf(organization), purpose, publicKey };
    return { publicKey, proof: signer.sign(rotationProofMessage(message)) };
  }
}

export const add = (name: string): ProposalRequest => ({ kind: 'validators.change', change: 'add', did: didOf(name) });
export const remove = (name: string): ProposalRequest => ({
  kind: 'validators.change',
  change: 'remove',
  did: didOf(name),
});

const genesisCache = new Map<string, Genesis>();

function genesisOf(validators: string, members: string): Genesis {
  const cached = genesisCache.get(`${validators}/${members}`);
  if (cached !== undefined) return cached;
  const organizations = [...validators, ...members].map((name) => ({
    did: didOf(name),
    name,
    roles: validators.includes(name) ? ['validator', 'member'] : ['member'],
    gs1CompanyPrefixes: [`95200${name.charCodeAt(0)}`],
    nodeKey: toHex(keyOf(name, 'node').publicKey),
    signingKey: toHex(keyOf(name, 'sign').publicKey),
    adminKey: toHex(keyOf(name, 'admin').publicKey),
    rootKey: toHex(keyOf(name, 'root').publicKey),
    rootCommitment: toHex(rootCommitmentOf(signerOf(`${name} root 2`).publicKey)),
  }));
  const file = { format: GENESIS_FORMAT, time: 1_790_000_000_000, organizations, parameters: DEFAULT_PARAMETERS };
  const genesis = parseGenesis(utf8Encode(JSON.stringify(file)));
  if (!genesis.ok) throw new Error(`${genesis.code} ${genesis.pointer} ${genesis.detail}`);
  genesisCache.set(`${validators}/${members}`, genesis.value);
  return genesis.value;
}
