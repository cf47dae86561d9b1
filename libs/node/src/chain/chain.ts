import { assertInvariant, bytesEqual, failure, success, type Result } from '#codec';
import type { Genesis, Height, NetworkId, SignatureVerifier, UnixMs } from '#identity';
import {
  buildBlock,
  checkEntry,
  decodeBlock,
  decodeCertificate,
  decodeOutcome,
  encodeCertificate,
  encodeOutcome,
  genesisBlock,
  judgeBlock,
  nextHeight,
  readHead,
  StateOverlay,
  verifyCertificate,
  type Block,
  type BlockHash,
  type BuiltBlock,
  type Certificate,
  type ChainHead,
  type DecodedEntry,
  type EntryRules,
  type ExecutedBlock,
  type JudgeResult,
  type NextHeight,
} from '#ledger';
import type { CommittedBlock } from '../node.types.js';
import type { ChainStore } from '../ports.js';

export interface ChainOptions {
  readonly store: ChainStore;
  readonly genesis: Genesis;
  readonly rules: EntryRules;
  readonly verifier: SignatureVerifier;
  /** Entries that this node already holds, decoded and verified. */
  readonly known: (leafHash: string) => DecodedEntry | undefined;
}

/** Blocks of the next height that are kept decoded and executed. */
const CANDIDATES_MAX = 16;

/**
 * The chain at its head: executes candidate blocks, keeps what it executed until one of them is final, and writes that
 * one. A block is executed once per node, however often it is looked at.
 */
export class Chain {
  private currentHead: ChainHead;
  private upcoming: NextHeight;
  private durable: Height;
  private stateAtHead: StateOverlay | undefined;
  private readonly decoded = new Map<BlockHash, Block>();
  private readonly executed = new Map<BlockHash, ExecutedBlock>();
  /** Entries whose signature this node has verified. A signature does not go bad; whether its key still counts is asked at each height. */
  private readonly verified = new WeakSet<DecodedEntry>();
  private readonly followers = new Set<(block: CommittedBlock) => void>();
  private readonly waitingForDisk: CommittedBlock[] = [];

  readonly networkId: NetworkId;

  constructor(private readonly options: ChainOptions) {
    const { store, genesis } = options;
    this.networkId = genesis.networkId;
    const first = genesisBlock(genesis);
    if (store.height === undefined) {
      const commit = { ...first.commit, certificate: null };
      store.commit({ commit, certificateBytes: null, outcomeBytes: encodeOutcome(commit.outcome) }, () => undefined);
    }
    assertInvariant(store.heightOf(first.block.hash) === 0, 'INV-CHAIN-2', { reason: 'the stored chain has another genesis' });
    const height = store.height as Height;
    this.currentHead = readHead(store.block(height) as Uint8Array, store.certificate(height));
    this.durable = this.currentHead.header.height;
    this.upcoming = nextHeight(this.state(), this.currentHead.header);
  }

  get head(): ChainHead {
    return this.currentHead;
  }

  get next(): NextHeight {
    return this.upcoming;
  }

  /** Height up to which a crash of the machine loses nothing. */
  get durableHeight(): Height {
    return this.durable;
  }

  /** The state after the head, for reading and for trying an entry out; records are decoded once per head. */
  state(): StateOverlay {
    return (this.stateAtHead ??= new StateOverlay(this.options.store));
  }

  /** Remembers that this node has verified the entry's signature. */
  markVerified(entry: DecodedEntry): void {
    this.verified.add(entry);
  }

  /** What the next block would say to this entry alone, on the state after the head. */
  check(entry: DecodedEntry, blockTime: UnixMs): Result<unknown> {
    return checkEntry(this.options.store, entry, { ...this.verification(), next: this.upcoming, time: blockTime, state: this.state() });
  }

  build(candidates: readonly DecodedEntry[], proposer: NextHeight['turnOrder'][number], now: UnixMs): BuiltBlock {
    const input = { proposer, now, candidates, ...this.verification() };
    const built = buildBlock(this.options.store, this.currentHead, this.upcoming, input);
    this.remember(built.block);
    this.executed.set(built.block.hash, built);
    return built;
  }

  /** Reads a block that claims to follow the head. The same bytes are decoded once. */
  read(bytes: Uint8Array): Result<Block> {
    for (const earlier of this.decoded.values()) if (bytesEqual(earlier.bytes, bytes)) return success(earlier);
    const block = decodeBlock(bytes, { networkId: this.networkId, rules: this.options.rules, known: this.options.known });
    if (!block.ok) return block;
    const earlier = this.decoded.get(block.value.hash);
    if (earlier !== undefined) return success(earlier);
    if (block.value.header.height === this.upcoming.height) this.remember(block.value);
    return block;
  }

