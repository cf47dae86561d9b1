import { utf8Encode } from '#codec';
import { DEFAULT_PARAMETERS, keyIdOf, portableSigner, type Did, type Genesis, type NetworkId, type Signer } from '#identity';
import {
  buildBlock,
  decodeEntry,
  genesisBlock,
  signEntry,
  type ChainState,
  type DecodedEntry,
  type EntryId,
  type EntryPosition,
  type ExecutedBlock,
} from '#ledger';
import type { CommittedBlock } from '#node';
import { createTraceRules, epcisEntries, type EntryDraft } from '#trace';
import type { IndexSource } from '../src/indexer.js';

const NETWORK_ID = '7e'.repeat(32) as NetworkId;
const GENESIS_TIME = Date.UTC(2026, 0, 1);
const NOT_AFTER = 10_000;

/** A party of the test chain. */
export interface TestOrganization {
  readonly did: Did;
  readonly signer: Signer;
}

/** The production ledger without consensus: blocks are built and committed in memory, one second apart. Signatures are not checked. */
export class TestChain implements IndexSource {
  readonly maker = testOrganization('maker', 1);
  readonly carrier = testOrganization('carrier', 2);
  readonly #rules = createTraceRules({ networkId: NETWORK_ID, verifier: { verify: () => true } });
  readonly #blocks: CommittedBlock[] = [];
  readonly #listeners = new Set<(block: CommittedBlock) => void>();
  readonly #state = new Map<string, Uint8Array>();
  readonly #tree = new Map<string, Uint8Array>();
  readonly #log = new Map<string, Uint8Array>();
  readonly #positions = new Map<string, EntryPosition>();
  #head: ExecutedBlock;

  /** @param others - organisations beside maker and carrier */
  constructor(others: readonly TestOrganization[] = []) {
    const genesis: Genesis = {
      networkId: NETWORK_ID,
      time: GENESIS_TIME,
      parameters: DEFAULT_PARAMETERS,
      organizations: [this.maker, this.carrier, ...others].map(({ did, signer }, i) => ({
        did,
        name: `Organisation ${i}`,
        roles: ['validator', 'member'] as const,
        gs1CompanyPrefixes: i === 0 ? ['952110'] : [],
        nodeKey: portableSigner(new Uint8Array(32).fill(100 + i)).publicKey,
        signingKey: signer.publicKey,
      })),
    };
    this.#head = genesisBlock(genesis);
    this.#commit(this.#head);
  }

  /** A signed entry; `subject` and time do not matter to the rules. */
  entry({ did, signer }: TestOrganization, draft: EntryDraft): DecodedEntry {
    const fields = { ...draft, issuer: did, keyId: keyIdOf(signer.publicKey), networkId: NETWORK_ID, notAfter: NOT_AFTER };
    const unsigned = signEntry(fields, draft.content, { publicKey: signer.publicKey, sign: () => new Uint8Array(64) });
    const decoded = decodeEntry(unsigned.statement, draft.content, { networkId: NETWORK_ID, rules: this.#rules });
    if (!decoded.ok) throw new Error(`${decoded.code}: ${decoded.detail} ${decoded.pointer ?? ''}`);
    return decoded.value;
  }

  /** The one entry that captures a bare EPCIS event, or a document as a whole. */
  capture(author: TestOrganization, event: object): DecodedEntry {
    const drafts = epcisEntries(utf8Encode(JSON.stringify({ '@context': 'https://ref.gs1.org/standards/epcis/epcis-context.jsonld', ...event })), 'rollback');
    if (!drafts.ok) throw new Error(`${drafts.code}: ${drafts.detail}`);
    return this.entry(author, drafts.value[0] as EntryDraft);
  }

  /** Appends a block; every entry must be valid. @returns its height */
  append(...entries: DecodedEntry[]): number {
    const head = { hash: this.#head.block.hash, header: this.#head.block.header, certificate: null };
    const built = buildBlock(this.#chainState, head, this.#head.next, {
      proposer: this.maker.did,
      now: GENESIS_TIME + (head.header.height + 1) * 1000,
      candidates: entries,
      verifier: { verify: () => true },
      isVerified: () => true,
    });
    if (built.leftOut.length > 0) throw new Error(JSON.stringify(built.leftOut));
    this.#commit(built);
    return built.block.header.height;
  }

  durableHeight(): number {
    return this.#blocks.length - 1;
  }

  committed(height: number): CommittedBlock | undefined {
    return this.#blocks[height];
  }

  onCommitted(listener: (block: CommittedBlock) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get blocks(): readonly CommittedBlock[] {
    return this.#blocks;
  }

  get #chainState(): ChainState {
    return {
      stateValue: (key) => this.#state.get(key),
      treeNode: (path) => this.#tree.get(path.join()),
      logNode: (level, index) => this.#log.get(`${level}/${index}`),
      entryPosition: (id) => this.#positions.get(id),
    };
  }

  #commit(executed: ExecutedBlock): void {
    const { block, commit } = executed;
    for (const { key, value } of commit.outcome.changes) {
      if (value === null) this.#state.delete(key);
      else this.#state.set(key, value);
    }
    for (const { path, node } of commit.treeWrites) {
      if (node === null) this.#tree.delete(path.join());
      else this.#tree.set(path.join(), node);
    }
    for (const { level, index, hash } of commit.logWrites) this.#log.set(`${level}/${index}`, hash);
    for (const [index, { statement }] of block.entries.entries()) this.#positions.set(statement.entryId, { height: block.header.height, index });
    this.#head = executed;
    const committed: CommittedBlock = { block, certificate: null, outcome: commit.outcome };
    this.#blocks.push(committed);
    for (const listener of this.#listeners) listener(committed);
  }
}

export function idOf(entry: DecodedEntry): EntryId {
  return entry.statement.entryId;
}

/** @param seed - of its signing key, 1..99; 1 and 2 are taken */
export function testOrganization(name: string, seed: number): TestOrganization {
  return { did: `did:web:${name}.example` as Did, signer: portableSigner(new Uint8Array(32).fill(seed)) };
}
