import { toHex } from '#codec';
import { EMPTY_TREE_ROOT, updateTree, type StateChange } from '#ledger';

/** A state tree kept in a map, as the store keeps it in LMDB. */
export class MemoryTree {
  readonly #nodes = new Map<string, Uint8Array>();
  root: Uint8Array = EMPTY_TREE_ROOT;

  readonly read = (path: Uint8Array): Uint8Array | undefined => this.#nodes.get(toHex(path));

  apply(changes: readonly StateChange[]): void {
    const { root, writes } = updateTree(changes, this.read);
    const seen = new Set<string>();
    for (const { path, node } of writes) {
      const key = toHex(path);
      if (seen.has(key)) throw new Error(`two writes of one path: ${key}`);
      seen.add(key);
      if (node === null) this.#nodes.delete(key);
      else this.#nodes.set(key, node);
    }
    this.root = root;
  }

  /** Everything stored, in path order. */
  dump(): [string, string][] {
    return [...this.#nodes]
      .map(([path, node]): [string, string] => [path, toHex(node)])
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
