import { useQueries } from '@tanstack/react-query';
import { ProblemError, type Api } from '#sdk';
import { api } from '../../../app/api.js';

/** Items looked up before the offer is signed; of longer selections the others are judged by the ledger alone. */
const CHECKED_MAX = 100;

/** Items of the selection by id; null: the ledger does not know it. */
export function useItems(ids: readonly string[]): ReadonlyMap<string, Api.Item | null> {
  const checked = ids.slice(0, CHECKED_MAX);
  return useQueries({
    queries: checked.map((id) => ({
      queryKey: ['item', id, 'offer'],
      // Who opens the page anew wants to know how things stand now: another organisation may just have answered.
      staleTime: 0,
      queryFn: ({ signal }: { signal: AbortSignal }) => readItem(id, signal),
    })),
    combine: (answers) =>
      new Map(
        checked.flatMap((id, index) => {
          const item = answers[index]?.data;
          return item === undefined ? [] : [[id, item] as const];
        }),
      ),
  });
}

async function readItem(id: string, signal: AbortSignal): Promise<Api.Item | null> {
  try {
    return await api.call('getItem', { path: { id }, signal });
  } catch (error) {
    if (error instanceof ProblemError && error.status === 404) return null;
    throw error;
  }
}
