import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { InvariantViolation } from '#codec';
import type { CapturedEventDto, CaptureErrorDto, CaptureJobStore, IndexProgress } from '#index';
import type { EntryId } from '#ledger';
import type { LadingNode } from '#node';
import { effectiveEventId, type EntryDraft } from '#trace';
import { CAPTURE_JOBS, INDEX_PROGRESS, LADING_NODE, LOGGER } from '../parts.js';
import { httpStatusOf } from '../problem/error-code-to-http.js';
import { ApiProblem, titleOf } from '../problem/problem.js';
import { ActWriter } from '../writes/act-writer.js';
import { awaitOutcome } from '../writes/await-outcome.js';
import { placeInDocument, type CapturedDraft } from './document-drafts.js';
import { epcisExceptionOf } from './epcis-exception.js';

/** Documents that are held in memory at once. */
const JOBS_RUNNING_MAX = 16;
/** Entries of one job that wait for their block at the same time; the pool serves others too. */
const IN_FLIGHT_MAX = 256;
/** Entries expire by height; should the network stand still, the job ends and says so. */
const OUTCOME_WAIT_MS = 10 * 60_000;
const POOL_FULL_PAUSE_MS = 100;
const POOL_FULL_TRIES_MAX = 600;
/** A finished job means that its events can be queried; an index that lags more than this does not hold the job up. */
const INDEX_WAIT_MS = 10_000;

/** What became of one entry: what was recorded, or why not. */
interface DraftOutcome {
  readonly height?: number;
  readonly events?: readonly CapturedEventDto[];
  readonly errors: readonly CaptureErrorDto[];
}

/** Carries capture jobs out after they have been answered with 202: submits in document order, waits for finality, keeps the errors. */
@Injectable()
export class CaptureRunner {
  private running = 0;

  constructor(
    @Inject(ActWriter) private readonly acts: ActWriter,
    @Inject(LADING_NODE) private readonly node: LadingNode,
    @Inject(CAPTURE_JOBS) private readonly jobs: CaptureJobStore,
    @Inject(INDEX_PROGRESS) private readonly progress: IndexProgress,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** @throws ApiProblem API_TOO_MANY_CAPTURES (503) */
  assertRoom(): void {
    if (this.running >= JOBS_RUNNING_MAX) {
      throw new ApiProblem(
        'API_TOO_MANY_CAPTURES',
        `${JOBS_RUNNING_MAX} captures are running on this node; try again in a moment.`,
        [],
        { 'retry-after': '2' },
      );
    }
  }

  start(captureID: string, drafts: readonly CapturedDraft[], requestId: string): void {
    this.running++;
    void this.run(captureID, drafts)
      .then((errors) =>
        this.log.info({ requestId, captureID, events: drafts.length, refused: errors.length }, 'capture finished'),
      )
      .catch((error: unknown) => {
        // An invariant that broke is for the process to judge; a database that is away leaves the job open until the next start.
        if (error instanceof InvariantViolation) throw error;
        this.log.error({ requestId, captureID, err: error }, 'capture not finished');
      })
      .finally(() => this.running--);
  }

  private async run(captureID: string, drafts: readonly CapturedDraft[]): Promise<readonly CaptureErrorDto[]> {
    const results: Promise<DraftOutcome>[] = [];
    for (const [i, captured] of drafts.entries()) {
      if (i >= IN_FLIGHT_MAX) await results[i - IN_FLIGHT_MAX];
      if (captured.problems.length > 0) {
        results.push(Promise.resolve({ errors: captured.problems.map((problem) => errorOf(captured, problem)) }));
        continue;
      }
      const taken = await this.submit(captured.draft);
      results.push(
        typeof taken === 'string'
          ? this.outcomeOf(captured, taken)
          : Promise.resolve({ errors: [errorOf(captured, taken)] }),
      );
    }
    const outcomes = await Promise.all(results);
    const errors = outcomes.flatMap((outcome) => outcome.errors);
    await this.progress.waitFor(Math.max(-1, ...outcomes.map(({ height = -1 }) => height)), INDEX_WAIT_MS);
    const events = outcomes.flatMap((outcome) => outcome.events ?? []);
    await this.jobs.finish(captureID, { success: errors.length === 0, errors, events });
    return errors;
  }

  /** Resolves when the node has taken the entry, so that the next one comes after it. A full pool is waited for: the job was accepted. */
  private async submit(draft: EntryDraft): Promise<EntryId | ApiProblem> {
    for (let attempt = 0; ; attempt++) {
      try {
        return this.acts.submit(draft);
      } catch (thrown) {
        if (!(thrown instanceof ApiProblem)) throw thrown;
        if (thrown.status !== 503 || attempt >= POOL_FULL_TRIES_MAX) return thrown;
        await new Promise((resume) => setTimeout(resume, POOL_FULL_PAUSE_MS));
      }
    }
  }

  private async outcomeOf(captured: CapturedDraft, id: EntryId): Promise<DraftOutcome> {
    const outcome = await awaitOutcome(this.node, id, OUTCOME_WAIT_MS);
    if (outcome.status === 'final')
      return { height: outcome.position.height, events: recordedEvents(captured, id), errors: [] };
    if (outcome.status === 'rejected') return { errors: [errorOf(captured, outcome)] };
    const detail = `Entry ${id} was not final in time; it may still be recorded.`;
    return { errors: [errorOf(captured, { code: 'API_NOT_FINAL', detail })] };
  }
}

function recordedEvents({ events }: CapturedDraft, entryId: EntryId): readonly CapturedEventDto[] {
  return events.map(({ eventID, hash }, index) => ({
    eventID: effectiveEventId({ eventId: eventID, index }, entryId),
    entryId,
    eventHash: hash?.hashId ?? null,
    eventHashCheck: hash?.verdict ?? null,
  }));
}

function errorOf(
  captured: CapturedDraft,
  refusal: { readonly code: string; readonly detail: string; readonly pointer?: string },
): CaptureErrorDto {
  const status = httpStatusOf(refusal.code);
  return {
    type: epcisExceptionOf(status, refusal.code),
    title: titleOf(refusal.code),
    status,
    detail: refusal.detail,
    code: refusal.code,
    ...placeInDocument(captured, refusal.pointer),
  };
}
