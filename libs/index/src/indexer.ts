import type { DataSource } from 'typeorm';
import type { CommittedBlock } from '#node';
import { ProjectionError } from './index-errors.js';
import { readCursor } from './projection/index-cursor.js';
import { project } from './projection/project.js';
import type { IndexerStatus, IndexProgress } from './queries.types.js';

/** The durable chain, as `LadingNode` offers it. */
export interface IndexSource {
  /** −1 when there is no block yet. */
  durableHeight(): number;
  committed(height: number): CommittedBlock | undefined;
  /** In order, without gaps. @returns unsubscribe */
  onCommitted(listener: (block: CommittedBlock) => void): () => void;
}

export interface IndexerOptions {
  readonly dataSource: DataSource;
  readonly source: IndexSource;
  /** For the log: `index.failed` with the error, `index.recovered`. */
  readonly observe?: (event: string, detail: Readonly<Record<string, unknown>>) => void;
  /** First and longest pause between attempts while the database cannot be written, default 100 and 5,000 ms. */
  readonly retryMinMs?: number;
  readonly retryMaxMs?: number;
  /**
   * Least time from one transaction to the next under load, default 100 ms: a transaction costs the same few milliseconds for one block as
   * for ten. The first block after a pause, and any block that somebody waits for, is written at once.
   */
  readonly paceMs?: number;
}

/** Per transaction: large enough that round trips do not matter, small enough that a batch takes well under a second. */
const BATCH_BLOCKS_MAX = 50;
const BATCH_ENTRIES_MAX = 500;
/** A few entries can change many items: a transfer moves up to 10,000. */
const BATCH_CHANGES_MAX = 20_000;
/** Blocks kept in memory while a transaction runs; beyond that they are read from the chain again. */
const QUEUE_BLOCKS_MAX = 200;
const QUEUE_BYTES_MAX = 64 * 1024 * 1024;

/** Why the loop rests: nothing to do, more blocks may come, or the database is away. */
type Rest = 'idle' | 'pace' | 'retry';

interface Waiter {
  readonly height: number;
  readonly settle: (reached: boolean) => void;
}

/**
 * Keeps the index in step with the chain, for as long as it runs. Never holds up consensus: what arrives while the database is
 * slow or down is dropped here and read from the chain later.
 */
export class Indexer implements IndexProgress {
  readonly #options: Required<Omit<IndexerOptions, 'observe'>> & Pick<IndexerOptions, 'observe'>;
  readonly #waiters = new Set<Waiter>();
  #queue: CommittedBlock[] = [];
  #queueBytes = 0;
  /** Undefined until the database has told. */
  #height: number | undefined;
  #state: IndexerStatus['state'] = 'catching-up';
  #stopped = false;
  #rest: { readonly why: Rest; readonly end: () => void } | undefined;
  /** Monotonic. */
  #lastBatchMs = -Infinity;
  #unsubscribe: () => void = () => {};
  #running: Promise<void> | undefined;

  constructor(options: IndexerOptions) {
    this.#options = { retryMinMs: 100, retryMaxMs: 5_000, paceMs: 100, ...options };
  }

  get height(): number {
    return this.#height ?? -1;
  }

