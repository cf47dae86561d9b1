import {
  DEFAULT_PARAMETERS,
  keyIdOf,
  portableSigner,
  type Did,
  type Genesis,
  type NetworkId,
  type Signer,
} from '#identity';
import {
  buildBlock,
  decodeEntry,
  genesisBlock,
  signEntry,
  type ChainState,
  type DecodedEntry,
  type EntryPosition,
  type ExecutedBlock,
} from '#ledger';
import type { CommittedBlock } from '#node';
import { createTraceRules, type EntryDraft } from '#trace';
import { sampleOrganizations } from '../../apps/cli/src/dev/organizations.js';

const NETWORK_ID = '5e'.repeat(32) as NetworkId;
const GENESIS_TIME = Date.UTC(2025, 0, 1);
const BLOCK_MS = 1_000;
const NOT_AFTER = 100_000;

/** The production rules and execution in one process, without consensus, signatures and disk. A million events take about 2 GB. */
export class InMemoryLedger {
  readonly #rules = createTraceRules({ networkId: NETWORK_ID, verifier: { verify: () => true } });
  readonly #signers = new Map<string, Signer>();
  readonly #state = new Map<string, Uint8Array>();
  readonly #tree = new Map<string, Uint8Array>();
  readonly #log = new Map<string, Uint8Array>();
  readonly #positions = new Map<string, EntryPosition>();
  readonly #proposer: Did;
  #head: ExecutedBlock;

  constructor(organizations: ReturnType<typeof sampleOrganizations>) {
    const genesis: Genesis = {
      networkId: NETWORK_ID,
      time: GENESIS_TIME,
      parameters: DEFAULT_PARAMETERS,
      organizations: organizations.map(({ did, name, gs1CompanyPrefix, gln }, i) => {
        const signer = portableSigner(new Uint8Array(32).fill(1 + i));
        this.#signers.set(did, signer);
        return {
          did: did as Did,
          name,
          roles: ['validator', 'member'] as const,
          gs1CompanyPrefixes: [gs1CompanyPrefix],
          gln,
          nodeKey: portableSigner(new Uint8Array(32).fill(100 + i)).publicKey,
          signingKey: signer.publicKey,
        };
      }),
    };
    this.#proposer = genesis.organizations[0]?.did as Did;
    this.#head = genesisBlock(genesis);
    this.#commit(this.#head);
  }

  get genesis(): CommittedBlock {
    return { block: this.#head.block, certificate: null, outcome: this.#head.commit.outcome };
  }

  /** @throws Error when the rules cannot read the content */
  entry(author: string, draft: EntryDraft): DecodedEntry {
    const { publicKey } = this.#signers.get(author) as Signer;
    const fields = {
      ...draft,
      issuer: author as Did,
      keyId: keyIdOf(publicKey),
      networkId: NETWORK_ID,
      notAfter: NOT_AFTER,
    };
    const { statement } = signEntry(fields, draft.content, { publicKey, sign: () => new Uint8Array(64) });
    const decoded = decodeEntry(statement, draft.content, { networkId: NETWORK_ID, rules: this.#rules });
    if (!decoded.ok) throw new Error(`${decoded.code}: ${decoded.detail}`);
    return decoded.value;
  }

  /** The next block; entries that the rules refuse are left out of it. */
  append(candidates: readonly DecodedEntry[]): CommittedBlock {
    const { block } = this.#head;
    const built = buildBlock(
      this.#chainState,
      { hash: block.hash, header: block.header, certificate: null },
      this.#head.next,
      {
        proposer: this.#proposer,
        now: GENESIS_TIME + (block.header.height + 1) * BLOCK_MS,
        candidates,
        verifier: { verify: () => true },
        isVerified: () => true,
      },
    );
    this.#commit(built);
    return { block: built.block, certificate: null, outcome: built.commit.outcome };
  }

  get #chainState(): ChainState {
    return {
      stateValue: (key) => this.#state.get(key),
      treeNode: (path) => this.#tree.get(treeKey(path)),
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
      if (node === null) this.#tree.delete(treeKey(path));
      else this.#tree.set(treeKey(path), node);
    }
    for (const { level, index, hash } of commit.logWrites) this.#log.set(`${level}/${index}`, hash);
    for (const [index, { statement }] of block.entries.entries())
      this.#positions.set(statement.entryId, { height: block.header.height, index });
    this.#head = executed;
  }
}

function treeKey(path: Uint8Array): string {
  return Buffer.from(path).toString('latin1');
}
