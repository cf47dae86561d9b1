import type { DataSource } from 'typeorm';
import type { Repair } from '#trace';
import type { CaptureErrorDto, CapturedEventDto, CaptureJobDto, CaptureJobStore, PageRequest } from '../queries.types.js';
import { storableJson } from '../projection/storable.js';
import { decodePageCursor, encodePageCursor, pageLimit } from '../queries/page-cursor.js';

interface StoredJob {
  readonly id: string;
  readonly created_at: Date;
  readonly finished_at: Date | null;
  readonly success: boolean;
  readonly error_behaviour: 'rollback' | 'proceed';
  readonly errors: readonly CaptureErrorDto[];
  readonly original_sha256: string | null;
  // Not read for lists.
  readonly repairs?: readonly Repair[] | null;
  readonly events?: readonly CapturedEventDto[] | null;
}

/** EPCIS capture jobs of this organisation's node (EPCIS 2.0 section 12.3). */
export class CaptureJobs implements CaptureJobStore {
  constructor(private readonly dataSource: DataSource) {}

  async create(job: Parameters<CaptureJobStore['create']>[0]): Promise<CaptureJobDto> {
    // Success is presumed until an error is known: EPCIS has (running, success) = (true, true) for a job under way.
    const [stored] = (await this.dataSource.query(
      `INSERT INTO capture_job (id, created_at, success, error_behaviour, errors, original_sha256, repairs)
       VALUES ($1, now(), true, $2, '[]', $3, $4::jsonb) RETURNING *`,
      [
        job.captureID,
        job.captureErrorBehaviour,
        job.originalSha256 ?? null,
        job.repairs === undefined ? null : storableJson(job.repairs),
      ],
    )) as [StoredJob];
    return toDto(stored);
  }

  async finish(captureID: string, { success, errors, events }: Parameters<CaptureJobStore['finish']>[1]): Promise<void> {
    await this.dataSource.query(
      'UPDATE capture_job SET finished_at = now(), success = $2, errors = $3::jsonb, events = $4::jsonb WHERE id = $1',
      [captureID, success, storableJson(errors), events === undefined ? null : storableJson(events)],
    );
  }

  async get(captureID: string): Promise<CaptureJobDto | undefined> {
    if (captureID.includes('\0')) return undefined;
    const [stored] = (await this.dataSource.query('SELECT * FROM capture_job WHERE id = $1', [captureID])) as StoredJob[];
    return stored === undefined ? undefined : toDto(stored);
  }

  async list(page: PageRequest = {}): Promise<{ items: readonly CaptureJobDto[]; nextCursor: string | null }> {
    const limit = pageLimit(page.limit);
    const after = decodePageCursor(page.cursor, ['number', 'string']);
    const stored = (await this.dataSource.query(
      `SELECT id, created_at, finished_at, success, error_behaviour, errors, original_sha256 FROM capture_job
       WHERE $1::float8 IS NULL OR (created_at, id) < (to_timestamp($1 / 1000), $2)
       ORDER BY created_at DESC, id DESC LIMIT $3`,
      [after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    )) as StoredJob[];
    const shown = stored.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map(toDto),
      nextCursor: stored.length > limit && last !== undefined ? encodePageCursor([last.created_at.getTime(), last.id]) : null,
    };
  }
}

function toDto(stored: StoredJob): CaptureJobDto {
  return {
    captureID: stored.id,
    createdAt: stored.created_at.toISOString(),
    finishedAt: stored.finished_at?.toISOString() ?? null,
    running: stored.finished_at === null,
    success: stored.success,
    captureErrorBehaviour: stored.error_behaviour,
    errors: stored.errors,
    ...(stored.original_sha256 !== null && { originalSha256: stored.original_sha256 }),
    ...(stored.repairs !== undefined &&
      stored.repairs !== null && { repairs: stored.repairs }),
    ...(stored.events !== undefined &&
      stored.events !== null && { events: stored.events }),
  };
}
