import { assertInvariant, bytesEqual, compareStrings, type RecordType, type RecordWriter } from '#codec';
import type { ChainState, StateChange } from '../block.types.js';

/** A record as this overlay knows it: as stored, or as last put. `value` undefined = absent. */
interface Known {
  readonly type: RecordType<unknown>;
  readonly value: unknown;
  readonly isWritten: boolean;
}

/**
 * The state as a block's execution sees it: records of the chain's head, and what the block has written so far. Each record is
 * decoded once. One entry at a time can be carried out on trial: `begin`, then `accept` or `rollback`.
 */
export class StateOverlay implements RecordWriter {
  readonly #chain: Pick<ChainState, 'stateValue'>;
  readonly #known = new Map<string, Known>();
  /** Bytes of the records that were read, so that `changes` need not read them again. */
  readonly #stored = new Map<string, Uint8Array | undefined>();
  /** What to put back on `rollback`, by key; undefined outside `begin`…`accept`. */
  #undo: Map<string, Known | undefined> | undefined;

  constructor(chain: Pick<ChainState, 'stateValue'>) {
    this.#chain = chain;
  }

  get<T>(type: RecordType<T>, id: string): T | undefined {
    const key = stateKey(type, id);
    const known = this.#known.get(key);
    if (known !== undefined) return known.value as T | undefined;
    const bytes = this.#storedBytes(key);
    const value = bytes === undefined ? undefined : type.decode(bytes);
    this.#known.set(key, { type: type as RecordType<unknown>, value, isWritten: false });
    return value;
  }

  put<T>(type: RecordType<T>, id: string, value: T): void {
    this.#write(type as RecordType<unknown>, id, value);
  }

  remove<T>(type: RecordType<T>, id: string): void {
    this.#write(type as RecordType<unknown>, id, undefined);
  }

  /** Starts a trial. Trials do not nest. */
  begin(): void {
    assertInvariant(this.#undo === undefined, 'INV-STATE-3');
    this.#undo = new Map();
  }

  /** Keeps what was written since `begin`. */
  accept(): void {
    assertInvariant(this.#undo !== undefined, 'INV-STATE-3');
    this.#undo = undefined;
  }

  /** Forgets what was written since `begin`. */
  rollback(): void {
    assertInvariant(this.#undo !== undefined, 'INV-STATE-3');
    for (const [key, known] of this.#undo) {
      if (known === undefined) this.#known.delete(key);
      else this.#known.set(key, known);
    }
    this.#undo = undefined;
  }

  /** Every record that differs from what is stored, sorted by key. A record that was changed back is no change. */
  changes(): StateChange[] {
    const changes: StateChange[] = [];
    for (const [key, { type, value, isWritten }] of this.#known) {
      if (!isWritten) continue;
      // The tree hashes the key's UTF-8; a lone surrogate would let two keys become one.
      assertInvariant(key.isWellFormed(), 'INV-STATE-4', { key });
      const before = this.#storedBytes(key);
      const after = value === undefined ? null : type.encode(value);
      const isSame = after === null ? before === undefined : before !== undefined && bytesEqual(before, after);
      if (!isSame) changes.push({ key, value: after });
    }
    return changes.sort((a, b) => compareStrings(a.key, b.key));
  }

  #storedBytes(key: string): Uint8Array | undefined {
    if (this.#stored.has(key)) return this.#stored.get(key);
    const bytes = this.#chain.stateValue(key);
    this.#stored.set(key, bytes);
    return bytes;
  }

  #write(type: RecordType<unknown>, id: string, value: unknown): void {
    const key = stateKey(type, id);
    if (this.#undo !== undefined && !this.#undo.has(key)) this.#undo.set(key, this.#known.get(key));
    this.#known.set(key, { type, value, isWritten: true });
  }
}

function stateKey(type: { readonly prefix: string }, id: string): string {
  return `${type.prefix}/${id}`;
}
