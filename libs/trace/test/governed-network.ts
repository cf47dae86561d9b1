import { sha256, toHex, utf8Encode, type Result } from '#codec';
import {
  DEFAULT_PARAMETERS,
  GENESIS_FORMAT,
  keyIdOf,
  parseGenesis,
  portableSigner,
  portableVerifier,
  PROPOSAL,
  rootCommitmentOf,
  rotationProofMessage,
  type AdmissionRequest,
  type Did,
  type Genesis,
  type KeyPurpose,
  type KeyWithProof,
  type Proposal,
  type ProposalId,
  type ProposalRequest,
  type Signer,
} from '#identity';
import {
  buildBlock,
  checkEntry,
  checkpointText,
  decodeEntry,
  encodeOutcome,
  proposerOf,
  signEntry,
  StateOverlay,
  type DecodedEntry,
  type Finding,
} from '#ledger';
import { createTraceRules, proposalOpening, type EntryDraft } from '#trace';
import { GENESIS_TIME, TestNetwork } from '../../ledger/test/network.js';

export const didOf = (name: string): Did => `did:web:${name}.example` as Did;

const signers = new Map<string, Signer>();
const signersByKey = new Map<string, Signer>();

/** From fixed seeds: SHA-256 of `lading test <name> <purpose>`, of later keys with their number behind it. */
export function signerOf(name: string, purpose: KeyPurpose, number = 1): Signer {
  const seed = `lading test ${name} ${purpose}${number === 1 ? '' : ` ${number}`}`;
  const signer = signers.get(seed) ?? portableSigner(sha256(utf8Encode(seed)));
  signers.set(seed, signer);
  signersByKey.set(toHex(signer.publicKey), signer);
  return signer;
}

export function governedGenesisText(validators: readonly string[], members: readonly string[] = []): string {
  const organizations = [...validators, ...members].map((name, i) => ({
    did: didOf(name),
    name,
    roles: validators.includes(name) ? ['validator', 'member'] : ['member'],
    gs1CompanyPrefixes: [`061414${i}`],
    nodeKey: toHex(signerOf(name, 'node').publicKey),
    signingKey: toHex(signerOf(name, 'sign').publicKey),
    adminKey: toHex(signerOf(name, 'admin').publicKey),
    rootKey: toHex(signerOf(name, 'root').publicKey),
    rootCommitment: toHex(rootCommitmentOf(signerOf(name, 'root', 2).publicKey)),
  }));
  return JSON.stringify({ format: GENESIS_FORMAT, time: GENESIS_TIME, organizations, parameters: DEFAULT_PARAMETERS });
}

export function readGenesis(text: string): Genesis {
  const genesis = parseGenesis(utf8Encode(text));
  if (!genesis.ok) throw new Error(`${genesis.code} ${genesis.pointer}: ${genesis.detail}`);
  return genesis.value;
}

/** Which key signs; without it, the first key for what the entry asks. */
export interface SignedWith {
  readonly purpose?: KeyPurpose;
  readonly number?: number;
}

/** A whole network in one place whose organisations govern it: entries are authenticated, blocks sealed by who validates then. */
export class GovernedNetwork {
  readonly network: TestNetwork;
  /** Validators that neither propose nor seal. */
  readonly down = new Set<Did>();

  constructor(genesis: Genesis) {
    this.network = new TestNetwork(genesis);
  }

  get height(): number {
    return this.network.next.height;
  }

  get validators(): readonly string[] {
    return this.network.next.validators.map(({ id }) => id.slice('did:web:'.length, -'.example'.length));
  }

