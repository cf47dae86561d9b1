import { Buffer } from 'node:buffer';
import type { Database } from 'lmdb';

/** One write of a transaction; null removes the key. */
export interface TableWrite {
  readonly table: Table;
  readonly key: Buffer;
  readonly value: Uint8Array | null;
}

/**
 * A named LMDB database whose writes are visible before they are on the disk: what is on its way is kept in memory and
 * found first. So a block can be executed on top of one that another thread is still writing.
 */
export class Table {
  /** In the order of writing: oldest transaction first. Keys as Latin-1 text, one character per byte. */
  readonly #pending = new Map<string, { readonly transaction: number; readonly value: Uint8Array | null }>();

  constructor(private readonly database: Database<Uint8Array, Uint8Array>) {}

  /** The bytes are the caller's to keep, but shared: never write into them. */
  get(key: Buffer): Uint8Array | undefined {
    if (this.#pending.size > 0) {
      const pending = this.#pending.get(key.toString('latin1'));
      if (pending) return pending.value ?? undefined;
    }
    // A copy: LMDB reuses the buffers of its faster reads.
    return this.database.getBinary(key);
  }

  /** Makes the write visible. */
  show(transaction: number, key: Buffer, value: Uint8Array | null): void {
    const name = key.toString('latin1');
    // Deleted first, so that a key written again moves to the end of the map.
    this.#pending.delete(name);
    this.#pending.set(name, { transaction, value });
  }

  /** Hands the write to LMDB; within a batch of the environment, whose promise tells how it went. */
  store(key: Buffer, value: Uint8Array | null): void {
    if (value === null) void this.database.remove(key);
    else void this.database.put(key, value);
  }

  /** Forgets what LMDB has by now: all writes up to `transaction`. */
  settle(transaction: number): void {
    for (const [name, pending] of this.#pending) {
      if (pending.transaction > transaction) return;
      this.#pending.delete(name);
    }
  }

  /** Keys that begin with `prefix`, with what is on its way; in no particular order. */
  keys(prefix: Buffer): readonly Buffer[] {
    const names = new Set<string>();
    for (const key of this.database.getKeys({ start: prefix })) {
      const name = Buffer.from(key).toString('latin1');
      if (!name.startsWith(prefix.toString('latin1'))) break;
      names.add(name);
    }
    for (const [name, { value }] of this.#pending) {
      if (!name.startsWith(prefix.toString('latin1'))) continue;
      if (value === null) names.delete(name);
      else names.add(name);
    }
    return [...names].map((name) => Buffer.from(name, 'latin1'));
  }

  /** Everything in the database itself; for reading once at the start. */
  *stored(): Generator<{ readonly key: Uint8Array; readonly value: Uint8Array }> {
    for (const { key, value } of this.database.getRange({})) yield { key, value };
  }
}
