import { Inject, Injectable } from '@nestjs/common';
import type { IndexProgress, IndexReads } from '#index';
import { INDEX_PROGRESS, INDEX_READS } from '../parts.js';
import { ApiProblem } from '../problem/problem.js';

const WAIT_MS = 5_000;

/** What a query may say about when and what to read. `undefined` members come from omitted parameters. */
interface Freshness {
  readonly minHeight?: number | undefined;
}

/** The way from controllers to the index: waits for `minHeight`, and tells a database that is away from a fault of ours. */
@Injectable()
export class IndexReader {
  constructor(
    @Inject(INDEX_READS) private readonly reads: IndexReads,
    @Inject(INDEX_PROGRESS) private readonly progress: IndexProgress,
  ) {}

  /** @throws ApiProblem API_INDEX_BEHIND, API_INDEX_UNAVAILABLE or INDEX_BAD_CURSOR */
  async read<T>(query: Freshness, ask: (reads: IndexReads) => Promise<T>): Promise<T> {
    if (query.minHeight !== undefined && !(await this.progress.waitFor(query.minHeight, WAIT_MS))) {
      throw new ApiProblem(
        'API_INDEX_BEHIND',
        `The index is at height ${this.progress.height} and did not reach ${query.minHeight} within ${WAIT_MS / 1_000} s; ask again later.`,
        [],
        { 'retry-after': '5' },
      );
    }
    return await whileDatabaseIsUp(() => ask(this.reads));
  }

  /** As `read`, for one thing: what the index does not know is 404. */
  async readOne<T>(query: Freshness, what: string, ask: (reads: IndexReads) => Promise<T | undefined>): Promise<T> {
    const answer = await this.read(query, ask);
    if (answer === undefined) throw new ApiProblem('API_NOT_FOUND', `The ledger knows no ${what}.`);
    return answer;
  }
}

/** @throws ApiProblem API_INDEX_UNAVAILABLE when `work` fails because the database cannot be reached, API_INDEX_BEHIND, INDEX_BAD_CURSOR */
export async function whileDatabaseIsUp<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (code === 'INDEX_BAD_CURSOR') throw new ApiProblem(code, 'This cursor is not one that a list answered with.');
    if (code === 'INDEX_BEHIND') {
      throw new ApiProblem(
        'API_INDEX_BEHIND',
        'The index of this node is behind the page before; ask again later.',
        [],
        { 'retry-after': '5' },
      );
    }
    if (!isDatabaseAway(error, code)) throw error;
    throw new ApiProblem(
      'API_INDEX_UNAVAILABLE',
      'The database of this node cannot be reached; the ledger goes on, reads come back with it.',
      [],
      { 'retry-after': '2' },
    );
  }
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'driverError' in error ? codeOf(error.driverError) : undefined;
}

/**
 * PostgreSQL's own: connection failures (class 08), out of resources (53), being stopped (57P), no such database yet (3D000), not
 * migrated yet (42P01); then the socket's.
 */
const AWAY_CODE = /^(08|53|57P|3D000|42P01)|^(ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|EHOST)/;
/** Of `pg`, its pool, and a TypeORM DataSource that has not connected yet: these come without a code. */
const AWAY_MESSAGE =
  /^(Driver not Connected|Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

function isDatabaseAway(error: unknown, code: string | undefined): boolean {
  if (code !== undefined) return AWAY_CODE.test(code);
  return error instanceof Error && AWAY_MESSAGE.test(error.message);
}