  entry(author: string, draft: EntryDraft, { purpose = 'admin', number = 1 }: SignedWith = {}): DecodedEntry {
    const signer = signerOf(author, purpose, number);
    const { networkId } = this.network.genesis;
    const { content, ...labels } = draft;
    const fields = { ...labels, keyId: keyIdOf(signer.publicKey), issuer: didOf(author), networkId, notAfter: this.height + 1000 };
    const { statement } = signEntry(fields, content, signer);
    const rules = createTraceRules({ verifier: portableVerifier, networkId });
    const decoded = decodeEntry(statement, content, { networkId, rules });
    if (!decoded.ok) throw new Error(`${decoded.code} ${decoded.pointer}: ${decoded.detail}`);
    return decoded.value;
  }

  /** Whether the entry would be taken into the next block, with the code if not. */
  check(entry: DecodedEntry): Result<void> {
    const { chain, next, head } = this.network;
    return checkEntry(chain, entry, { next, time: head.header.time + 1000, verifier: portableVerifier });
  }

  /**
   * Makes a block of the entries in the first round whose proposer is up.
   * @throws Error when an entry is refused, or too few validators are up
   */
  block(...candidates: readonly DecodedEntry[]): readonly (readonly Finding[])[] {
    const { chain, head, next } = this.network;
    const isUp = (did: Did): boolean => !this.down.has(did);
    const round = next.turnOrder.findIndex((_, i) => isUp(proposerOf(next.turnOrder, next.height, i)));
    const proposer = proposerOf(next.turnOrder, next.height, round);
    const built = buildBlock(chain, head, next, { proposer, now: head.header.time + 1000, candidates, verifier: portableVerifier });
    if (built.leftOut.length > 0) throw new Error(`${built.leftOut[0]?.code}: ${built.leftOut[0]?.detail}`);
    const text = checkpointText(built.block.header, built.block.hash, round);
    const seals = next.validators
      .filter(({ id }) => isUp(id))
      .map(({ id, publicKey }) => ({ validator: id, signature: (signersByKey.get(toHex(publicKey)) as Signer).sign(text) }));
    this.network.commit(built, { height: next.height, round, blockHash: built.block.hash, seals });
    return built.commit.outcome.findings;
  }

  /** Opens a proposal in a block of its own. */
  open(author: string, action: ProposalRequest, when: { readonly expiresAt?: number; readonly effectHeight?: number } = {}): ProposalId {
    const entry = this.entry(author, proposalOpening({ action, expiresAt: this.height + 20, ...when }));
    this.block(entry);
    return entry.statement.entryId;
  }

  state(): StateOverlay {
    return new StateOverlay(this.network.chain);
  }

  proposal(id: ProposalId): Proposal {
    return this.state().get(PROPOSAL, id) as Proposal;
  }

  keyWithProof(organization: string, purpose: KeyPurpose, number = 1): KeyWithProof {
    const signer = signerOf(organization, purpose, number);
    const { publicKey } = signer;
    const message = { networkId: this.network.genesis.networkId, organization: didOf(organization), purpose, publicKey };
    return { publicKey, proof: signer.sign(rotationProofMessage(message)) };
  }

  admission(name: string, changes: Partial<AdmissionRequest> = {}): Extract<ProposalRequest, { kind: 'organization.admit' }> {
    const key = (purpose: KeyPurpose) => this.keyWithProof(name, purpose);
    return {
      kind: 'organization.admit',
      organization: {
        did: didOf(name),
        name,
        roles: ['member'],
        gs1CompanyPrefixes: [],
        keys: { root: key('root'), admin: key('admin'), sign: key('sign'), node: key('node') },
        rootCommitment: rootCommitmentOf(signerOf(name, 'root', 2).publicKey),
        ...changes,
      },
    };
  }

  /** The blocks after genesis as a vector holds them. */
  vectorBlocks(): readonly { height: number; hash: string; stateRoot: string; block: string; outcome: string }[] {
    return this.network.blocks.slice(1).map(({ executed }) => ({
      height: executed.block.header.height,
      hash: executed.block.hash,
      stateRoot: toHex(executed.block.header.stateRoot),
      block: toHex(executed.block.bytes),
      outcome: toHex(encodeOutcome(executed.commit.outcome)),
    }));
  }
}
