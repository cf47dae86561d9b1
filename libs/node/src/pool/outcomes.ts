import type { EntryId } from '#ledger';
import type { EntryStatus } from '../node.types.js';

type Rejection = Extract<EntryStatus, { status: 'rejected' }>;

/** How many rejections a node remembers, so that a submitter who asks later still reads the reason. */
const REJECTIONS_MAX = 10_000;

/** Who waits for which entry, and why entries were rejected. Bounded: the oldest reasons are forgotten first. */
export class Outcomes {
  private readonly rejections = new Map<EntryId, Rejection>();
  private readonly listeners = new Map<EntryId, Set<(status: EntryStatus) => void>>();

  rejectionOf(id: EntryId): Rejection | undefined {
    return this.rejections.get(id);
  }

  reject(id: EntryId, code: string, detail: string): void {
    const rejection: Rejection = { status: 'rejected', code, detail };
    this.rejections.set(id, rejection);
    if (this.rejections.size > REJECTIONS_MAX) {
      for (const oldest of this.rejections.keys()) {
        this.rejections.delete(oldest);
        break;
      }
    }
    this.settle(id, rejection);
  }

  /** A rejection is this node's opinion at a height; a later submission may succeed. */
  forget(id: EntryId): void {
    this.rejections.delete(id);
  }

  settle(id: EntryId, status: EntryStatus): void {
    if (status.status === 'final') this.rejections.delete(id);
    const waiting = this.listeners.get(id);
    if (waiting === undefined) return;
    this.listeners.delete(id);
    for (const listener of waiting) listener(status);
  }

  wait(id: EntryId, listener: (status: EntryStatus) => void): () => void {
    const waiting = this.listeners.get(id) ?? new Set();
    waiting.add(listener);
    this.listeners.set(id, waiting);
    return () => {
      waiting.delete(listener);
      if (waiting.size === 0 && this.listeners.get(id) === waiting) this.listeners.delete(id);
    };
  }
}
