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
}

/** Per transaction: large enough that round trips do not matter, small enough that a batch takes well under a second. */
const BATCH_BLOCKS_MAX = 50;
const BATCH_ENTRIES_MAX = 500;
/** Blocks kept in memory while a transaction runs; beyond that they are read from the chain again. */
const QUEUE_BLOCKS_MAX = 200;
const QUEUE_BYTES_MAX = 64 * 1024 * 1024;

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
  #wake: () => void = () => {};
  #unsubscribe: () => void = () => {};
  #running: Promise<void> | undefined;

  constructor(options: IndexerOptions) {
    this.#options = { retryMinMs: 100, retryMaxMs: 5_000, ...options };
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
    this.#wake();
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
    });
  }

  #enqueue(block: CommittedBlock): void {
    this.#queue.push(block);
    this.#queueBytes += block.block.bytes.length;
    if (this.#queue.length > QUEUE_BLOCKS_MAX || this.#queueBytes > QUEUE_BYTES_MAX) this.#dropQueue();
    this.#wake();
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
        const batch = this.#nextBatch(this.#height + 1);
        if (batch.length === 0) {
          if (this.#state === 'database-down') this.#options.observe?.('index.recovered', { height: this.#height });
          this.#state = 'following';
          await this.#pause(undefined);
          continue;
        }
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
        await this.#pause(pauseMs);
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
    while (batch.length < BATCH_BLOCKS_MAX) {
      const next = isQueued ? this.#queue[0] : this.#options.source.committed(from + batch.length);
      if (next === undefined) break;
      entries += next.block.entries.length;
      if (batch.length > 0 && entries > BATCH_ENTRIES_MAX) break;
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

  /** Until a block arrives (undefined) or for a time; either ends at once when stopping. */
  #pause(ms: number | undefined): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
      this.#wake = () => {
        // A block does not make the database come back sooner.
        if (ms !== undefined && !this.#stopped) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
