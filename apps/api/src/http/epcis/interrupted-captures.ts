import type { Logger } from 'pino';
import type { CaptureJobStore } from '#index';

/**
 * Jobs that were running when the process ended will not go on: they are closed with an error that says how to go on. Capturing
 * the same document again is safe, events that were recorded are refused as existing.
 */
export async function endInterruptedCaptures(jobs: CaptureJobStore, startedAt: Date, log: Logger): Promise<void> {
  // A process runs few jobs at once, so those that it left are among the newest.
  const { items } = await jobs.list({ limit: 200 });
  for (const { captureID } of items.filter((job) => job.running && Date.parse(job.createdAt) < startedAt.getTime())) {
    await jobs.finish(captureID, {
      success: false,
      errors: [
        {
          type: 'epcisException:ImplementationException',
          title: 'Interrupted',
          status: 503,
          code: 'API_CAPTURE_INTERRUPTED',
          detail:
            'The node stopped before the capture ended; capture the document again. What was recorded is refused as existing then.',
        },
      ],
    });
    log.warn({ captureID }, 'capture was interrupted');
  }
}
