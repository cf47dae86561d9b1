import { useEffect, useSyncExternalStore } from 'react';
import { api, queryClient } from './api.js';

/** A block as the stream tells it. */
export interface LiveBlock {
  readonly height: number;
  readonly hash: string;
  readonly time: string;
  readonly proposer: string;
  readonly entryCount: number;
  readonly kinds: Readonly<Record<string, number>>;
  readonly findings: number;
}

export interface LiveChain {
  readonly isLive: boolean;
  /** Blocks since the page was opened, newest first. */
  readonly blocks: readonly LiveBlock[];
}

const BLOCKS_KEPT = 200;
const RECONNECT_MS = 2_000;
/** Many blocks a second are told to the pages once in this time. */
const REFRESH_MS = 400;

let chain: LiveChain = { isLive: false, blocks: [] };
const listeners = new Set<() => void>();

function change(next: Partial<LiveChain>): void {
  chain = { ...chain, ...next };
  for (const listener of listeners) listener();
}

/** What has happened since the page was opened. */
export function useLiveChain(): LiveChain {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => chain,
  );
}

/** Keeps the link to the node for as long as the frame is shown. Queries with `meta: { live: true }` are asked anew after new blocks. */
export function useChainLink(): void {
  useEffect(() => {
    const leaving = new AbortController();
    void follow(leaving.signal);
    return () => leaving.abort();
  }, []);
}

async function follow(signal: AbortSignal): Promise<void> {
  let lastEventId: string | undefined;
  let refresh: ReturnType<typeof setTimeout> | undefined;
  while (!signal.aborted) {
    try {
      const events = api.stream({
        signal,
        ...(lastEventId !== undefined && { lastEventId }),
        onOpen: () => change({ isLive: true }),
      });
      for await (const event of events) {
        lastEventId = event.id;
        const block = JSON.parse(event.data) as LiveBlock;
        change({ blocks: [block, ...chain.blocks].slice(0, BLOCKS_KEPT) });
        refresh ??= setTimeout(() => {
          refresh = undefined;
          void queryClient.invalidateQueries({ predicate: ({ meta }) => meta?.['live'] === true });
        }, REFRESH_MS);
      }
    } catch {
      // Said by `isLive`, and tried again below.
    }
    change({ isLive: false });
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
  }
}
