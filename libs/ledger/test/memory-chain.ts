import { toHex } from '#codec';
import type { BlockCommit, ChainState, EntryId, EntryPosition } from '#ledger';

/** The chain's stored state in maps, as the store keeps it in LMDB. */
export class MemoryChain implements ChainState {
  readonly #state = new Map<string, Uint8Array>();
  readonly #tree = new Map<string, Uint8Array>();
  readonly #log = new Map<string, Uint8Array>();
  readonly #positions = new Map<EntryId, EntryPosition>();

  commit({ block, outcome, treeWrites, logWrites }: Omit<BlockCommit, 'certificate'>): void {
    for (const { key, value } of outcome.changes) {
      if (value === null) this.#state.delete(key);
      else this.#state.set(key, value);
    }
    for (const { path, node } of treeWrites) {
      if (node === null) this.#tree.delete(toHex(path));
      else this.#tree.set(toHex(path), node);
    }
    for (const { level, index, hash } of logWrites) this.#log.set(`${level}/${index}`, hash);
    block.entries.forEach(({ statement }, index) => {
      this.#positions.set(statement.entryId, { height: block.header.height, index });
    });
  }

  stateValue(key: string): Uint8Array | undefined {
    return this.#state.get(key);
  }

  treeNode(path: Uint8Array): Uint8Array | undefined {
    return this.#tree.get(toHex(path));
  }

  logNode(level: number, index: number): Uint8Array | undefined {
    return this.#log.get(`${level}/${index}`);
  }

  entryPosition(id: EntryId): EntryPosition | undefined {
    return this.#positions.get(id);
  }
}
