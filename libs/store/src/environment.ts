import { closeSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { assertLmdbFile } from './assert-lmdb-file.js';
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

/** Writes that go together, and whom to tell. */
interface Transaction {
  readonly number: number;
  readonly writes: readonly TableWrite[];
  readonly onDurable: () => void;
}

/**
 * An LMDB environment in a directory that this process alone has open. Another thread writes, one LMDB transaction at a
 * time: what arrives meanwhile is kept back and goes into the next one together, so that a slow disk makes bigger
 * transactions, and nothing is ever stored after a transaction that failed.
 *
 * Each has LMDB's own two-step commit (data and fsync, then the meta page and fsync), so a crash at any moment leaves the
 * last complete transaction. LMDB's `overlappingSync` is off: it acknowledges a commit before the fsync.
 */
export class Environment {
  readonly #root: RootDatabase<Uint8Array, Uint8Array>;
  readonly #release: () => void;
  readonly #tables: Table[] = [];
  readonly #onFailure: (error: StoreWriteFailed) => void;
  #number = 0;
  #queue: Transaction[] = [];
  /** Resolves when the queue is empty: all durable, or failed. Undefined when nothing is being written. */
  #writing: Promise<void> | undefined;
  #failure: StoreWriteFailed | undefined;

  /** @throws StoreInUse, StoreDamaged */
  constructor(
    private readonly directory: string,
    name: string,
    options: StoreOptions,
  ) {
    this.#onFailure = options.onFailure ?? throwOutOfTheEventLoop;
    this.#release = lockDirectory(directory, name);
    const path = join(directory, `${name}.mdb`);
    try {
      assertLmdbFile(path);
      this.#root = open({
        path,
        encoding: 'binary',
        keyEncoding: 'binary',
        overlappingSync: false,
        mapSize: options.mapSizeMax ?? MAP_SIZE_DEFAULT,
        // Each batch starts at once and alone; with batching per event turn, lmdb leaves a rejection that nobody can catch.
        eventTurnBatching: false,
        // Not among the declared options: begin with the first write, do not wait for the next turn of the event loop.
        ...{ txnStartThreshold: 0 },
      });
      syncDirectory(directory);
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
   * @param onDurable - called once, after fsync, in the order of the calls
   * @throws StoreWriteFailed when an earlier transaction failed
   */
  write(writes: readonly TableWrite[], onDurable: () => void): void {
    if (this.#failure) throw this.#failure;
    // Before anything is shown or queued: all or nothing.
    for (const { key } of writes) {
      if (key.length === 0 || key.length > KEY_BYTES_MAX) {
        throw new RangeError(`a key has 1..${KEY_BYTES_MAX} bytes, this one ${key.length}`);
      }
    }
    const number = ++this.#number;
    for (const { table, key, value } of writes) table.show(number, key, value);
    this.#queue.push({ number, writes, onDurable });
    this.#writing ??= this.#writeQueue();
  }

  /** Calls back, never at once, when everything written so far is durable. */
  whenDurable(onDurable: () => void): void {
    if (this.#writing) this.write([], onDurable);
    else queueMicrotask(onDurable);
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    await this.#writing;
    await this.#root.close();
    this.#release();
  }

  async #writeQueue(): Promise<void> {
    while (this.#queue.length > 0) {
      const group = this.#queue;
      this.#queue = [];
      try {
        await this.#root.batch(() => {
          for (const { writes } of group) for (const { table, key, value } of writes) table.store(key, value);
        });
      } catch (error) {
        await this.#fail(error);
        return;
      }
      for (const table of this.#tables) table.settle(group.at(-1)?.number ?? 0);
      for (const { onDurable } of group) onDurable();
    }
    this.#writing = undefined;
  }

  async #fail(error: unknown): Promise<void> {
    // lmdb rejects with "see commitError", a promise that rejects with the reason.
    const reason = await (error as { commitError?: Promise<never> }).commitError?.catch((cause: unknown) => cause);
    this.#failure = new StoreWriteFailed(this.directory, reason ?? error);
    this.#onFailure(this.#failure);
  }
}

/** A new file outlives a crash of the machine only when its name is on the disk too. */
function syncDirectory(directory: string): void {
  // Windows has no handles on directories; NTFS keeps names in its own log.
  if (process.platform === 'win32') return;
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function throwOutOfTheEventLoop(error: Error): void {
  setImmediate(() => {
    throw error;
  });
}
