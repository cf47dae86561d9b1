import { assertInvariant, compareStrings, toHex } from '#codec';
import type { VoteRecord } from '#consensus';
import type { Did, Height } from '#identity';
import type { BlockHash, EntryId, EntryPosition } from '#ledger';
import type { ChainStore, EncodedCommit, VoteJournal } from '#node';
import type { Random } from './random.js';
import type { Timeline } from './timeline.js';

const CHAIN_FSYNC_FACTOR = 20;

/**
 * One node's disk. What was written is readable at once and durable only after a simulated fsync; a crash forgets what was
 * not durable, in whole transactions, as LMDB does.
 */
export class VirtualDisk {
  private readonly durableCommits: EncodedCommit[] = [];
  private readonly durableVotes: VoteRecord[] = [];
  private durableVotesFrom: Height | undefined;
  /** Changes with every crash, so that an fsync of a former life is no longer heard. */
  private life = 0;

  constructor(
    readonly owner: Did,
    private readonly timeline: Timeline,
    private readonly random: Random,
    private readonly fsyncMaxMs: number,
  ) {}

  /** Highest block that survives a crash; undefined before genesis is durable. */
  get durableHeight(): Height | undefined {
    return this.durableCommits.length === 0 ? undefined : this.durableCommits.length - 1;
  }

  crash(): void {
    this.life++;
  }

  openStore(): ChainStore {
    return new VirtualChainStore(this.durableCommits, (commit, onDurable) => {
      this.fsync('chain', () => {
        this.durableCommits.push(commit);
        onDurable();
      });
    });
  }

  openJournal(): VoteJournal {
    const records = [...this.durableVotes];
    let prunedBelow = 0;
    let votesFrom = this.durableVotesFrom;
    const keepVotesFrom = (height: Height | undefined): void =>
      this.fsync('votes', () => (this.durableVotesFrom = height));
    return {
      get votesFrom() {
        return votesFrom;
      },
      set votesFrom(height) {
        votesFrom = height;
        keepVotesFrom(height);
      },
      load: (height) => records.filter((record) => record.height >= height),
      record: (added, onDurable) => {
        for (const record of added) {
          const earlier = records.find((other) => other.height === record.height && other.round === record.round && other.kind === record.kind);
          assertInvariant(earlier === undefined || earlier.digest === record.digest, 'INV-CONS-2', { organization: this.owner, height: record.height });
          records.push(record);
        }
        const isKept = isFrom(prunedBelow);
        this.fsync('votes', () => {
          this.durableVotes.splice(0, this.durableVotes.length, ...this.durableVotes.filter(isKept), ...added);
          onDurable();
        });
      },
      // Removed from the disk with the next record, as `libs/store` does.
      prune: (height) => {
        prunedBelow = Math.max(prunedBelow, height);
        records.splice(0, records.length, ...records.filter(isFrom(prunedBelow)));
      },
    };
  }

  private readonly lastFsyncAt = { chain: 0, votes: 0 };

  /** Chain and votes lie in files of their own: in order within each, and blocks, which are larger, fall behind votes. */
  private fsync(file: 'chain' | 'votes', done: () => void): void {
    const { life } = this;
    const longestMs = file === 'chain' ? this.fsyncMaxMs * CHAIN_FSYNC_FACTOR : this.fsyncMaxMs;
    const at = Math.max(this.timeline.now + this.random.between(0, longestMs), this.lastFsyncAt[file]);
    this.lastFsyncAt[file] = at;
    this.timeline.after(at - this.timeline.now, () => {
      if (life === this.life) done();
    });
  }
}

function isFrom(height: Height): (record: VoteRecord) => boolean {
  return (record) => record.height >= height;
}

class VirtualChainStore implements ChainStore {
  private readonly commits: EncodedCommit[] = [];
  private readonly state = new Map<string, Uint8Array>();
  private readonly tree = new Map<string, Uint8Array>();
  private readonly log = new Map<string, Uint8Array>();
  private readonly positions = new Map<EntryId, EntryPosition>();
  private readonly heights = new Map<BlockHash, Height>();

  constructor(
    durable: readonly EncodedCommit[],
    private readonly fsync: (commit: EncodedCommit, onDurable: () => void) => void,
  ) {
    for (const commit of durable) this.apply(commit);
  }

  get height(): Height | undefined {
    return this.commits.length === 0 ? undefined : this.commits.length - 1;
  }

  block(height: Height): Uint8Array | undefined {
    return this.commits[height]?.commit.block.bytes;
  }

  certificate(height: Height): Uint8Array | undefined {
    return this.commits[height]?.certificateBytes ?? undefined;
  }

  outcome(height: Height): Uint8Array | undefined {
    return this.commits[height]?.outcomeBytes;
  }

  heightOf(hash: BlockHash): Height | undefined {
    return this.heights.get(hash);
  }

  entryPosition(id: EntryId): EntryPosition | undefined {
    return this.positions.get(id);
  }

  stateValue(key: string): Uint8Array | undefined {
    return this.state.get(key);
  }

  stateIds(prefix: string): readonly string[] {
    const keys = [...this.state.keys()].filter((key) => key.startsWith(`${prefix}/`));
    return keys.map((key) => key.slice(prefix.length + 1)).sort(compareStrings);
  }

  treeNode(path: Uint8Array): Uint8Array | undefined {
    return this.tree.get(toHex(path));
  }

  logNode(level: number, index: number): Uint8Array | undefined {
    return this.log.get(`${level}/${index}`);
  }

  commit(commit: EncodedCommit, onDurable: () => void): void {
    this.apply(commit);
    this.fsync(commit, onDurable);
  }

  private apply(encoded: EncodedCommit): void {
    const { block, outcome, treeWrites, logWrites } = encoded.commit;
    assertInvariant(block.header.height === this.commits.length, 'INV-CHAIN-1', { height: block.header.height, expected: this.commits.length });
    this.commits.push(encoded);
    this.heights.set(block.hash, block.header.height);
    for (const { key, value } of outcome.changes) {
      if (value === null) this.state.delete(key);
      else this.state.set(key, value);
    }
    for (const { path, node } of treeWrites) {
      if (node === null) this.tree.delete(toHex(path));
      else this.tree.set(toHex(path), node);
    }
    for (const { level, index, hash } of logWrites) this.log.set(`${level}/${index}`, hash);
    for (const [index, entry] of block.entries.entries()) {
      this.positions.set(entry.statement.entryId, { height: block.header.height, index });
    }
  }
}
