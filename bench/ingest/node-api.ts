import type { RunningOrganization } from '../../apps/cli/src/dev/network-file.js';

/** Longest that one read waits for the index; the API gives up after about as long. */
const READ_MAX_MS = 10_000;

export interface NetworkAnswer {
  readonly height: number;
  readonly headHash: string;
  readonly stateRoot: string;
  readonly indexHeight: number;
}

interface BlockAnswer {
  readonly entries: { readonly items: readonly { readonly entryId: string }[]; readonly nextCursor: string | null };
}

export async function read<T>({ api, apiKey }: RunningOrganization, path: string): Promise<T> {
  const response = await fetch(`${api}${path}`, {
    headers: { authorization: `Bearer ${apiKey}` },
    signal: AbortSignal.timeout(READ_MAX_MS),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

export function networkOf(node: RunningOrganization): Promise<NetworkAnswer> {
  return read<NetworkAnswer>(node, '/api/v1/network');
}

/** CPU time of the node's process so far, seconds, as it says itself at /metrics. */
export async function cpuSecondsOf({ api, apiKey }: RunningOrganization): Promise<number> {
  const text = await (await fetch(`${api}/metrics`, { headers: { authorization: `Bearer ${apiKey}` } })).text();
  const seconds = /^process_cpu_seconds_total ([0-9.e+-]+)/m.exec(text)?.[1];
  if (seconds === undefined) throw new Error('/metrics has no process_cpu_seconds_total');
  return Number(seconds);
}

/** Ids of every entry in the node's index, read block by block. */
export async function recordedEntries(node: RunningOrganization, height: number): Promise<Set<string>> {
  const found = new Set<string>();
  for (let at = 1; at <= height; at++) {
    let cursor = '';
    do {
      const { entries } = await read<BlockAnswer>(node, `/api/v1/blocks/${at}?limit=200${cursor}`);
      for (const { entryId } of entries.items) found.add(entryId);
      cursor = entries.nextCursor === null ? '' : `&cursor=${encodeURIComponent(entries.nextCursor)}`;
    } while (cursor !== '');
  }
  return found;
}
