import { bytesEqual, compareBytes, sha256, utf8Encode } from '#codec';
import type { StateChange, TreeWrite } from '../block.types.js';
import { bitAt, pathOf, ROOT_PATH } from './path.js';
import {
  assertNode,
  branchBytes,
  EMPTY_TREE_ROOT,
  firstHash,
  hashOfNode,
  isEmptyHash,
  isLeaf,
  leafBytes,
  secondHash,
} from './tree-node.js';

export type ReadTreeNode = (path: Uint8Array) => Uint8Array | undefined;

export interface TreeUpdate {
  readonly rootBefore: Uint8Array;
  readonly root: Uint8Array;
  readonly writes: readonly TreeWrite[];
}

/** One key's new leaf; null = the key leaves the state. */
interface LeafChange {
  readonly keyHash: Uint8Array;
  readonly leaf: Uint8Array | null;
}

/** A subtree that is not empty. `node` is undefined where it was not touched and need not be read. */
interface Subtree {
  readonly hash: Uint8Array;
  readonly node: Uint8Array | undefined;
}

/**
 * Applies a block's changes to the state tree as one batch: every shared path is read and hashed once.
 * The tree is compact (a subtree with one key is that key's leaf), so the root depends on the content only, not on history.
 * Structure and hashes: docs/protocol/log-and-state.md.
 *
 * @param changes - one per key, in any order
 * @param readNode - the tree before, by path
 */
export function updateTree(changes: readonly StateChange[], readNode: ReadTreeNode): TreeUpdate {
  const leaves = changes.map(leafChange).sort((a, b) => compareBytes(a.keyHash, b.keyHash));
  const update = new BatchUpdate(leaves, readNode);
  return update.run();
}

function leafChange({ key, value }: StateChange): LeafChange {
  const keyHash = sha256(utf8Encode(key));
  return { keyHash, leaf: value === null ? null : leafBytes(keyHash, sha256(value)) };
}

class BatchUpdate {
  readonly #changes: readonly LeafChange[];
  readonly #readNode: ReadTreeNode;
  readonly #writes: TreeWrite[] = [];

  constructor(changes: readonly LeafChange[], readNode: ReadTreeNode) {
    this.#changes = changes;
    this.#readNode = readNode;
  }

  run(): TreeUpdate {
    const before = this.#readNode(ROOT_PATH);
    const root = before === undefined ? undefined : { hash: hashOfNode(before), node: before };
    const rootBefore = root?.hash ?? EMPTY_TREE_ROOT;
    if (this.#changes.length === 0) return { rootBefore, root: rootBefore, writes: [] };
    const after = this.#rewrite(root, 0, 0, this.#changes.length);
    this.#store(ROOT_PATH, root, after);
    return { rootBefore, root: after?.hash ?? EMPTY_TREE_ROOT, writes: this.#writes };
  }

  /**
   * Applies changes [from, to), which all lie below the node at `depth`, and stores everything below that node. The node itself
   * is stored by the caller, because it may move up there.
   */
  #rewrite(before: Subtree | undefined, depth: number, from: number, to: number): Subtree | undefined {
    const node = before === undefined ? undefined : this.#nodeAt(before, depth, from);
    if (node === undefined || isLeaf(node)) return this.#rewriteLeaf(node, depth, from, to);

    const left = this.#childOf(firstHash(node));
    const right = this.#childOf(secondHash(node));
    const middle = this.#firstWithOne(depth, from, to);
    const leftAfter = middle > from ? this.#rewrite(left, depth + 1, from, middle) : left;
    const rightAfter = middle < to ? this.#rewrite(right, depth + 1, middle, to) : right;
    return this.#join(depth, from, [left, right], [leftAfter, rightAfter]);
  }

  /** The subtree holds one key or none: what remains of it and the new leaves are built up from nothing. */
  #rewriteLeaf(node: Uint8Array | undefined, depth: number, from: number, to: number): Subtree | undefined {
    const leaves: Uint8Array[] = [];
    let old = node;
    for (let i = from; i < to; i++) {
      const change = this.#changes[i] as LeafChange;
      const order = old === undefined ? 1 : compareBytes(firstHash(old), change.keyHash);
      if (old !== undefined && order <= 0) {
        if (order < 0) leaves.push(old);
        old = undefined;
      }
      if (change.leaf !== null) leaves.push(change.leaf);
    }
    if (old !== undefined) leaves.push(old);
    return this.#build(leaves, depth, 0, leaves.length);
  }