  /** Keeps the latest few candidates: a hostile proposer may send any number. */
  private remember(block: Block): void {
    this.decoded.set(block.hash, block);
    if (this.decoded.size <= CANDIDATES_MAX) return;
    const [oldest] = this.decoded.keys();
    this.decoded.delete(oldest as BlockHash);
    this.executed.delete(oldest as BlockHash);
  }

  /** A block that `read` or `build` returned at this height. */
  candidate(hash: BlockHash): Block | undefined {
    return this.decoded.get(hash);
  }

  /**
   * @param now - this node's clock when the block is new; undefined for one that was prepared or finalised already, which is
   *   not judged for its age
   */
  judge(block: Block, now: UnixMs | undefined): JudgeResult {
    const done = this.executed.get(block.hash);
    if (done !== undefined) return success(done);
    const { verifier, isVerified } = this.verification();
    const options = now === undefined ? { isVerified } : { isVerified, now };
    const result = judgeBlock(this.options.store, this.currentHead, this.upcoming, block, verifier, options);
    if (result.ok) this.executed.set(block.hash, result.value);
    return result;
  }

  /** Makes a judged block the head. Followers hear of it when it is durable. */
  append(block: Block, certificate: Certificate): void {
    const executed = this.executed.get(block.hash);
    assertInvariant(executed !== undefined, 'INV-CHAIN-3', { height: block.header.height, reason: 'appended without being judged' });
    const commit = { ...executed.commit, certificate };
    const committed: CommittedBlock = { block: executed.block, certificate, outcome: commit.outcome };
    this.waitingForDisk.push(committed);
    this.options.store.commit(
      { commit, certificateBytes: encodeCertificate(certificate), outcomeBytes: encodeOutcome(commit.outcome) },
      () => this.becameDurable(block.header.height),
    );
    this.currentHead = { hash: block.hash, header: block.header, certificate };
    this.upcoming = executed.next;
    this.stateAtHead = undefined;
    this.decoded.clear();
    this.executed.clear();
  }

  /** Verifies and appends a finalised block that another node sent. */
  appendFinalised(blockBytes: Uint8Array, certificateBytes: Uint8Array): Result<Block> {
    const certificate = decodeCertificate(certificateBytes);
    if (!certificate.ok) return certificate;
    const block = this.read(blockBytes);
    if (!block.ok) return block;
    if (certificate.value.blockHash !== block.value.hash) {
      return failure('BLOCK_WRONG_CERTIFICATE', 'the certificate is for another block');
    }
    if (block.value.header.height !== this.upcoming.height) {
      return failure('BLOCK_WRONG_HEIGHT', `expected height ${this.upcoming.height}, got ${block.value.header.height}`);
    }
    const sealed = verifyCertificate(certificate.value, block.value.header, this.upcoming.validators, this.options.verifier);
    if (!sealed.ok) return sealed;
    const judged = this.judge(block.value, undefined);
    // A quorum sealed what this node finds invalid: one of the two is broken, and going on would hide which.
    assertInvariant(judged.ok, 'INV-CONS-1', {
      height: block.value.header.height,
      hash: block.value.hash,
      ...(judged.ok ? {} : { code: judged.code, detail: judged.detail }),
    });
    this.append(block.value, certificate.value);
    return block;
  }

  committed(height: Height): CommittedBlock | undefined {
    const { store } = this.options;
    if (height > this.durable) return undefined;
    const bytes = store.block(height);
    if (bytes === undefined) return undefined;
    const block = decodeBlock(bytes, { networkId: this.networkId, rules: this.options.rules });
    assertInvariant(block.ok, 'INV-CHAIN-3', { height, ...(block.ok ? {} : { code: block.code, detail: block.detail }) });
    const outcome = decodeOutcome(store.outcome(height) as Uint8Array);
    return { block: block.value, certificate: this.storedCertificate(height), outcome };
  }

  onCommitted(follower: (block: CommittedBlock) => void): () => void {
    this.followers.add(follower);
    return () => this.followers.delete(follower);
  }

  private becameDurable(height: Height): void {
    while (this.waitingForDisk[0] !== undefined && this.waitingForDisk[0].block.header.height <= height) {
      const committed = this.waitingForDisk.shift() as CommittedBlock;
      this.durable = committed.block.header.height;
      for (const follower of this.followers) follower(committed);
    }
  }

  private verification(): { readonly verifier: SignatureVerifier; readonly isVerified: (entry: DecodedEntry) => boolean } {
    return { verifier: this.options.verifier, isVerified: (entry) => this.verified.has(entry) };
  }

  private storedCertificate(height: Height): Certificate | null {
    const bytes = this.options.store.certificate(height);
    if (bytes === undefined) return null;
    const certificate = decodeCertificate(bytes);
    assertInvariant(certificate.ok, 'INV-CHAIN-3', { height, reason: 'stored certificate' });
    return certificate.value;
  }
}
