import { assertInvariant, bytesEqual, type Result } from '#codec';
import { applyDueProposals, CURRENT, parametersHash, validatorSetHash, type Did } from '#identity';
import { BLOCK_VERSION, blockHash, encodeHeader, hashBytes } from '../block/header.js';
import type {
  BlockHash,
  BlockHeader,
  BlockOutcome,
  Certificate,
  ChainState,
  LogWrite,
  TreeWrite,
} from '../block.types.js';
import { certificateHash } from '../certificate/certificate.js';
import type { DecodedEntry, EntryId, Finding } from '../entry.types.js';
import type { ChainHead, NextHeight } from '../execute.types.js';
import { appendLeaves, merkleRoot } from '../log/append.js';
import { updateTree } from '../state-tree/update-tree.js';
import { StateOverlay } from '../state/state-overlay.js';
import { executeEntry, type EntryContext } from './execute-entry.js';
import { nextHeight } from './head.js';
import { missedTurns, standingsAfter, TURNS } from './turns.js';

/** What a block comes to: the header it must have, and everything that it writes. */
export interface ExecutedContent {
  readonly header: BlockHeader;
  readonly hash: BlockHash;
  readonly entries: readonly DecodedEntry[];
  readonly outcome: BlockOutcome;
  readonly treeWrites: readonly TreeWrite[];
  readonly logWrites: readonly LogWrite[];
  readonly next: NextHeight;
}

/** One block being executed on the head, entry by entry; the same for who builds it and for who judges it. */
export class BlockExecution {
  readonly #chain: ChainState;
  readonly #head: ChainHead;
  readonly #next: NextHeight;
  readonly #context: EntryContext;
  readonly #state: StateOverlay;
  readonly #entries: DecodedEntry[] = [];
  readonly #included = new Set<EntryId>();
  readonly #findings: (readonly Finding[])[] = [];

  constructor(chain: ChainState, head: ChainHead, next: NextHeight, context: Omit<EntryContext, 'chain' | 'next'>) {
    assertInvariant(next.height === head.header.height + 1, 'INV-CHAIN-1', {
      head: head.header.height,
      next: next.height,
    });
    this.#chain = chain;
    this.#head = head;
    this.#next = next;
    this.#context = { ...context, chain, next };
    this.#state = new StateOverlay(chain);
  }

  /** Carries out one more entry; on a failure the block is as if it had not been tried. */
  add(entry: DecodedEntry): Result<readonly Finding[]> {
    this.#state.begin();
    const result = executeEntry(entry, this.#state, this.#context, this.#included);
    if (!result.ok) {
      this.#state.rollback();
      return result;
    }
    this.#state.accept();
    this.#entries.push(entry);
    this.#included.add(entry.statement.entryId);
    this.#findings.push(result.value);
    return result;
  }

  /** Settles turns, what takes effect at the next height, state tree and log. Call once, after the last entry. */
  finish(proposer: Did, parentCertificate: Certificate | null): ExecutedContent {
    const { header: parent, hash: parentHash } = this.#head;
    this.#settleTurns(parentCertificate);
    applyDueProposals(this.#state, this.#next.height + 1, missedTurns(this.#state));
    const changes = this.#state.changes();
    const tree = updateTree(changes, (path) => this.#chain.treeNode(path));
    assertInvariant(bytesEqual(tree.rootBefore, parent.stateRoot), 'INV-STATE-1', { height: parent.height });
    const leafHashes = this.#entries.map((entry) => entry.leafHash);
    const log = appendLeaves(parent.logSize, leafHashes, (level, index) => this.#chain.logNode(level, index));
    const next = nextHeight(this.#state, { height: this.#next.height });
    const header: BlockHeader = {
      version: BLOCK_VERSION,
      networkId: parent.networkId,
      height: this.#next.height,
      time: this.#context.time,
      parentHash,
      proposer,
      entriesRoot: merkleRoot(leafHashes),
      logSize: log.size,
      logRoot: log.root,
      stateRoot: tree.root,
      validatorsHash: validatorSetHash(this.#next.validators),
      nextValidatorsHash: validatorSetHash(next.validators),
      paramsHash: parametersHash(this.#next.parameters),
      parentCertificateHash: certificateHash(parentCertificate),
    };
    const hash = blockHash(encodeHeader(header));
    const content: ExecutedContent = {
      header,
      hash,
      entries: this.#entries,
      outcome: { findings: this.#findings, changes },
      treeWrites: tree.writes,
      logWrites: log.writes,
      next,
    };
    assertChainInvariants(this.#head, content);
    return content;
  }

  #settleTurns(parentCertificate: Certificate | null): void {
    const before = this.#state.get(TURNS, CURRENT);
    assertInvariant(before !== undefined, 'INV-STATE-5', { height: this.#next.height });
    this.#state.put(TURNS, CURRENT, {
      validators: this.#next.validators,
      turnOrder: this.#next.turnOrder,
      standings: parentCertificate === null ? before.standings : standingsAfter(before, parentCertificate),
    });
  }
}

/**
 * What must hold between a block and its parent, whatever was in it (ARCHITECTURE.md lists the ids).
 * @throws InvariantViolation
 */
function assertChainInvariants(parent: ChainHead, { header, hash, entries, outcome, next }: ExecutedContent): void {
  const { height } = header;
  assertInvariant(height === parent.header.height + 1 && next.height === height + 1, 'INV-CHAIN-1', { height });
  const isChild = header.parentHash === parent.hash && blockHash(encodeHeader(parent.header)) === parent.hash;
  assertInvariant(isChild, 'INV-CHAIN-2', { height });
  assertInvariant(hashBytes(hash).length === 32 && header.time > parent.header.time, 'INV-CHAIN-4', { height });
  assertInvariant(header.logSize === parent.header.logSize + entries.length, 'INV-LOG-2', { height });
  assertInvariant(outcome.findings.length === entries.length, 'INV-STATE-6', { height });
  const ids = new Set(entries.map((entry) => entry.statement.entryId));
  const isOnce = ids.size === entries.length && entries.every((entry) => entry.statement.notAfter >= height);
  assertInvariant(isOnce, 'INV-ENTRY-2', { height });
}