  get lag(): number {
    return Math.max(0, this.#options.source.durableHeight() - this.height);
  }

  get state(): IndexerStatus['state'] {
    return this.#state;
  }

  start(): void {
    if (this.#running !== undefined) return;
    this.#unsubscribe = this.#options.source.onCommitted((block) => this.#enqueue(block));
    this.#running = this.#run();
  }

  /** Resolves when the transaction under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    this.#rest?.end();
    await this.#running;
    for (const waiter of this.#waiters) waiter.settle(false);
  }

  waitFor(height: number, timeoutMs: number): Promise<boolean> {
    if (this.height >= height) return Promise.resolve(true);
    if (this.#stopped) return Promise.resolve(false);
    return new Promise((resolve) => {
      const settle = (reached: boolean): void => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
        resolve(reached);
      };
      const waiter = { height, settle };
      const timer = setTimeout(() => settle(false), timeoutMs);
      this.#waiters.add(waiter);
      this.#wake('pace');
    });
  }

  #enqueue(block: CommittedBlock): void {
    this.#queue.push(block);
    this.#queueBytes += block.block.bytes.length;
    if (this.#queue.length > QUEUE_BLOCKS_MAX || this.#queueBytes > QUEUE_BYTES_MAX) this.#dropQueue();
    this.#wake('idle');
  }

  #dropQueue(): void {
    this.#queue = [];
    this.#queueBytes = 0;
  }

  async #run(): Promise<void> {
    let pauseMs = this.#options.retryMinMs;
    while (!this.#stopped) {
      try {
        // Read, not remembered, after every failure: somebody may have emptied the index, and a commit may have happened though its
        // answer was lost.
        this.#height ??= (await readCursor(this.#options.dataSource)).height;
        const pauseLeftMs = this.#paceLeftMs();
        if (pauseLeftMs > 0) {
          await this.#restFor('pace', pauseLeftMs);
          continue;
        }
        const batch = this.#nextBatch(this.#height + 1);
        if (batch.length === 0) {
          if (this.#state === 'database-down') this.#options.observe?.('index.recovered', { height: this.#height });
          this.#state = 'following';
          await this.#restFor('idle', undefined);
          continue;
        }
        this.#lastBatchMs = performance.now();
        this.#reached(await project(this.#options.dataSource, batch));
        if (this.#state === 'database-down') this.#options.observe?.('index.recovered', { height: this.#height });
        this.#state = this.lag > BATCH_BLOCKS_MAX ? 'catching-up' : 'following';
        pauseMs = this.#options.retryMinMs;
      } catch (error) {
        this.#height = undefined;
        this.#dropQueue();
        // A gap only means that the index was emptied under us: begin again at what the database says.
        if (error instanceof ProjectionError && error.code === 'INDEX_GAP') continue;
        this.#state = 'database-down';
        this.#options.observe?.('index.failed', { error, retryInMs: pauseMs });
        await this.#restFor('retry', pauseMs);
        pauseMs = Math.min(pauseMs * 2, this.#options.retryMaxMs);
      }
    }
  }

  /** From memory when the next block is there, else from the chain. Empty at the durable head. */
  #nextBatch(from: number): readonly CommittedBlock[] {
    while (this.#queue[0] !== undefined && this.#queue[0].block.header.height < from) this.#dequeue();
    const isQueued = this.#queue[0]?.block.header.height === from;
    const batch: CommittedBlock[] = [];
    let entries = 0;
    let changes = 0;
    while (batch.length < BATCH_BLOCKS_MAX) {
      const next = isQueued ? this.#queue[0] : this.#options.source.committed(from + batch.length);
      if (next === undefined) break;
      entries += next.block.entries.length;
      changes += next.outcome.changes.length;
      if (batch.length > 0 && (entries > BATCH_ENTRIES_MAX || changes > BATCH_CHANGES_MAX)) break;
      batch.push(next);
      if (isQueued) this.#dequeue();
    }
    return batch;
  }

  #dequeue(): void {
    const block = this.#queue.shift();
    this.#queueBytes -= block?.block.bytes.length ?? 0;
  }

  #reached(height: number): void {
    this.#height = height;
    for (const waiter of this.#waiters) if (waiter.height <= height) waiter.settle(true);
  }

  /** Time for which more blocks may gather; none when somebody waits or a whole batch is there. */
  #paceLeftMs(): number {
    if (this.#waiters.size > 0 || this.#queue.length >= BATCH_BLOCKS_MAX || this.lag >= BATCH_BLOCKS_MAX) return 0;
    return this.#lastBatchMs + this.#options.paceMs - performance.now();
  }

  /** @param ms - undefined = until woken */
  #restFor(why: Rest, ms: number | undefined): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#rest = undefined;
        resolve();
      };
      const timer = ms === undefined ? undefined : setTimeout(end, ms);
      this.#rest = { why, end };
    });
  }

  /** Ends a rest of this kind; a block that arrives does not bring the database back sooner. */
  #wake(why: Rest): void {
    if (this.#rest?.why === why) this.#rest.end();
  }
}
