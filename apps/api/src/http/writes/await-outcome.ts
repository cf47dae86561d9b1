import type { EntryId } from '#ledger';
import type { EntryStatus, LadingNode } from '#node';

/** How long a write waits for its block before it answers 202. */
export const FINALITY_WAIT_MS = 30_000;

/** @returns `final` or `rejected`; `pending` when neither came within `timeoutMs` */
export function awaitOutcome(
  node: Pick<LadingNode, 'onOutcome'>,
  id: EntryId,
  timeoutMs: number,
): Promise<EntryStatus> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      unsubscribe();
      resolve({ status: 'pending' });
    }, timeoutMs);
    const unsubscribe = node.onOutcome(id, (status) => {
      clearTimeout(timer);
      resolve(status);
    });
  });
}
