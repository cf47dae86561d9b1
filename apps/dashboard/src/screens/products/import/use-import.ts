import { useMemo, useRef, useState } from 'react';
import { ProblemError } from '#sdk';
import { api, queryClient } from '../../../app/api.js';
import { newIdempotencyKey } from '../../../app/use-act.js';
import type { ImportRow } from './import-rows.js';

export type RowOutcome =
  | { readonly kind: 'ready' }
  | { readonly kind: 'faulty' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'done'; readonly height: number | undefined; readonly entryId: string }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string };

export interface ImportedRow {
  readonly planned: ImportRow;
  readonly outcome: RowOutcome;
}

/** Entries that share a block, so that an import does not wait for a block for each row. */
const AT_ONCE = 8;
const ATTEMPTS_MAX = 4;
const WAIT_DEFAULT_S = 2;

export function useImport(planned: readonly ImportRow[]) {
  const [outcomes, setOutcomes] = useState<ReadonlyMap<number, RowOutcome>>(new Map());
  const [isRunning, setRunning] = useState(false);
  const isStopped = useRef(false);
  const rows = useMemo(
    () =>
      planned.map((row): ImportedRow => {
        const before: RowOutcome = { kind: row.product === undefined ? 'faulty' : 'ready' };
        return { planned: row, outcome: outcomes.get(row.row) ?? before };
      }),
    [planned, outcomes],
  );
  const counts = useMemo(() => countOutcomes(rows), [rows]);

  const start = async (): Promise<void> => {
    isStopped.current = false;
    setRunning(true);
    const waiting = rows.filter(({ outcome }) => outcome.kind === 'ready').map((row) => row.planned);
    const tell = (row: ImportRow, outcome: RowOutcome) =>
      setOutcomes((before) => new Map(before).set(row.row, outcome));
    const work = async (): Promise<void> => {
      for (let row = waiting.shift(); row !== undefined && !isStopped.current; row = waiting.shift()) {
        tell(row, { kind: 'sending' });
        tell(row, await register(row));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    setRunning(false);
    await queryClient.invalidateQueries({ queryKey: ['products'] });
  };
  return {
    rows,
    counts,
    start,
    stop: () => {
      isStopped.current = true;
    },
    isRunning,
    hasRun: outcomes.size > 0,
  };
}

/** One row; when the node is busy, again after the time it asks for. */
async function register({ product }: ImportRow): Promise<RowOutcome> {
  if (product === undefined) return { kind: 'faulty' };
  const idempotencyKey = newIdempotencyKey();
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { height, entryId } = await api.call('registerProduct', { body: product, idempotencyKey });
      return { kind: 'done', height, entryId };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const isBusy = error.status === 429 || error.status === 503 || error.status === 0;
      if (!isBusy || attempt === ATTEMPTS_MAX) return { kind: 'refused', code: error.code, detail: error.detail };
      await new Promise((resolve) => setTimeout(resolve, 1_000 * (error.retryAfterSeconds ?? WAIT_DEFAULT_S)));
    }
  }
}

function countOutcomes(rows: readonly ImportedRow[]) {
  const counts = { ready: 0, faulty: 0, done: 0, refused: 0 };
  for (const { outcome } of rows) counts[outcome.kind === 'sending' ? 'ready' : outcome.kind] += 1;
  return counts;
}
