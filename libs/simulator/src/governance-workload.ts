import {
  keyIdOf,
  rotationProofMessage,
  type Did,
  type Height,
  type NetworkId,
  type ProposalRequest,
  type ValidatorSet,
} from '#identity';
import { encodeStatement, statementToSign } from '#ledger';
import { ballot, keyRotation, proposalOpening, type EntryDraft } from '#trace';
import type { Random } from './random.js';
import { stubSigner } from './stub-crypto.js';
import type { SignedEntry } from './workload.js';

/** What the organisations of a simulated world decide: validators leave and come back, parameters change, node keys are rotated. */
export class GovernanceWorkload {
  private counter = 0;
  /** Of the last proposals; a node that has not yet seen the opening refuses the ballots. */
  private waiting: SignedEntry[] = [];

  constructor(
    private readonly random: Random,
    private readonly networkId: NetworkId,
    private readonly organisations: readonly Did[],
  ) {}

  /** A proposal, and for the one before it ballots: sometimes more and sometimes fewer than are needed. */
  next(height: Height, validators: ValidatorSet): SignedEntry[] {
    if (this.random.below(4) === 0) return [this.rotation()];
    const opener = this.random.pick(this.organisations);
    const action = this.action(validators);
    const opening = this.signed(opener, proposalOpening({ action, expiresAt: height + 50, reason: `proposal ${this.counter++}` }));
    const voters = this.organisations.filter((did) => did !== opener && this.random.below(10) > 0);
    const ballots = voters.map((did) => this.signed(did, ballot({ proposal: opening.id, choice: 'yes' })));
    const entries = [...this.waiting, opening];
    this.waiting = ballots;
    return entries;
  }

  /** A new node key, at once or with the old one beside it for a few blocks. */
  private rotation(): SignedEntry {
    const organization = this.random.pick(this.organisations);
    const next = stubSigner(`node of ${organization} after ${this.counter++}`);
    const { publicKey } = next;
    const proof = next.sign(rotationProofMessage({ networkId: this.networkId, organization, purpose: 'node', publicKey }));
    const overlapBlocks = this.random.pick([0, 0, 1, 5]);
    const revokeOld = overlapBlocks === 0 && this.random.chance(50);
    return this.signed(organization, keyRotation({ purpose: 'node', publicKey, proof, overlapBlocks, revokeOld }));
  }

  private action(validators: ValidatorSet): ProposalRequest {
    if (this.random.below(8) === 0) {
      const batchWaitMs = this.random.pick([0, 5, 10, 50]);
      return { kind: 'parameters.change', parameters: { batchWaitMs }, thresholds: {} };
    }
    const did = this.random.pick(this.organisations);
    const change = validators.some(({ id }) => id === did) ? 'remove' : 'add';
    return { kind: 'validators.change', change, did };
  }

  private signed(issuer: Did, { content, ...labels }: EntryDraft): SignedEntry {
    const signer = stubSigner(`admin of ${issuer}`);
    const fields = { ...labels, keyId: keyIdOf(signer.publicKey), networkId: this.networkId, issuer, notAfter: 100_000 };
    const unsigned = statementToSign(fields, content);
    return { id: unsigned.entryId, statement: encodeStatement(unsigned, signer.sign(unsigned.toBeSigned)), content };
  }
}
