import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { lockDirectory } from './directory-lock.js';
import { Table, type TableWrite } from './table.js';

/** LMDB's bound on keys with pages of 4 KiB, in bytes. */
export const KEY_BYTES_MAX = 1978;

/** Address space, not disk: enough never to move the map while the node runs. */
const MAP_SIZE_DEFAULT = 256 * 2 ** 30;

export interface StoreOptions {
  /** Bytes of address space reserved for the memory map; default 256 GiB. The file itself grows with its contents only. */
  readonly mapSizeMax?: number;
  /**
   * Called once, when a write or its fsync failed (disk full, I/O error). What came after the last durable transaction is
   * lost, and trying again would not bring it back (fsync reports an error once): the node must stop. Default: throw out
   * of the event loop, which ends the process.
   */
  readonly onFailure?: (error: StoreWriteFailed) => void;
}

/** The disk did not take a transaction. Nothing of it is stored; the store takes no further ones. */
export class StoreWriteFailed extends Error {
  override readonly name = 'StoreWriteFailed';
  readonly code = 'STORE_WRITE_FAILED';

  constructor(directory: string, cause: unknown) {
    super(`STORE_WRITE_FAILED: ${directory}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/**
 * An LMDB environment in a directory that this process alone has open. Transactions are written by another thread, in
 * order, each with LMDB's own two-step commit: data and fsync, then the meta page and fsync. So a crash at any moment
 * leaves the last complete transaction. LMDB's `overlappingSync` is off: it acknowledges a commit before the fsync.
 */
export class Environment {
  readonly #root: RootDatabase<Uint8Array, Uint8Array>;
  readonly #release: () => void;
  readonly #tables: Table[] = [];
  readonly #onFailure: (error: StoreWriteFailed) => void;
  #transaction = 0;
  /** Resolves when everything written so far is durable, or has failed. */
  #written: Promise<void> = Promise.resolve();
  #failure: StoreWriteFailed | undefined;

  /** @throws StoreInUse */
  constructor(
    private readonly directory: string,
    name: string,
    options: StoreOptions,
  ) {
    this.#onFailure = options.onFailure ?? throwOutOfTheEventLoop;
    this.#release = lockDirectory(directory, name);
    try {
      this.#root = open({
        path: join(directory, `${name}.mdb`),
        encoding: 'binary',
        keyEncoding: 'binary',
        overlappingSync: false,
        mapSize: options.mapSizeMax ?? MAP_SIZE_DEFAULT,
      });
    } catch (error) {
      this.#release();
      throw error;
    }
  }

  table(name: string): Table {
    const table = new Table(this.#root.openDB({ name, encoding: 'binary', keyEncoding: 'binary' }));
    this.#tables.push(table);
    return table;
  }

  /**
   * Writes all or nothing. Reads of the tables see it at once.
   * @param writes - keys of 1..KEY_BYTES_MAX bytes; the bytes must not change any more
   * @param onDurable - called once, after fsync, in the order of the transactions
   * @throws StoreWriteFailed when an earlier transaction failed
   */
  write(writes: readonly TableWrite[], onDurable: () => void): void {
    if (this.#failure) throw this.#failure;
    // Before anything is queued: LMDB would keep the writes before a failing one.
    for (const { key } of writes) {
      if (key.length === 0 || key.length > KEY_BYTES_MAX) {
        throw new RangeError(`a key has 1..${KEY_BYTES_MAX} bytes, this one ${key.length}`);
      }
    }
    const transaction = ++this.#transaction;
    const committed = this.#root.batch(() => {
      for (const { table, key, value } of writes) table.write(transaction, key, value);
    });
    this.#written = this.#settle(transaction, committed, onDurable);
  }

  /** Calls back, never at once, when everything written so far is durable. */
  whenDurable(onDurable: () => void): void {
    void this.#written.then(() => {
      if (!this.#failure) onDurable();
    });
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    await this.#written;
    await this.#root.close();
    this.#release();
  }

  async #settle(transaction: number, committed: Promise<boolean>, onDurable: () => void): Promise<void> {
    try {
      await committed;
    } catch (error) {
      await this.#fail(error);
      return;
    }
    for (const table of this.#tables) table.settle(transaction);
    onDurable();
  }

  async #fail(error: unknown): Promise<void> {
    // lmdb rejects with "see commitError", a promise that rejects with the reason.
    const reason = await (error as { commitError?: Promise<never> }).commitError?.catch((cause: unknown) => cause);
    if (this.#failure) return;
    this.#failure = new StoreWriteFailed(this.directory, reason ?? error);
    this.#onFailure(this.#failure);
  }
}

function throwOutOfTheEventLoop(error: Error): void {
  setImmediate(() => {
    throw error;
  });
}