  /** A subtree of the sorted leaves [from, to), where nothing was stored before. */
  #build(leaves: readonly Uint8Array[], depth: number, from: number, to: number): Subtree | undefined {
    if (from === to) return undefined;
    const first = leaves[from] as Uint8Array;
    if (to - from === 1) return { hash: hashOfNode(first), node: first };
    let middle = from;
    while (middle < to && bitAt(firstHash(leaves[middle] as Uint8Array), depth) === 0) middle++;
    const left = this.#build(leaves, depth + 1, from, middle);
    const right = this.#build(leaves, depth + 1, middle, to);
    if (left !== undefined) this.#write(pathOf(firstHash(first), depth + 1), left);
    if (right !== undefined) this.#write(pathOf(firstHash(leaves[to - 1] as Uint8Array), depth + 1), right);
    return branchOf(left, right);
  }

  /** Puts two children together: as a branch, or, when only one leaf is left of them, as that leaf one level higher. */
  #join(
    depth: number,
    from: number,
    before: readonly [Subtree | undefined, Subtree | undefined],
    after: readonly [Subtree | undefined, Subtree | undefined],
  ): Subtree | undefined {
    const { keyHash } = this.#changes[from] as LeafChange;
    const paths = [childPath(keyHash, depth, 0), childPath(keyHash, depth, 1)] as const;
    const [left, right] = after;
    if (left === undefined || right === undefined) {
      const side = left === undefined ? 1 : 0;
      const only = after[side];
      const node = only === undefined ? undefined : (only.node ?? this.#read(paths[side]));
      if (only === undefined || (node !== undefined && isLeaf(node))) {
        this.#store(paths[0], before[0], undefined);
        this.#store(paths[1], before[1], undefined);
        return only === undefined ? undefined : { hash: only.hash, node };
      }
    }
    this.#store(paths[0], before[0], left);
    this.#store(paths[1], before[1], right);
    return branchOf(left, right);
  }

  #childOf(hash: Uint8Array): Subtree | undefined {
    return isEmptyHash(hash) ? undefined : { hash, node: undefined };
  }

  #nodeAt(subtree: Subtree, depth: number, from: number): Uint8Array {
    return subtree.node ?? this.#read(pathOf((this.#changes[from] as LeafChange).keyHash, depth));
  }

  #read(path: Uint8Array): Uint8Array {
    const node = this.#readNode(path);
    assertNode(node, path);
    return node;
  }

  /** Index of the first change of [from, to) whose bit at `depth` is one. */
  #firstWithOne(depth: number, from: number, to: number): number {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (bitAt((this.#changes[middle] as LeafChange).keyHash, depth) === 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #store(path: Uint8Array, before: Subtree | undefined, after: Subtree | undefined): void {
    if (after !== undefined) {
      if (before === undefined || !bytesEqual(before.hash, after.hash)) this.#write(path, after);
    } else if (before !== undefined) {
      this.#writes.push({ path, node: null });
    }
  }

  #write(path: Uint8Array, subtree: Subtree): void {
    if (subtree.node !== undefined) this.#writes.push({ path, node: subtree.node });
  }
}

function branchOf(left: Subtree | undefined, right: Subtree | undefined): Subtree {
  const node = branchBytes(left?.hash ?? EMPTY_TREE_ROOT, right?.hash ?? EMPTY_TREE_ROOT);
  return { hash: hashOfNode(node), node };
}

/** Path of the left (0) or right (1) child of the node at `depth` above `keyHash`. */
function childPath(keyHash: Uint8Array, depth: number, side: 0 | 1): Uint8Array {
  const path = pathOf(keyHash, depth + 1);
  if (bitAt(keyHash, depth) === side) return path;
  const byte = depth >> 3;
  path[byte] = (path[byte] as number) ^ (0x80 >> (depth & 7));
  return path;
}
